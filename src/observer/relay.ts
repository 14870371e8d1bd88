import { request as ask } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions, ServerResponse } from 'node:http';
import { flightOf } from './flight.ts';
import { gather } from './gather.ts';
import { answerHeaders, isFramed, onwardHeaders } from './headers.ts';
import type { ObserverMetrics } from './metrics.ts';
import { pump } from './pump.ts';
import type { Pump } from './pump.ts';
import { refuse } from './refusal.ts';
import type { Watcher } from './watcher.ts';

export interface Relay {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upstream: RequestOptions;
  readonly metrics: ObserverMetrics;
  readonly watch: Watcher;
  readonly isDraining: () => boolean;
  /** Told of whom the exchange waits for, once its request has come. */
  readonly waits: (whom: 'Take' | 'Server') => void;
}

/** Passes one request on and its answer back. Whatever fails is this exchange's matter alone. */
export function relay({ request, response, upstream, metrics, watch, isDraining, waits }: Relay): void {
  response.sendDate = false;
  if (!isFramed(request)) {
    response.shouldKeepAlive = false;
    return refuse(request, response, 400, 'A request of HTTP/1.0 has no chunks.');
  }
  const first = begun(request, upstream);
  if (first === undefined) return refuse(request, response, 400, 'The request cannot be passed on.');
  let onward = first;
  const flight = flightOf(request, () => onward.writableNeedDrain);
  const exchange = watch(request);
  let body: Pump | undefined;
  let serverFailed = false;
  metrics.inFlight.add(flight);

  const fail = (message: string) => {
    if (response.headersSent || response.destroyed) return;
    serverFailed = true;
    refuse(request, response, 502, message);
  };
  const answered = (answer: IncomingMessage) => {
    exchange?.answer(answer);
    answer.on('error', () => {
      serverFailed = true;
      response.destroy();
    });
    // Servers close the connection after an error that they did not expect, and need not say so.
    if ((answer.statusCode ?? 0) >= 500) onward.shouldKeepAlive = false;
    if (!begin(response, answer, isDraining())) {
      onward.destroy();
      return fail('The answer of the server cannot be passed on.');
    }
    // Of a client that left before, no answer has begun.
    const begins = () => {
      if (metrics.inFlight.has(flight) && flight.begins()) metrics.begun(flight.seconds());
    };
    body = pump(answer, response, { begins, waits });
  };
  const sent = gather(request, {
    give: (piece) => onward.destroyed || onward.write(piece),
    end() {
      waits('Server');
      onward.end();
    },
  });
  const follow = () => {
    onward.on('response', answered);
    onward.on('error', () => {
      const again = mayAskAgain(request, response, onward) ? begun(request, { ...upstream, agent: false }) : undefined;
      if (again === undefined) return fail('The server of this pod does not answer.');
      onward = again;
      follow();
    });
    onward.on('drain', () => sent.resume());
    if (request.readableEnded) onward.end();
  };
  response.on('close', () => {
    const [seconds, wait] = [flight.seconds(), flight.wait()];
    metrics.inFlight.delete(flight);
    const over = (complete: boolean) => {
      const { statusCode: code } = response;
      // What the proxy says in its stead, however soon, is no answer of the server.
      if (serverFailed) metrics.ended(502);
      else if (complete) metrics.answered(code, seconds);
      // Whoever leaves after it was told of an error has not made the error undone.
      else if (response.headersSent && code >= 500) metrics.ended(code);
      else if (wait === undefined) metrics.ended(499);
      else metrics.cancelled(wait);
      exchange?.over(complete);
      if (!complete) onward.destroy();
    };
    if (response.writableFinished || serverFailed || body === undefined) over(response.writableFinished);
    else body.isWhole(over);
  });
  request.on('error', () => onward.destroy());
  follow();
}

/** Methods that change nothing, however often they are asked, RFC 9110 section 9.2.1. */
const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A connection that was kept may be closed by the server while a request is on its way into it. A proxy must not send what is not
 * idempotent twice, RFC 9110 section 9.2.2: it may if it had not sent the first byte, which it does with the body's.
 */
function mayAskAgain(request: IncomingMessage, response: ServerResponse, onward: ClientRequest): boolean {
  if (!onward.reusedSocket || response.headersSent || response.destroyed || request.readableDidRead) return false;
  return !request.readableEnded || safe.has(request.method ?? '');
}

/** undefined if the client used characters that its parser accepts but the one for sending does not. */
function begun(request: IncomingMessage, upstream: RequestOptions): ClientRequest | undefined {
  const headers = onwardHeaders(request, `${upstream.host}:${upstream.port}`);
  try {
    return ask({ ...upstream, method: request.method, path: request.url, headers });
  } catch {
    return undefined;
  }
}

/** Sends the head of the answer; false if it holds what must not be sent, for instance in its reason phrase. */
function begin(response: ServerResponse, answer: IncomingMessage, draining: boolean): boolean {
  try {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', answerHeaders(answer, draining));
    return true;
  } catch {
    return false;
  }
}
