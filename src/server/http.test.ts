import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { close, healthHandler, listen, metricsHandler } from './http.ts';
import { Metrics } from './metrics.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) close(server);
});

async function serve(handler: RequestListener): Promise<Server> {
  const server = await listen(0, handler);
  servers.push(server);
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function get(server: Server, path: string) {
  const response = await fetch(`http://127.0.0.1:${portOf(server)}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

describe('The health server', () => {
  it('is ready while nothing is wrong', async () => {
    const server = await serve(healthHandler(() => []));
    expect(await get(server, '/readyz')).toMatchObject({ status: 200, text: 'ok\n' });
  });

  it('says one problem a line while it is not ready, and alive all the same', async () => {
    const server = await serve(healthHandler(() => ['jobs: not listed yet', 'pods: the watch is down']));
    const wantText = 'jobs: not listed yet\npods: the watch is down\n';
    expect(await get(server, '/readyz')).toMatchObject({ status: 503, text: wantText });
    expect(await get(server, '/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  });

  it('asks anew what is wrong each time', async () => {
    const problems = ['jobs: not listed yet'];
    const server = await serve(healthHandler(() => problems));
    expect((await get(server, '/readyz')).status).toBe(503);
    problems.length = 0;
    expect((await get(server, '/readyz')).status).toBe(200);
  });

  it.each(['/', '/metrics', '/healthz/more'])('knows no %s', async (path) => {
    const server = await serve(healthHandler(() => []));
    expect((await get(server, path)).status).toBe(404);
  });
});

describe('The metrics server', () => {
  it('gives the text that Prometheus reads', async () => {
    const server = await serve(metricsHandler(new Metrics('1.2.3')));
    const { status, type, text } = await get(server, '/metrics');
    expect(status).toBe(200);
    expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('flyball_build_info{version="1.2.3"} 1\n');
  });

  it('says why it has none', async () => {
    const metrics = new Metrics('1.2.3');
    metrics.measureQueue('monitor', {
      depth: 0,
      get workingSince(): never {
        throw new Error('the queue is broken');
      },
    });
    const server = await serve(metricsHandler(metrics));
    expect(await get(server, '/metrics')).toMatchObject({ status: 500, text: 'Error: the queue is broken' });
  });

  it('knows no other path', async () => {
    const server = await serve(metricsHandler(new Metrics('1.2.3')));
    expect((await get(server, '/')).status).toBe(404);
  });
});

describe('A server', () => {
  it('does not start on a port that is taken', async () => {
    const server = await serve(healthHandler(() => []));
    await expect(listen(portOf(server), () => undefined)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('ends with the requests that it has not answered', async () => {
    const server = await listen(0, () => close(server));
    await expect(get(server, '/')).rejects.toThrow();
    expect(server.listening).toBe(false);
  });
});
