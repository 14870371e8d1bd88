import type { IncomingMessage } from 'node:http';
import type { Signal } from '../api/types.ts';
import { copyOf } from './copy.ts';
import type { Body, Budget, Copy } from './copy.ts';
import type { ObserverMetrics } from './metrics.ts';
import { isBatch, observation } from './signal.ts';
import type { Binning, Observation } from './signal.ts';

/** Watches one exchange. */
export interface Exchange {
  /** The server has begun to answer. */
  answer(message: IncomingMessage): void;
  /** The exchange is over; `complete` if the reply has been sent as a whole. */
  over(complete: boolean): void;
}

/** Begins to watch an exchange; undefined if there is nothing to see in it. */
export type Watcher = (request: IncomingMessage) => Exchange | undefined;

/** For the bodies that are passing, and as many parses may wait for the replies that are being sent. */
const budgetForBodies = 8 * 1024 * 1024;
const longestBacklog = 128;

/**
 * Counts the signals of predictions, after their replies have been sent. Only requests that carry something can be
 * predictions: a GET, such as a probe, is passed over in silence.
 */
export function createWatcher(
  signals: readonly Signal[],
  binnings: ReadonlyMap<string, Binning>,
  metrics: ObserverMetrics,
): Watcher {
  if (signals.length === 0) return () => undefined;
  const seesAnswers = signals.some((signal) => signal.from === 'Response');
  const budget: Budget = { free: budgetForBodies };
  let backlog = 0;

  function count(signal: Signal, seen: Observation): void {
    if ('bin' in seen) metrics.observed(signal.name, seen.bin);
    else metrics.skipped(signal.name, seen.skipped);
  }

  function look(request: Body, answer: Body): void {
    const batch = [request, answer].some((body) => 'json' in body && isBatch(body.json));
    for (const signal of signals) {
      const body = signal.from === 'Request' ? request : answer;
      if (batch) count(signal, { skipped: 'Batch' });
      else if ('skipped' in body) count(signal, body);
      else count(signal, observation(signal, binnings.get(signal.name), body.json));
    }
  }

  return (request) => {
    if (request.method !== 'POST' && request.method !== 'PUT') return undefined;
    const asked = copyOf(request, budget);
    let answered: Copy | undefined;
    let status = 0;
    return {
      answer(message) {
        status = message.statusCode ?? 0;
        if (seesAnswers) answered = copyOf(message, budget);
      },
      over(complete) {
        const bodies = [asked.take(), answered?.take() ?? (() => ({ skipped: 'NotJSON' }) as const)] as const;
        const skipped =
          !complete || status < 200 || status > 299 ? 'Failed' : backlog >= longestBacklog ? 'Busy' : undefined;
        if (skipped !== undefined) return signals.forEach((signal) => count(signal, { skipped }));
        backlog += 1;
        setImmediate(() => {
          backlog -= 1;
          look(bodies[0](), bodies[1]());
        });
      },
    };
  };
}
