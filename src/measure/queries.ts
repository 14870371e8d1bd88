import { observersJob } from '../api/observer.ts';

/**
 * The series of one revision of one deployment. Built-in queries always fix all three and the job, since raw PromQL reads across
 * namespaces and what anybody exports.
 */
export interface RevisionSeries {
  readonly namespace: string;
  readonly modelDeployment: string;
  readonly revision: string;
}

/** Length of the window that ends at the time of the query. */
export type Seconds = number;

/** PromQL of the number of requests that ended in the window, by status code. */
export function requestsByCode(series: RevisionSeries, window: Seconds): string {
  return counted('flyball_requests_total', ['code'], series, window);
}

/** PromQL of the times to answer the requests that finished in the window, as the buckets of a histogram. */
export function finishedAges(series: RevisionSeries, window: Seconds): string {
  return counted('flyball_request_duration_seconds_bucket', ['le'], series, window);
}

/** PromQL of the times to the first byte of the answers that began in the window, as the buckets of a histogram. */
export function begunAges(series: RevisionSeries, window: Seconds): string {
  return counted('flyball_request_first_byte_seconds_bucket', ['le'], series, window);
}

/** PromQL of the ages of the requests that clients gave up on in the window, by whether the answer had begun. */
export function cancelledAges(series: RevisionSeries, window: Seconds): string {
  return counted('flyball_request_cancelled_seconds_bucket', ['begun', 'le'], series, window);
}

/** PromQL of the ages of the requests that were in flight at the last scrape, by whether the answer had begun. */
export function inFlightAges(series: RevisionSeries): string {
  return `sum by (begun, le) (flyball_requests_in_flight_seconds{${matchers(series)}})`;
}

/** PromQL of how many observations of each signal of the revision fell into each bin in the window. */
export function signalCounts(series: RevisionSeries, window: Seconds): string {
  return counted('flyball_signal_total', ['signal', 'bin'], series, window);
}

/** PromQL of how many predictions each signal of the revision was not observed in, by reason. */
export function skipCounts(series: RevisionSeries, window: Seconds): string {
  return counted('flyball_signal_skipped_total', ['signal', 'reason'], series, window);
}

/** How far before the window a sample of what was there at its beginning may lie; Prometheus looks back as far. */
const lookback: Seconds = 300;

/** An observer that began longer before the window than this was scraped before, whether the store still has that or not. */
const unseen: Seconds = 3600;

/**
 * PromQL of how much a counter has grown in the window, summed by its own `labels`, those that tell it from others of its pod.
 * increase() does not see what a counter was born with, such as the errors between the start of a pod and its first scrape. So the time
 * at which the observer began to count decides:
 * - the same at both ends of the window: the difference, or all of it if the counter was not there at the beginning;
 * - an observer that began since then, or shortly before and unseen: all of it, since it began at 0;
 * - else increase(): an observer that was started anew within its pod, a gap in the scrapes, or one that does not tell its start.
 */
export function counted(metric: string, labels: readonly string[], series: RevisionSeries, window: Seconds): string {
  const within = range(window);
  const before = (length: Seconds) => `${range(length)} offset ${seconds(window)}`;
  const counter = `${metric}{${matchers(series)}}`;
  const start = `flyball_observer_start_time_seconds{${matchers(series)}}`;
  const last = `last_over_time(${counter}${within})`;
  const first = `last_over_time(${counter}${before(lookback)})`;
  const began = `last_over_time(${start}${within})`;
  const same = `(${began} == last_over_time(${start}${before(lookback)}))`;
  const isNew = `${began} > time() - ${unseen + wholeSeconds(window)}`;
  const fresh = `(${isNew} unless last_over_time(${start}${before(unseen)}) unless changes(${start}${within}) > 0)`;
  const on = `and ignoring(${labels.join(', ')})`;
  const grown = [
    `((${last} - ${first}) ${on} ${same})`,
    `((${last} unless ${first}) ${on} (${same} or ${fresh}))`,
    `increase(${counter}${within})`,
  ].join(' or ');
  return `sum by (${labels.join(', ')}) (${grown})`;
}

/** The label matchers of a revision, to be put between braces. */
export function matchers({ namespace, modelDeployment, revision }: RevisionSeries): string {
  return [
    `namespace=${quoted(namespace)}`,
    `model_deployment=${quoted(modelDeployment)}`,
    `revision=${quoted(revision)}`,
    `job=${quoted(observersJob)}`,
  ].join(',');
}

/** A PromQL string literal. JSON's escapes are a subset of Go's, which PromQL uses, so that no value can end its literal. */
export function quoted(value: string): string {
  return JSON.stringify(value);
}

export function range(window: Seconds): string {
  return `[${seconds(window)}]`;
}

function seconds(window: Seconds): string {
  return `${wholeSeconds(window)}s`;
}

/** PromQL refuses a range of 0 and fractions of its units, so that a window is rounded up to whole seconds. */
function wholeSeconds(window: Seconds): Seconds {
  return Math.max(1, Math.ceil(window));
}
