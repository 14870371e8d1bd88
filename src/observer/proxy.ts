import { Agent, createServer } from 'node:http';
import type { IncomingMessage, RequestOptions, Server } from 'node:http';
import { Connections } from './connections.ts';
import { drainTimeout, headTimeout, largestHead, mostFields, waterMark } from './limits.ts';
import type { Limits } from './limits.ts';
import type { ObserverMetrics } from './metrics.ts';
import { inTurn } from './pipeline.ts';
import { refuse } from './refusal.ts';
import { relay } from './relay.ts';
import { relayUpgrade } from './upgrade.ts';
import type { Watcher } from './watcher.ts';

export interface Proxy {
  readonly server: Server;
  /** From now on every answer asks its client to connect anew, which leads it to another pod. Who does not ask is closed a little later. */
  readonly drain: () => void;
  /** Accepts no more connections and resolves when the requests that it has are answered. */
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly upstreamPort: number;
  readonly metrics: ObserverMetrics;
  readonly watch: Watcher;
  readonly limits: Limits;
}

/**
 * Idle connections to the server are given up after a second, before any usual server gives them up (Gunicorn 2 s, Uvicorn and
 * Node 5 s): a request must not be sent into a connection that is being closed, since a POST cannot be repeated.
 */
const idleUpstream = 1_000;

/** Idle connections of clients live longer than the pools of usual clients keep them, for the same reason. */
const idleClient = 75_000;

/** How often it is looked for heads that take too long, and for clients that are stuck, in milliseconds. */
const lookEvery = 2_000;

/** Only WebSocket changes the protocol: offers such as h2c, which some clients make in every request, are passed over. */
const isWebSocket = (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket';

/**
 * A streaming reverse proxy to 127.0.0.1. Bytes pass unchanged and at the pace of the slower side; for how long the server takes
 * there is no limit. No header has a meaning to it, other than those of the connection. Node's strict parser refuses
 * messages that two parties could read differently.
 */
export function createProxy({ upstreamPort, metrics, watch, limits }: ProxyOptions): Proxy {
  // The agent hands its options on to its sockets, though its types do not tell of all.
  const pool = { keepAlive: true, timeout: idleUpstream, maxFreeSockets: 256, highWaterMark: waterMark };
  const agent = new Agent(pool);
  const upstream: RequestOptions = { host: '127.0.0.1', port: upstreamPort, agent, maxHeaderSize: largestHead };
  const connections = new Connections(limits);
  let draining = false;
  let closing = false;
  const server = createServer({
    keepAliveTimeout: idleClient,
    headersTimeout: headTimeout,
    requestTimeout: 0,
    connectionsCheckingInterval: lookEvery,
    highWaterMark: waterMark,
    maxHeaderSize: largestHead,
    insecureHTTPParser: false,
    shouldUpgradeCallback: isWebSocket,
  });
  // Above what is refused, so that it is seen.
  server.maxHeadersCount = 2 * mostFields;
  // Node's own closes a connection of which the client has not yet taken the end of its answer.
  server.closeIdleConnections = () => connections.close(connections.idle());
  const serve = inTurn((request, response) => {
    const { socket } = request;
    const refused = (code: number, message: string) => {
      metrics.ended(code);
      refuse(request, response, code, message);
    };
    if (request.rawHeaders.length > 2 * mostFields) return refused(431, 'The request has too many header fields.');
    if (!connections.begins(socket, request)) return refused(503, 'This pod has too many requests in flight.');
    const waits = (whom: 'Take' | 'Server') => connections.waits(socket, request, whom);
    response.on('close', () => {
      connections.answered(socket, request);
      if (closing) server.closeIdleConnections();
    });
    relay({ request, response, upstream, metrics, watch, isDraining: () => draining, waits });
  });
  server.on('connection', (socket) => {
    connections.opened(socket);
    socket.on('close', () => connections.closed(socket));
  });
  server.on('request', serve);
  server.on('upgrade', (request, socket, head) => {
    const isWelcome = connections.tunnels(request.socket);
    relayUpgrade({ request, socket, head, upstream, metrics, isWelcome });
  });
  const looking = setInterval(() => connections.sweep(performance.now()), lookEvery).unref();
  return {
    server,
    drain() {
      draining = true;
      // For those whose answer has begun, and does not say that the connection ends.
      server.keepAliveTimeout = drainTimeout;
      const idle = connections.idle();
      setTimeout(() => connections.close(idle), drainTimeout).unref();
    },
    close() {
      draining = closing = true;
      return new Promise((resolve) => {
        server.close(() => {
          clearInterval(looking);
          agent.destroy();
          resolve();
        });
      });
    },
  };
}
