import type { Sample } from '../../src/measure/prometheus.ts';

/** What the observers of a revision have counted of its requests; nothing: there are none. */
export interface Requests {
  /** How many were answered, and how much of them with an error. */
  readonly requests?: number;
  readonly errors?: number;
  /** How long an answer took, in seconds. */
  readonly latency?: number;
  /** How long the first byte of an answer took; absent: the observers do not tell. */
  readonly firstByte?: number;
  /** How many answers began, if not as many as ended. */
  readonly begun?: number;
  /** Whose client left before the answer, or within it, and which are in flight without answer, or within it: all of one age. */
  readonly givenUp?: Aged;
  readonly brokenOff?: Aged;
  readonly waiting?: Aged;
  readonly answering?: Aged;
  /** In how many predictions a signal was not observed, by reason. */
  readonly skips?: Readonly<Record<string, number>>;
}

type Aged = readonly [count: number, seconds: number];

/** What Prometheus answers to an expression about them. */
export function answerTo(expression: string, counted: Requests): readonly Sample[] {
  const { errors = 0, latency = 0.01, skips = {} } = counted;
  const { givenUp, brokenOff, waiting, answering } = counted;
  // Who counts any request has also counted the others, from 0.
  const requests = counted.requests ?? ((givenUp ?? brokenOff ?? waiting ?? answering) ? 0 : undefined);
  const isAbout = (metric: string) => expression.includes(`${metric}{`);
  if (isAbout('flyball_requests_in_flight_seconds')) return split(waiting, answering);
  if (isAbout('flyball_request_cancelled_seconds_bucket')) return split(givenUp, brokenOff);
  if (isAbout('flyball_signal_skipped_total')) {
    return Object.entries(skips).map(([reason, value]) => ({ labels: { signal: 'amount', reason }, value }));
  }
  if (requests === undefined) return [];
  if (isAbout('flyball_request_duration_seconds_bucket')) return aged([requests, latency], {});
  if (isAbout('flyball_request_first_byte_seconds_bucket')) {
    return counted.firstByte === undefined ? [] : aged([counted.begun ?? requests, counted.firstByte], {});
  }
  if (!isAbout('flyball_requests_total')) return [];
  return [
    { labels: { code: '200' }, value: requests * (1 - errors) },
    { labels: { code: '500' }, value: requests * errors },
  ];
}

function split(before: Aged = [0, 1], after: Aged = [0, 1]): readonly Sample[] {
  return [...aged(before, { begun: 'false' }), ...aged(after, { begun: 'true' })];
}

/** One narrow bucket, so that a quantile is the age itself. */
function aged([count, seconds]: Aged, labels: Readonly<Record<string, string>>): readonly Sample[] {
  return [
    { labels: { ...labels, le: String(seconds * 0.999999) }, value: 0 },
    { labels: { ...labels, le: String(seconds) }, value: count },
    { labels: { ...labels, le: '+Inf' }, value: count },
  ];
}
