import type { Actor, Reason } from '../api/reason.ts';
import { deploymentReasons } from '../kinds/modeldeployment/status/reasons.ts';
import { monitorReasons } from '../kinds/monitor/status/reasons.ts';
import { runReasons } from '../kinds/trainingrun/status/reasons.ts';

/** The tables of reasons by the kinds whose status has them. */
export const reasonsByKind = {
  TrainingRun: runReasons,
  ModelDeployment: deploymentReasons,
  Monitor: monitorReasons,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Reason>>>>;

/** What a reason in the status of an object means; undefined of one that this release does not know. */
export function reasonOf(kind: keyof typeof reasonsByKind, reason: string): Reason | undefined {
  const table: Readonly<Record<string, Reason>> = reasonsByKind[kind];
  return Object.hasOwn(table, reason) ? table[reason] : undefined;
}

/** Whose move it is by the reason of a condition; of one that this release does not know, its author's. */
export function actorOfReason(kind: keyof typeof reasonsByKind, reason: string): Actor {
  return reasonOf(kind, reason)?.actor ?? 'Author';
}
