/** What the operator's own diagnosis finds in the pods as they are now, which conditions tell a little later. */
import { lasting } from '../../../api/lasting.ts';
import { actorOf } from '../../../workload/diagnosis/actor.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import type { Finding } from '../../../workload/diagnosis/finding.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import { isLiving, isUnfinished } from '../../../workload/podend.ts';
import type { Case, Rule } from '../case.ts';
import { eventsOfCase, proofOfEvent } from '../events.ts';
import type { Evidence } from '../evidence.ts';
import type { Proof } from '../explanation.ts';
import type { Focus } from '../focus.ts';
import { readMessage, sentenceOf } from '../readmessage.ts';

/** How many warnings are shown that nobody understands. */
const mostWarnings = 3;

export const podsTell: Rule = (one, now) => {
  const { finding, focus, standing } = one;
  if (finding === undefined || focus === undefined || !focus.pods.some(isUnfinished)) return undefined;
  const { remedies, ...read } = readMessage(focus.message(finding, now));
  const isTold = finding.reason === standing.reason;
  const warnings = eventsOfCase(one).filter(({ type }) => type === 'Warning');
  return {
    why: isTold ? standing.why : `${focus.title}: ${sentenceOf(read)}`,
    actor: isOwnWork(finding) ? 'Author' : isOrdinary(one, now) ? 'Nobody' : actorOf(finding),
    ...(finding.since !== undefined && { since: finding.since }),
    next: remedies,
    proofs: [...progressProofs(one.evidence, focus), ...warnings.slice(0, mostWarnings).map(proofOfEvent)],
  };
};

/** What every pod waits for when it is young, until it has lasted for as long as the operator says nothing of it, or somebody warns. */
function isOrdinary(one: Case, now: Date): boolean {
  const { finding, focus } = one;
  const isWrong = focus !== undefined && findingOf(focus.pods.filter(isLiving), focus.place) !== undefined;
  const isLong = lasting(finding?.since, now).words !== undefined;
  return !isWrong && !isLong && eventsOfCase(one).every(({ type }) => type !== 'Warning');
}

/** What their own container does before or after the others, only its author can know. */
function isOwnWork({ reason, owner }: Finding): boolean {
  return owner === 'User' && ['InitRunning', 'SidecarRunning'].includes(reason);
}

/** How far what fetches and saves in these pods is, as it says itself. */
function progressProofs({ seen: { progress = [] } }: Evidence, { pods }: Focus): Proof[] {
  return progress
    .filter(({ pod }) => pods.some((one) => uidOf(one) === uidOf(pod)))
    .map(({ pod, container, line }) => ({
      source: `log of container ${container} of Pod ${keyOf(pod).name}`,
      words: line,
    }));
}
