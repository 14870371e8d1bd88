import { written } from '../../../api/message.ts';
import { stillWaiting } from '../../../workload/diagnosis/index.ts';
import type { AttemptFacts } from './facts.ts';
import { toldAfter } from './memory.ts';
import { placeOf } from './place.ts';
import type { Held } from './waiting.ts';
import { toldOf } from './words.ts';

/** Pods that do not work, or not yet, though nothing is known to be wrong with them: what is seen, and for how long. */
export function notRunning(facts: AttemptFacts, now: Date): Held | undefined {
  const finding = stillWaiting(facts.pods, placeOf(facts), now);
  if (finding === undefined) return undefined;
  const left = Date.parse(finding.since ?? '') + toldAfter - now.getTime();
  if (left > 0) return { requeueAfter: left };
  const { after, ...parts } = toldOf(finding, facts, now);
  const problem = { reason: finding.reason, message: written(parts), isStalled: false };
  return { problem, ...(after !== undefined && { requeueAfter: after }) };
}
