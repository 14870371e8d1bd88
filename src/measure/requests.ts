import type { AnalysisCheck } from '../api/types.ts';
import type { Milliseconds } from '../api/duration.ts';
import { highestLatency } from '../api/observer.ts';
import { count, only } from './measure.ts';
import type { Quantity, Question } from './measure.ts';
import { errorRatio, latencyQuantile, requestCount } from './queries.ts';
import type { RevisionSeries } from './queries.ts';

/** What a Monitor and the analysis of a rollout let people check about requests: latency, or else errors. */
export type RequestCheck = Pick<AnalysisCheck, 'latency' | 'minSamples'>;

/** What latency and errors rest on at least, by default. */
const fewestRequests = 100;

/** The quantile of the time to answer in seconds, or the share of requests answered with 500 or above, between 0 and 1. */
export function requestQuantity({ latency, minSamples = fewestRequests }: RequestCheck): Quantity {
  if (latency === undefined) return { title: 'share of errors', unit: '', minSamples };
  const title = `${latency.quantile} quantile of the latency`;
  return { title, unit: 's', highest: highestLatency, minSamples };
}

/** Asks about the requests to one revision that ended in the window. */
export function requestQuestion(check: RequestCheck, series: RevisionSeries, window: Milliseconds): Question {
  const seconds = window / 1000;
  const { latency } = check;
  const value =
    latency === undefined ? errorRatio(series, seconds) : latencyQuantile(series, seconds, latency.quantile);
  return {
    type: 'Question',
    ...requestQuantity(check),
    expressions: [value, requestCount(series, seconds)],
    read: ([answer, requests]) => {
      const number = only(answer);
      return { ...(number !== undefined && { value: number }), samples: count(requests) };
    },
  };
}
