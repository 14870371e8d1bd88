/** What Ready says of what serves: the reason tells the phase, since events are made from its changes. */
import type { Remedy } from '../../../api/message.ts';
import { firstMatch, type Rule } from '../../../api/rules.ts';
import type { RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import { compareVersions } from '../../../domain/versions.ts';
import { hasStreamed } from '../revision/streaming.ts';
import { workloadOf } from '../revision/workload.ts';
import type { Decision } from '../rollout/progress.ts';
import { isWayBack, titleOf } from '../rollout/roles.ts';
import type { Situation } from '../rollout/situation.ts';
import { foretold } from '../rollout/surge.ts';
import { retry, sentence } from '../rollout/words.ts';
import type { DeploymentReason } from './reasons.ts';

export interface Phase {
  readonly reason: DeploymentReason;
  readonly message: string;
}

interface Facts {
  readonly situation: Situation;
  readonly decision: Decision;
  readonly stable: RevisionStatus;
}

/** The first that applies is told. */
const phases: readonly Rule<[Facts, string], Phase>[] = [
  tryingAlone,
  rollingBack,
  suspended,
  rollingOut,
  servingRejected,
  afterRejection,
];

export function serving(facts: Facts): Phase {
  const { url } = facts.situation.entrance;
  const where = `${titleOf(facts.stable)} serves${url === undefined ? '' : ` at ${url}`}.`;
  const here = [where, ...unverified(facts)].join(' ');
  return firstMatch(phases, facts, here) ?? { reason: 'Serving', message: here };
}

/** What nobody of ours has fetched, nobody of ours has verified: told of all that answer requests. */
function unverified({ situation: { facts, spec }, decision: { roles }, stable }: Facts): string[] {
  const { candidate } = roles;
  const answers = (workloadOf(facts.workloads, candidate?.revision)?.pods.ready ?? 0) > 0;
  const all = [candidate?.aloneSince === undefined ? stable : undefined, answers ? candidate : undefined];
  const titles = all
    .filter((role) => role !== undefined)
    .filter((role) => hasStreamed(role, { workloads: facts.workloads, spec }))
    .map(titleOf);
  if (titles.length === 0) return [];
  const what = `Nobody but its server has verified the model of ${titles.join(' and of ')} (spec.model.delivery: Server)`;
  return [sentence({ what })];
}

/** What served was ended, and the one that is tried serves. */
function tryingAlone(facts: Facts): Phase | undefined {
  const {
    situation,
    decision: { roles, progress },
    stable,
  } = facts;
  const { candidate } = roles;
  if (candidate?.aloneSince === undefined) return undefined;
  const { url } = situation.entrance;
  const where = url === undefined ? '' : ` at ${url}`;
  const what = `${titleOf(candidate)} serves${where}, in the place of ${titleOf(stable)} (spec.rollout.surge is Never)`;
  const isHeld = progress.type === 'Suspended';
  const reason = isHeld ? progress.reason : isWayBack(roles, candidate) ? 'RollingBack' : 'RollingOut';
  return {
    reason,
    message: [sentence({ what }), ...unverified(facts), ...(isHeld ? [progress.message] : [])].join(' '),
  };
}

function rollingBack({ decision: { roles }, stable }: Facts, here: string): Phase | undefined {
  const { candidate, rejected } = roles;
  if (candidate === undefined || !isWayBack(roles, candidate)) return undefined;
  const fate = rejectionOf(stable, rejected);
  const ended = candidate.endsStable === true ? `${sentence({ what: foretold(roles, candidate) })} ` : '';
  return {
    reason: 'RollingBack',
    message: `${here} ${ended}${titleOf(candidate)} takes over again. ${fate?.message ?? ''}`.trim(),
  };
}

function suspended({ decision: { progress } }: Facts, here: string): Phase | undefined {
  if (progress.type !== 'Suspended') return undefined;
  return { reason: progress.reason, message: `${here} ${progress.message}` };
}

function rollingOut({ situation, decision: { roles } }: Facts, here: string): Phase | undefined {
  const { candidate } = roles;
  if (candidate === undefined) return undefined;
  const beside = situation.isWithoutSurge
    ? `${titleOf(candidate)} takes the place of some of its pods (spec.rollout.surge is Never)`
    : `${titleOf(candidate)} is rolled out beside it`;
  const what = candidate.endsStable === true ? foretold(roles, candidate) : beside;
  return { reason: 'RollingOut', message: `${here} ${sentence({ what })}` };
}

function servingRejected({ decision: { roles }, stable }: Facts, here: string): Phase | undefined {
  const fate = rejectionOf(stable, roles.rejected);
  if (fate === undefined) return undefined;
  const message = `${here} There is none to go back to, so it stays until a newer version comes. ${toldOf(fate)}`;
  return { reason: 'ServingRejected', message };
}

/** Of two revisions that were rejected in these ways, one was stable and one was not. */
function afterRejection({ situation, decision: { roles }, stable }: Facts, here: string): Phase | undefined {
  const last = roles.rejected.at(-1);
  if (last === undefined || isOvercome(situation, last, stable)) return undefined;
  const reason = Date.parse(stable.since) > Date.parse(last.time) ? 'RolledBack' : 'CandidateRejected';
  return { reason, message: `${here} ${toldOf(last, remediesOf(situation, last))}` };
}

/** Only what the spec asks for can be tried again. */
function remediesOf({ key, spec, asked }: Situation, { revision }: RejectedRevision): readonly Remedy[] {
  if (revision !== asked || revision === spec.rollout?.abortedRevision) return [];
  return [{ text: 'try it again', command: retry(key) }];
}

/** A rejection is told until something else was made stable; to go back to the version before is not that. */
function isOvercome({ spec }: Situation, rejection: RejectedRevision, stable: RevisionStatus): boolean {
  const run = spec.model.trainingRunRef?.name ?? '';
  return Date.parse(rejection.time) < Date.parse(stable.since) && compareVersions(run, rejection, stable) <= 0;
}

function rejectionOf(
  { revision }: RevisionStatus,
  rejected: readonly RejectedRevision[],
): RejectedRevision | undefined {
  return rejected.find((entry) => entry.revision === revision);
}

/** With its own words last, which may be long. */
function toldOf(rejection: RejectedRevision, remedies: readonly Remedy[] = []): string {
  const what = `${titleOf(rejection)} was rejected`;
  return sentence({ what, remedies, quote: { by: 'the rejection', words: rejection.message } });
}
