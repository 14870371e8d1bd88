import { written } from '../../../api/message.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import { isEvicted } from '../../../workload/diagnosis/order.ts';
import { describeCommand, editCommand } from '../status/advice.ts';
import type { AttemptFacts } from './facts.ts';
import { placeOf } from './place.ts';
import type { Problem } from './waiting.ts';

/** How often a node may be short of something until it is worth a word. */
const evictionsTolerated = 2;

/** A pod that is evicted again and again; the Job makes it anew, and nobody would notice. */
export function evictionProblem(facts: Evicted): Problem | undefined {
  const { key, attempt, pods } = facts;
  const evicted = pods.filter(isEvicted);
  const finding = evicted.length > evictionsTolerated ? findingOf(evicted, placeOf(facts)) : undefined;
  if (finding === undefined) return undefined;
  const command = finding.field === undefined ? describeCommand(key, attempt.name) : editCommand(key);
  return {
    reason: 'PodsEvicted',
    message: written({
      what: `nodes evicted the pod more than ${evictionsTolerated} times, and it is made again`,
      remedies: [{ text: finding.remedy, command }],
      quote: finding.quote,
    }),
    isStalled: false,
  };
}

type Evicted = Pick<AttemptFacts, 'key' | 'attempt' | 'stage' | 'snapshot' | 'pods'>;
