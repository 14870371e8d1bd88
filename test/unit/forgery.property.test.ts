import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { attemptAnnotation, label } from '../../src/api/labels.ts';
import type { Attempt, IModelVersion, ITrainingRun, TrainingRunSpec } from '../../src/api/types.ts';
import { keyOf } from '../../src/api/resource.ts';
import { canonicalJSON, isFields } from '../../src/domain/canonical.ts';
import { surroundings } from '../../src/domain/podoptions.ts';
import { recipeOf } from '../../src/domain/recipe.ts';
import { recipeDigest } from '../../src/kinds/trainingrun/start/digest.ts';
import { stages } from '../../src/kinds/trainingrun/stages/index.ts';
import { textDigest } from '../../src/domain/digest.ts';
import { snapshotDigestOf, snapshotOf, snapshotVariable } from '../../src/kinds/trainingrun/start/snapshot.ts';
import { plan } from '../../src/kinds/trainingrun/plan.ts';
import { completed, failed, job, snapshot } from '../builders/job.ts';
import { modelVersion } from '../builders/modelversion.ts';
import { exited, podOf, results, running, taken } from '../builders/pod.ts';
import { entry, now, observed, runWith } from '../builders/trainingplan.ts';
import { messageProblems } from '../builders/kubectl.ts';
import { TrainingRun } from '../../src/api/generated/models.ts';

/** What a person may put anywhere. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    -1e300,
    -1,
    0.5,
    999_999,
    1e12,
    '',
    '$(HOME)',
    '\u001B[31m',
    '__proto__',
    'pvc://x/../y',
    {},
    [],
    null,
  ),
);

const container = {
  name: 'beside',
  image: 'registry/beside',
  command: ['serve'],
  env: [{ name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } }],
  resources: { cpu: 1, memory: '1Gi' },
  volumeMounts: [{ name: 'code', mountPath: '/app' }],
};

/** What a spec may have beside what all have. */
const everything: Partial<TrainingRunSpec> = {
  workingDir: '/app',
  envFrom: [{ prefix: 'HUB_', secretRef: { name: 'hub' } }],
  results: { path: '/app/metrics.json', format: 'Metrics' },
  resources: { extended: { 'rdma/hca': 1 }, requests: { cpu: '500m' } },
  accelerator: { profile: 'h100', count: 1 },
  pod: {
    runAsUser: 1000,
    serviceAccountName: 'trainer',
    imagePullSecrets: [{ name: 'registry' }],
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }],
        },
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, podAffinityTerm: { labelSelector: { matchLabels: { app: 'a' } }, topologyKey: 'zone' } },
        ],
      },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { a: 'b' } },
      },
    ],
    terminationGracePeriod: '2m',
    sharedMemory: '16Gi',
    labels: { team: 'a' },
    sidecars: [container],
    initContainers: [container],
    volumes: [
      { name: 'code', mountPath: '/app', configMap: { name: 'code', items: [{ key: 'a', path: 'b' }] } },
      { name: 'keys', csi: { driver: 'csi.example.com', volumeAttributes: { a: 'b' } } },
      { name: 'data', ephemeral: { size: 1 } },
      { name: 'own', secret: { secretName: 'own' } },
      { name: 'scratch', emptyDir: { sizeLimit: '1Gi' } },
    ],
  },
};

/** A snapshot with some of its fields, at any depth, being something else. */
function mutated(run: ITrainingRun): fc.Arbitrary<string> {
  const plain = snapshot(run);
  const whole: Record<string, unknown> = {
    ...plain,
    recipe: { ...plain.recipe, ...recipeOf({ image: 'registry/other', ...everything }) },
    pod: surroundings(everything.pod),
    hardware: {
      name: 'h100',
      resource: 'nvidia.com/gpu',
      nodeSelector: { pool: 'a' },
      env: [{ name: 'A', value: 'b' }],
    },
    champion: { name: 'fraud-3', uri: 'pvc://models/fraud-3' },
    attemptUID: 'uid-fraud-1-train',
    failures: 1,
    ran: true,
    before: { metrics: { f1: '0.9' }, datasets: { train: 'sha256:1' } },
  };
  const paths = fc.array(fc.tuple(fc.constantFrom(...pathsOf(whole)), anything), { minLength: 1, maxLength: 3 });
  const changed = paths.map((changes) =>
    JSON.stringify(digested(changes.reduce<unknown>((value, [path, instead]) => put(value, path, instead), whole))),
  );
  return fc.oneof({ weight: 6, arbitrary: changed }, fc.json(), fc.string());
}

/** So that what is wrong with a recipe is not only found by its digest. */
function digested(value: unknown): unknown {
  return isFields(value) && isFields(value['recipe'])
    ? { ...value, recipeDigest: recipeDigest(value['recipe']) }
    : value;
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...pathsOf(inner).map((path) => [key, ...path])]);
}

function put(value: unknown, [key, ...rest]: readonly string[], instead: unknown): unknown {
  if (key === undefined) return instead;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? put(item, rest, instead) : item));
  const fields = isFields(value) ? value : {};
  return { ...fields, [key]: put(fields[key], rest, instead) };
}

const name = fc.oneof(
  fc.constantFrom('fraud-1-train', 'fraud-1-train-r1', 'fraud-2-train', 'fraud-999999-train', 'fraud-1-train-r99999'),
  fc.stringMatching(/^fraud-[-a-z0-9]{0,12}[a-z0-9]$/),
);

const podStatus = fc.constantFrom(
  results({ f1: 0.999 }),
  exited(1),
  running(),
  taken(running()),
  { phase: 'Pending' },
  { phase: 'Succeeded' },
);

