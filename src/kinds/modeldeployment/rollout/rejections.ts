import { shortened, timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import type { RejectedRevision } from '../../../api/types.ts';
import type { Milliseconds } from '../../../controller.ts';
import { isFresh, isRejected } from '../../../domain/rejections.ts';
import type { VersionIdentity } from '../../../domain/versions.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import type { Health, Report } from '../revision/health.ts';
import { sentence } from '../revision/words.ts';
import { workloadOf } from '../revision/workload.ts';
import { capacityOf, needed } from '../status/capacity.ts';
import type { Roles } from './roles.ts';
import type { DeploymentReason } from '../status/reasons.ts';

/** A revision that may be rejected. */
interface Accused extends VersionIdentity {
  readonly revision: string;
  /** When it came to its role; absent if it has none. */
  readonly since?: string;
}

export interface Cause {
  readonly reason: DeploymentReason;
  readonly message: string;
}

export interface Trial {
  readonly facts: ModelDeploymentFacts;
  readonly roles: Roles;
  /** The revision that the spec asks for if nothing was rejected. */
  readonly asked: Accused | undefined;
  readonly stableHealth: Health;
  /** Whether what serves may be others' pods: Monitors measure by labels, whoever made the pods and whatever runs in them. */
  readonly isForged: boolean;
}

const rejectionsKept = 20;

/** How much of an older rejection's message is kept. */
const longestOlder = 256;

/** When spec.rollout.retryAt is further away than this, it is looked at again in between. */
const longestWait: Milliseconds = 24 * 3_600_000;

/**
 * What was rejected, less what shall be tried again, and with what is rejected from now on by others than the rollout: by people, by Monitors,
 * or since it serves and fails.
 */
export function rejectedBy(trial: Trial, now: Date): readonly RejectedRevision[] {
  const { facts, roles, asked } = trial;
  const { stable, candidate, previous } = roles;
  const standing = roles.rejected.filter((entry) => !isForgiven(trial, entry, now));
  // The way back first: whether what serves gives way depends on it.
  const accused: readonly (Accused | undefined)[] = [previous, stable, candidate, asked];
  return accused.reduce<readonly RejectedRevision[]>((list, one) => {
    if (one === undefined) return list;
    const failed = one.revision === stable?.revision ? byItsHealth(trial, list, now) : undefined;
    const cause = byPeople(facts, one) ?? byMonitors(trial, one, now) ?? failed;
    return cause === undefined ? list : withRejection(list, one, cause, now);
  }, standing);
}

/** Adds a rejection unless the revision has one. The oldest are forgotten, and of others less is told. */
export function withRejection(
  rejected: readonly RejectedRevision[],
  { revision, version, trainingRunUID, versionTime, versionUID }: Accused,
  { reason, message }: Cause,
  now: Date,
): readonly RejectedRevision[] {
  if (isRejected(revision, rejected)) return rejected;
  const entry = defined<RejectedRevision>({
    revision,
    version,
    trainingRunUID,
    versionTime,
    versionUID,
    reason,
    message: shortened(message),
    time: timestamp(now),
  });
  const older = rejected.map((one) => ({ ...one, message: shortened(one.message, longestOlder) }));
  return [...older, entry].slice(-rejectionsKept);
}

/**
 * Why a revision is rejected whose server fails: with the last words of its container, since its pods are deleted and their log with
 * them, and without the commands that would look there.
 */
export function failureOf({ reason, told }: Report): Cause {
  return { reason, message: sentence({ ...told, remedies: [] }) };
}

/** How long until spec.rollout.retryAt counts. */
export function retryIn({ parent }: ModelDeploymentFacts, now: Date): Milliseconds | undefined {
  const remaining = Date.parse(parent.spec.rollout?.retryAt ?? '') - now.getTime();
  return remaining > 0 ? Math.min(remaining, longestWait) : undefined;
}

/** Rejections of what the spec asks for count no longer if they are older than spec.rollout.retryAt. */
function isForgiven({ facts, asked }: Trial, { revision, time }: RejectedRevision, now: Date): boolean {
  if (revision !== asked?.revision || revision === facts.parent.spec.rollout?.abortedRevision) return false;
  return isOutdated(facts, time, now);
}

/** Whether spec.rollout.retryAt, once it is reached, makes what was said at a time count no longer. */
function isOutdated({ parent }: ModelDeploymentFacts, time: string, now: Date): boolean {
  const retryAt = Date.parse(parent.spec.rollout?.retryAt ?? '');
  return retryAt <= now.getTime() && Date.parse(time) <= retryAt;
}

function byPeople({ parent }: ModelDeploymentFacts, { revision }: Accused): Cause | undefined {
  if (parent.spec.rollout?.abortedRevision !== revision) return undefined;
  return { reason: 'Aborted', message: 'spec.rollout.abortedRevision names it.' };
}

/** Monitors remember what they said of a revision; it counts in the role of which they said it, and not in the next. */
function byMonitors({ facts, isForged }: Trial, { revision, since = '' }: Accused, now: Date): Cause | undefined {
  if (isForged) return undefined;
  const verdict = facts.verdicts.find(
    (one) =>
      one.revision === revision && Date.parse(one.time) >= Date.parse(since) && !isOutdated(facts, one.time, now),
  );
  if (verdict === undefined) return undefined;
  const what = `Monitor "${verdict.monitor}" rejected it by check "${verdict.check}"`;
  const message = sentence({ what, remedies: [], quote: { by: 'the Monitor', words: verdict.message } });
  return { reason: 'RejectedByMonitor', message };
}

/**
 * A server that fails while it is fresh, and so that not enough of its pods serve, is no better than a candidate that does. Later the
 * world has changed, and the revision before would hardly do better: then it is told, and stays.
 */
function byItsHealth(
  { facts, roles, stableHealth: health }: Trial,
  rejected: readonly RejectedRevision[],
  now: Date,
): Cause | undefined {
  const { stable, previous } = roles;
  if (health.type !== 'Guilty' || stable === undefined) return undefined;
  // Pods that a scaling adds need not serve yet.
  const { reached = facts.parent.spec.replicas ?? 1 } = capacityOf(facts);
  const available = workloadOf(facts.workloads, stable.revision)?.pods.available ?? 0;
  const isFailing = available < needed(reached);
  return isFailing && isFresh({ stable, previous, rejected }, now) ? failureOf(health) : undefined;
}
