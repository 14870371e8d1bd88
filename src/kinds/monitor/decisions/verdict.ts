import { shortened, timestamp } from '../../../api/condition.ts';
import { milliseconds } from '../../../api/duration.ts';
import type { CheckStatus, MonitorCheck } from '../../../api/types.ts';
import type { Answer, Measure, Question } from '../../../measure/measure.ts';
import type { Revision, Subject } from '../checks/subject.ts';
import { decimal, grouped, rounded } from '../../../measure/decimal.ts';
import { unanswered } from './unanswered.ts';

/** All that a verdict is made from. */
export interface CheckFacts {
  readonly check: MonitorCheck;
  readonly measure: Measure;
  /** Absent until the question has been asked. */
  readonly answer: Answer | undefined;
  /** The verdict before, if it is about the same revision and the same edit of the Monitor. */
  readonly previous: CheckStatus | undefined;
}

export interface Judgement {
  readonly check: MonitorCheck;
  readonly status: CheckStatus;
  /**
   * Whether the verdict rests on a sample, and not only on what the status remembers: what is asked for on its ground may
   * only then be asked for.
   */
  readonly measured: boolean;
  /** What was found, for records: "PSI of amount 1.31 over its limit 0.2 on 4,200 samples of revision ab12cd34". */
  readonly finding: string;
}

interface Outcome {
  readonly verdict: CheckStatus['verdict'];
  readonly reason: string;
  readonly message: string;
  readonly value?: number;
  readonly samples?: number;
}

interface Case {
  readonly check: MonitorCheck;
  readonly subject: Revision;
  readonly question: Question;
  readonly at: Date;
  readonly value: number;
  readonly samples: number | undefined;
  readonly previous: CheckStatus | undefined;
}

/** The judgement of one check. Pure; `now` becomes the time of a change only. */
export function judge(facts: CheckFacts, subject: Subject, now: Date): Judgement {
  const outcome = outcomeOf(facts, subject, now);
  const { check, previous } = facts;
  if (outcome === undefined) {
    const status = previous ?? notMeasured(check, subject, now);
    return { check, status, measured: false, finding: status.message ?? '' };
  }
  const { verdict, reason, message, value, samples } = outcome;
  const status: CheckStatus = {
    name: check.name,
    ...(subject.type === 'Revision' && { revision: subject.revision }),
    verdict,
    since: previous?.verdict === verdict ? previous.since : timestamp(now),
    ...(value !== undefined && { value: decimal(value) }),
    ...(samples !== undefined && { samples }),
    reason,
    message: shortened(message),
  };
  return { check, status, measured: verdict !== 'Unknown', finding: message };
}

/** undefined: nothing new is known. */
function outcomeOf({ check, measure, answer, previous }: CheckFacts, subject: Subject, now: Date): Outcome | undefined {
  if (measure.type === 'Blind') return unknown(measure.reason, measure.message);
  if (subject.type === 'Blind') return unknown(subject.reason, subject.message);
  const age = (answer?.at ?? now).getTime() - subject.since.getTime();
  const { length, text } = measure.window ?? { length: 0, text: '0s' };
  if (age < length || age < 0) {
    return unknown(
      'WindowIncomplete',
      `Revision ${subject.revision} has not been stable for a whole window of ${text} yet.`,
    );
  }
  if (answer === undefined) return undefined;
  const { at, outcome } = answer;
  if (outcome.type !== 'Measured') {
    const { reason, message } = unanswered(outcome, measure.source);
    return unknown(reason, message);
  }
  const { value, samples } = outcome;
  if (samples !== undefined && samples < measure.minSamples) return tooFew(measure, subject, samples);
  if (value === undefined || !Number.isFinite(value)) return noData(measure, subject);
  return judged({ check, subject, question: measure, at, value, samples, previous });
}

function judged(facts: Case): Outcome {
  const { check, value, samples, at, previous } = facts;
  const values = { value, ...(samples !== undefined && { samples }) };
  const breach = breachOf(check, value);
  if (breach === undefined)
    return { verdict: 'Passing', reason: 'WithinBounds', message: sentence(facts, ''), ...values };
  const out = { reason: 'OutOfBounds', ...values };
  const message = sentence(facts, breach);
  if (previous?.verdict === 'Failing') return { verdict: 'Failing', message, ...out };
  const since = previous?.verdict === 'Pending' ? Date.parse(previous.since) : at.getTime();
  const failed = at.getTime() - since >= (milliseconds(check.for ?? '0s') ?? 0);
  return { verdict: failed ? 'Failing' : 'Pending', message, ...out };
}

function breachOf({ min, max }: MonitorCheck, value: number): string | undefined {
  if (max !== undefined && value > max) return `over its limit ${max}`;
  if (min !== undefined && value < min) return `under its limit ${min}`;
  return undefined;
}

function sentence({ question, subject, value, samples }: Case, breach: string): string {
  const atLeast = value >= (question.highest ?? Infinity) ? 'at least ' : '';
  return [
    `${question.title} ${atLeast}${rounded(value)}${question.unit}`,
    breach,
    samples === undefined ? '' : `on ${grouped(samples)} samples`,
    `of revision ${subject.revision}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function tooFew({ title, minSamples }: Question, { revision }: Revision, samples: number): Outcome {
  const message =
    `${title}: ${grouped(samples)} samples of revision ${revision} are too few, it takes ${grouped(minSamples)}. ` +
    `Wait for traffic, lengthen the window or set the check's minSamples.`;
  return { ...unknown('NotEnoughSamples', message), samples };
}

function noData({ title, source }: Question, { revision }: Revision): Outcome {
  const message =
    source === undefined
      ? `${title}: Prometheus has no value for revision ${revision}. See that it scrapes the pods' port "metrics".`
      : `${title}: the answer is not one finite number. Correct its expr, for instance by sum(...).`;
  return unknown('NoData', message);
}

function unknown(reason: string, message: string): Outcome {
  return { verdict: 'Unknown', reason, message };
}

function notMeasured({ name }: MonitorCheck, subject: Subject, now: Date): CheckStatus {
  return {
    name,
    ...(subject.type === 'Revision' && { revision: subject.revision }),
    verdict: 'Unknown',
    since: timestamp(now),
    reason: 'NotMeasured',
    message: 'It is measured for the first time within the interval.',
  };
}
