import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { ILease } from 'kubernetes-models/coordination.k8s.io/v1';
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import type { IEvent, INode, IPersistentVolumeClaim, IPod, IResourceQuota } from 'kubernetes-models/v1';
import type { Resource } from '../../api/resource.ts';
import type { Progress } from './progress.ts';
import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../../api/types.ts';
import type { ProductObjects } from '../objects.ts';

/** An object that people ask about. */
export type Asked = ITrainingRun | IModelDeployment | IMonitor | IModelVersion;

/** What is known of an object that people ask about, as it was read with their rights. */
export interface Evidence {
  readonly asked: Asked;
  /** Of its namespace. */
  readonly objects: ProductObjects;
  readonly seen: Seen;
  readonly unread: readonly UnreadEvidence[];
}

/** What the operator may not read, or does not. A part is absent if nobody looked, or could. */
export interface Seen {
  readonly events: readonly IEvent[];
  readonly nodes?: readonly INode[];
  /** Pods of all namespaces that nodes have room for. */
  readonly placed?: readonly IPod[];
  readonly claims?: readonly IPersistentVolumeClaim[];
  readonly storageClasses?: readonly IStorageClass[];
  readonly quotas?: readonly IResourceQuota[];
  readonly references?: readonly Reference[];
  /** What has the name that the operator needs. */
  readonly taken?: Resource;
  /** Deployments of Flyball's operator, in any namespace. */
  readonly operators?: readonly IDeployment[];
  /** By which one of the operator's replicas leads. */
  readonly leases?: readonly ILease[];
  /** How far what fetches and saves is. */
  readonly progress?: readonly Progress[];
  /** When the spec of the object was last edited, as far as anybody tells; RFC 3339. */
  readonly editedAt?: string;
}

/** Something that pods name, and whether it is there. Of Secrets nothing else is read. */
export interface Reference extends Named {
  readonly isThere: boolean;
}

export interface Named {
  readonly kind: 'Secret' | 'ConfigMap' | 'ServiceAccount' | 'RuntimeClass' | 'PriorityClass';
  readonly name: string;
}

/** What the user's rights did not show. */
export interface UnreadEvidence {
  /** As people say it: "the nodes". */
  readonly what: string;
  /** The API server's own words. */
  readonly why: string;
  /** What right would have shown it: verb, resource, and whether it is of the namespace. */
  readonly right?: { readonly verb: string; readonly resource: string; readonly namespace?: string };
}

export const nothingSeen: Seen = { events: [] };
