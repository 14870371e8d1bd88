import { kubectl } from '../../../api/command.ts';
import type { Remedy } from '../../../api/message.ts';
import type { Signal } from '../../../api/types.ts';
import { grouped } from '../../../measure/decimal.ts';
import { wholeCount } from '../../../measure/measure.ts';
import type { Reading } from '../../../measure/measure.ts';
import type { Sample } from '../../../measure/prometheus.ts';
import { amount } from '../../../measure/words.ts';
import type { Revision } from './subject.ts';

/** Why the observer skips, as words that follow the reason, and what helps unless the signal is to be corrected. */
const reasons: Readonly<Record<string, { readonly why: string; readonly remedy?: string }>> = {
  Batch: {
    why: 'batches whose rows cannot be told apart',
    remedy: 'let the first dimension of each tensor be the rows, and the pointer name a value of row 0',
  },
  Binary: {
    why: 'tensors of bytes whose type or shape is not told',
    remedy: 'have clients send them, and ask for them, as JSON, such as by binary_data=False of tritonclient',
  },
  Busy: { why: 'too many bodies waited to be read', remedy: 'raise spec.replicas of the ModelDeployment' },
  Encoded: { why: 'compressed bodies', remedy: 'let clients and the server send bodies as they are' },
  Failed: { why: 'no answer of 2xx', remedy: 'see the logs of the server' },
  Malformed: {
    why: 'bodies that are not what they say, as JSON or as bytes of tensors',
    remedy: 'correct what sends them',
  },
  Missing: { why: 'the pointer names nothing' },
  NoProfile: { why: 'the observer has no profile', remedy: 'train again with a profile of the signal' },
  NotJSON: { why: 'bodies that are not JSON', remedy: 'send JSON, and Content-Type: application/json' },
  Streamed: { why: 'bodies that are streams of events', remedy: 'watch a signal of the request' },
  TooLarge: { why: 'bodies above 64 KiB, or what is beyond that in bytes of tensors', remedy: 'send smaller ones' },
  TooManyRows: { why: 'batches of more than 64 rows', remedy: 'send at most 64 rows in a request' },
  WrongType: { why: "a value of another type than the signal's" },
};

/** Fewer than this share of the predictions are not worth a word, which would come and go. */
const worthAWord = 0.01;

export interface SkipFacts {
  readonly signal: Signal;
  readonly revision: Revision;
  /** In how many predictions the signal was observed. */
  readonly samples: number;
  /** The share that may be skipped. */
  readonly maxSkipped: number | undefined;
  /** How many predictions that has to rest on. */
  readonly minSamples: number;
}

/** What is to be said of the predictions in which a signal was not observed. */
export function skipsIn(answer: readonly Sample[], facts: SkipFacts): Omit<Reading, 'value' | 'samples'> {
  const { signal, samples, maxSkipped = Infinity, minSamples } = facts;
  const counts = answer
    .filter(({ labels, value }) => labels['signal'] === signal.name && Number.isFinite(value) && value > 0)
    .flatMap(({ labels: { reason }, value }) => (reason === undefined ? [] : [{ reason, count: value }]))
    .toSorted((left, right) => right.count - left.count);
  const [main] = counts;
  const skipped = sum(counts);
  if (main === undefined || skipped <= worthAWord * (skipped + samples)) return {};
  // Where the server failed there was no prediction to be missed.
  const lost = sum(counts.filter(({ reason }) => reason !== 'Failed'));
  const isOver = lost + samples >= minSamples && lost / Math.max(1, lost + samples) > maxSkipped;
  const why = reasons[main.reason]?.why;
  const from = signal.from.toLowerCase();
  const place = signal.pointer === '' ? `as the whole ${from}` : `at ${signal.pointer} of the ${from}`;
  return {
    aside:
      `${grouped(skipped)} of ${grouped(skipped + samples)} predictions had no value ${place} ` +
      `(${why === undefined ? main.reason : `${main.reason}: ${why}`})`,
    remedy: remedyFor(main.reason, facts),
    lost,
    ...(isOver && { breach: `, which is over maxSkipped ${amount(maxSkipped, { unit: '%' })}` }),
  };
}

function remedyFor(reason: string, { signal: { name }, revision }: SkipFacts): Remedy {
  const known = reasons[reason]?.remedy;
  if (known !== undefined) return { text: known };
  const field = reason === 'WrongType' ? 'type' : 'pointer';
  return {
    text: `correct spec.observe.signals[${name}].${field}, which rolls out a new revision`,
    command: kubectl(revision.namespace, 'edit', 'mdep', revision.modelDeployment),
  };
}

function sum(counts: readonly { readonly count: number }[]): number {
  return wholeCount(counts.reduce((total, { count }) => total + count, 0));
}
