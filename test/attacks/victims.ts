/** What stands in a namespace before it is attacked. */
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment, IModelVersion, ITrainingRun } from '../../src/api/types.ts';
import { jobs, modelDeployments, modelVersions, pods, services, trainingRuns } from '../../src/api/kinds.ts';
import { keyOf } from '../../src/api/resource.ts';
import { exited, results, running } from '../builders/pod.ts';
import { serving as ready } from '../integration/faults/kubelet.ts';
import { digest, modelDeployment, trainingRun } from '../integration/objects.ts';
import type { Scene } from './scene.ts';

type RunSpec = Parameters<typeof trainingRun>[0];
type DeploymentSpec = NonNullable<Parameters<typeof modelDeployment>[0]>;

/** What a training that went well reports: honest, and good enough for its gate. */
export const good = results({ f1: 0.91 }, { model: { digest } });
/** What an attacker would like to have been reported. */
export const perfect = results({ f1: 0.999 }, { model: { digest } });

const recipe: RunSpec = {
  output: { uri: 'pvc://models/fraud' },
  gate: [{ metric: 'f1', min: 0.9 }],
  retry: { limit: 2 },
};

export const runOf = (scene: Scene, name = 'fraud') => scene.history.get<ITrainingRun>(trainingRuns, name);
export const servedOf = (scene: Scene, name = 'serve') => scene.history.get<IModelDeployment>(modelDeployments, name);
export const jobOf = (scene: Scene, name = 'fraud-1-train') => scene.history.get<IJob>(jobs, name);
export const versionOf = (scene: Scene, name = 'fraud-1') => scene.history.get<IModelVersion>(modelVersions, name);
export const podsOf = (scene: Scene, parent: string): readonly IPod[] =>
  scene.history.list<IPod>(pods).filter(({ metadata }) => Object.values(metadata?.labels ?? {}).includes(parent));
export const verdictOf = (scene: Scene, number = 1) =>
  runOf(scene)?.status?.attempts?.find((attempt) => attempt.number === number)?.verdict;

/** A run whose pod trains. */
export const inTraining =
  (spec: RunSpec = {}) =>
  async (scene: Scene) => {
    scene.plays('fraud', running());
    await scene.create(trainingRuns, { ...trainingRun({ ...recipe, ...spec }), metadata: { name: 'fraud' } });
    const wanted = spec.nodes === undefined ? 1 : Number(spec.nodes);
    const isRunning = () =>
      podsOf(scene, 'fraud').filter(({ status }) => status?.phase === 'Running').length === wanted;
    await scene.until('its pods run', () => isRunning() && runOf(scene)?.status?.attempts?.length === 1);
  };

/** A run of two nodes: if one fails, the operator makes the Job again. */
export const gangInTraining = inTraining({ nodes: 2 });

/** A run whose only pod failed, so that the Job controller waits before it makes the next one. */
export const inBackOff = async (scene: Scene) => {
  await inTraining()(scene);
  scene.plays('fraud', (pod) => (pod.status?.phase === 'Running' ? exited(1) : undefined));
  await scene.until('its pod failed', () => (jobOf(scene)?.status?.failed ?? 0) > 0);
};

const isFailed = (job: IJob | undefined) =>
  job === undefined ||
  job.status?.conditions?.some(({ type, status }) => type === 'Failed' && status === 'True') === true;

/** The pods of a gang's Job of which one fails; the Job that is made again then trains. */
export const failsOnce = async (scene: Scene) => {
  const first = jobOf(scene)?.metadata?.uid;
  const isOfFirst = (pod: IPod) => pod.metadata?.ownerReferences?.some(({ uid }) => uid === first) === true;
  scene.plays('fraud', (pod) => (isOfFirst(pod) ? exited(1) : running()));
  await scene.until('the Job of the gang failed', () => isFailed(jobOf(scene)));
};

/** From now on training ends well. */
export const endsWell = async (scene: Scene) => {
  scene.plays('fraud', good);
  return Promise.resolve();
};

