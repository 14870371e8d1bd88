/** How long a stage takes, beside how long it took in an attempt before. */
import type { Milliseconds } from '../../../api/duration.ts';
import { type Lasting, lastingBeside, roughly } from '../../../api/lasting.ts';
import { entryOf } from './entries.ts';
import type { AttemptFacts } from './facts.ts';

/** What is told of how long the stage goes on already; the words follow what the attempt does. */
export function lengthOf(facts: AttemptFacts, now: Date): Lasting {
  const before = lastPassed(facts);
  const { words, ...rest } = lastingBeside(before?.took, entryOf(facts.attempt, facts.stage)?.startTime, now);
  if (words === undefined) return rest;
  return { ...rest, words: ` and began ${words} ago${before === undefined ? '' : `, while ${tookOf(before)}`}` };
}

/** "attempt fraud-7 took about 1 hour"; undefined if no attempt has passed the stage yet, as far as status remembers. */
export function tookBefore(facts: AttemptFacts): string | undefined {
  const before = lastPassed(facts);
  return before && tookOf(before);
}

interface Before {
  readonly name: string;
  readonly took: Milliseconds;
}

/** From its start to its end, with whatever it waited for. */
function lastPassed({ run, attempt, stage }: AttemptFacts): Before | undefined {
  const passed = (run.status?.attempts ?? []).flatMap((one): Before[] => {
    const { state, startTime, endTime } = entryOf(one, stage) ?? {};
    const took = Date.parse(endTime ?? '') - Date.parse(startTime ?? '');
    return one.number < attempt.number && state === 'Passed' && took >= 0 ? [{ name: one.name, took }] : [];
  });
  return passed.at(-1);
}

function tookOf({ name, took }: Before): string {
  return `attempt ${name} took about ${roughly(took)}`;
}
