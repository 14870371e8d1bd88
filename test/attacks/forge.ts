/** What an attacker makes of what is there. */
import type { IJob } from 'kubernetes-models/batch/v1';
import { apiVersion, attemptAnnotation, label, managedBy } from '../../src/api/labels.ts';
import { jobs } from '../../src/api/kinds.ts';
import { keyOf, type Resource, uidOf } from '../../src/api/resource.ts';
import type { ITrainingRun } from '../../src/api/types.ts';
import { stageJob } from '../../src/kinds/trainingrun/attempt/job.ts';
import { train } from '../../src/kinds/trainingrun/stages/train.ts';
import { recipeDigest } from '../../src/kinds/trainingrun/start/digest.ts';
import type { Snapshot } from '../../src/kinds/trainingrun/start/snapshot.ts';
import { evil, type Scene } from './scene.ts';
import { jobOf, runOf, servedOf } from './victims.ts';

type Fields = Readonly<Record<string, unknown>>;

interface ForgedSnapshot extends Fields {
  readonly recipe: Fields;
}

const environmentOf = (value: string) => [
  { name: 'STOLEN', secretKeyRef: { name: 'database', key: 'password' } },
  { name: 'NOTE', value },
];

/** A recipe that runs the attacker's image with somebody else's Secret. */
export const stealing = (recipe: Fields): Fields => ({ ...recipe, image: evil, env: environmentOf('sent home') });

/** The snapshot of a Job as it would have to be to be believed. */
export function snapshotIn(job: IJob | undefined): ForgedSnapshot {
  return JSON.parse(job?.metadata?.annotations?.[attemptAnnotation] ?? '{}') as ForgedSnapshot;
}

/** Its text with changes, whose digest is right. */
export function changed(job: IJob | undefined, change: (snapshot: ForgedSnapshot) => Fields): string {
  const snapshot = { ...snapshotIn(job), ...change(snapshotIn(job)) } as ForgedSnapshot;
  return JSON.stringify({ ...snapshot, recipeDigest: recipeDigest(snapshot.recipe) });
}

/** A patch of a Job that changes its snapshot. */
export const withSnapshot = (text: string) => ({ metadata: { annotations: { [attemptAnnotation]: text } } });

/** Edits the snapshot of the attempt's Job. */
export const editsSnapshot = (change: (snapshot: ForgedSnapshot) => Fields) => async (scene: Scene) => {
  await scene.attacker.patch(jobs, 'fraud-1-train', withSnapshot(changed(jobOf(scene), change)));
};

export const ownedBy = (owner: Resource | undefined, apiVersionOf = apiVersion, kind = 'TrainingRun') => [
  {
    apiVersion: apiVersionOf,
    kind,
    name: owner === undefined ? '' : keyOf(owner).name,
    uid: owner === undefined ? '' : uidOf(owner),
    controller: true,
  },
];

/** The labels that a training's objects have. */
export const trainingLabels = (attempt: string) => ({
  [label.managedBy]: managedBy,
  [label.trainingRun]: 'fraud',
  [label.attempt]: attempt,
  [label.stage]: 'train',
});

/** The labels that the pods of a revision have. */
export const servingLabels = (revision: string) => ({
  [label.managedBy]: managedBy,
  [label.modelDeployment]: 'serve',
  [label.revision]: revision,
});

const container = (image: string) => ({ name: 'main', image });

/** A Job that claims to be one of the run. Its pods run the attacker's image. */
export function forgedJob(
  scene: Scene,
  number: number,
  change: (snapshot: ForgedSnapshot) => Fields = () => ({}),
  retry = '',
) {
  const attempt = `fraud-${number}`;
  const labels = trainingLabels(attempt);
  return {
    metadata: {
      name: `${attempt}-train${retry}`,
      labels,
      ownerReferences: ownedBy(runOf(scene)),
      annotations: {
        [attemptAnnotation]: changed(jobOf(scene), (snapshot) => ({
          number,
          trigger: { type: 'Rerun', time: snapshot['coversUntil'] },
          ...change({ ...snapshot, number }),
        })),
      },
    },
    spec: {
      backoffLimit: 0,
      template: { metadata: { labels }, spec: { restartPolicy: 'Never', containers: [container(evil)] } },
    },
  };
}

