/** What the operator's own diagnosis finds in the pods as they are now, which conditions tell a little later. */
import type { Finding } from '../../../workload/diagnosis/finding.ts';
import { isUnfinished } from '../../../workload/podend.ts';
import { actorOf } from '../../../workload/diagnosis/actor.ts';
import type { Rule } from '../case.ts';
import { eventsOfCase, proofOfEvent } from '../events.ts';
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
    actor: isOwnWork(finding) ? 'Author' : actorOf(finding),
    ...(finding.since !== undefined && { since: finding.since }),
    next: remedies,
    proofs: warnings.slice(0, mostWarnings).map(proofOfEvent),
  };
};

/** What their own container does before or after the others, only its author can know. */
function isOwnWork({ reason, owner }: Finding): boolean {
  return owner === 'User' && ['InitRunning', 'SidecarRunning'].includes(reason);
}
