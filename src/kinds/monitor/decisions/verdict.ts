import { kubectl } from '../../../api/command.ts';
import { timestamp } from '../../../api/condition.ts';
import { milliseconds } from '../../../api/duration.ts';
import { label } from '../../../api/labels.ts';
import { written } from '../../../api/message.ts';
import { grpcUnseen, observersJob } from '../../../api/observer.ts';
import { firstMatch } from '../../../api/rules.ts';
import type { Rule } from '../../../api/rules.ts';
import type { CheckStatus, MonitorCheck } from '../../../api/types.ts';
import { decimal, grouped } from '../../../measure/decimal.ts';
import type { Measure } from '../checks/measure.ts';
import { type Answer, type Question, type Reading, wholeCount } from '../../../measure/measure.ts';
import { breachOf, foundIn } from '../../../measure/words.ts';
import type { Revision, Subject } from '../checks/subject.ts';
import { unanswered } from './unanswered.ts';
import type { MonitorReason } from '../status/reasons.ts';

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
  readonly reason: MonitorReason;
  readonly message: string;
  /** For records, without what helps now; absent where it is the message. */
  readonly finding?: string;
  /** What it rests on; absent if on no answer. */
  readonly sampledAt?: Date;
  readonly value?: number;
  readonly samples?: number;
}

interface Case {
  readonly check: MonitorCheck;
  readonly subject: Revision;
  readonly question: Question;
  readonly at: Date;
  readonly reading: Reading;
  readonly previous: CheckStatus | undefined;
}

/** By the first that speaks a measured value is judged; if none does, it passes. */
const rules: readonly Rule<[Case], Outcome>[] = [failedWhateverItsValue, tooFew, noData, outOfBounds, unfinished];

/** The judgement of one check. Pure; `now` becomes the time of a change only. */
export function judge(facts: CheckFacts, subject: Subject, now: Date): Judgement {
  const outcome = outcomeOf(facts, subject, now);
  const { check, previous } = facts;
  if (outcome === undefined) {
    const status = previous ?? notMeasured(check, subject, now);
    return { check, status, measured: false, finding: status.message ?? '' };
  }
  const { verdict, reason, message, finding = message, value, samples, sampledAt } = outcome;
  const status: CheckStatus = {
    name: check.name,
    ...(subject.type === 'Revision' && { revision: subject.revision }),
    verdict,
    since: previous?.verdict === verdict ? previous.since : timestamp(now),
    ...(value !== undefined && { value: decimal(value) }),
    // Status cannot hold more, whatever the store says.
    ...(samples !== undefined && { samples: wholeCount(samples) }),
    ...(sampledAt !== undefined && { sampledAt: timestamp(sampledAt) }),
    reason,
    message,
  };
  return { check, status, measured: verdict !== 'Unknown', finding };
}

/** undefined: nothing new is known. */
function outcomeOf({ check, measure, answer, previous }: CheckFacts, subject: Subject, now: Date): Outcome | undefined {
  if (measure.type === 'Blind') return unknown(measure.reason, measure.message);
  if (subject.type === 'Blind') return unknown(subject.reason, subject.message);
  const age = (answer?.at ?? now).getTime() - subject.servesSince.getTime();
  const { length, text } = measure.window ?? { length: 0, text: '0s' };
  if (age < length || age < 0) {
    const what = `revision ${subject.revision} has not served for a whole window of ${text} yet`;
    return unknown('WindowIncomplete', written({ what }));
  }
  if (answer === undefined) return undefined;
  const { at, outcome } = answer;
  if (outcome.type !== 'Measured') {
    const { reason, message } = unanswered(outcome, measure.source);
    return { ...unknown(reason, message), sampledAt: at };
  }
  const found: Case = { check, subject, question: measure, at, reading: outcome, previous };
  return { ...(firstMatch(rules, found) ?? passing(found)), sampledAt: at };
}

function failedWhateverItsValue(found: Case): Outcome | undefined {
  const { aside = '', breach } = found.reading;
  return breach === undefined ? undefined : breached(found, 'SignalSkipped', `${aside}${breach}`);
}

/** Requests may have come that nobody counts. */
function unseen(what: string, { takesGRPC = false }: Revision): string {
  return takesGRPC ? `${what}; ${grpcUnseen}` : what;
}

