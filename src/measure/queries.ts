/** The series of one revision of one deployment. Built-in queries always fix all three, since raw PromQL reads across namespaces. */
export interface RevisionSeries {
  readonly namespace: string;
  readonly modelDeployment: string;
  readonly revision: string;
}

/** Length of the window that ends at the time of the query. */
export type Seconds = number;

/** PromQL of the number of requests that the revision answered in the window, of any status code. */
export function requestCount(series: RevisionSeries, window: Seconds): string {
  return `sum(increase(flyball_requests_total{${matchers(series)}}${range(window)}))`;
}

/**
 * PromQL of the share of requests answered with a 5xx code, from 0 to 1. No series of errors counts as no errors; no requests
 * at all gives 0/0, so NaN, or nothing: no data.
 */
export function errorRatio(series: RevisionSeries, window: Seconds): string {
  const errors = `sum(increase(flyball_requests_total{${matchers(series)},code=~"5.."}${range(window)}))`;
  return `(${errors} or vector(0)) / ${requestCount(series, window)}`;
}

/**
 * PromQL of a quantile (0 to 1) of the request duration in seconds, interpolated within the histogram's buckets, see
 * https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile. NaN or nothing: no data; the highest
 * finite bound, `highestLatency`: at least that.
 */
export function latencyQuantile(series: RevisionSeries, window: Seconds, quantile: number): string {
  const buckets = `flyball_request_duration_seconds_bucket{${matchers(series)}}${range(window)}`;
  return `histogram_quantile(${quantile}, sum by (le) (increase(${buckets})))`;
}

/** PromQL of how many observations of each signal of the revision fell into each bin in the window. */
export function signalCounts(series: RevisionSeries, window: Seconds): string {
  return `sum by (signal, bin) (increase(flyball_signal_total{${matchers(series)}}${range(window)}))`;
}

/** The label matchers of a revision, to be put between braces. */
export function matchers({ namespace, modelDeployment, revision }: RevisionSeries): string {
  return [
    `namespace=${quoted(namespace)}`,
    `model_deployment=${quoted(modelDeployment)}`,
    `revision=${quoted(revision)}`,
  ].join(',');
}

/** A PromQL string literal. JSON's escapes are a subset of Go's, which PromQL uses, so that no value can end its literal. */
export function quoted(value: string): string {
  return JSON.stringify(value);
}

/** PromQL refuses a range of 0 and fractions of its units, so that a window is rounded up to whole seconds. */
export function range(window: Seconds): string {
  return `[${Math.max(1, Math.ceil(window))}s]`;
}
