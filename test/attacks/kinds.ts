import type { IReplicaSet } from 'kubernetes-models/apps/v1';
import type { Kind, Resource } from '../../src/api/resource.ts';
import { observed } from '../faults/kinds.ts';

export const replicaSets: Kind<IReplicaSet> = { apiVersion: 'apps/v1', kind: 'ReplicaSet', plural: 'replicasets' };
export const statefulSets: Kind = { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' };
export const daemonSets: Kind = { apiVersion: 'apps/v1', kind: 'DaemonSet', plural: 'daemonsets' };
export const replicationControllers: Kind = {
  apiVersion: 'v1',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
};
/** What people read with `kubectl get events`. */
export const events: Kind<Resource & { readonly note?: string; readonly reason?: string }> = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  plural: 'events',
};

/** All that is watched, for those who play kubelets and for those who judge. */
export const watched: readonly Kind[] = [...new Set([...observed, replicaSets, events])];
