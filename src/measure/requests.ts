import { kubectl } from '../api/command.ts';
import { label } from '../api/labels.ts';
import type { Remedy } from '../api/message.ts';
import type { AnalysisCheck } from '../api/types.ts';
import type { Milliseconds } from '../api/duration.ts';
import { errorFigures } from './errors.ts';
import type { Figures } from './figures.ts';
import { latencyFigures } from './latency.ts';
import { isCount, wholeCount } from './measure.ts';
import type { Increase, Quantity, Question, Reading } from './measure.ts';
import type { Sample } from './prometheus.ts';
import { begunAges, cancelledAges, finishedAges, inFlightAges, requestsByCode } from './queries.ts';
import type { RevisionSeries, Seconds } from './queries.ts';
import { seenOf, seenToFirstByte } from './seen.ts';

/** What a Monitor and the analysis of a rollout let people check about requests: latency, or else errors. */
export type RequestCheck = Pick<AnalysisCheck, 'latency' | 'minSamples' | 'max' | 'maxIncrease'>;

/** The requests to one revision that ended in a window, and those that have not ended. */
export interface Windowed {
  readonly series: RevisionSeries;
  readonly window: Milliseconds;
}

/** Whom a question about requests is about. */
export interface Requests extends Windowed {
  /** How long a request may take as the object declares it by its checks of latency. */
  readonly patience?: Patience | undefined;
  readonly against?: Windowed | undefined;
}

/** What latency and errors rest on at least, by default. */
const fewestRequests = 100;

/** The quantile of the time to answer in seconds, or the share of requests that ended in an error, between 0 and 1. */
export function requestQuantity({ latency, minSamples = fewestRequests }: RequestCheck): Quantity {
  if (latency === undefined) return { title: 'share of errors', unit: '%', minSamples };
  const time = latency.of === 'FirstByte' ? 'time to the first byte' : 'latency';
  return { title: `${latency.quantile} quantile of the ${time}`, unit: 's', minSamples };
}

/** The longest of the limits that checks of latency set; absent where none does. */
export interface Patience {
  readonly longest?: Seconds | undefined;
  /** Of those of the same time: a first byte comes sooner than the whole answer. */
  readonly whole?: Seconds | undefined;
  readonly firstByte?: Seconds | undefined;
}

export function patienceOf(checks: readonly RequestCheck[]): Patience {
  const limits = checks.flatMap(({ latency, max }) =>
    latency === undefined || max === undefined ? [] : [{ of: latency.of ?? 'Whole', max: Number(max) }],
  );
  const longestOf = (of: readonly string[]) =>
    limits.filter((limit) => of.includes(limit.of)).reduce<Seconds | undefined>(longer, undefined);
  return {
    longest: longestOf(['Whole', 'FirstByte']),
    whole: longestOf(['Whole']),
    firstByte: longestOf(['FirstByte']),
  };
}

function longer(longest: Seconds | undefined, { max }: { readonly max: Seconds }): Seconds {
  return Math.max(longest ?? max, max);
}

/** Asks about the requests to one revision that ended in the window, and about those that have not ended. */
export function requestQuestion(check: RequestCheck, requests: Requests): Question {
  const { series, patience, against } = requests;
  const asked = [requests, ...(against === undefined ? [] : [against])].map((one) => expressionsFor(check, one));
  const each = asked[0]?.length ?? 0;
  return {
    type: 'Question',
    ...requestQuantity(check),
    expressions: asked.flat(),
    readBy: JSON.stringify([patience, check.latency && [check.max, check.maxIncrease], against?.series.revision]),
    read(answers) {
      if (!answers.flat().every(isCount)) return {};
      const [own = [], other] = asked.map((_, index) => answers.slice(index * each, (index + 1) * each));
      // The observer counts from 0 by code, so that where there is no count nobody has seen one.
      if (own[0]?.length === 0) return {};
      if (!isTimed(check, own)) return ofOlderRelease;
      const isOlder = other?.[0] !== undefined && other[0].length > 0 && !isTimed(check, other);
      const compared = other && figuresOf(check, isTimed(check, other) ? other : [], { patience });
      const highest = compared?.value === undefined ? undefined : compared.value + Number(check.maxIncrease ?? 0);
      const found = readingOf(figuresOf(check, own, { patience, highest }), compared);
      const reading = isOlder ? { ...found, againstAside: ofOlderRelease.aside } : found;
      return reading.aside === undefined ? reading : { ...reading, remedy: lookInto(series) };
    },
  };
}

function expressionsFor({ latency }: RequestCheck, { series, window: length }: Windowed): readonly string[] {
  const window: Seconds = length / 1000;
  return [
    requestsByCode(series, window),
    latency?.of === 'FirstByte' ? begunAges(series, window) : finishedAges(series, window),
    cancelledAges(series, window),
    inFlightAges(series),
  ];
}

/** Without the times of those that were answered, clients that left would be all that there is. */
function isTimed({ latency }: RequestCheck, [, ages]: readonly (readonly Sample[])[]): boolean {
  return latency?.of !== 'FirstByte' || (ages?.length ?? 0) > 0;
}

const ofOlderRelease = {
  aside: 'since its observers are of an older release, which did not time it',
  remedy: { text: 'edit spec.server of the ModelDeployment, such as by a variable, which rolls out a new revision' },
} satisfies Reading;

interface Limits {
  readonly patience: Patience | undefined;
  /** What the comparison lets it take at most. */
  readonly highest?: number | undefined;
}

function figuresOf(
  { latency, max }: RequestCheck,
  answers: readonly (readonly Sample[])[],
  { patience, highest }: Limits,
): Figures {
  const seen = latency?.of === 'FirstByte' ? seenToFirstByte(answers) : seenOf(answers);
  if (latency === undefined) return errorFigures(seen, patience?.longest);
  const beside = latency.of === 'FirstByte' ? patience?.firstByte : patience?.whole;
  return latencyFigures(seen, Number(latency.quantile), max === undefined ? (highest ?? beside) : Number(max));
}

function readingOf(figures: Figures, compared: Figures | undefined): Reading {
  const { value, atLeast, samples, worst, aside } = figures;
  return {
    ...(value !== undefined && { value }),
    ...(atLeast === true && { atLeast }),
    samples: wholeCount(samples),
    ...(worst !== undefined && { worst }),
    ...(aside !== undefined && { aside }),
    ...(compared?.value !== undefined && { against: compared.value }),
    ...(compared !== undefined && { againstSamples: wholeCount(compared.samples), ...increaseOf(figures, compared) }),
  };
}

function increaseOf(figures: Figures, compared: Figures): { increase?: Increase } {
  if (figures.value === undefined || compared.value === undefined) return {};
  return {
    increase: {
      value: figures.value - compared.value,
      least: figures.least - compared.most,
      worst: (figures.worst ?? figures.value) - compared.value,
    },
  };
}

/** Clients know that there is no answer, and servers why. */
function lookInto({ namespace, modelDeployment, revision }: RevisionSeries): Remedy {
  const selector = `${label.modelDeployment}=${modelDeployment},${label.revision}=${revision}`;
  const command = kubectl(namespace, 'logs', '-l', selector, '--tail', '50');
  return { text: 'see in the logs of the server why some get no answer', command };
}