/** A pod that claims to be of a Job, whose controller then takes it for its own. */
export function forgedPodOfJob(scene: Scene) {
  const job = jobOf(scene);
  const controller = {
    'batch.kubernetes.io/controller-uid': job === undefined ? '' : uidOf(job),
    'controller-uid': job === undefined ? '' : uidOf(job),
    'batch.kubernetes.io/job-name': 'fraud-1-train',
    'job-name': 'fraud-1-train',
  };
  return {
    metadata: {
      name: 'fraud-1-train-forged',
      // As the Job controller marks what it counts.
      finalizers: ['batch.kubernetes.io/job-tracking'],
      labels: { ...trainingLabels('fraud-1'), ...controller },
      ownerReferences: [{ ...ownedBy(job, 'batch/v1', 'Job')[0], blockOwnerDeletion: true }],
    },
    spec: { nodeName: 'node-1', restartPolicy: 'Never', containers: [container(evil)] },
  };
}

/** A pod that claims to be of a revision. */
export function forgedServer(revision: string, more: object = {}) {
  return {
    metadata: { name: 'forged', labels: servingLabels(revision), ...more },
    spec: { containers: [container(evil)] },
  };
}

/** What makes pods of a template, whose pods claim to be of a revision though it claims nothing itself. */
export function makerOf(revision: string, labels: object = servingLabels(revision)) {
  const own = { app: 'ordinary' };
  return {
    metadata: { name: 'ordinary', labels: own },
    spec: {
      replicas: 1,
      selector: { matchLabels: own },
      template: { metadata: { labels: { ...own, ...labels } }, spec: { containers: [container(evil)] } },
    },
  };
}

/** A Deployment that claims to be that of a revision. */
export function forgedDeployment(scene: Scene, revision: string) {
  const labels = servingLabels(revision);
  const { [label.managedBy]: _, ...selector } = labels;
  return {
    metadata: {
      name: `serve-${revision}`,
      labels,
      ownerReferences: ownedBy(servedOf(scene), apiVersion, 'ModelDeployment'),
    },
    spec: {
      replicas: 1,
      minReadySeconds: 1,
      selector: { matchLabels: selector },
      template: { metadata: { labels }, spec: { containers: [container(evil)] } },
    },
  };
}

/** The Job of a second attempt as the operator would make it from a snapshot that is the first one's but for these changes. */
export function exactJob(scene: Scene, change: object) {
  const { metadata = { name: '' }, ...run } = runOf(scene) ?? {};
  const before = JSON.parse(changed(jobOf(scene), () => ({}))) as Snapshot;
  const snapshot: Snapshot = { ...before, number: 2, ...change };
  const made = stageJob(train, { ...run, metadata } as ITrainingRun, snapshot, 0);
  if (made?.spec === undefined) throw new Error('there is no Job');
  return { ...made, spec: made.spec };
}

/** A pod of the attempt's Job as its controller would make it, but for these changes of `main`; variables come behind the others. */
export function exactPod(
  scene: Scene,
  change: { readonly env?: readonly object[]; readonly command?: readonly string[] },
) {
  const { metadata, spec } = forgedPodOfJob(scene);
  const real = jobOf(scene)?.spec?.template.spec;
  const containers = (real?.containers ?? []).map((main) => ({
    ...main,
    ...change,
    env: [...(main.env ?? []), ...(change.env ?? [])],
  }));
  return {
    metadata: { ...metadata, name: 'fraud-1-train-exact' },
    spec: { ...real, nodeName: spec.nodeName, containers },
  };
}
