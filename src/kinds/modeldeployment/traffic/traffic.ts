import type { IService } from 'kubernetes-models/v1';
import type { IModelDeployment, ModelDeploymentSpec } from '../../../api/types.ts';
import type { Kind, Resource } from '../../../api/resource.ts';
import type { Action, Watch } from '../../../controller.ts';
import type { DeploymentReason } from '../status/reasons.ts';

/** Numbers of pods of the two revisions that share the requests. */
export interface Counts {
  readonly candidate: number;
  readonly stable: number;
}

/** A revision that takes part in serving. */
export interface Sharer {
  readonly revision: string;
  /** How many of its pods are ready, and so get requests. */
  readonly ready: number;
  /** How many have been ready for long enough. */
  readonly available: number;
}

/** The revisions among which requests are divided. Without a candidate stable gets them all, and the other way round. */
export interface Sharers {
  readonly candidate?: Sharer;
  readonly stable?: Sharer;
}

/** How requests shall be divided. */
export interface Split extends Sharers {
  /**
   * The candidate's weight: its share of the requests, in percent. Absent where no step declares one: the candidate gets ready
   * for the whole load, beside what serves, and then takes over.
   */
  readonly weight?: number;
  /** The pods that go with it. */
  readonly counts: Counts;
}

/** What a backend may decide by. */
export interface TrafficFacts {
  readonly parent: IModelDeployment;
  readonly services: readonly IService[];
  /** The objects of the kinds that the backend in charge watches which belong to the ModelDeployment. */
  readonly trafficObjects: readonly Resource[];
  /** Whether some revision listens for gRPC. */
  readonly takesGRPC: boolean;
  /** Those of its kinds that cannot be seen: of them it writes nothing, and its entrance says what is missing. */
  readonly unserved: readonly Kind[];
}

/** What a backend writes. A write that is denied ends the pass, and with it whatever would have come after. */
export interface TrafficActions {
  /** Takes requests from pods that are about to be given up: after the growth, and unless they succeed nothing shrinks. */
  readonly beforeShrink: readonly Action[];
  /** What can wait until all numbers of pods are as they shall be. */
  readonly afterGrow: readonly Action[];
}

/** Where clients send their requests. */
export interface Entrance {
  /** Absent if what has this address leads to others, or is not there. */
  readonly url?: string;
  /** What is missing for clients to get through; absent if nothing is. */
  readonly missing?: { readonly reason: DeploymentReason; readonly message: string };
}

/**
 * A backend: how requests come to be divided between the candidate and what serves. What a weight makes of numbers of pods, and
 * they of a weight, is its affair alone.
 */
export interface Traffic {
  /** Whether the spec asks for it. The first in the list of backends that says so is in charge. */
  isFor(spec: ModelDeploymentSpec): boolean;
  /**
   * What it depends on besides Services, workloads and pods, which are watched anyway. A kind that not every cluster serves is
   * watched optionally, or it would keep everybody's models from being served. When the spec asks for another backend, the objects
   * are deleted.
   */
  readonly watches: readonly Watch[];
  /** How many pods go with a weight; `replicas` is the capacity for the whole load, in pods. */
  counts(weight: number, replicas: number): Counts;
  /** Whether two weights come to the same at this capacity. Neighbouring steps that do are one. */
  isSame(weight: number, other: number, replicas: number): boolean;
  /** How many of the `available` pods of a revision that lost its role still carry load while `missing` pods are not. */
  kept(available: number, missing: number): number;
  actions(split: Split, facts: TrafficFacts): TrafficActions;
  /** Whether the split is in effect. */
  reached(split: Split, facts: TrafficFacts): boolean;
  /** The weight that the candidate has now, as far as it was reached. */
  weight(sharers: Sharers, facts: TrafficFacts): number;
  entrance(facts: TrafficFacts): Entrance;
}
