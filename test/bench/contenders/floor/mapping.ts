/** The mapping that every contender has: a run to its Job, its status, its events and its version. No policy, no care for users. */
import { createHash } from 'node:crypto';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Attempt, Condition, IModelVersion, ITrainingRun, TrainingRunStatus } from '../../../../src/api/types.ts';

const group = 'flyball.dev';
const apiVersion = `${group}/v1alpha1`;

/** What training reported: nothing, or metrics and the model's digest. */
interface Results {
  readonly metrics?: Readonly<Record<string, number>>;
  readonly model?: { readonly digest?: string };
}

export function timestamp(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

export function firstAttempt(run: ITrainingRun, now: string): Attempt {
  const created = String(run.metadata?.creationTimestamp);
  const name = `${run.metadata?.name}-1`;
  return {
    name,
    number: 1,
    recipeDigest: digestOf(canonical(run.spec)),
    trigger: { type: 'Created', time: created },
    coversUntil: now > created ? now : created,
    startTime: now,
    stages: [{ name: 'Train', job: `${name}-train`, state: 'Running', startTime: now }],
  };
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

export function trainingJob(run: ITrainingRun, attempt: Attempt): object {
  const { name = '', namespace, uid } = run.metadata ?? {};
  const labels = {
    'app.kubernetes.io/managed-by': 'flyball',
    [`${group}/training-run`]: name,
    [`${group}/attempt`]: attempt.name,
    [`${group}/stage`]: 'train',
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${attempt.name}-train`,
      namespace,
      labels,
      annotations: { [`${group}/attempt`]: snapshotText(run, attempt) },
      ownerReferences: [{ apiVersion, kind: 'TrainingRun', name, uid, controller: true, blockOwnerDeletion: true }],
    },
    spec: {
      parallelism: 1,
      completions: 1,
      backoffLimit: 0,
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
      template: { metadata: { labels }, spec: trainingPod(run, attempt) },
    },
  };
}

function snapshotText({ metadata, spec }: ITrainingRun, { recipeDigest, trigger, coversUntil }: Attempt): string {
  return canonical({ number: 1, runUID: metadata?.uid, recipe: spec, recipeDigest, trigger, coversUntil });
}

/** The attempt with what tells its Job from any other. */
export function withJob(run: ITrainingRun, attempt: Attempt, job: IJob): Attempt {
  const made = { jobUID: job.metadata?.uid ?? '', snapshotDigest: digestOf(snapshotText(run, attempt)) };
  return { ...attempt, stages: (attempt.stages ?? []).map((stage) => ({ ...stage, ...made })) };
}

function trainingPod(run: ITrainingRun, attempt: Attempt): object {
  const { metadata, spec } = run;
  const datasets = (spec.datasets ?? []).map(({ name, uri }) => ({ name, ...claim(uri) }));
  const output = claim(`${spec.output?.uri}/${attempt.name}-${metadata?.uid}`);
  const claims = [...new Set([...datasets.map((dataset) => dataset.claimName), output.claimName])];
  const volumeName = (claimName: string): string => `claim-${claims.indexOf(claimName)}`;
  const upper = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const env = {
    FLYBALL_SNAPSHOT_DIGEST: digestOf(snapshotText(run, attempt)),
    FLYBALL_RUN: metadata?.name ?? '',
    FLYBALL_ATTEMPT: attempt.name,
    FLYBALL_RESULTS: '/dev/termination-log',
    FLYBALL_SEED: String(spec.seed),
    FLYBALL_OUTPUT: '/flyball/output',
    FLYBALL_PARAMETERS: JSON.stringify(spec.parameters),
    ...Object.fromEntries(
      Object.entries(spec.parameters ?? {}).map(([name, value]) => [`FLYBALL_PARAMETER_${upper(name)}`, value]),
    ),
    ...Object.fromEntries(
      datasets.map(({ name }) => [`FLYBALL_DATASET_${upper(name)}`, `/flyball/datasets/${name}`] as const),
    ),
  };
  const amounts = { ...spec.resources, [spec.accelerator?.resource ?? '']: String(spec.accelerator?.count) };
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      fsGroup: 65532,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    tolerations: [{ key: spec.accelerator?.resource, operator: 'Exists', effect: 'NoSchedule' }],
    containers: [
      {
        name: 'main',
        image: spec.image,
        imagePullPolicy: 'IfNotPresent',
        command: spec.command,
        args: spec.args,
        env: Object.entries(env).map(([name, value]) => ({ name, value })),
        resources: { requests: amounts, limits: amounts },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'FallbackToLogsOnError',
        volumeMounts: [
          ...datasets.map(({ name, claimName, subPath }) => ({
            name: volumeName(claimName),
            mountPath: `/flyball/datasets/${name}`,
            subPath,
            readOnly: true,
          })),
          { name: volumeName(output.claimName), mountPath: '/flyball/output', subPath: output.subPath },
        ],
      },
    ],
    volumes: claims.map((claimName) => ({ name: volumeName(claimName), persistentVolumeClaim: { claimName } })),
  };
}

export function startedStatus(run: ITrainingRun, attempt: Attempt): TrainingRunStatus {
  const { namespace, generation = 0 } = run.metadata ?? {};
  const command = `kubectl -n ${namespace} get pods -l ${group}/attempt=${attempt.name}`;
  const message = `attempt ${attempt.name} has started. See its pods: \`${command}\``;
  const condition = (type: string, status: Condition['status']): Condition => ({
    type,
    status,
    reason: 'Started',
    message,
    lastTransitionTime: attempt.startTime,
    observedGeneration: generation,
  });
  return {
    observedGeneration: generation,
    conditions: [condition('Succeeded', 'Unknown'), condition('Reconciling', 'True')],
    latestAttempt: attempt.name,
    attempts: [attempt],
  };
}

export function resultsOf(pod: IPod): Results {
  const message = pod.status?.containerStatuses?.[0]?.state?.terminated?.message;
  return message === undefined ? {} : (JSON.parse(message) as Results);
}

export function modelVersion(run: ITrainingRun, attempt: Attempt, job: IJob, pod: IPod): IModelVersion {
  const { name = '', namespace, uid } = run.metadata ?? {};
  const { image, command, args, resources, accelerator, datasets, parameters, seed, output } = run.spec;
  const { metrics = {}, model } = resultsOf(pod);
  return {
    apiVersion,
    kind: 'ModelVersion',
    metadata: {
      name: attempt.name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { 'app.kubernetes.io/managed-by': 'flyball', [`${group}/training-run`]: name },
    },
    spec: JSON.parse(
      JSON.stringify({
        number: 1,
        trainingRun: name,
        trainingRunUID: uid,
        attemptUID: job.metadata?.uid,
        recipeDigest: attempt.recipeDigest,
        trigger: attempt.trigger,
        coversUntil: attempt.coversUntil,
        uri: `${output?.uri}/${attempt.name}-${uid}`,
        digest: model?.digest,
        digestSource: model?.digest && 'Reported',
        shortDigest: model?.digest?.split(':').at(-1)?.slice(0, 12),
        metric: metricText(metrics),
        metrics: decimals(metrics),
        image,
        imageDigest: pod.status?.containerStatuses?.[0]?.imageID,
        command,
        args,
        resources,
        accelerator,
        hardware: accelerator,
        datasets,
        parameters,
        seed,
        reason: 'NoGate',
      }),
    ) as IModelVersion['spec'],
  };
}

function metricText(metrics: Results['metrics'] = {}): string | undefined {
  return Object.entries(decimals(metrics))[0]?.join('=');
}

/** The status of a run whose Job completed, with or without a version. Null removes what the status before had. */
export function endedStatus(
  run: ITrainingRun,
  attempt: Attempt,
  job: IJob,
  pod: IPod,
  version: IModelVersion | undefined,
): object {
  const { metrics, model } = resultsOf(pod);
  const name = attempt.name;
  const outcome = metrics
    ? { verdict: 'Registered', reason: 'NoGate', message: `ModelVersion ${name} is registered` }
    : { verdict: 'NoResults', reason: 'NoResults', message: noResults };
  const ended = {
    ...attempt,
    ...outcome,
    stages: attempt.stages?.map((stage) => ({
      ...stage,
      jobUID: job.metadata?.uid,
      state: 'Passed',
      endTime: job.status?.completionTime,
    })),
    endTime: job.status?.completionTime,
    image: pod.status?.containerStatuses?.[0]?.imageID,
    ...(metrics ? { metrics: decimals(metrics), digest: model?.digest, versionUID: version?.metadata?.uid } : {}),
  };
  const condition = {
    type: 'Succeeded',
    status: 'True',
    reason: outcome.verdict,
    message: outcome.message,
    lastTransitionTime: timestamp(),
    observedGeneration: run.metadata?.generation,
  };
  const metric = metricText(metrics);
  const registered = { name, uid: version?.metadata?.uid };
  return {
    attempts: [ended],
    conditions: [condition],
    ...(metric ? { metric, latestVersion: registered, versions: [registered] } : {}),
  };
}

const noResults =
  'training ended and reported no metrics, so there is no ModelVersion. To get one, write {"metrics": {"f1": 0.93}} to FLYBALL_RESULTS';

export function transition(run: ITrainingRun, reason: string, note: string): object {
  const { name, namespace, uid, resourceVersion } = run.metadata ?? {};
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { namespace, name: `${name}.${resourceVersion}` },
    regarding: { apiVersion, kind: 'TrainingRun', namespace, name, uid, resourceVersion },
    type: 'Normal',
    reason,
    note,
    action: 'Reconcile',
    reportingController: 'flyball.dev/operator',
    reportingInstance: 'floor',
    eventTime: new Date().toISOString().replace('Z', '000Z'),
  };
}

function claim(uri: string): { readonly claimName: string; readonly subPath: string } {
  const [claimName = '', ...path] = uri.replace('pvc://', '').split('/');
  return { claimName, subPath: path.join('/') };
}

function decimals(metrics: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, String(value)]));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
