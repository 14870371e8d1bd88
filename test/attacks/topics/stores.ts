/** Who has some right over what fetches and saves has others' stores read, other models served, or other folders registered. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IContainer, IPod } from 'kubernetes-models/v1';
import { deployments, jobs, modelDeployments, pods, trainingRuns } from '../../../src/api/kinds.ts';
import { transferVariable } from '../../../src/workload/transfers.ts';
import { measured, ran, runs, savedPod } from '../../builders/savedpod.ts';
import { crashing, serving as ready } from '../../integration/faults/kubelet.ts';
import { digest, trainingRun } from '../../integration/objects.ts';
import type { Attack, Topic } from '../contract.ts';
import { exactJob, forgedPodOfJob } from '../forge.ts';
import { may } from '../rights.ts';
import { evil, type Scene } from '../scene.ts';
import { candidateOf, jobOf, podsOf, servedOf, serving, stableOf, verdictOf } from '../victims.ts';
import { createRuns, createsRun } from './authoring.ts';
import { jobsOf, records, rejected } from './evidence.ts';

/** Of a folder that nobody was meant to have. */
const foreign = `sha256:${'e'.repeat(64)}`;
const secret = { secretRef: { name: 'bucket' } };
const output = { uri: 's3://models/fraud' };
const recipe = { output, storage: secret, gate: [{ metric: 'f1', min: 0.9 }], retry: { limit: 2 } };
const report = (f1: number, more: object = {}) => JSON.stringify({ metrics: { f1 }, ...more });
const inFolder = (folder: string, found: string) => measured({ path: `/flyball/storage/${folder}`, digest: found });

const trains = savedPod('Pending', { main: runs() });
const saves = (f1: number, message: string, more: object = {}) =>
  savedPod('Succeeded', { main: ran(0, undefined, report(f1, more)), save: ran(0, undefined, message) });

/** A run whose pod trains, and whose model is then saved. */
const saving = async (scene: Scene) => {
  scene.plays('fraud', trains);
  await scene.create(trainingRuns, { ...trainingRun(recipe), metadata: { name: 'fraud' } });
  const isRunning = ({ status }: IPod) => status?.initContainerStatuses?.some(({ state }) => state?.running) === true;
  await scene.until('its pod trains', () => podsOf(scene, 'fraud').some(isRunning));
};

/** The same, whose only pod failed, so that the Job controller waits before it makes the next one. */
const inBackOff = async (scene: Scene) => {
  await saving(scene);
  scene.plays('fraud', savedPod('Failed', { main: ran(1) }));
  await scene.until('its pod failed', () => (jobOf(scene)?.status?.failed ?? 0) > 0);
};

/** The same with a model that did not pass its gate, so that its Job stays. */
const notGoodEnough = async (scene: Scene) => {
  await saving(scene);
  scene.plays('fraud', saves(0.5, inFolder('output', digest)));
  await scene.until('the gate fails', () => verdictOf(scene) === 'GateFailed');
};

/** What a pod that is not the run's own would like to have saved. */
const forged = saves(0.999, inFolder('output', foreign));
const honest = saves(0.91, inFolder('output', digest));

/** The training goes well when the attack was made. */
const endsWell = async (scene: Scene) => {
  scene.plays('fraud', ({ metadata }) => (metadata?.name === 'fraud-1-train-exact' ? forged : honest));
  return Promise.resolve();
};

/** What was not saved by the run's own pod. */
const registersForeign = records(({ metadata, spec }) => {
  const isForeign = spec.digest === foreign || spec.uri?.includes('evil') === true || spec.metrics?.['f1'] === '0.999';
  return isForeign ? `${metadata?.name} is registered at ${spec.uri} with digest ${spec.digest}` : undefined;
});

const withOther = (containers: readonly IContainer[], change: (save: IContainer) => IContainer) =>
  containers.map((one) => (one.name === 'save' ? change(one) : one));

/** A pod as the Job controller would make it, but for its `save`, which tells of another folder. */
const makesPod = (change: (save: IContainer) => IContainer) => async (scene: Scene) => {
  scene.playsForged(forged);
  scene.plays('fraud', (pod) => (pod.metadata?.name === 'fraud-1-train-exact' ? forged : undefined));
  const { metadata, spec } = forgedPodOfJob(scene);
  const real = jobOf(scene)?.spec?.template.spec;
  await scene.attacker.create(pods, {
    metadata: { ...metadata, name: 'fraud-1-train-exact' },
    spec: { ...real, nodeName: spec.nodeName, containers: withOther(real?.containers ?? [], change) },
  });
};

