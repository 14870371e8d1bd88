/** What the programs of a cluster do with what the operator made. */
import type { IDeployment, IReplicaSet } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import { deployments, jobs, modelDeployments, pods } from '../../../src/api/kinds.ts';
import { applied } from '../../integration/apply.ts';
import { renderChart } from '../../integration/chart.ts';
import { serving as ready } from '../../integration/faults/kubelet.ts';
import type { Deed } from '../contract.ts';
import { replicaSets } from '../kinds.ts';
import { mesh, mirror } from '../mesh.ts';
import { may } from '../rights.ts';
import type { Scene } from '../scene.ts';
import {
  endsWell,
  inTraining,
  isServing,
  jobOf,
  nothing,
  podsOf,
  servedOf,
  serving,
  stableOf,
  verdictOf,
} from '../victims.ts';

const isRegistered = (scene: Scene) => verdictOf(scene) === 'Registered';
const isSuspended = (scene: Scene) =>
  jobOf(scene)?.status?.conditions?.some(({ type, status }) => type === 'Suspended' && status === 'True') === true;

/** The operator is content: nobody is suspected of anything, nothing was rejected. */
export const isContent = (scene: Scene) => isServing(scene)() && servedOf(scene)?.status?.rejected === undefined;

const podOf = (scene: Scene) => podsOf(scene, stableOf(scene))[0]?.metadata?.name ?? '';
const has = (pod: IPod, name: string) => pod.spec?.initContainers?.some((one) => one.name === name) === true;

/** A run that trains in a namespace whose pods are changed on their way. */
const trains = async (scene: Scene) => {
  await inTraining()(scene);
  await endsWell(scene);
};

export const clusters: readonly Deed[] = [
  {
    name: 'a queue suspends the Job of an attempt, says where it shall run, labels it and lets it go',
    rights: [may('patch', jobs), may('patch', jobs, { below: 'status' })],
    prepare: async (scene) => {
      await inTraining()(scene);
      await scene.patch(jobs, 'fraud-1-train', { spec: { suspend: true } });
      await scene.until('the Job is suspended', () => isSuspended(scene));
    },
    act: async (scene) => {
      const queue = scene.attacker;
      const labels = { 'kueue.x-k8s.io/queue-name': 'gpus', 'kueue.x-k8s.io/podset': 'main' };
      const annotations = { 'kueue.x-k8s.io/workload': 'fraud' };
      await queue.patch(jobs, 'fraud-1-train', { metadata: { labels, annotations } });
      await queue.patch(jobs, 'fraud-1-train', { status: { startTime: null } }, { subresource: 'status' });
      const template = {
        metadata: { labels, annotations },
        spec: {
          nodeSelector: { pool: 'gpus' },
          tolerations: [{ key: 'gpus', operator: 'Exists' }],
          schedulingGates: [{ name: 'kueue.x-k8s.io/topology' }],
        },
      };
      await queue.patch(jobs, 'fraud-1-train', { spec: { template } });
      await queue.patch(jobs, 'fraud-1-train', { spec: { template: { spec: { schedulingGates: null } } } });
      await queue.patch(jobs, 'fraud-1-train', { spec: { suspend: false } });
      await endsWell(scene);
    },
    works: isRegistered,
  },
  {
    name: 'a mesh puts a sidecar, a volume, a variable and labels into the pod that trains',
    rights: [],
    prepare: async (scene) => {
      await scene.label(mesh);
      await trains(scene);
    },
    act: nothing,
    works: (scene) => isRegistered(scene) && podsOf(scene, 'fraud').every((pod) => has(pod, 'proxy')),
  },
  {
    name: 'a mesh puts a sidecar, a volume, a variable and labels into the pods that serve, through a rollout',
    rights: [],
    prepare: async (scene) => {
      await scene.label(mesh);
      await serving()(scene);
    },
    act: (scene) => scene.patch(modelDeployments, 'serve', { spec: { server: { image: 'example.com/serve:2' } } }),
    works: (scene) =>
      isContent(scene) &&
      servedOf(scene)?.status?.previous !== undefined &&
      podsOf(scene, stableOf(scene)).every((pod) => has(pod, 'proxy')),
  },
  {
    name: 'a mirror of registries changes the images of pods, of one that trains',
    rights: [],
    prepare: async (scene) => {
      await scene.label(mirror);
      await trains(scene);
    },
    act: nothing,
    works: isRegistered,
    worlds: ['Stopped', 'Running'],
    because: 'without the policy images are all that tells a pod from others, and are compared',
  },
  {
    name: 'a mirror of registries changes the images of pods that serve, through a rollout',
    rights: [],
    prepare: async (scene) => {
      await scene.label(mirror);
      await serving()(scene);
    },
    act: (scene) => scene.patch(modelDeployments, 'serve', { spec: { server: { image: 'example.com/serve:2' } } }),
    works: (scene) => isContent(scene) && servedOf(scene)?.status?.previous !== undefined,
    worlds: ['Stopped', 'Running'],
    because: 'without the policy images are all that tells a pod from others, and are compared',
  },
  {
    name: 'a scheduler binds the pod that trains to a node, with an annotation of its own',
    rights: [may('create', pods, { below: 'binding' })],
    prepare: inTraining(),
    act: async (scene) => {
      const name = podsOf(scene, 'fraud')[0]?.metadata?.name ?? '';
      const metadata = { name, annotations: { 'scheduler.example.com/score': '7' } };
      const target = { apiVersion: 'v1', kind: 'Node', name: 'node-1' };
      await scene.attacker.post(pods, name, 'binding', { apiVersion: 'v1', kind: 'Binding', metadata, target });
      await endsWell(scene);
    },
    works: isRegistered,
  },
  {
    name: 'a drain evicts a pod that serves',
    rights: [may('create', pods, { below: 'eviction' })],
    prepare: serving({ replicas: 2 }),
    act: async (scene) => {
      const name = podOf(scene);
      await scene.attacker.post(pods, name, 'eviction', {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name },
      });
    },
    works: (scene) => isContent(scene) && podsOf(scene, stableOf(scene)).length === 2,
  },
  {
    name: 'a Deployment is deleted without its ReplicaSet, which the next one adopts',
    rights: [may('delete', deployments)],
    prepare: serving(),
    act: async (scene) => {
      await scene.attacker.delete(deployments, `serve-${stableOf(scene)}`, 'Orphan');
    },
    works: (scene) => {
      const deployment = scene.history.get<IDeployment>(deployments, `serve-${stableOf(scene)}`);
      const sets = scene.history.list<IReplicaSet>(replicaSets);
      return (
        isContent(scene) &&
        sets.some(({ metadata }) => metadata?.ownerReferences?.some(({ uid }) => uid === deployment?.metadata?.uid))
      );
    },
  },
  {
    name: 'the chart is applied again, as a dry run of its next version would be',
    rights: [],
    prepare: (scene) => {
      scene.plays('serve', ready);
      return Promise.resolve();
    },
    act: async (scene) => {
      const { environment, helm } = scene.ground;
      for (const object of renderChart(helm)) {
        const { status, body } = await applied(environment, object, { dryRun: true });
        if (status >= 300)
          throw new Error(`${object.kind} ${object.metadata.name} is refused: ${JSON.stringify(body)}`);
      }
    },
    works: () => true,
  },
];
