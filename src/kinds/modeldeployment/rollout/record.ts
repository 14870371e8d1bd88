import { timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import type { AnalysisCheck, AnalysisValue, CandidateStatus, StepRecord } from '../../../api/types.ts';
import type { Milliseconds } from '../../../controller.ts';
import type { Answers } from '../../../measure/measure.ts';
import { analysisValues } from './analysis.ts';
import type { CurrentStep } from './steps.ts';

/** A value that changes little is written again after this time. */
const valueKept: Milliseconds = 10 * 60_000;

/** Whoever edits the steps meanwhile may make more of them. */
const stepsKept = 10;

/** By what part of itself a value has to change to be written at once. */
const muchChanged = 0.1;

/** What the record of a step is made from. */
export interface Measured {
  readonly candidate: CandidateStatus;
  readonly step: CurrentStep;
  readonly checks: readonly AnalysisCheck[];
  readonly answers: Answers;
}

/** Notes what the checks measured in the step that the candidate is in, which began when its weight was reached. */
export function noted({ candidate, step, checks, answers }: Measured): CandidateStatus {
  const { weightSince: since } = candidate;
  const values = analysisValues(checks, answers);
  if (since === undefined || values.length === 0) return candidate;
  const [open, passed] = recordsOf(candidate);
  const known = new Map(open?.values?.map((value) => [value.name, value]));
  const kept = values.map((value) => refreshed(known.get(value.name), value));
  const record = defined<StepRecord>({ weight: step.weight, since, values: kept });
  return { ...candidate, steps: [...passed, record].slice(-stepsKept) };
}

/** The steps that the candidate has passed, with the one that it leaves now and the values that let it pass. */
export function passed({ candidate, step, checks, answers }: Measured, now: Date): StepRecord[] | undefined {
  const [open, before] = recordsOf(candidate);
  const values = analysisValues(checks, answers);
  const record = defined<StepRecord>({
    weight: step.weight,
    since: open?.since ?? candidate.weightSince ?? timestamp(now),
    until: timestamp(now),
    values: values.length === 0 ? undefined : [...values],
  });
  const isWorthIt = step.weight !== undefined || values.length > 0;
  const steps = isWorthIt ? [...before, record] : [...before];
  return steps.length === 0 ? undefined : steps.slice(-stepsKept);
}

function recordsOf({ steps = [] }: CandidateStatus): readonly [StepRecord | undefined, readonly StepRecord[]] {
  const last = steps.at(-1);
  return last === undefined || last.until !== undefined ? [undefined, steps] : [last, steps.slice(0, -1)];
}

/** Each change of status is a write, so that a value stays until it has changed much or is old. */
function refreshed(known: AnalysisValue | undefined, value: AnalysisValue): AnalysisValue {
  if (known === undefined) return value;
  const age = Date.parse(value.sampledAt) - Date.parse(known.sampledAt);
  return age >= valueKept || hasChanged(known, value) ? value : known;
}

/** Of counts, which only grow while a step lasts, twice as many is much. */
function hasChanged(known: AnalysisValue, value: AnalysisValue): boolean {
  if ((['value', 'against'] as const).some((field) => differs(known[field], value[field]))) return true;
  const [before, samples] = [known.samples ?? 0, value.samples ?? 0];
  return samples < before || samples > 2 * before;
}

function differs(known: string | undefined, value: string | undefined): boolean {
  if (known === undefined || value === undefined) return known !== value;
  return Math.abs(Number(value) - Number(known)) > muchChanged * Math.abs(Number(known));
}
