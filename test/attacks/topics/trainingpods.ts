/** Who may create or patch pods has them speak for a training. */
import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../../src/api/kinds.ts';
import { keyOf } from '../../../src/api/resource.ts';
import { exited, results } from '../../builders/pod.ts';
import { digest } from '../../integration/objects.ts';
import { type Attack, type Topic, onlyByPolicy } from '../contract.ts';
import { forgedPodOfJob, ownedBy } from '../forge.ts';
import { may } from '../rights.ts';
import { evil } from '../scene.ts';
import { endsWell, inBackOff, inTraining, perfect, podsOf, runOf, verdictOf } from '../victims.ts';
import { forgedMetrics } from './evidence.ts';

const createPods = [may('create', pods)];
const patchPods = [may('patch', pods)];

/** Pods of the attacker to which a Service of a model sends requests. */
const attacks: readonly Attack[] = [
  {
    name: 'makes a pod with the labels and the owner of a Job that waits in its back-off, which reports f1 0.999',
    rights: createPods,
    prepare: inBackOff,
    attempt: async (scene) => {
      scene.playsForged(perfect);
      await scene.attacker.create(pods, forgedPodOfJob(scene));
    },
    aftermath: endsWell,
    gain: 'a version with f1 0.999 is registered',
    gained: forgedMetrics,
    patience: 6_000,
  },
  {
    name: 'makes such a pod beside the one that trains, with the same command and variables',
    rights: createPods,
    prepare: inTraining(),
    attempt: async (scene) => {
      scene.playsForged(perfect);
      const real = podsOf(scene, 'fraud')[0];
      const pod = forgedPodOfJob(scene);
      const containers = (real?.spec?.containers ?? []).map((container) => ({ ...container, image: evil }));
      await scene.attacker.create(pods, {
        ...pod,
        spec: { ...real?.spec, volumes: [], containers: containers.map(withoutMounts) },
      });
    },
    aftermath: endsWell,
    gain: 'a version with f1 0.999 is registered',
    gained: forgedMetrics,
    patience: 6_000,
  },
  {
    name: 'makes pods with the labels and the owner of a Job, which fail',
    rights: createPods,
    prepare: inTraining({ retry: { limit: 0 } }),
    attempt: async (scene) => {
      scene.playsForged(exited(1, { message: 'it is the code' }));
      await scene.attacker.create(pods, forgedPodOfJob(scene));
    },
    gain: 'the attempt fails for what its own code did not do',
    gained: (scene) => {
      const found = runOf(scene)?.status?.attempts?.find(({ number, verdict }) => number === 1 && verdict === 'Failed');
      return found?.reason === 'Forged' || found === undefined ? undefined : `the attempt is Failed: ${found.reason}`;
    },
    ...onlyByPolicy,
    patience: 5_000,
  },
  {
    name: 'gives the pod that trains another image',
    rights: patchPods,
    prepare: inTraining(),
    attempt: async (scene) => {
      scene.playsForged(perfect);
      const name = podsOf(scene, 'fraud')[0]?.metadata?.name ?? '';
      await scene.attacker.patch(pods, name, [{ op: 'replace', path: '/spec/containers/0/image', value: evil }], {
        type: 'json',
      });
    },
    gain: 'a version with f1 0.999 is registered',
    gained: forgedMetrics,
    patience: 5_000,
  },
  {
    name: 'says of the second pod of a gang that it is the first, which speaks for all',
    rights: patchPods,
    prepare: inTraining({ nodes: 2 }),
    attempt: async (scene) => {
      const index = 'batch.kubernetes.io/job-completion-index';
      for (const { metadata } of podsOf(scene, 'fraud')) {
        const other = metadata?.annotations?.[index] === '0' ? '1' : '0';
        await scene.attacker.patch(pods, metadata?.name ?? '', { metadata: { annotations: { [index]: other } } });
      }
    },
    aftermath: async (scene) => {
      const isFirst = ({ spec }: IPod) => spec?.hostname?.endsWith('-0') === true;
      scene.plays('fraud', (pod) => (isFirst(pod) ? results({ f1: 0.91 }, { model: { digest } }) : perfect));
      return Promise.resolve();
    },
    gain: 'what the second pod says is registered',
    gained: forgedMetrics,
    patience: 5_000,
  },
  {
    name: 'says of the only pod of a Job that it is the second, so that nobody speaks for it',
    rights: patchPods,
    prepare: inTraining(),
    attempt: async (scene) => {
      const name = podsOf(scene, 'fraud')[0]?.metadata?.name ?? '';
      const annotations = { 'batch.kubernetes.io/job-completion-index': '1' };
      await scene.attacker.patch(pods, name, { metadata: { annotations } });
    },
    aftermath: endsWell,
    gain: 'its results are lost',
    lost: (scene) => (verdictOf(scene) === 'Registered' ? undefined : `the attempt is ${verdictOf(scene) ?? 'open'}`),
  },
  {
    name: 'makes another Job the owner of the pod that trains',
    rights: patchPods,
    prepare: inTraining(),
    attempt: async (scene) => {
      const name = podsOf(scene, 'fraud')[0]?.metadata?.name ?? '';
      const ownerReferences = ownedBy(undefined, 'batch/v1', 'Job').map((owner) => ({
        ...owner,
        name: 'other',
        uid: '00000000-0000-4000-8000-000000000000',
      }));
      await scene.attacker.patch(pods, name, { metadata: { ownerReferences } });
    },
    gain: 'the pod is deleted by the garbage collector, for somebody who may not delete it',
    gained: (scene) => {
      const first = scene.history.changes.find(({ plural, type }) => plural === 'pods' && type === 'Deleted');
      return first && `pod ${keyOf(first.object).name} is deleted`;
    },
    ...onlyByPolicy,
    patience: 4_000,
  },
];

export const trainingPods: Topic = { name: 'Pods that speak for a training', attacks };

function withoutMounts<T extends object>(container: T): T {
  return { ...container, volumeMounts: [] };
}

export const podsOfOthers: Topic = { name: 'Pods that the controllers did not make', attacks };
