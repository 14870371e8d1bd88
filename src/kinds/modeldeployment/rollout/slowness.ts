import { duration, milliseconds } from '../../../api/duration.ts';
import { roughly } from '../../../api/lasting.ts';
import type { CandidateStatus, RevisionStatus } from '../../../api/types.ts';
import type { Milliseconds } from '../../../controller.ts';
import type { Health } from '../revision/health.ts';
import { soonest } from './progress.ts';
import { titleOf } from './roles.ts';

/** What is told of pods that take their time, or of which something has been wrong for long. */
export interface Slowness {
  /** Absent until it has lasted for long, unless they fetch, and where something is wrong, which is told otherwise. */
  readonly message?: string;
  /** When the words change by time alone. */
  readonly after?: Milliseconds;
  /** How long a server may still take. */
  readonly within?: Milliseconds;
}

/** How long a revision took to get ready, beside which that of another one is told; undefined if nobody knows. */
export function tookOf(role: RevisionStatus | undefined): string | undefined {
  const took = milliseconds(role?.readyAfter ?? '');
  return role === undefined || took === undefined
    ? undefined
    : `${titleOf(role)} took about ${roughly(took)} to get ready.`;
}

/** The candidate, of which it is known from now on how long it took if enough of its pods are ready for the first time. */
export function readyNow(candidate: CandidateStatus, now: Date): CandidateStatus {
  const { readyAfter, weightSince, steps, since, aloneSince } = candidate;
  if (readyAfter !== undefined || weightSince !== undefined || steps !== undefined) return candidate;
  const took = Math.round((now.getTime() - Date.parse(aloneSince ?? since)) / 1000) * 1000;
  return { ...candidate, readyAfter: duration(took) };
}

/** Whether what pods wait for is that their model is there. That takes as long as it takes, and is told at once. */
export function isFetching(health: Health): boolean {
  return health.type === 'Starting' && health.waits?.reason === 'Fetching';
}

export function slownessOf(health: Health): Slowness {
  if (health.type === 'Healthy') return {};
  if (health.type !== 'Starting') return soonest(health.told.after);
  const { waits, within } = health;
  const isTold = waits?.told.length !== undefined || isFetching(health);
  return {
    ...(waits !== undefined && isTold && { message: waits.message }),
    ...(waits?.told.after !== undefined && { after: waits.told.after }),
    ...(within !== undefined && { within }),
  };
}
