import { label } from '../../../api/labels.ts';
import type { Kind, Resource } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import type { RevisionTemplate } from './deployment.ts';

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
  /** @returns undefined for a revision that it cannot run. */
  build(template: RevisionTemplate): R | undefined;
  pods(object: R): PodNumbers;
  /** Why the API server refuses its pods, in its own words; undefined if it does not. */
  refusal(object: R): string | undefined;
  /** Changes how many pods there shall be, and nothing else. */
  scale(object: R, replicas: number): Action;
}

/** What keeps the pods of a revision, as it was read. */
export interface RevisionWorkload {
  readonly workload: Workload;
  readonly object: Resource;
  /** Absent if somebody took its label away. */
  readonly revision: string | undefined;
  readonly pods: PodNumbers;
}

/** Reads the numbers once, for all who decide by them. */
export function revisionWorkload(workload: Workload, object: Resource): RevisionWorkload {
  return { workload, object, revision: object.metadata?.labels?.[label.revision], pods: workload.pods(object) };
}

/** The workload of a revision, if there is one. */
export function workloadOf(
  all: readonly RevisionWorkload[],
  revision: string | undefined,
): RevisionWorkload | undefined {
  return revision === undefined ? undefined : all.find((one) => one.revision === revision);
}
