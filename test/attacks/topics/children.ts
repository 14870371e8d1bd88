/** Who may write Deployments and Services has them taken for those of a model. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod, IService } from 'kubernetes-models/v1';
import { deployments, modelDeployments, podDisruptionBudgets, services } from '../../../src/api/kinds.ts';
import { apiVersion, label } from '../../../src/api/labels.ts';
import { keyOf } from '../../../src/api/resource.ts';
import { revisionOf } from '../../../src/kinds/modeldeployment/revision/revision.ts';
import { crashing, serving as ready } from '../../integration/faults/kubelet.ts';
import { modelDeployment } from '../../integration/objects.ts';
import { type Attack, type Topic, onlyByPolicy } from '../contract.ts';
import { forgedDeployment, ownedBy, servingLabels } from '../forge.ts';
import { may } from '../rights.ts';
import { evil, type Scene } from '../scene.ts';
import { candidateOf, model, nothing, rollingOut, servedOf, serving, stableOf } from '../victims.ts';

const patchDeployments = [may('patch', deployments)];
const createServices = [may('create', services)];

const rejected = (scene: Scene) => {
  const [found] = servedOf(scene)?.status?.rejected ?? [];
  return found && `revision ${found.revision} is rejected: ${found.reason}`;
};

const imageOf = ({ spec }: IDeployment) => spec?.template.spec?.containers?.[0]?.image;

/** The revision that a server's image makes, as anybody can reckon it. */
const revisionWith = (scene: Scene, image: string) => {
  const spec = servedOf(scene)?.spec ?? modelDeployment().spec;
  return revisionOf(model, { ...spec, server: { ...spec.server, image } });
};
const next = 'example.com/serve:2';
const editsServer = (scene: Scene) => scene.patch(modelDeployments, 'serve', { spec: { server: { image: next } } });

/** A model that was promoted though its pods are the attacker's. */
const promotedForged = (scene: Scene) => {
  const revision = stableOf(scene);
  const found = scene.history.get<IDeployment>(deployments, `serve-${revision}`);
  return found !== undefined && imageOf(found) === evil && servedOf(scene)?.status?.previous !== undefined
    ? `revision ${revision} serves with ${evil}`
    : undefined;
};

/** Where status sends clients that is not what the operator made. */
const urlOfForeign = (scene: Scene) => {
  const { url } = servedOf(scene)?.status ?? {};
  const service = scene.history.get<IService>(services, 'serve');
  const isForeign = service?.spec?.selector?.['app'] === 'mine' || service?.spec?.externalName !== undefined;
  return url !== undefined && isForeign ? `status.url is ${url}, which is the attacker's Service` : undefined;
};

const deploys = async (scene: Scene) => {
  scene.plays('serve', ready);
  const { spec } = modelDeployment({ model, rollout: { minReady: '1s' } });
  await scene.create(modelDeployments, { metadata: { name: 'serve' }, spec } as object);
};

const forgedService = (scene: Scene, name: string, labels: object) => ({
  metadata: { name, labels, ownerReferences: ownedBy(servedOf(scene), apiVersion, 'ModelDeployment') },
  spec: { selector: { app: 'mine' }, ports: [{ name: 'http', port: 80 }] },
});

