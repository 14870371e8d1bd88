import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Registry } from 'prom-client';

/** The second port: what Prometheus scrapes and the kubelet asks. It carries no traffic of the model. */
export function createAdministration(registry: Registry, drain: () => void): Server {
  return createServer((request, response) => {
    const answer = (code: number, type: string, text: string): void => {
      response.writeHead(code, { 'Content-Type': type }).end(text);
    };
    if (request.method !== 'GET') return answer(405, 'text/plain', 'Only GET is answered here.\n');
    if (request.url === '/healthz') return answer(200, 'text/plain', 'ok\n');
    if (request.url === '/drain') {
      drain();
      return answer(200, 'text/plain', 'draining\n');
    }
    if (request.url !== '/metrics') return answer(404, 'text/plain', 'There are /metrics, /healthz and /drain.\n');
    registry.metrics().then(
      (text) => answer(200, registry.contentType, text),
      (error: unknown) => answer(500, 'text/plain', `${String(error)}\n`),
    );
  });
}
