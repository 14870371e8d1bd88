import { type Condition, findCondition } from '../../api/condition.ts';
import { defined } from '../../api/defined.ts';
import { conditionHeadline, type Headline } from '../../api/headline.ts';
import { whatOf } from '../../api/message.ts';
import type { Resource } from '../../api/resource.ts';
import { clauses, type Standing, type Tone } from './node.ts';

/** An object whose status the operator keeps. */
export interface Kept extends Resource {
  readonly status?: { readonly observedGeneration?: number; readonly conditions?: readonly Condition[] };
}

export const tones: Readonly<Record<Headline['outcome'], Tone>> = { Good: 'good', Bad: 'bad', Open: 'waiting' };

/** How an object stands as its conditions tell it, in the word that `kubectl get` shows. @param told another condition than the summary. */
export function standingOf(object: Kept, summaryType: string, told?: Condition): Standing {
  const { metadata, status } = object;
  const conditions = status?.conditions;
  if (metadata?.deletionTimestamp !== undefined) {
    return { state: 'Terminating', tone: 'waiting', since: metadata.deletionTimestamp };
  }
  const stalled = findCondition(conditions, 'Stalled');
  const first = stalled ?? told ?? findCondition(conditions, summaryType);
  if (first === undefined) return unseen(object);
  const outcome = conditionHeadline(conditions, first.type, '')?.outcome ?? 'Open';
  return defined<Standing>({
    state: first.reason,
    tone: stalled === undefined ? tones[outcome] : 'bad',
    detail: clauses(
      isBehind(object) ? 'the operator has not seen the newest edit yet' : undefined,
      whatOf(first.message),
    ),
    message: first.message,
    since: first.lastTransitionTime,
  });
}

function unseen({ metadata }: Kept): Standing {
  return defined<Standing>({
    state: 'Unseen',
    tone: 'waiting',
    detail: 'the operator has not seen it yet',
    since: metadata?.creationTimestamp,
  });
}

function isBehind({ metadata, status }: Kept): boolean {
  return (status?.observedGeneration ?? 0) < (metadata?.generation ?? 0);
}
