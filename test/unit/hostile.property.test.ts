/** Whoever may write the children of a ModelDeployment writes anything that the API server lets through. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { OwnerReference, Resource } from '../../src/api/resource.ts';
import { artifact } from '../builders/modeldeployment.ts';
import { modelVersion } from '../builders/modelversion.ts';
import type { Metrics, ServingWorld } from '../simulate/modeldeployment.ts';
import { inFirstStep, watched } from '../simulate/rollout.ts';

type Status = NonNullable<IPod['status']>;

const words = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '\u001B]0;x\u0007', '`rm`', '$(id)', 'x'.repeat(5000), ''),
);
const texts = fc.dictionary(words, words, { maxKeys: 5 });
const counts = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.constantFrom(2 ** 31 - 1));
const times = fc.constantFrom(
  '2026-11-24T10:00:30Z',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '0001-01-01T00:00:00Z',
);
const truths = fc.constantFrom('True', 'False', 'Unknown');
const few = { maxLength: 3 };

const states = fc.oneof(
  fc.constant({}),
  fc.record({ waiting: fc.record({ reason: words, message: words }, { requiredKeys: [] }) }),
  fc.record({ running: fc.record({ startedAt: times }, { requiredKeys: [] }) }),
  fc.record({
    terminated: fc.record(
      { exitCode: fc.integer(), reason: words, message: words, finishedAt: times },
      { requiredKeys: ['exitCode'] },
    ),
  }),
);
const containers = fc.record(
  {
    name: fc.oneof(fc.constantFrom('main', 'observer', 'mesh'), words),
    image: words,
    imageID: words,
    ready: fc.boolean(),
    started: fc.boolean(),
    restartCount: counts,
    state: states,
    lastState: states,
  },
  { requiredKeys: ['name', 'image', 'imageID', 'ready', 'restartCount'] },
);
const statuses = fc.record(
  {
    phase: fc.constantFrom('Pending', 'Running', 'Unknown'),
    reason: words,
    message: words,
    conditions: fc.array(
      fc.record(
        {
          type: fc.oneof(fc.constantFrom('Ready', 'PodScheduled', 'DisruptionTarget'), words),
          status: truths,
          reason: words,
          message: words,
          lastTransitionTime: times,
        },
        { requiredKeys: ['type', 'status'] },
      ),
      few,
    ),
    containerStatuses: fc.array(containers, few),
    initContainerStatuses: fc.array(containers, few),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Status>;

/** Whose pod it says it is: of nobody, of somebody else, or of what it has only heard of. */
const certain = fc.constantFrom<readonly OwnerReference[]>(
  [],
  [{ apiVersion: 'batch/v1', kind: 'Job', name: 'x', uid: 'x', controller: true }],
  [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'fraud', uid: 'uid-1', controller: true }],
);
const hearsay = fc.constantFrom<readonly OwnerReference[]>(
  [
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: 'fraud-00000000-5d8f7c9b6c',
      uid: 'uid-1-replicas-x',
      controller: true,
    },
  ],
  [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: '__proto__', uid: '', controller: true }],
);

interface Forged {
  readonly revision: string;
  readonly status: Status;
  readonly annotations: Readonly<Record<string, string>>;
  readonly owners: readonly OwnerReference[];
}

const forged = (owners: fc.Arbitrary<readonly OwnerReference[]>): fc.Arbitrary<Forged> =>
  fc.record({
    revision: fc.oneof(fc.constantFrom('candidate', 'stable'), words),
    status: statuses,
    annotations: texts,
    owners,
  });

function podOf(world: ServingWorld, { revision, status, annotations, owners }: Forged, index: number): IPod {
  const { stable, candidate } = world.parent.status ?? {};
  const meant = { stable: stable?.revision, candidate: candidate?.revision }[revision] ?? revision;
  const labels = {
    'app.kubernetes.io/managed-by': 'flyball',
    'flyball.dev/model-deployment': 'fraud',
    'flyball.dev/revision': String(meant),
  };
  const metadata = { name: `forged-${index}`, namespace: 'team', uid: `forged-${index}`, labels, annotations };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, ownerReferences: [...owners] }, status };
}

/** Labels and annotations of what is ours, but not the one by which it is watched. */
function relabelled<R extends Resource>(object: R, labels: object, annotations: object): R {
  return {
    ...object,
    metadata: { ...object.metadata, labels: { ...object.metadata?.labels, ...labels }, annotations },
  };
}

const relabelling = fc.record({
  labels: fc.dictionary(fc.constantFrom('flyball.dev/revision', 'app.kubernetes.io/name', 'x'), words),
  annotations: texts,
});
const versions = fc.record({
  number: fc.integer({ min: 3, max: 999_999_999 }),
  uri: fc.oneof(fc.constant('pvc://models/forged'), words),
  profile: fc.dictionary(words, fc.record({ categories: texts }), { maxKeys: 3 }),
});

async function attacked(
  {
    pods,
    labels,
    version,
  }: { pods: readonly Forged[]; labels: { labels: object; annotations: object }; version: object & { number: number } },
  metrics: Metrics,
): Promise<ServingWorld> {
  const world = await inFirstStep(watched);
  world.metrics = metrics;
  for (const [index, pod] of pods.entries()) world.put(podOf(world, pod, index));
  for (const deployment of world.deployments())
    world.put(relabelled<IDeployment>(deployment, labels.labels, labels.annotations));
  for (const service of world.services()) world.put(relabelled(service, labels.labels, labels.annotations));
  world.put(modelVersion(version.number, { ...artifact(version.number), ...version }));
  await world.pass(300);
  return world;
}

function isUnmoved({ parent: { status } }: ServingWorld): void {
  expect(status).toMatchObject({ stable: { version: 'fraud-1' }, candidate: { version: 'fraud-2', step: 0 } });
  expect(status?.rejected).toBeUndefined();
}

const others = { labels: relabelling, version: versions };

describe('What others write of the children of a ModelDeployment', () => {
  it('promotes and rejects nothing while strangers are among its pods, whatever is measured', async () => {
    const metrics = fc.constantFrom<Metrics>({}, { requests: 500 }, { requests: 500, errors: 0.5 });
    const hostile = fc.record({ pods: fc.array(forged(certain), { minLength: 1, maxLength: 3 }), ...others });
    await fc.assert(
      fc.asyncProperty(hostile, metrics, async (attack, measured) => {
        const world = await attacked(attack, measured);
        isUnmoved(world);
        expect(world.condition('Stalled')?.reason).toBe('Forged');
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('promotes and rejects nothing by pods that name owners of which nobody knows', async () => {
    const hostile = fc.record({ pods: fc.array(forged(hearsay), few), ...others });
    await fc.assert(
      fc.asyncProperty(hostile, async (attack) => isUnmoved(await attacked(attack, {}))),
      { numRuns: 10 },
    );
  }, 60_000);

  it('has a plan that its schema allows, whatever stands in the status of its own pods', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(statuses, { minLength: 1, maxLength: 3 }), texts, async (all, annotations) => {
        const world = await inFirstStep();
        const own = world.pods();
        all.forEach((status, index) => {
          const pod = own[index];
          if (pod !== undefined) world.put(relabelled<IPod>({ ...pod, status }, {}, annotations));
        });
        await world.settle();
        expect(world.parent.status?.stable?.version).toBe('fraud-1');
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