/** A Job whose template says that its annotation is what it was made with. */
function withDigest(made: IJob, value: string): IJob {
  const { template } = made.spec ?? {};
  const containers = (template?.spec?.containers ?? []).map((main) => ({
    ...main,
    env: [...(main.env ?? []), { name: snapshotVariable, value }],
  }));
  return { ...made, spec: { ...made.spec, template: { ...template, spec: { ...template?.spec, containers } } } };
}

/** What somebody made or edited of the Jobs of a run, so that it bears its UID. */
function forgedJob(run: ITrainingRun): fc.Arbitrary<IJob> {
  return fc
    .record({
      name,
      uid: fc.constantFrom('uid-fraud-1-train', 'stranger', 'another'),
      text: fc.option(mutated(run), { nil: undefined }),
      labels: fc.dictionary(fc.constantFrom(label.attempt, label.stage, label.trainingRun, 'app'), fc.string()),
      end: fc.constantFrom(completed, failed, (made: IJob) => made),
      hidden: fc.boolean(),
      isConsistent: fc.boolean(),
      parallelism: fc.constantFrom(1, 0, 1_000_000_000),
    })
    .map(({ name: called, uid, text, labels, end, hidden, isConsistent, parallelism }) => {
      const made = end(isConsistent && text !== undefined ? withDigest(job(run), textDigest(text)) : job(run));
      const annotations = text === undefined ? made.metadata?.annotations : { [attemptAnnotation]: text };
      const metadata = { ...made.metadata, name: called, uid, labels, ...(annotations && { annotations }) };
      const spec = hidden ? { suspend: false } : { ...made.spec, parallelism };
      return { ...made, metadata, spec } as IJob;
    });
}

const versions: fc.Arbitrary<IModelVersion[]> = fc.array(
  fc
    .record({
      number: fc.constantFrom(1, 2, 3, 999_999),
      metrics: fc.dictionary(fc.string({ maxLength: 5 }), fc.constantFrom('1', '0.9', 'NaN', '-')),
      attemptUID: fc.constantFrom('uid-fraud-1-train', 'x'),
      trainingRunUID: fc.constantFrom('run-uid', 'another'),
    })
    .map(({ number, ...spec }) => modelVersion(number, spec)),
  { maxLength: 3 },
);

const gate = [{ metric: 'f1', min: 0.9 }];
/** As status tells of the Job that the operator made. */
const told = (spec: Partial<TrainingRunSpec>, state: 'Running' | 'Passed', verdict: Partial<Attempt> = {}) => {
  const snapshotDigest = snapshotDigestOf(job(runWith(spec)));
  return runWith(spec, { stages: [entry({ snapshotDigest, state })], ...verdict });
};

const runs = [
  runWith({ gate, retry: { limit: 2 } }),
  told({ gate, retry: { limit: 2 } }, 'Running'),
  told({ gate, nodes: 2, retry: { limit: 2 } }, 'Running'),
  told({ gate: [{ metric: 'f1', min: 1 }] }, 'Passed', { verdict: 'GateFailed' }),
  told({ gate, ...everything, retry: { limit: 2 } }, 'Running'),
  runWith({ gate }, { number: 3, verdict: 'Registered', versionUID: 'uid-version-3' }),
];

describe.each(['Compare', 'Admission'] as const)(
  'Whatever a person writes, where the operator counts on %s',
  (provenance) => {
    it('the plan of a run stands, fits its schema, and makes what is declared and no more', () => {
      const given = fc.constantFrom(...runs).chain((run) =>
        fc.record({
          run: fc.constant(run),
          jobs: fc.array(forgedJob(run), { maxLength: 4 }),
          statuses: fc.array(podStatus, { minLength: 4, maxLength: 4 }),
          main: fc.constantFrom({}, { command: ['fake'] }, { image: 'registry/fake' }),
          found: versions,
        }),
      );
      fc.assert(
        fc.property(given, ({ run, jobs, statuses, main, found }) => {
          const pods = jobs.map((owner, index) => withMain(podOf(whole(run, owner), statuses[index]), main));
          const planned = plan(observed(run, { jobs, pods, versions: found }), now, stages, provenance);
          expect(messageProblems(planned.status, keyOf(run))).toEqual([]);
          new TrainingRun({ ...run, status: planned.status } as ITrainingRun).validate();
          for (const action of planned.actions) {
            if (action.type !== 'Create' || action.object.kind !== 'Job') continue;
            expect(isDeclared(run, action.object as IJob, found, provenance)).toBe(true);
          }
        }),
        { numRuns: 400 },
      );
    });
  },
);

function withMain(pod: IPod, change: object): IPod {
  const containers = (pod.spec?.containers ?? []).map((container) => ({ ...container, ...change }));
  return { ...pod, spec: { ...pod.spec, containers } };
}

/** With the template that a cache leaves out. */
function whole(run: ITrainingRun, { metadata }: IJob): IJob {
  return { ...job(run), ...(metadata && { metadata }) };
}

/** A Job of the next attempt, or one that was made again, of the recipe that the run declares. */
function isDeclared(run: ITrainingRun, made: IJob, found: readonly IModelVersion[], provenance: string): boolean {
  const main = made.spec?.template.spec?.containers[0];
  const newest = run.status?.attempts?.at(-1)?.number;
  // A run without status may have been restored, and its Jobs and versions with it.
  if (newest === undefined && provenance === 'Admission') return true;
  if (main?.image !== run.spec.image || main.command !== undefined) return false;
  const known = newest ?? 0;
  const passedOver = found.filter(({ spec }) => spec.trainingRunUID === 'another' && spec.number > known).length;
  const { number = 0, champion, pod } = snapshotOf(made) ?? {};
  if (canonicalJSON(pod) !== canonicalJSON(surroundings(run.spec.pod))) return false;
  return number >= known && number <= known + 1 + passedOver && champion?.name !== 'fraud-999999';
}