/** What kept others from being samples is said, since then no more traffic helps. */
function tooFew({ question: { title, minSamples }, subject, reading }: Case): Outcome | undefined {
  const { samples, aside, remedy, lost = 0 } = reading;
  if (samples === undefined || samples >= minSamples) return undefined;
  const few = `${title}: ${grouped(samples)} samples of revision ${subject.revision} are too few, it takes ${grouped(minSamples)}`;
  const isHindered = samples + lost >= minSamples && lost > 0;
  const message = written({
    what: unseen(aside === undefined ? few : `${few}, and ${aside}`, subject),
    remedies: [
      ...(remedy === undefined ? [] : [remedy]),
      ...(isHindered ? [] : [{ text: "wait for traffic, lengthen the window or set the check's minSamples" }]),
    ],
  });
  return { ...unknown(isHindered ? 'SignalSkipped' : 'NotEnoughSamples', message), samples };
}

function noData({
  question: { title, source },
  subject,
  reading: { value, aside, remedy },
}: Case): Outcome | undefined {
  if (value !== undefined && Number.isFinite(value)) return undefined;
  const { namespace, modelDeployment, revision } = subject;
  const selector = `${label.modelDeployment}=${modelDeployment},${label.revision}=${revision}`;
  const message =
    source === undefined
      ? written({
          what: unseen(
            `${title}: Prometheus has no value for revision ${revision}${aside === undefined ? '' : `, ${aside}`}`,
            subject,
          ),
          remedies: [
            remedy ?? {
              text: `see that its job ${observersJob} scrapes the port "metrics" of the pods`,
              command: kubectl(namespace, 'get', 'pods', '-l', selector),
            },
          ],
        })
      : written({
          what: `${title}: the answer is not one finite number${aside === undefined ? '' : `, but ${aside}`}`,
          remedies: [{ text: 'correct its expr, for instance by sum(...)' }],
        });
  return unknown('NoData', message);
}

function outOfBounds(found: Case): Outcome | undefined {
  const { check, question, reading, subject } = found;
  const breach = breachOf(check, reading, question);
  if (breach === undefined) return undefined;
  return breached(found, 'OutOfBounds', foundIn(question, reading, { ...subject, breach }));
}

/** It would be out of bounds if what still runs, or what nobody waited for, comes to the worst: that is not known. */
function unfinished({ check: { max }, question, reading, subject }: Case): Outcome | undefined {
  const { worst, samples } = reading;
  if (worst === undefined || max === undefined || worst <= max) return undefined;
  const what = `${foundIn(question, reading, subject)}: too many requests have no answer for the check to pass`;
  return { ...unknown('RequestsUnfinished', said(reading, what)), ...(samples !== undefined && { samples }) };
}

function passing({ question, reading, subject }: Case): Outcome {
  const message = written({ what: foundIn(question, reading, subject) });
  return { verdict: 'Passing', reason: 'WithinBounds', message, ...valuesOf(reading) };
}

function breached({ check, at, reading, previous }: Case, reason: MonitorReason, what: string): Outcome {
  const outcome = { reason, message: said(reading, what), finding: written({ what }), ...valuesOf(reading) };
  if (previous?.verdict === 'Failing') return { verdict: 'Failing', ...outcome };
  const since = previous?.verdict === 'Pending' ? Date.parse(previous.since) : at.getTime();
  const failed = at.getTime() - since >= (milliseconds(check.for ?? '0s') ?? 0);
  return { verdict: failed ? 'Failing' : 'Pending', ...outcome };
}

function said({ remedy }: Reading, what: string): string {
  return written({ what, remedies: remedy === undefined ? [] : [remedy] });
}

function valuesOf({ value, samples }: Reading): Pick<Outcome, 'value' | 'samples'> {
  return {
    ...(value !== undefined && Number.isFinite(value) && { value }),
    ...(samples !== undefined && { samples }),
  };
}

function unknown(reason: MonitorReason, message: string): Outcome {
  return { verdict: 'Unknown', reason, message };
}

function notMeasured({ name }: MonitorCheck, subject: Subject, now: Date): CheckStatus {
  return {
    name,
    ...(subject.type === 'Revision' && { revision: subject.revision }),
    verdict: 'Unknown',
    since: timestamp(now),
    reason: 'NotMeasured' satisfies MonitorReason,
    message: written({ what: 'it is measured for the first time within the interval' }),
  };
}