/** A run whose first attempt was registered. */
export const registered = async (scene: Scene) => {
  await inTraining()(scene);
  await endsWell(scene);
  await scene.until('version fraud-1 is registered', () => verdictOf(scene) === 'Registered');
};

/** A run whose gate failed, so that its Job stays and an edit of the gate judges it again. */
export const belowGate = async (scene: Scene) => {
  await inTraining()(scene);
  scene.plays('fraud', results({ f1: 0.5 }, { model: { digest } }));
  await scene.until('the gate fails', () => verdictOf(scene) === 'GateFailed');
};

export const model = { uri: 'pvc://models/fraud/one', digest };

const deploy = async (scene: Scene, spec: DeploymentSpec) => {
  scene.plays('serve', ready);
  const rollout = { minReady: '1s', ...spec.rollout };
  await scene.create(modelDeployments, {
    ...modelDeployment({ ...spec, rollout }, 'serve'),
    metadata: { name: 'serve' },
  });
};

export const isServing = (scene: Scene) => () => {
  const { status } = servedOf(scene) ?? {};
  return status?.stable !== undefined && status.candidate === undefined && isTrue(scene, 'Ready');
};

const isTrue = (scene: Scene, type: string) =>
  servedOf(scene)?.status?.conditions?.some((one) => one.type === type && one.status === 'True') === true;

/** A model that serves. */
export const serving =
  (spec: DeploymentSpec = {}) =>
  async (scene: Scene) => {
    await deploy(scene, { model, ...spec });
    await scene.until('the model serves', isServing(scene));
  };

/** The same with a healthy candidate beside it, which has half of the pods for an hour. */
export const rollingOut = async (scene: Scene) => {
  await serving({ replicas: 2, rollout: { steps: [{ weight: 50, hold: '1h' }] } })(scene);
  const [uid, name] = [servedOf(scene)?.status?.stable?.revision, 'serve'];
  await scene.patch(modelDeployments, name, { spec: { server: { image: 'example.com/serve:2' } } });
  await scene.until('the candidate has its pods', () => {
    const { candidate, stable } = servedOf(scene)?.status ?? {};
    return candidate?.weightSince !== undefined && stable?.revision === uid;
  });
};

/** A model that took over a moment ago from another one, to which it may go back. */
export const fresh =
  (spec: DeploymentSpec = {}) =>
  async (scene: Scene) => {
    await serving(spec)(scene);
    const before = servedOf(scene)?.status?.stable?.revision;
    await scene.patch(modelDeployments, 'serve', { spec: { server: { image: 'example.com/serve:2' } } });
    await scene.until('the second revision took over', () => {
      const { previous, stable } = servedOf(scene)?.status ?? {};
      return previous?.revision === before && stable?.revision !== before && isServing(scene)();
    });
  };

/** A model that follows a run of which one version was registered. */
export const following = async (scene: Scene) => {
  await registered(scene);
  await deploy(scene, {});
  await scene.until('version fraud-1 serves', () => servedOf(scene)?.status?.stable?.version === 'fraud-1');
  await scene.until('it is ready', isServing(scene));
};

/** Nothing. */
export const nothing = () => Promise.resolve();

/** In the given order. */
export const all =
  (...prepared: readonly ((scene: Scene) => Promise<unknown>)[]) =>
  async (scene: Scene) => {
    for (const prepare of prepared) await prepare(scene);
  };

/** The Service of somebody else that selects its pods by the label that everybody uses. */
export const shop = async (scene: Scene) => {
  const selector = { 'app.kubernetes.io/name': 'shop' };
  await scene.create(services, { metadata: { name: 'shop' }, spec: { selector, ports: [{ port: 80 }] } } as object);
};

/** The revision that shall take over, which nobody has to know: its children are named after it. */
export const candidateOf = (scene: Scene) => servedOf(scene)?.status?.candidate?.revision ?? '';
export const stableOf = (scene: Scene) => servedOf(scene)?.status?.stable?.revision ?? '';

export const namesOf = <R extends { metadata?: { name?: string } }>(objects: readonly R[]) =>
  objects.map((object) => keyOf(object as never).name);
