import type { IDeployment, IReplicaSet } from 'kubernetes-models/apps/v1';
import type { IService } from 'kubernetes-models/v1';
import { deployments, services } from '../../../../src/api/kinds.ts';
import { keyOf, type Kind } from '../../../../src/api/resource.ts';
import { forgedImages, forgedPodSpec, forgedWord } from '../../forged.ts';
import type { Fault } from '../fault.ts';
import { beforeNext, forgery, uponLast } from './forgery.ts';

const replicaSets: Kind<IReplicaSet> = { apiVersion: 'apps/v1', kind: 'ReplicaSet', plural: 'replicasets' };

/** The Deployment adopts it, since it bears the labels by which it selects, and nobody owns it. */
function replicaSetOf(deployment: IDeployment): IReplicaSet {
  const hash = { 'pod-template-hash': forgedWord };
  const { spec, metadata } = deployment;
  const labels = { ...spec?.template.metadata?.labels, ...hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `${forgedWord}-${keyOf(deployment).name}`, labels: { ...metadata?.labels, ...hash } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { ...spec?.selector.matchLabels, ...hash } },
      template: {
        metadata: { labels },
        spec: forgedPodSpec(spec?.template.spec ?? { containers: [] }, forgedImages.crashing),
      },
    },
  };
}

function edited({ spec }: IDeployment) {
  const podSpec = spec?.template.spec ?? { containers: [] };
  return { spec: { template: { spec: forgedPodSpec(podSpec, forgedImages.crashing) } } };
}

function withForgedTemplate(deployment: IDeployment): IDeployment {
  const { spec } = deployment;
  if (spec?.template.spec === undefined) return deployment;
  const template = { ...spec.template, spec: forgedPodSpec(spec.template.spec, forgedImages.working) };
  return { ...deployment, spec: { ...spec, template } };
}

/** It leads the clients elsewhere, in the name of the operator. */
function withForgedSelector(service: IService): IService {
  return { ...service, spec: { ...service.spec, selector: { [forgedWord]: 'true' } } };
}

/** Whoever may write what serves puts another program into a revision, or in its place. */
export const forgedServers: readonly Fault[] = [
  {
    ...forgery,
    name: 'template-edited',
    ...uponLast<IDeployment>(deployments, ({ forger }, made) => forger.change(deployments, made, edited(made))),
  },
  {
    ...forgery,
    name: 'replicaset-adopted',
    ...uponLast<IDeployment>(deployments, ({ forger }, made) => forger.create(replicaSets, replicaSetOf(made))),
  },
  {
    ...forgery,
    name: 'deployment-first',
    ...beforeNext<IDeployment>(deployments, ({ forger }, made) => forger.create(deployments, withForgedTemplate(made))),
  },
  {
    ...forgery,
    name: 'service-first',
    ...beforeNext<IService>(services, ({ forger }, made) => forger.usurp(services, withForgedSelector(made))),
  },
];
