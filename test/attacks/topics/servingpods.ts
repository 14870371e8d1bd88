/** Who may create or patch pods has them speak for a model, or answer its clients. */
import type { IPod } from 'kubernetes-models/v1';
import { deployments, pods } from '../../../src/api/kinds.ts';
import { label } from '../../../src/api/labels.ts';
import { keyOf } from '../../../src/api/resource.ts';
import { crashing, serving as ready } from '../../integration/faults/kubelet.ts';
import { type Attack, type Topic, onlyByPolicy } from '../contract.ts';
import { forgedServer, ownedBy, servingLabels } from '../forge.ts';
import { replicaSets } from '../kinds.ts';
import { may } from '../rights.ts';
import { evil, type Scene } from '../scene.ts';
import { candidateOf, fresh, podsOf, rollingOut, serving, stableOf } from '../victims.ts';
import { rejected, joins } from './evidence.ts';

const createPods = [may('create', pods)];
const patchPods = [may('patch', pods)];

/** Pods of the attacker to which a Service of a model sends requests. */
const crashes = async (scene: Scene) => {
  scene.playsForged(crashing);
  return Promise.resolve();
};

const podOfModel = (scene: Scene) => podsOf(scene, 'serve')[0]?.metadata?.name ?? '';

const attacks: readonly Attack[] = [
  {
    name: 'makes a pod with the two labels of a candidate, which crashes',
    rights: createPods,
    prepare: rollingOut,
    attempt: async (scene) => {
      await crashes(scene);
      await scene.attacker.create(pods, forgedServer(candidateOf(scene)));
    },
    gain: 'the healthy candidate is rejected',
    gained: rejected,
    patience: 5_000,
  },
  {
    name: "makes such a pod with the candidate's Deployment as its owner",
    rights: createPods,
    prepare: rollingOut,
    attempt: async (scene) => {
      await crashes(scene);
      const revision = candidateOf(scene);
      const owner = scene.history.get(deployments, `serve-${revision}`);
      await scene.attacker.create(
        pods,
        forgedServer(revision, { ownerReferences: ownedBy(owner, 'apps/v1', 'Deployment') }),
      );
    },
    gain: 'the healthy candidate is rejected',
    gained: rejected,
    patience: 5_000,
  },
  {
    name: "makes such a pod with the candidate's ReplicaSet as its owner",
    rights: createPods,
    prepare: rollingOut,
    attempt: async (scene) => {
      await crashes(scene);
      const revision = candidateOf(scene);
      const owner = scene.history
        .list(replicaSets)
        .find(({ metadata }) => metadata?.labels?.[label.revision] === revision);
      const labels = {
        ...servingLabels(revision),
        'pod-template-hash': owner?.metadata?.labels?.['pod-template-hash'],
      };
      const ownerReferences = ownedBy(owner, 'apps/v1', 'ReplicaSet');
      await scene.attacker.create(pods, forgedServer(revision, { labels, ownerReferences }));
    },
    gain: 'the healthy candidate is rejected',
    gained: rejected,
    patience: 5_000,
  },
  {
    name: 'makes a crashing pod with the labels of a revision that took over a moment ago',
    rights: createPods,
    prepare: fresh(),
    attempt: async (scene) => {
      await crashes(scene);
      await scene.attacker.create(pods, forgedServer(stableOf(scene)));
    },
    gain: 'the model goes back to the revision before',
    gained: rejected,
    patience: 5_000,
  },
  {
    name: 'makes a pod with the labels of a model that serves',
    rights: createPods,
    prepare: serving(),
    attempt: async (scene) => {
      scene.playsForged(ready);
      await scene.attacker.create(pods, forgedServer(stableOf(scene)));
    },
    gain: "it answers the requests of the model's clients",
    gained: joins,
    ...onlyByPolicy,
  },
  {
    name: 'gives a pod of its own the labels of a model by a patch',
    rights: patchPods,
    prepare: async (scene) => {
      await serving()(scene);
      await scene.create(pods, {
        metadata: { name: 'mine' },
        spec: { containers: [{ name: 'main', image: evil }] },
      } as object);
    },
    attempt: async (scene) => {
      await scene.attacker.patch(pods, 'mine', { metadata: { labels: servingLabels(stableOf(scene)) } });
    },
    gain: "it answers the requests of the model's clients",
    gained: joins,
    ...onlyByPolicy,
  },
  {
    name: 'gives a crashing pod the labels of a candidate by a patch',
    rights: patchPods,
    prepare: async (scene) => {
      await rollingOut(scene);
      await scene.create(pods, {
        metadata: { name: 'mine' },
        spec: { containers: [{ name: 'main', image: evil }] },
      } as object);
    },
    attempt: async (scene) => {
      await crashes(scene);
      await scene.attacker.patch(pods, 'mine', { metadata: { labels: servingLabels(candidateOf(scene)) } });
    },
    gain: 'the healthy candidate is rejected',
    gained: rejected,
    patience: 5_000,
  },
  {
    name: 'gives a pod of its own the labels of a model through the subresource status',
    rights: [may('patch', pods, { below: 'status' })],
    prepare: async (scene) => {
      await serving()(scene);
      await scene.create(pods, {
        metadata: { name: 'mine' },
        spec: { containers: [{ name: 'main', image: evil }] },
      } as object);
    },
    attempt: async (scene) => {
      await scene.attacker.patch(
        pods,
        'mine',
        { metadata: { labels: servingLabels(stableOf(scene)) } },
        { subresource: 'status' },
      );
    },
    gain: "it answers the requests of the model's clients",
    gained: joins,
    ...onlyByPolicy,
  },
  {
    name: 'gives a pod of its own the labels of a model when it binds it to a node',
    rights: [may('create', pods, { below: 'binding' })],
    prepare: async (scene) => {
      await serving()(scene);
      await scene.create(pods, {
        metadata: { name: 'mine' },
        spec: { containers: [{ name: 'main', image: evil }] },
      } as object);
    },
    attempt: async (scene) => {
      const target = { apiVersion: 'v1', kind: 'Node', name: 'node-1' };
      const metadata = { name: 'mine', labels: servingLabels(stableOf(scene)) };
      await scene.attacker.post(pods, 'mine', 'binding', { apiVersion: 'v1', kind: 'Binding', metadata, target });
    },
    gain: "it answers the requests of the model's clients",
    gained: joins,
    ...onlyByPolicy,
  },
  {
    name: 'takes the labels of a model from its pods',
    rights: patchPods,
    prepare: serving(),
    attempt: async (scene) => {
      await scene.attacker.patch(pods, podOfModel(scene), { metadata: { labels: { [label.modelDeployment]: null } } });
    },
    gain: 'the pod stays and gets no requests, for somebody who may not delete it',
    gained: (scene) => {
      const [found] = scene.history
        .list<IPod>(pods)
        .filter(
          ({ metadata }) =>
            metadata?.labels?.[label.revision] !== undefined && metadata.labels[label.modelDeployment] === undefined,
        );
      return found && `pod ${keyOf(found).name} is out of the Service`;
    },
    ...onlyByPolicy,
  },
  {
    name: 'gives the pod of a candidate an image that crashes',
    rights: patchPods,
    prepare: rollingOut,
    attempt: async (scene) => {
      await crashes(scene);
      const revision = candidateOf(scene);
      const name = podsOf(scene, revision)[0]?.metadata?.name ?? '';
      await scene.attacker.patch(pods, name, [{ op: 'replace', path: '/spec/containers/0/image', value: evil }], {
        type: 'json',
      });
    },
    gain: 'the healthy candidate is rejected',
    gained: rejected,
    patience: 5_000,
  },
];

export const servingPods: Topic = { name: 'Pods that speak for a model', attacks };
