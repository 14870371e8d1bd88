import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { highestLatency } from '../api/observer.ts';
import type { ObserverConfiguration } from './configuration.ts';
import type { Flight, Wait } from './flight.ts';
import type { Binning } from './signal.ts';
import type { SkipReason } from './skip.ts';
import { createTokenCounters } from './tokens.ts';
import type { TokenCounters } from './tokens.ts';

/** What the observer counts of one revision. */
export interface ObserverMetrics {
  readonly registry: Registry;
  /** The requests that have not ended, read at each scrape. */
  readonly inFlight: Set<Flight>;
  /** The answer to a request has begun. */
  begun(seconds: number): void;
  answered(code: number, seconds: number): void;
  /** A request that ended without an answer for a client: counted, but not timed. */
  ended(code: number): void;
  /** A client that left while it waited for its answer, or for the rest of it. */
  cancelled(wait: Wait): void;
  observed(signal: string, bin: string, predictions: number): void;
  skipped(signal: string, reason: SkipReason, predictions: number): void;
  /** Absent: the server's protocol tells of no tokens. */
  readonly tokens?: TokenCounters;
}

/**
 * From a millisecond for small models to two minutes for those that generate text. Limits that people set, and the times after which
 * clients give up, are bounds where they are likely, so that neither falls within a bucket.
 */
const bounds = [
  0.001, 0.0025, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 2.5, 3,
  4, 5, 6, 7.5, 8, 10, 15, 20, 30, 45, 60, 90,
].concat(highestLatency);

/**
 * Their series exist at 0 from the start, since increase() does not see a counter's first step: all errors that have a meaning, a
 * client that left, and what servers usually answer else.
 */
const knownCodes = [200, 400, 404, 422, 429, 499, ...Array.from({ length: 12 }, (_, index) => 500 + index)];

const identityLabels = ['namespace', 'model_deployment', 'revision'] as const;

/** The observer's own registry, with all bins, all ages and the known codes at 0. */
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
  const durations = new Histogram({
    name: 'flyball_request_duration_seconds',
    help: 'Time from the head of a request to the last byte of its answer.',
    labelNames: identityLabels,
    buckets: bounds,
    registers,
  });
  durations.zero(identity);
  const duration = durations.labels(identity);
  const firstBytes = new Histogram({
    name: 'flyball_request_first_byte_seconds',
    help: 'Time from the head of a request to the first byte of the body of its answer, or to its end if it has none.',
    labelNames: identityLabels,
    buckets: bounds,
    registers,
  });
  firstBytes.zero(identity);
  const firstByte = firstBytes.labels(identity);
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
  const cancelled = new Histogram({
    name: 'flyball_request_cancelled_seconds',
    help: 'Age of requests whose client left before the end of the answer, by whether its body had begun.',
    labelNames: [...identityLabels, 'begun'],
    buckets: bounds,
    registers,
  });
  for (const begun of ['false', 'true']) cancelled.zero({ ...identity, begun });
  const inFlight = new Set<Flight>();
  registerInFlight(registry, identity, inFlight);
  new Gauge({
    name: 'flyball_observer_start_time_seconds',
    help: 'When the counters began at 0, as Unix time.',
    labelNames: identityLabels,
    registers,
  }).set(identity, Math.floor(Date.now() / 1000));
  for (const code of knownCodes) requests.inc({ ...identity, code }, 0);
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
    inFlight,
    begun: (seconds) => firstByte.observe(seconds),
    answered(code, seconds) {
      requests.inc({ ...identity, code });
      duration.observe(seconds);
    },
    ended: (code) => requests.inc({ ...identity, code }),
    cancelled({ seconds, begun }) {
      requests.inc({ ...identity, code: 499 });
      cancelled.observe({ ...identity, begun: String(begun) }, seconds);
    },
    observed: (signal, bin, predictions) => bins.get(`${signal} ${bin}`)?.inc(predictions),
    skipped: (signal, reason, predictions) => skips.inc({ ...identity, signal, reason }, predictions),
    ...(configuration.protocol === 'OpenAI' && { tokens: createTokenCounters(registry, identity, identityLabels) }),
  };
}

type Identity = Readonly<Record<(typeof identityLabels)[number], string>>;

/** The ages are those of the scrape: a gauge with the buckets of a histogram, since what is in flight goes up and down. */
function registerInFlight(registry: Registry, identity: Identity, flights: ReadonlySet<Flight>): void {
  const gauge = new Gauge({
    name: 'flyball_requests_in_flight_seconds',
    help: 'Requests that wait for their answer, or for the rest of it, by age: how many are not older than le.',
    labelNames: [...identityLabels, 'begun', 'le'],
    registers: [registry],
    collect() {
      const waits = [...flights].flatMap((flight) => flight.wait() ?? []);
      for (const begun of [false, true]) {
        const ages = waits.filter((wait) => wait.begun === begun).map(({ seconds }) => seconds);
        for (const [le, count] of cumulated(ages)) gauge.set({ ...identity, begun: String(begun), le }, count);
      }
    },
  });
}

function cumulated(ages: readonly number[]): readonly (readonly [le: string, count: number])[] {
  return [...bounds, Infinity].map((bound) => [
    bound === Infinity ? '+Inf' : String(bound),
    ages.filter((age) => age <= bound).length,
  ]);
}
