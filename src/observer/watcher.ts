import type { IncomingMessage } from 'node:http';
import type { Signal } from '../api/types.ts';
import { copyOf } from './copy.ts';
import type { Body, Budget, Copy } from './copy.ts';
import type { ObserverMetrics } from './metrics.ts';
import { rowsOf } from './rows.ts';
import { observations } from './signal.ts';
import type { Binning } from './signal.ts';

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
  const inRequests = signals.filter(({ from }) => from === 'Request');
  const inAnswers = signals.filter(({ from }) => from === 'Response');
  const budget: Budget = { free: budgetForBodies };
  let backlog = 0;

  function look(body: Body, watched: readonly Signal[]): void {
    if ('skipped' in body) return watched.forEach(({ name }) => metrics.skipped(name, body.skipped, 1));
    const rows = rowsOf(body.json);
    for (const signal of watched) {
      const seen = observations(signal, binnings.get(signal.name), { body: body.json, rows });
      seen.bins.forEach((many, bin) => metrics.observed(signal.name, bin, many));
      seen.skipped.forEach((many, reason) => metrics.skipped(signal.name, reason, many));
    }
  }

  return (request) => {
    if (request.method !== 'POST' && request.method !== 'PUT') return undefined;
    const asked = inRequests.length === 0 ? undefined : copyOf(request, budget);
    let answered: Copy | undefined;
    let status = 0;
    return {
      answer(message) {
        status = message.statusCode ?? 0;
        if (inAnswers.length > 0) answered = copyOf(message, budget);
      },
      over(complete) {
        const bodies = [asked?.take(), answered?.take()] as const;
        const skipped =
          !complete || status < 200 || status > 299 ? 'Failed' : backlog >= longestBacklog ? 'Busy' : undefined;
        if (skipped !== undefined) return signals.forEach(({ name }) => metrics.skipped(name, skipped, 1));
        backlog += 1;
        setImmediate(() => {
          backlog -= 1;
          if (bodies[0] !== undefined) look(bodies[0](), inRequests);
          if (bodies[1] !== undefined) look(bodies[1](), inAnswers);
        });
      },
    };
  };
}
