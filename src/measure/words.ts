import { grouped, rounded } from './decimal.ts';
import type { Quantity, Reading } from './measure.ts';

/** A value for people: "3.1%", "0.358s". */
export function amount(value: number, { unit }: Pick<Quantity, 'unit'>): string {
  return unit === '%' ? `${rounded(value * 100)}%` : `${rounded(value)}${unit}`;
}

/**
 * What a measurement found, as a clause: "share of errors 3.1% over its limit 1% on 500 samples of revision ab12cd34, and 3 more wait for
 * an answer". What the value does not show belongs to it: else it looks like good news.
 */
export function foundIn(
  quantity: Quantity,
  { value = NaN, atLeast, samples, aside }: Reading,
  { breach, revision }: { readonly breach?: string | undefined; readonly revision: string },
): string {
  const rest =
    samples === undefined ? `of revision ${revision}` : `on ${grouped(samples)} samples of revision ${revision}`;
  const parts = [
    `${quantity.title} ${atLeast === true ? 'at least ' : ''}${amount(value, quantity)}`,
    ...(breach === undefined ? [] : [breach]),
  ];
  return `${parts.join(' ')} ${rest}${aside === undefined ? '' : `, and ${aside}`}`;
}

/** Why a value is outside of its bounds; undefined: it is within. A value of which only a lower bound is known may be above it. */
export function breachOf(
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  { value = NaN, atLeast }: Reading,
  quantity: Pick<Quantity, 'unit'>,
): string | undefined {
  if (max !== undefined && (value > max || (atLeast === true && value >= max))) {
    return `over its limit ${amount(max, quantity)}`;
  }
  if (min !== undefined && value < min && atLeast !== true) return `under its limit ${amount(min, quantity)}`;
  return undefined;
}
