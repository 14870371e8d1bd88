import type { IPod } from 'kubernetes-models/v1';
import { controllerOf, keyOf, type Kind, type Resource, uidOf } from '../../../api/resource.ts';
import type { Action, Reader } from '../../../controller.ts';
import type { RevisionTemplate } from './deployment.ts';
import { revisionIn } from './revision.ts';
import type { PodMaking } from './template.ts';

/** The pods of a revision in numbers. */
export interface PodNumbers {
  /** How many there shall be. */
  readonly wanted: number;
  /** How many there are, ready or not. */
  readonly present: number;
  /** How many of them answer requests. */
  readonly ready: number;
  /** How many of them have done so for spec.rollout.minReady: only these are good for a promotion, or to relieve others. */
  readonly available: number;
}

/** A kind of object that keeps the pods of one revision. Only the members of `workloads` know what is in it. */
export interface Workload<R extends Resource = Resource> {
  /** What is watched, read, created and deleted. */
  readonly kind: Kind<R>;
  /** What it makes its pods by, and so what owns them, if it does not own them itself. It is watched, too. */
  readonly makesBy?: Kind;
  /** @returns undefined for a revision that it cannot run. */
  build(template: RevisionTemplate): R | undefined;
  pods(object: R): PodNumbers;
  /** What its pods are made from; undefined if it has lost that. */
  making(object: R): PodMaking | undefined;
  /** Why the API server refuses its pods, in its own words; undefined if it does not. */
  refusal(object: R): string | undefined;
  /** Changes how many pods there shall be, and nothing else. */
  scale(object: R, replicas: number): Action;
}

/** What keeps the pods of a revision, as it was read. */
export interface RevisionWorkload {
  readonly workload: Workload;
  readonly object: Resource;
  /** Absent if its name is not that of a revision. */
  readonly revision: string | undefined;
  readonly pods: PodNumbers;
  /** The UIDs of what owns its pods. Labels do not tell whose a pod is: whoever may create pods may give them any. */
  readonly owners: ReadonlySet<string>;
}

/** Reads the numbers once, for all who decide by them. */
export function revisionWorkload(
  workload: Workload,
  object: Resource,
  { parent, read }: { readonly parent: string; readonly read: Pick<Reader, 'ownedBy'> },
): RevisionWorkload {
  const { makesBy } = workload;
  const uid = uidOf(object);
  return {
    workload,
    object,
    revision: revisionIn(parent, keyOf(object).name),
    pods: workload.pods(object),
    owners: new Set(makesBy === undefined ? [uid] : read.ownedBy(makesBy, uid).map(uidOf)),
  };
}

/** The pods that a workload has made, as far as what owns them has been seen. */
export function podsOf({ owners }: RevisionWorkload, pods: readonly IPod[]): readonly IPod[] {
  return pods.filter((pod) => owners.has(controllerOf(pod)?.uid ?? ''));
}

/** The workload of a revision, if there is one. */
export function workloadOf(
  all: readonly RevisionWorkload[],
  revision: string | undefined,
): RevisionWorkload | undefined {
  return revision === undefined ? undefined : all.find((one) => one.revision === revision);
}
