import type { Condition } from './api/condition.ts';
import type { Milliseconds } from './api/duration.ts';
import type { Headline } from './api/headline.ts';
import type { Refusal } from './api/refusal.ts';
import type { Key, Kind, Resource } from './api/resource.ts';
import type { ServerVersion } from './api/serverversion.ts';
import type { Answers, TimedQuestion } from './measure/measure.ts';

export type { Milliseconds } from './api/duration.ts';

/** An object of one of the kinds that people write. */
export interface Parent extends Resource {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/**
 * What a kind's code gives to the one generic reconcile (runtime/reconcile.ts): observe → ask → plan → perform → write status
 * once, last. A controller neither writes nor asks nor reads the clock; it names what shall be asked and done.
 */
export interface Controller<P extends Parent, Facts> {
  readonly kind: Kind<P>;
  readonly watches: readonly Watch[];
  /** Reads only, from the cache, and decides nothing; asks the API server itself only where a decision hinges on it. */
  observe(parent: P, read: Reader): Promise<Facts>;
  /**
   * Pure: what the metrics stores are to be asked about this object, and when. One sampler asks, and remembers the answers. Absent for
   * a kind that never asks, of whose objects the sampler remembers nothing.
   */
  questions?(facts: Facts, now: Date): readonly TimedQuestion[];
  /** Pure and total: the same facts, answers and time give the same plan, whatever a user has written. */
  plan(facts: Facts, answers: Answers, now: Date): Plan<P>;
  /**
   * The status that tells what the API server refused: one of the plan's writes (403 quota, 422 invalid, a foreign object), given
   * the planned status; or to show a kind that is watched, given the status of before, since nothing was planned. The same
   * refusal gives the same status.
   */
  refused(status: Status<P>, refusal: Refusal, parent: P, now: Date): Status<P>;
  /**
   * Pure: the planned status with what only the answers to the plan's writes tell of the objects that they made, such as their UIDs.
   * Absent for a kind that needs none.
   */
  made?(status: Status<P>, objects: readonly Resource[]): Status<P>;
  /** What is worth telling. A change of its reason or outcome, or a new chapter, becomes an event, at most three an episode. */
  headline(status: Status<P>): Headline | undefined;
}

export type Status<P extends Parent> = NonNullable<P['status']>;

/** A kind whose objects lead to parents of a controller: by ownership, by a label, or because the parent refers to them. */
export interface Watch {
  readonly kind: Kind;
  /** Limits what is held in memory, for kinds that others create in numbers. */
  readonly labelSelector?: string;
  /**
   * The plan does without this kind where it is not served, which Reader.isServed tells. Of any other kind a plan would take what
   * it cannot see for missing: while one is not served, nothing is planned, and `refused` says so.
   */
  readonly optional?: true;
  /** The parents to reconcile when `changed` was added, updated or deleted. */
  parents(changed: Resource, read: Reader): readonly Key[];
}

/** Reads from the cache. Objects are shared and must not be changed. */
export interface Reader {
  get<R extends Resource>(kind: Kind<R>, key: Key): R | undefined;
  /** The objects of a kind that refer to the object of kind `to`, by index (Kind.references). */
  referring<R extends Resource>(kind: Kind<R>, to: Kind, key: Key): readonly R[];
  /** The objects whose controlling owner has this UID, by index. */
  ownedBy<R extends Resource>(kind: Kind<R>, ownerUID: string): readonly R[];
  /** Whether objects of a watched kind can be seen: the API server has it, and lets the operator list and watch it. */
  isServed(kind: Kind): boolean;
  /** Which Kubernetes the API server is; undefined while nobody knows. */
  readonly serverVersion?: ServerVersion | undefined;
  /** One GET of the API server, for where absence from the cache would end somebody's work. */
  live<R extends Resource>(kind: Kind<R>, key: Key): Promise<R | undefined>;
}

export interface Plan<P extends Parent> {
  readonly actions: readonly Action[];
  /** Written after the actions and only if it differs from the observed one. */
  readonly status: Status<P>;
  /** When to look again without any change being seen. */
  readonly requeueAfter?: Milliseconds;
}

/**
 * - Create: POST of a deterministic name, which makes it a compare-and-swap. 409 AlreadyExists with our owner is a stale cache
 *   (quiet retry), or a DeniedWrite with reason LabelChanged if no watch can see it any more; without, NameConflict.
 * - Patch: JSON merge patch of what may change on an object that runs (replicas, suspend); `uid` guards against a foreign object.
 * - Delete: with a UID precondition; 404 is done.
 */
export type Action =
  | { readonly type: 'Create'; readonly kind: Kind; readonly object: Resource }
  | {
      readonly type: 'Patch';
      readonly kind: Kind;
      readonly key: Key;
      readonly uid: string;
      readonly patch: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'Delete';
      readonly kind: Kind;
      readonly key: Key;
      readonly uid: string;
      /** Foreground keeps the object visible until its dependents are gone. */
      readonly propagation: 'Background' | 'Foreground';
    };
