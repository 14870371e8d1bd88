import { Counter, Histogram, Registry } from 'prom-client';
import { highestLatency } from '../api/observer.ts';
import type { ObserverConfiguration } from './configuration.ts';
import type { Binning, SkipReason } from './signal.ts';

/** What the observer counts of one revision. */
export interface ObserverMetrics {
  readonly registry: Registry;
  answered(code: number, seconds: number): void;
  /** A request that ended without an answer for a client: counted, but not timed. */
  ended(code: number): void;
  observed(signal: string, bin: string): void;
  skipped(signal: string, reason: SkipReason): void;
}

/** From a millisecond for small models to two minutes for those that generate text. */
const durationBuckets = [
  0.001,
  0.0025,
  0.005,
  0.0075,
  0.01,
  0.025,
  0.05,
  0.075,
  0.1,
  0.25,
  0.5,
  0.75,
  1,
  2.5,
  5,
  7.5,
  10,
  15,
  20,
  30,
  45,
  60,
  90,
  highestLatency,
];

/** A counter's first step is invisible to increase(): a code whose series exists at 0 loses none of its first errors. */
const likelyCodes = [200, 400, 404, 422, 429, 500, 502, 503, 504];

const identityLabels = ['namespace', 'model_deployment', 'revision'] as const;

/** The observer's own registry, with all bins and the likely codes at 0. */
export function createObserverMetrics(
  configuration: ObserverConfiguration,
  binnings: ReadonlyMap<string, Binning>,
): ObserverMetrics {
  const registry = new Registry();
  const registers = [registry];
  const identity = {
    namespace: configuration.namespace,
    model_deployment: configuration.modelDeployment,
    revision: configuration.revision,
  };
  const requests = new Counter({
    name: 'flyball_requests_total',
    help: 'Requests by status code; 499: the client left, 502: the server did not answer.',
    labelNames: [...identityLabels, 'code'],
    registers,
  });
  const duration = new Histogram({
    name: 'flyball_request_duration_seconds',
    help: 'Time from the head of a request to the last byte of its answer.',
    labelNames: identityLabels,
    buckets: durationBuckets,
    registers,
  }).labels(identity);
  const signals = new Counter({
    name: 'flyball_signal_total',
    help: 'Predictions by the bin that a signal fell into.',
    labelNames: [...identityLabels, 'signal', 'bin'],
    registers,
  });
  const skips = new Counter({
    name: 'flyball_signal_skipped_total',
    help: 'Predictions in which a signal was not observed, by reason.',
    labelNames: [...identityLabels, 'signal', 'reason'],
    registers,
  });
  for (const code of likelyCodes) requests.inc({ ...identity, code }, 0);
  const bins = new Map<string, Counter.Internal>();
  for (const [signal, binning] of binnings) {
    for (const bin of binning.bins) {
      const series = signals.labels({ ...identity, signal, bin });
      series.inc(0);
      bins.set(`${signal} ${bin}`, series);
    }
  }
  return {
    registry,
    answered(code, seconds) {
      requests.inc({ ...identity, code });
      duration.observe(seconds);
    },
    ended: (code) => requests.inc({ ...identity, code }),
    observed: (signal, bin) => bins.get(`${signal} ${bin}`)?.inc(),
    skipped: (signal, reason) => skips.inc({ ...identity, signal, reason }),
  };
}
