import type { IncomingMessage } from 'node:http';
import type { Signal } from '../api/types.ts';
import { binaryTensorsOf } from './binary.ts';
import { copyOf } from './copy.ts';
import type { Body, Budget, Copy } from './copy.ts';
import type { ObserverMetrics } from './metrics.ts';
import { isIntoData, rowsOf } from './rows.ts';
import { observations } from './signal.ts';
import type { Binning } from './signal.ts';
import { isEventStream, tailOf } from './tail.ts';
import type { LastEvents, Tail } from './tail.ts';
import { usageIn, usageInEvents } from './usage.ts';

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
 * Counts the signals of predictions, and the tokens of answers, after these have been sent. Only requests that carry something can be
 * predictions: a GET, such as a probe, is passed over in silence.
 */
export function createWatcher(
  signals: readonly Signal[],
  binnings: ReadonlyMap<string, Binning>,
  metrics: ObserverMetrics,
): Watcher {
  const { tokens } = metrics;
  if (signals.length === 0 && tokens === undefined) return () => undefined;
  const inRequests = signals.filter(({ from }) => from === 'Request');
  const inAnswers = signals.filter(({ from }) => from === 'Response');
  const pointsIntoData = (watched: readonly Signal[]) => watched.some(({ pointer }) => isIntoData(pointer));
  const [bytesOfRequests, bytesOfAnswers] = [pointsIntoData(inRequests), pointsIntoData(inAnswers)];
  const budget: Budget = { free: budgetForBodies };
  let backlog = 0;

  function look(body: Body, watched: readonly Signal[]): void {
    const tensors = 'skipped' in body ? undefined : binaryTensorsOf(body.json, body.binary);
    if ('skipped' in body || tensors === undefined) {
      const reason = 'skipped' in body ? body.skipped : 'Malformed';
      return watched.forEach(({ name }) => metrics.skipped(name, reason, 1));
    }
    const rows = rowsOf(body.json, tensors);
    for (const signal of watched) {
      const seen = observations(signal, binnings.get(signal.name), { body: body.json, rows, tensors });
      seen.bins.forEach((many, bin) => metrics.observed(signal.name, bin, many));
      seen.skipped.forEach((many, reason) => metrics.skipped(signal.name, reason, many));
    }
  }

  function lookForTokens(body: Body | LastEvents): void {
    if ('skipped' in body) return tokens?.skipped(body.skipped);
    const usage = 'json' in body ? usageIn(body.json) : usageInEvents(body.documents);
    if (typeof usage === 'object') tokens?.counted(usage);
    else tokens?.skipped(usage === 'Missing' && 'isCut' in body && body.isCut ? 'TooLarge' : usage);
  }

  return (request) => {
    if (request.method !== 'POST' && request.method !== 'PUT') return undefined;
    const asked = inRequests.length === 0 ? undefined : copyOf(request, budget, bytesOfRequests);
    let answered: Copy | undefined;
    let streamed: Tail | undefined;
    let status = 0;
    return {
      answer(message) {
        status = message.statusCode ?? 0;
        const isStream = isEventStream(message);
        if (inAnswers.length > 0 || (tokens !== undefined && !isStream))
          answered = copyOf(message, budget, bytesOfAnswers);
        if (tokens !== undefined && isStream) streamed = tailOf(message, budget);
      },
      over(complete) {
        const [inRequest, inAnswer, inStream] = [asked?.take(), answered?.take(), streamed?.take()];
        const skipped =
          !complete || status < 200 || status > 299 ? 'Failed' : backlog >= longestBacklog ? 'Busy' : undefined;
        if (skipped !== undefined) {
          tokens?.skipped(skipped);
          return signals.forEach(({ name }) => metrics.skipped(name, skipped, 1));
        }
        backlog += 1;
        setImmediate(() => {
          backlog -= 1;
          if (inRequest !== undefined) look(inRequest(), inRequests);
          const answer = inAnswer?.();
          if (answer !== undefined) look(answer, inAnswers);
          const told = inStream?.() ?? answer;
          if (told !== undefined) lookForTokens(told);
        });
      },
    };
  };
}
