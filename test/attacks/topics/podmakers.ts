/** Who may create what makes pods has it make pods that speak for a model. */
import { deployments, jobs } from '../../../src/api/kinds.ts';
import { label } from '../../../src/api/labels.ts';
import { crashing } from '../../integration/faults/kubelet.ts';
import type { Attack, Topic } from '../contract.ts';
import { makerOf, ownedBy, servingLabels } from '../forge.ts';
import { daemonSets, replicaSets, replicationControllers, statefulSets } from '../kinds.ts';
import { may } from '../rights.ts';
import { evil, type Scene } from '../scene.ts';
import { candidateOf, rollingOut } from '../victims.ts';
import { rejected, joins } from './evidence.ts';

/** Pods of the attacker to which a Service of a model sends requests. */
const crashes = async (scene: Scene) => {
  scene.playsForged(crashing);
  return Promise.resolve();
};

/** Pods that another controller makes of a template with our labels. */
const madeBy = (
  kind: Parameters<typeof may>[1],
  change: (maker: ReturnType<typeof makerOf>) => object = (maker) => maker,
): Attack => ({
  name: `makes a ${kind.kind} whose template alone has the labels of a candidate, and its pods crash`,
  rights: [may('create', kind)],
  prepare: rollingOut,
  attempt: async (scene) => {
    await crashes(scene);
    await scene.attacker.create(kind, change(makerOf(candidateOf(scene))) as never);
  },
  gain: 'the candidate is rejected, or the pods get its requests',
  gained: (scene) => rejected(scene) ?? (scene.world === 'Compare' ? undefined : joins(scene)),
  patience: 5_000,
});

const everywhere = ({ metadata, spec }: ReturnType<typeof makerOf>) => {
  const { replicas: _, template, ...rest } = spec;
  // The only node has not been heard of.
  const tolerations = [{ operator: 'Exists' }];
  return { metadata, spec: { ...rest, template: { ...template, spec: { ...template.spec, tolerations } } } };
};
const asJob = ({ metadata, spec }: ReturnType<typeof makerOf>) => ({
  metadata,
  spec: { template: { ...spec.template, spec: { ...spec.template.spec, restartPolicy: 'Never' } } },
});

const attacks: readonly Attack[] = [
  madeBy(replicaSets),
  madeBy(deployments),
  madeBy(statefulSets, ({ metadata, spec }) => ({ metadata, spec: { ...spec, serviceName: 'none' } })),
  madeBy(daemonSets, everywhere),
  madeBy(jobs, asJob),
  madeBy(replicationControllers, ({ metadata, spec }) => ({
    metadata,
    spec: { ...spec, selector: { app: 'ordinary' } },
  })),
  {
    name: 'makes a ReplicaSet with the labels and the Deployment of a candidate, whose pods crash',
    rights: [may('create', replicaSets)],
    prepare: rollingOut,
    attempt: async (scene) => {
      await crashes(scene);
      const revision = candidateOf(scene);
      const owner = scene.history.get(deployments, `serve-${revision}`);
      const labels = servingLabels(revision);
      await scene.attacker.create(replicaSets, {
        metadata: {
          name: `serve-${revision}-forged`,
          labels,
          ownerReferences: ownedBy(owner, 'apps/v1', 'Deployment'),
        },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: evil }] } },
        },
      } as never);
    },
    gain: 'the healthy candidate is rejected',
    gained: rejected,
    patience: 5_000,
  },
  {
    name: 'gives the ReplicaSet of a candidate a template that crashes, and more pods',
    rights: [may('patch', replicaSets)],
    prepare: rollingOut,
    attempt: async (scene) => {
      await crashes(scene);
      const revision = candidateOf(scene);
      const set = scene.history
        .list(replicaSets)
        .find(({ metadata }) => metadata?.labels?.[label.revision] === revision);
      const containers = (set?.spec?.template?.spec?.containers ?? []).map((one) => ({ ...one, image: evil }));
      await scene.attacker.patch(replicaSets, set?.metadata?.name ?? '', {
        spec: { replicas: 3, template: { spec: { containers } } },
      });
    },
    gain: 'the healthy candidate is rejected',
    gained: rejected,
    patience: 5_000,
  },
];

export const podMakers: Topic = { name: 'What makes pods', attacks };