const attacks: readonly Attack[] = [
  {
    name: 'gives the Deployment of a candidate a server that crashes',
    rights: patchDeployments,
    prepare: rollingOut,
    attempt: async (scene) => {
      scene.playsForged(crashing);
      const name = `serve-${candidateOf(scene)}`;
      const containers = scene.history.get<IDeployment>(deployments, name)?.spec?.template.spec?.containers ?? [];
      await scene.attacker.patch(deployments, name, {
        spec: { template: { spec: { containers: containers.map((one) => ({ ...one, image: evil })) } } },
      });
    },
    gain: 'the healthy candidate is rejected for good',
    gained: rejected,
    patience: 6_000,
  },
  {
    name: 'gives the Deployment of a candidate another command',
    rights: patchDeployments,
    prepare: rollingOut,
    attempt: async (scene) => {
      const name = `serve-${candidateOf(scene)}`;
      const containers = scene.history.get<IDeployment>(deployments, name)?.spec?.template.spec?.containers ?? [];
      scene.plays('serve', (pod) => (pod.spec?.containers[0]?.command?.[0] === 'false' ? crashing(pod) : ready(pod)));
      await scene.attacker.patch(deployments, name, {
        spec: { template: { spec: { containers: containers.map((one) => ({ ...one, command: ['false'] })) } } },
      });
    },
    gain: 'the healthy candidate is rejected for good',
    gained: rejected,
    patience: 6_000,
  },
  {
    name: 'gives the Deployment of a candidate a variable with which its server crashes',
    rights: patchDeployments,
    prepare: rollingOut,
    attempt: async (scene) => {
      const name = `serve-${candidateOf(scene)}`;
      const containers = scene.history.get<IDeployment>(deployments, name)?.spec?.template.spec?.containers ?? [];
      const isHit = (pod: IPod) => pod.spec?.containers[0]?.env?.some((one) => one.name === 'PYTHONHOME') === true;
      scene.plays('serve', (pod) => (isHit(pod) ? crashing(pod) : ready(pod)));
      const env = [{ name: 'PYTHONHOME', value: '/nowhere' }];
      await scene.attacker.patch(deployments, name, {
        spec: {
          template: { spec: { containers: containers.map((one) => ({ ...one, env: [...(one.env ?? []), ...env] })) } },
        },
      });
    },
    gain: 'the healthy candidate is rejected for good',
    gained: rejected,
    patience: 6_000,
  },
  {
    name: 'takes the owner from the Deployment that serves',
    rights: patchDeployments,
    prepare: serving(),
    attempt: async (scene) => {
      await scene.attacker.patch(deployments, `serve-${stableOf(scene)}`, { metadata: { ownerReferences: null } });
    },
    gain: 'the model is no longer looked after, and its Deployment outlives it',
    gained: (scene) => {
      const found = scene.history.get<IDeployment>(deployments, `serve-${stableOf(scene)}`);
      return found !== undefined && found.metadata?.ownerReferences === undefined
        ? 'the Deployment has no owner'
        : undefined;
    },
    ...onlyByPolicy,
  },
  {
    name: 'takes the labels from the Deployment that serves',
    rights: patchDeployments,
    prepare: serving(),
    attempt: async (scene) => {
      await scene.attacker.patch(deployments, `serve-${stableOf(scene)}`, {
        metadata: { labels: { [label.managedBy]: null } },
      });
    },
    gain: 'the operator takes it for gone and the model is forgotten',
    gained: (scene) => (stableOf(scene) === '' ? 'nothing is stable any more' : undefined),
    patience: 4_000,
  },
  {
    name: 'changes the labels of the Deployment that serves through the subresource status',
    rights: [may('patch', deployments, { below: 'status' })],
    prepare: serving(),
    attempt: async (scene) => {
      await scene.attacker.patch(
        deployments,
        `serve-${stableOf(scene)}`,
        { metadata: { labels: { [label.managedBy]: null } } },
        { subresource: 'status' },
      );
    },
    gain: 'the operator does not see it any more',
    gained: (scene) => {
      const found = scene.history.get<IDeployment>(deployments, `serve-${stableOf(scene)}`);
      return found !== undefined && found.metadata?.labels?.[label.managedBy] === undefined
        ? 'the Deployment has no label'
        : undefined;
    },
    ...onlyByPolicy,
  },
  {
    name: 'makes the Deployment of the next revision before it is declared',
    rights: [may('create', deployments)],
    prepare: serving(),
    attempt: async (scene) => {
      scene.playsForged(ready);
      await scene.attacker.create(deployments, forgedDeployment(scene, revisionWith(scene, next)));
      await editsServer(scene);
    },
    gain: 'its server is promoted as the declared one',
    gained: promotedForged,
    patience: 6_000,
  },
  {
    name: 'makes the Deployment of the next revision before it is declared, which crashes',
    rights: [may('create', deployments)],
    prepare: serving(),
    attempt: async (scene) => {
      scene.playsForged(crashing);
      await scene.attacker.create(deployments, forgedDeployment(scene, revisionWith(scene, next)));
      await editsServer(scene);
    },
    gain: 'the revision is rejected before its own server ran',
    gained: rejected,
    patience: 6_000,
  },
  {
    name: 'makes a Deployment of a model that claims a revision which nobody declared',
    rights: [may('create', deployments)],
    prepare: serving(),
    attempt: async (scene) => {
      scene.playsForged(ready);
      await scene.attacker.create(deployments, forgedDeployment(scene, '0a1b2c3d'));
    },
    gain: "its pods get the requests of the model's clients",
    gained: (scene) => {
      const found = scene.history.get<IDeployment>(deployments, 'serve-0a1b2c3d');
      return found === undefined ? undefined : 'the Deployment stands behind the Service serve';
    },
    ...onlyByPolicy,
  },
  {
    name: 'makes the Service of a model that is to come, by its name',
    rights: createServices,
    prepare: nothing,
    attempt: async (scene) => {
      await scene.attacker.create(services, {
        metadata: { name: 'serve' },
        spec: { selector: { app: 'mine' }, ports: [{ port: 80 }] },
      });
    },
    aftermath: deploys,
    gain: 'status sends clients to it',
    gained: urlOfForeign,
    patience: 5_000,
  },
  {
    name: 'makes a Service that leads out of the cluster, by the name of a model that is to come',
    rights: createServices,
    prepare: nothing,
    attempt: async (scene) => {
      await scene.attacker.create(services, {
        metadata: { name: 'serve' },
        spec: { type: 'ExternalName', externalName: 'evil.example.com' },
      });
    },
    aftermath: deploys,
    gain: 'status sends clients to it',
    gained: urlOfForeign,
    patience: 5_000,
  },
  {
    name: 'makes the Service of a model again that somebody deleted, with the model as its owner',
    rights: createServices,
    prepare: async (scene) => {
      await serving()(scene);
      if (scene.world === 'Stopped') await scene.delete(services, 'serve');
    },
    attempt: async (scene) => {
      // While the operator runs the race for the name is lost to it; a Service of a revision to come has no rival.
      const revision = revisionWith(scene, next);
      const isFree = scene.world === 'Stopped';
      const name = isFree ? 'serve' : `serve-${revision}`;
      const labels = isFree
        ? { [label.managedBy]: 'flyball', [label.modelDeployment]: 'serve' }
        : servingLabels(revision);
      await scene.attacker.create(services, forgedService(scene, name, labels));
      await editsServer(scene);
    },
    gain: "it is taken for the operator's own, and clients go to the attacker's pods",
    gained: (scene) => {
      const found = scene.history
        .list<IService>(services)
        .find(({ spec, metadata }) => spec?.selector?.['app'] === 'mine' && metadata?.name?.startsWith('serve'));
      const { candidate, stable, url } = servedOf(scene)?.status ?? {};
      const isBelieved =
        found?.metadata?.name === 'serve'
          ? url !== undefined
          : stable?.revision === revisionWith(scene, next) && candidate === undefined;
      return found !== undefined && isBelieved
        ? `Service ${keyOf(found).name} leads to the attacker's pods`
        : undefined;
    },
    patience: 6_000,
  },
  {
    name: 'makes a PodDisruptionBudget with the labels of a model that lets no pod of anybody go',
    rights: [may('create', podDisruptionBudgets)],
    prepare: serving(),
    attempt: async (scene) => {
      const labels = { [label.managedBy]: 'flyball', [label.modelDeployment]: 'serve' };
      await scene.attacker.create(podDisruptionBudgets, {
        metadata: { name: 'serve-2', labels, ownerReferences: ownedBy(servedOf(scene), apiVersion, 'ModelDeployment') },
        spec: { maxUnavailable: 0, selector: {} },
      });
    },
    gain: "it stands there as the operator's",
    gained: (scene) =>
      scene.history.get(podDisruptionBudgets, 'serve-2') === undefined ? undefined : "it stands as the operator's",
    ...onlyByPolicy,
  },
];

export const children: Topic = { name: 'Deployments and Services', attacks };
