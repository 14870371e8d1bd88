import { STATUS_CODES, request as ask } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions, ServerResponse } from 'node:http';
import { flightOf } from './flight.ts';
import { answerHeaders, isFramed, onwardHeaders } from './headers.ts';
import type { ObserverMetrics } from './metrics.ts';
import { pump } from './pump.ts';
import type { Pump } from './pump.ts';
import type { Watcher } from './watcher.ts';

export interface Relay {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upstream: RequestOptions;
  readonly metrics: ObserverMetrics;
  readonly watch: Watcher;
  readonly isDraining: () => boolean;
}

/** Passes one request on and its answer back. Whatever fails is this exchange's matter alone. */
export function relay({ request, response, upstream, metrics, watch, isDraining }: Relay): void {
  response.sendDate = false;
  if (!isFramed(request)) {
    response.shouldKeepAlive = false;
    return refuse(request, response, 400, 'A request of HTTP/1.0 has no chunks.');
  }
  const onward = begun(request, upstream);
  if (onward === undefined) return refuse(request, response, 400, 'The request cannot be passed on.');
  const flight = flightOf(request, onward);
  const exchange = watch(request);
  let body: Pump | undefined;
  let serverFailed = false;
  metrics.inFlight.add(flight);

  onward.on('response', (answer) => {
    exchange?.answer(answer);
    answer.on('error', () => {
      serverFailed = true;
      response.destroy();
    });
    if (!begin(response, answer, isDraining())) {
      onward.destroy();
      serverFailed = true;
      return refuse(request, response, 502, 'The answer of the server cannot be passed on.');
    }
    body = pump(answer, response, () => flight.begins());
  });
  onward.on('error', () => {
    if (response.headersSent || response.destroyed) return;
    serverFailed = true;
    refuse(request, response, 502, 'The server of this pod does not answer.');
  });
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
  request.pipe(onward);
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

/** Answers in the server's stead, and lets the rest of the request run out. */
function refuse(request: IncomingMessage, response: ServerResponse, code: number, message: string): void {
  request.unpipe();
  request.resume();
  const headers = ['Content-Type', 'text/plain', 'Content-Length', String(message.length + 1)];
  response.writeHead(code, STATUS_CODES[code] ?? '', headers);
  response.end(`${message}\n`);
}
