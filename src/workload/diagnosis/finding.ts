import type { IPod } from 'kubernetes-models/v1';
import type { Quote } from '../../api/condition.ts';
import type { Rule as FirstMatchRule } from '../../api/rules.ts';
import type { ContainerReport } from './containers.ts';

/** What is wrong with a pod. What kubelet, scheduler or a container said, where it is not understood, is quoted. */
export interface Finding {
  /** CamelCase, the reason of a condition. */
  readonly reason: string;
  /** What is wrong, as a sentence without capital and full stop; with the container's name unless it is the user's own. */
  readonly what: string;
  readonly move: Move;
  /** What to do about it, as a clause without full stop that a command may follow. */
  readonly remedy: string;
  /** What to edit in the user's object instead or as well; absent if nothing there can help, as for containers that others inject. */
  readonly field?: string;
  readonly quote?: Quote;
  /** The container that it is about; absent if it is about the pod. */
  readonly container?: string;
  /** Whether it is the user's own container. */
  readonly isMain: boolean;
}

/** Which kind of move helps; each kind of object knows the command for it. */
export type Move =
  /** Something outside the spec is missing. Once it is there, the pod goes on by itself. */
  | 'Provide'
  /** The cluster has no place. The pod starts by itself when it has. */
  | 'Wait'
  /** The spec asks for too little, or for what cannot work. */
  | 'Edit'
  /** Only the log can tell. */
  | 'ReadLog'
  /** Nothing in the spec is wrong. */
  | 'Repeat';

/** Where the user's container is declared. */
export interface Place {
  /** The field that has `image`, such as spec.server. */
  readonly container: string;
  /** The fields that name claims, in words. */
  readonly claims: string;
}

/** What a rule looks at: a pod, and of a living one a container, of one that failed the container for which it did. */
export interface Case {
  readonly pod: IPod;
  /** Absent as long as the kubelet has reported none, and in a pod that failed. */
  readonly container?: ContainerReport;
  readonly culprit?: ContainerReport;
  readonly place: Place;
}

export type Rule = FirstMatchRule<[Case], Finding>;

/**
 * The fields of a finding that say which container it is about.
 * @param field what to edit if that is the user's container.
 */
export function about(
  { status, isMain }: ContainerReport,
  field?: string,
): Pick<Finding, 'container' | 'isMain' | 'field'> {
  return { container: status.name, isMain, ...(isMain && field !== undefined && { field }) };
}
