import { timestamp } from '../api/condition.ts';
import { defined } from '../api/defined.ts';
import { decimal } from './decimal.ts';
import type { Answer } from './measure.ts';

/** What a check measured at one time, as status tells it. */
export interface CheckValue {
  /** Of the check. */
  readonly name: string;
  /** A decimal number in the check's unit. Absent if there is none. */
  readonly value?: string;
  /** The same of what it is compared with. Absent if it is compared with nothing. */
  readonly against?: string;
  /** How many requests the value rests on. Absent if unknown. */
  readonly samples?: number;
  readonly sampledAt: string;
}

/** Undefined if the metrics store gave no answer. */
export function checkValue(name: string, { at, outcome }: Answer): CheckValue | undefined {
  if (outcome.type !== 'Measured') return undefined;
  const { value, against, samples } = outcome;
  return defined<CheckValue>({
    name,
    value: decimalOf(value),
    against: decimalOf(against),
    samples,
    sampledAt: timestamp(at),
  });
}

function decimalOf(value: number | undefined): string | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : decimal(value);
}
