import type { AnalysisCheck } from '../../../api/types.ts';
import { highestLatency } from '../../../api/observer.ts';

/** What the metrics store says about the candidate since its weight took effect. */
export type AnalysisSamples =
  | { readonly type: 'NotAsked' }
  /** The store cannot be asked; the message says why and whose move it is. */
  | { readonly type: 'Unavailable'; readonly message: string }
  | {
      readonly type: 'Sampled';
      /** Requests answered; undefined or NaN if there is no data. */
      readonly requests: number | undefined;
      /** By the check's name: an error ratio from 0 to 1, or a latency in seconds; undefined or NaN if there is no data. */
      readonly values: Readonly<Record<string, number | undefined>>;
    };

export type AnalysisVerdict =
  | { readonly type: 'Passed' }
  | { readonly type: 'NoData'; readonly reason: string; readonly message: string }
  | { readonly type: 'Failed'; readonly message: string };

const defaultMinSamples = 100;

/** Judges the checks. One that fails decides, even if another has no data; no data never passes. */
export function analyse(checks: readonly AnalysisCheck[], samples: AnalysisSamples): AnalysisVerdict {
  if (checks.length === 0) return { type: 'Passed' };
  if (samples.type === 'NotAsked') {
    return { type: 'NoData', reason: 'AnalysisPending', message: 'The analysis has not been asked for yet.' };
  }
  if (samples.type === 'Unavailable') {
    return { type: 'NoData', reason: 'PrometheusUnavailable', message: samples.message };
  }
  const verdicts = checks.map((check) => judge(check, samples.requests, samples.values[check.name]));
  return (
    verdicts.find(({ type }) => type === 'Failed') ??
    verdicts.find(({ type }) => type === 'NoData') ?? { type: 'Passed' }
  );
}

function judge(check: AnalysisCheck, requests: number | undefined, value: number | undefined): AnalysisVerdict {
  const wantRequests = check.minSamples ?? defaultMinSamples;
  if (requests === undefined || !(requests >= wantRequests)) {
    const message =
      `Check "${check.name}" judges after ${wantRequests} requests to the candidate, which have not come yet. ` +
      'Send requests, or lower minSamples in spec.rollout.analysis.';
    return { type: 'NoData', reason: 'TooFewSamples', message };
  }
  if (value === undefined || Number.isNaN(value)) {
    const message =
      `Prometheus has no value for check "${check.name}" of the candidate. ` +
      'Look whether it scrapes the port "metrics" of the pods.';
    return { type: 'NoData', reason: 'NoData', message };
  }
  const max = Number(check.max);
  if (value <= max) return { type: 'Passed' };
  return { type: 'Failed', message: `Check "${check.name}" failed: ${described(check, value)}, but max is ${max}.` };
}

function described(check: AnalysisCheck, value: number): string {
  const number = String(Number(value.toPrecision(3)));
  if (check.latency === undefined) return `${number} of the requests ended in an error`;
  const atLeast = value >= highestLatency ? 'at least ' : '';
  return `the ${String(check.latency.quantile)} quantile of latency was ${atLeast}${number} s`;
}
