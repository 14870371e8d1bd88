import type { Condition } from '../../../api/condition.ts';
import type { Proof } from '../explanation.ts';
import { readMessage, sentenceOf } from '../readmessage.ts';

/** What the conditions say, those that say the same together, but for what is told already. */
export function conditionProofs(conditions: readonly Condition[] | undefined, told = ''): Proof[] {
  const alike = Map.groupBy(conditions ?? [], ({ reason, message }) => `${reason} ${message}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { reason, message, lastTransitionTime } = first;
    const isTold = told.endsWith(message) || message === '';
    const states = group.map(({ type, status }) => `${type}=${status}`).join(', ');
    const words = isTold ? reason : `${reason}: ${sentenceOf(readMessage(message))}`;
    return [{ source: `condition ${states}`, words, at: lastTransitionTime }];
  });
}
