import { Agent, createServer } from 'node:http';
import type { IncomingMessage, RequestOptions, Server } from 'node:http';
import type { ObserverMetrics } from './metrics.ts';
import { relay } from './relay.ts';
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
