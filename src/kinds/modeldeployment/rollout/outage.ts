/** What comes of a candidate that is tried in the place of what serves: that nothing serves, for how long, and when it has to give up. */
import { timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import { duration, type Milliseconds } from '../../../api/duration.ts';
import type { CandidateStatus, ModelDeploymentStatus } from '../../../api/types.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { longestStart } from '../revision/health.ts';
import { fetchingIn } from '../revision/fetching.ts';
import { podsOf, workloadOf } from '../revision/workload.ts';
import type { AtStep } from './atstep.ts';
import type { Named, Roles } from './roles.ts';
import type { Situation } from './situation.ts';
import { mustEndStable } from './surge.ts';

/** How long nothing may serve for a candidate that waits for people or for room, which something that serves meanwhile would not mind. */
const patience: Milliseconds = 5 * 60_000;

/** Since when a candidate has the place of what served: when the pods of all others are gone. */
export function countedAlone(situation: Situation, candidate: CandidateStatus, now: Date): CandidateStatus {
  const { aloneSince, ...rest } = candidate;
  if (candidate.endsStable !== true) return rest;
  const isAlone = mustEndStable(situation) && isComing(situation.facts, candidate) && !hasOthers(situation, candidate);
  return isAlone ? { ...rest, aloneSince: aloneSince ?? timestamp(now) } : rest;
}

/** How much longer a candidate may keep the place of what served without being ready; undefined if it needs not be. */
export function patienceLeft({ situation, candidate, reached }: AtStep, now: Date): Milliseconds | undefined {
  const { outage } = situation.facts.parent.status ?? {};
  if (reached || candidate.aloneSince === undefined || outage === undefined) return undefined;
  const { candidateHealth: health, facts } = situation;
  const found = workloadOf(facts.workloads, candidate.revision);
  const fetching = fetchingIn(found === undefined ? [] : podsOf(found, facts.pods));
  // What makes no progress fails by itself; what does takes as long as the model is large.
  if (fetching.isUnderWay) return undefined;
  const since = Math.max(Date.parse(candidate.aloneSince), Date.parse(outage.since), fetching.until);
  // Whose server runs is judged by that.
  if (health.type === 'Starting' && health.within !== undefined) return undefined;
  const longest = 'told' in health ? patience : longestStart;
  return since + longest - now.getTime();
}

/** That nothing serves since what served was ended, and how long it was so when it is over. */
export function outages(
  { facts, roles: before, replicas }: Situation,
  { stable, candidate }: Roles,
  now: Date,
): Pick<ModelDeploymentStatus, 'outage' | 'lastOutage'> {
  const { outage, lastOutage } = facts.parent.status ?? {};
  const wasEnded = before.candidate?.endsStable === true && isComing(facts, before.candidate);
  if ((outage === undefined && !wasEnded) || replicas === 0) return defined({ lastOutage });
  // It answers for a moment still.
  const ended = wasEnded && replicas === 1 ? before.stable?.revision : undefined;
  const isReady = [candidate, stable].some(
    (role) => role?.revision !== ended && (workloadOf(facts.workloads, role?.revision)?.pods.ready ?? 0) > 0,
  );
  if (!isReady) return defined({ outage: outage ?? { since: timestamp(now) }, lastOutage });
  if (outage === undefined) return defined({ lastOutage });
  const until = timestamp(now);
  const length = duration(Date.parse(until) - Date.parse(outage.since));
  return { lastOutage: { since: outage.since, until, length } };
}

/** Nothing is ended for what the API server has not taken. */
function isComing({ workloads }: ModelDeploymentFacts, { revision }: Named): boolean {
  return workloadOf(workloads, revision) !== undefined;
}

function hasOthers({ facts: { workloads }, held }: Situation, { revision }: Named): boolean {
  if (held === undefined) return false;
  const others = workloads.filter((one) => one.revision !== revision);
  return held.orphans > 0 || others.some((one) => one.pods.wanted > 0 || held.by(one) > 0);
}