/** The Job of a second attempt as the operator would make it, but for its `save`. */
const makesJob = (change: (save: IContainer) => IContainer) => async (scene: Scene) => {
  scene.playsForged(forged);
  scene.plays('fraud', forged);
  const job = exactJob(scene, {});
  const { template } = job.spec;
  const { containers = [] } = template.spec ?? {};
  const spec = { ...template.spec, containers: withOther(containers, change) };
  await scene.attacker.create(jobs, { ...job, spec: { ...job.spec, template: { ...template, spec } } });
};

const elsewhere = (save: IContainer): IContainer => ({ ...save, args: ['/flyball/storage/output', 's3://evil/model'] });
const bySomethingElse = (save: IContainer): IContainer => ({ ...save, image: evil });
const withoutSecret = (save: IContainer): IContainer => ({ ...save, envFrom: [] });

const patchesImage = (list: 'containers' | 'initContainers') => async (scene: Scene) => {
  scene.playsForged(forged);
  const name = podsOf(scene, 'fraud')[0]?.metadata?.name ?? '';
  await scene.attacker.patch(pods, name, [{ op: 'replace', path: `/spec/${list}/0/image`, value: evil }], {
    type: 'json',
  });
};

const forgedPods: readonly Attack[] = (
  [
    ['which saves to a folder of others', elsewhere],
    ['which saves by another image', bySomethingElse],
    ['which saves with the identity of its node instead of the Secret', withoutSecret],
  ] as const
).flatMap(([what, change]): Attack[] => [
  {
    name: `makes a pod exactly like the one that has failed, ${what}`,
    rights: [may('create', pods)],
    prepare: inBackOff,
    attempt: makesPod(change),
    aftermath: endsWell,
    gain: 'what it says was saved is registered',
    gained: registersForeign,
    patience: 4_000,
  },
  {
    name: `makes the Job of a second attempt exactly as the operator would, ${what}`,
    rights: [may('create', jobs)],
    prepare: notGoodEnough,
    attempt: makesJob(change),
    gain: 'what it says was saved is registered',
    gained: registersForeign,
    patience: 4_000,
  },
]);

const editedPods: readonly Attack[] = (['containers', 'initContainers'] as const).map((list) => ({
  name: `gives a pod that trains another image ${list === 'containers' ? 'to save with' : 'of its training, among its init containers'}`,
  rights: [may('patch', pods)],
  prepare: saving,
  attempt: patchesImage(list),
  gain: 'what it says was saved is registered',
  gained: registersForeign,
  patience: 4_000,
}));

const model = { uri: 's3://models/fraud', digest };
const server = { image: 'example.com/serve:1', port: 8080, protocol: 'HTTP', storage: secret } as const;

/** A model from a store that serves, with a healthy candidate beside it. */
const rollingOut = async (scene: Scene) => {
  await serving({ model, server, replicas: 2, rollout: { steps: [{ weight: 50, hold: '1h' }] } })(scene);
  const before = stableOf(scene);
  await scene.patch(modelDeployments, 'serve', { spec: { server: { image: 'example.com/serve:2' } } });
  await scene.until('the candidate has its pods', () => {
    const { candidate, stable } = servedOf(scene)?.status ?? {};
    return candidate?.weightSince !== undefined && stable?.revision === before;
  });
};

/** Edits what the Deployment of the candidate fetches. */
const editsFetch = (change: (fetch: IContainer) => IContainer) => async (scene: Scene) => {
  const name = `serve-${candidateOf(scene)}`;
  const { spec } = scene.history.get<IDeployment>(deployments, name)?.spec?.template ?? {};
  const initContainers = spec?.initContainers?.map((one) => (one.name === 'fetch' ? change(one) : one));
  await scene.attacker.patch(deployments, name, { spec: { template: { spec: { initContainers } } } });
};

const another = (fetch: IContainer): IContainer => ({
  ...fetch,
  args: (fetch.args ?? []).map((word) => word.replace('s3://models/fraud', 's3://evil/model')),
});
const unpinned = (fetch: IContainer): IContainer => ({
  ...fetch,
  env: (fetch.env ?? []).map((one) => (one.name === transferVariable ? { ...one, value: '{}' } : one)),
});
const others = (fetch: IContainer): IContainer => ({ ...fetch, envFrom: [{ secretRef: { name: 'evil' } }] });

