import type { ILease } from 'kubernetes-models/coordination.k8s.io/v1';
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import type { IEvent, INode, IPersistentVolumeClaim, IResourceQuota } from 'kubernetes-models/v1';
import { deployments, podDisruptionBudgets, services, wholeJobs } from '../../api/kinds.ts';
import type { Kind } from '../../api/resource.ts';
import type { Taken } from '../../product/why/rules/names.ts';
import type { Named } from '../../product/why/evidence.ts';

/** What the operator does not watch, and people may read. */
export const events: Kind<IEvent> = { apiVersion: 'v1', kind: 'Event', plural: 'events' };
export const quotas: Kind<IResourceQuota> = { apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas' };
export const logs: Kind = { apiVersion: 'v1', kind: 'Pod', plural: 'pods/log' };
export const nodes: Kind<INode> = { apiVersion: 'v1', kind: 'Node', plural: 'nodes' };
export const claims: Kind<IPersistentVolumeClaim> = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
};
export const storageClasses: Kind<IStorageClass> = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
};
export const leases: Kind<ILease> = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' };

/** Of which nothing but whether they are there is read. */
export const referenced: Readonly<Record<Named['kind'], Kind>> = {
  Secret: { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' },
  ConfigMap: { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  ServiceAccount: { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' },
  RuntimeClass: { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', plural: 'runtimeclasses' },
  PriorityClass: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', plural: 'priorityclasses' },
};

/** What the operator makes, and others may have made before. */
export const made: Readonly<Record<Taken['kind'], Kind>> = {
  Job: wholeJobs,
  Deployment: deployments,
  Service: services,
  PodDisruptionBudget: podDisruptionBudgets,
};
