import { Agent, STATUS_CODES, createServer, request as ask } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions, Server, ServerResponse } from 'node:http';
import { answerHeaders, onwardHeaders } from './headers.ts';
import type { ObserverMetrics } from './metrics.ts';
import { relayUpgrade } from './upgrade.ts';
import type { Watcher } from './watcher.ts';

export interface Proxy {
  readonly server: Server;
  /** From now on every answer asks its client to connect anew, which leads it to another pod. */
  readonly drain: () => void;
  /** Accepts no more connections and resolves when the requests that it has are answered. */
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly upstreamPort: number;
  readonly metrics: ObserverMetrics;
  readonly watch: Watcher;
}

/**
 * Idle connections to the server are given up after a second, before any usual server gives them up (Gunicorn 2 s, Uvicorn and
 * Node 5 s): a request must not be sent into a connection that is being closed, since a POST cannot be repeated.
 */
const idleUpstream = 1_000;

/** Idle connections of clients live longer than the pools of usual clients keep them, for the same reason. */
const idleClient = 75_000;

const largestHead = 64 * 1024;

/** Only WebSocket changes the protocol: offers such as h2c, which some clients make in every request, are passed over. */
const isWebSocket = (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket';

/**
 * A streaming reverse proxy to 127.0.0.1. Bytes pass unchanged and at the pace of the slower side; it imposes no time limits of
 * its own on a request. No header has a meaning to it, other than those of the connection. Node's strict parser refuses
 * messages that two parties could read differently.
 */
export function createProxy({ upstreamPort, metrics, watch }: ProxyOptions): Proxy {
  const agent = new Agent({ keepAlive: true, timeout: idleUpstream, maxFreeSockets: 256 });
  const upstream: RequestOptions = { host: '127.0.0.1', port: upstreamPort, agent, maxHeaderSize: largestHead };
  let draining = false;
  const server = createServer({
    keepAliveTimeout: idleClient,
    requestTimeout: 0,
    maxHeaderSize: largestHead,
    insecureHTTPParser: false,
    shouldUpgradeCallback: isWebSocket,
  });
  server.on('request', (request, response) => {
    response.on('close', () => {
      if (draining) setImmediate(() => server.closeIdleConnections());
    });
    relay({ request, response, upstream, metrics, watch, isDraining: () => draining });
  });
  server.on('upgrade', (request, socket, head) => relayUpgrade({ request, socket, head, upstream, metrics }));
  return {
    server,
    drain() {
      draining = true;
      server.closeIdleConnections();
    },
    close() {
      draining = true;
      return new Promise((resolve) => {
        server.close(() => {
          agent.destroy();
          resolve();
        });
      });
    },
  };
}

interface Relay {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upstream: RequestOptions;
  readonly metrics: ObserverMetrics;
  readonly watch: Watcher;
  readonly isDraining: () => boolean;
}

/** Passes one request on and its answer back. Whatever fails is this exchange's matter alone. */
function relay({ request, response, upstream, metrics, watch, isDraining }: Relay): void {
  const started = performance.now();
  response.sendDate = false;
  let serverFailed = false;
  const onward = begun(request, upstream);
  if (onward === undefined) return refuse(request, response, 400, 'The request cannot be passed on.');
  const exchange = watch(request);

  onward.on('response', (answer) => {
    exchange?.answer(answer);
    answer.on('error', () => {
      serverFailed = true;
      response.destroy();
    });
    if (!begin(response, answer, isDraining())) {
      onward.destroy();
      return refuse(request, response, 502, 'The answer of the server cannot be passed on.');
    }
    answer.pipe(response);
  });
  onward.on('error', () => {
    if (response.headersSent || response.destroyed) return;
    refuse(request, response, 502, 'The server of this pod does not answer.');
  });
  response.on('close', () => {
    const complete = response.writableFinished;
    if (complete) metrics.answered(response.statusCode, (performance.now() - started) / 1000);
    else metrics.ended(serverFailed ? 502 : 499);
    exchange?.over(complete);
    if (!complete) onward.destroy();
  });
  request.on('error', () => onward.destroy());
  request.pipe(onward);
}

/** undefined if the client used characters that its parser accepts but the one for sending does not. */
function begun(request: IncomingMessage, upstream: RequestOptions): ClientRequest | undefined {
  try {
    return ask({ ...upstream, method: request.method, path: request.url, headers: onwardHeaders(request) });
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