const isEdited = (containers: readonly IContainer[] = []) =>
  containers.some(
    ({ name, args = [], env = [], envFrom = [] }) =>
      name === 'fetch' && /evil|"\{\}"/.test(JSON.stringify([args, env.map(({ value }) => value), envFrom])),
  );

const servesEdited = (scene: Scene) => {
  const name = `serve-${stableOf(scene)}`;
  const found = scene.history.get<IDeployment>(deployments, name)?.spec?.template.spec;
  return servedOf(scene)?.status?.previous !== undefined && isEdited(found?.initContainers)
    ? `${name} took over with what somebody has it fetch`
    : undefined;
};

const editedServers: readonly Attack[] = (
  [
    ['fetch another model', another],
    ['fetch without a digest', unpinned],
    ['fetch with another Secret', others],
  ] as const
).flatMap(([what, change]): Attack[] => [
  {
    name: `has the Deployment of a candidate ${what}`,
    rights: [may('patch', deployments)],
    prepare: rollingOut,
    attempt: editsFetch(change),
    aftermath: (scene) =>
      scene.patch(modelDeployments, 'serve', { spec: { rollout: { steps: [{ weight: 50, hold: '1s' }] } } }),
    gain: 'it takes over as what was declared',
    gained: servesEdited,
    patience: 12_000,
  },
  {
    name: `has the Deployment of a candidate ${what}, with which its server crashes`,
    rights: [may('patch', deployments)],
    prepare: rollingOut,
    attempt: async (scene) => {
      scene.plays('serve', (pod) => (isEdited(pod.spec?.initContainers) ? crashing(pod) : ready(pod)));
      await editsFetch(change)(scene);
    },
    gain: 'the healthy candidate is rejected for good',
    gained: rejected,
    patience: 6_000,
  },
]);

const readsOther = (scene: Scene) => {
  const found = jobsOf(scene).find((job: IJob) => JSON.stringify(job.spec?.template.spec).includes('s3://salaries'));
  return found && `Job ${found.metadata?.name} reads it with the Secret`;
};

const written: readonly Attack[] = [
  {
    name: 'has a run of a colleague read another folder with the Secret that the colleague may read',
    rights: [may('patch', trainingRuns)],
    prepare: async (scene) => {
      await scene.create(trainingRuns, { ...trainingRun(recipe), metadata: { name: 'fraud' } });
      await scene.until('its Job is made', () => jobOf(scene) !== undefined);
    },
    attempt: async (scene) => {
      const datasets = [{ name: 'all', uri: 's3://salaries/all' }];
      await scene.attacker.patch(trainingRuns, 'fraud', { spec: { datasets } });
    },
    gain: 'its training gets what only the Secret can read',
    gained: readsOther,
  },
  {
    name: 'has a training report another digest than that of what it leaves',
    rights: createRuns,
    prepare: async (scene) => {
      scene.plays('fraud', saves(0.91, inFolder('output', digest), { model: { digest: foreign } }));
      return Promise.resolve();
    },
    attempt: createsRun({ output, gate: [{ metric: 'f1', min: 0.9 }] }),
    gain: 'a version is registered with it',
    gained: registersForeign,
    patience: 4_000,
  },
  {
    name: 'has a training that uploads by itself report a digest',
    rights: createRuns,
    prepare: async (scene) => {
      const message = report(0.91, { model: { digest: foreign } });
      const state = { terminated: { exitCode: 0, message } };
      const main = { name: 'main', image: '', imageID: '', ready: false, restartCount: 0, state };
      scene.plays('fraud', { phase: 'Succeeded', containerStatuses: [main] });
      return Promise.resolve();
    },
    attempt: createsRun({ output: { ...output, by: 'Container' }, gate: [{ metric: 'f1', min: 0.9 }] }),
    gain: 'its version has it as measured, so that what fetches refuses the model that is there',
    gained: records(({ metadata, spec }) =>
      spec.digestSource === 'Measured' || spec.size !== undefined ? `${metadata?.name} has it as measured` : undefined,
    ),
    patience: 4_000,
  },
];

export const stores: Topic = {
  name: 'What fetches and saves',
  attacks: [...forgedPods, ...editedPods, ...editedServers, ...written],
};
