/** What a figure should be, in tables with one column for it. */
import { median, range } from './statistics.ts';

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** The median with the smallest and the largest value. */
export function spread(values: readonly number[], digits: number): string {
  if (values.length === 0) return '';
  const text = (value: number) => value.toFixed(digits);
  const [least, most] = range(values).map(text);
  const middle = text(median(values));
  return least === most ? middle : `${middle} (${least}–${most})`;
}

export function goalText(goal: Goal | undefined): string {
  if (goal === undefined) return '';
  return 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
}

export function verdict(goal: Goal | undefined, own: number): string {
  if (goal === undefined || Number.isNaN(own)) return '';
  return ('atMost' in goal ? own <= goal.atMost : own >= goal.atLeast) ? 'met' : 'missed';
}
