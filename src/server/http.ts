import { createServer, type RequestListener, type Server } from 'node:http';
import type { Metrics } from './metrics.ts';

/** What is wrong, as sentences; empty if all is well. */
export type Problems = () => readonly string[];

/** /healthz answers as long as the event loop turns; /readyz answers 503 with the problems, if there are any. */
export function healthHandler(problems: Problems): RequestListener {
  return (request, response) => {
    if (request.url === '/healthz') return void response.end('ok\n');
    if (request.url !== '/readyz') return void response.writeHead(404).end();
    const found = problems();
    return void response.writeHead(found.length === 0 ? 200 : 503).end(`${found.join('\n') || 'ok'}\n`);
  };
}

/** /metrics in the Prometheus text format. */
export function metricsHandler(metrics: Metrics): RequestListener {
  return (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    return void metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  };
}

/** Resolves when the port is open. @throws if it cannot be opened. */
export async function listen(port: number, handler: RequestListener): Promise<Server> {
  const server = createServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return server;
}

/** Ends the server and its idle and kept connections. */
export function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}
