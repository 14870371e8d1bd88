import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import { Connections } from './connections.ts';
import { administrationLimits } from './limits.ts';
import { inTurn } from './pipeline.ts';

/** How often the metrics are written out at most, in milliseconds: whoever asks in between gets the next, so that no number of askers takes the processor. */
const writeEvery = 100;

/** In milliseconds: how long a request may take to come, which is as long as a Prometheus waits for all of the answer. */
const patience = 10_000;

/** Who scrapes once a minute keeps its connection. */
const idleClient = 75_000;

/** The second port: what Prometheus scrapes and the kubelet asks. It carries no traffic of the model, and nobody changes anything by it. */
export function createAdministration(registry: Registry): Server {
  const connections = new Connections(administrationLimits);
  const metricsOf = sharedText(() => registry.metrics());
  const server = createServer({
    keepAliveTimeout: idleClient,
    headersTimeout: patience,
    requestTimeout: patience,
    connectionsCheckingInterval: 1_000,
  });
  server.on('connection', (socket) => {
    connections.opened(socket);
    socket.on('close', () => connections.closed(socket));
  });
  const serve = inTurn((request, response) => {
    request.resume();
    connections.begins(request.socket, request);
    request.on('end', () => connections.waits(request.socket, request, 'Server'));
    response.on('close', () => connections.answered(request.socket, request));
    if (request.method !== 'GET') return answer(response, 405, 'Only GET is answered here.\n');
    if (request.url === '/healthz') return answer(response, 200, 'ok\n');
    if (request.url !== '/metrics') return answer(response, 404, 'There are /metrics and /healthz.\n');
    metricsOf().then(
      (text) => answer(response, 200, text, registry.contentType),
      (error: unknown) => answer(response, 500, `${String(error)}\n`),
    );
  });
  server.on('request', serve);
  const looking = setInterval(() => connections.sweep(performance.now()), patience).unref();
  server.on('close', () => clearInterval(looking));
  return server;
}

function answer(response: ServerResponse, code: number, text: string, type = 'text/plain'): void {
  response.writeHead(code, { 'Content-Type': type }).end(text);
}

/** Makes a text at most so often, and never gives one that was made before it was asked for. */
function sharedText(make: () => Promise<string>): () => Promise<string> {
  let made = -Infinity;
  let next: Promise<string> | undefined;
  return () => {
    next ??= new Promise<void>((resolve) => {
      setTimeout(resolve, Math.max(0, made + writeEvery - performance.now()));
    }).then(() => {
      next = undefined;
      made = performance.now();
      return make();
    });
    return next;
  };
}
