import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Forwarding } from '../../../test/builders/forwarding.ts';
import { straight } from '../../kube/transport.ts';
import { exchange } from '../ask/exchange.ts';
import { forwarded } from './portforward.ts';

const at = { namespace: 'team', pod: 'fraud-0a1b2c3d-x', port: 8900 };
const stop = new AbortController().signal;
const opened: (Server | Forwarding)[] = [];

afterEach(async () => {
  for (const one of opened.splice(0))
    await (one instanceof Forwarding ? one.stop() : new Promise((resolve) => one.close(resolve)));
});

async function forwarding(target: number | string) {
  const made = new Forwarding(target);
  opened.push(made);
  const server = await made.start();
  const connect = () => Promise.resolve({ server, headers: { authorization: 'Bearer x' }, tls: {} });
  return { made, cluster: { connect, agentOf: straight } };
}

async function modelServer(): Promise<number> {
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const body = Buffer.concat(chunks as Buffer[]);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ path: request.url, host: request.headers.host, length: body.length, words: 'ä'.repeat(400) }),
      );
    });
  });
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('a forwarded port', () => {
  it('carries a request and its answer, however they are cut up', async () => {
    const { made, cluster } = await forwarding(await modelServer());
    const body = Buffer.alloc(50_000, 'x');
    const question = { method: 'POST', path: '/v2/models/fraud/infer', body, contentType: 'text/plain' } as const;
    const answer = await exchange(await forwarded(cluster, at, stop), 'fraud', question, stop);
    expect(answer).toMatchObject({ status: 200, contentType: 'application/json', isCut: false });
    expect(JSON.parse(answer.body.toString())).toEqual({
      path: '/v2/models/fraud/infer',
      host: 'fraud',
      length: 50_000,
      words: 'ä'.repeat(400),
    });
    expect(made.requests[0]).toMatchObject({
      url: '/api/v1/namespaces/team/pods/fraud-0a1b2c3d-x/portforward?ports=8900',
      headers: { authorization: 'Bearer x', 'sec-websocket-protocol': 'v4.channel.k8s.io' },
    });
  });

  it('carries a long body in short messages', async () => {
    const { made, cluster } = await forwarding(await modelServer());
    const body = Buffer.alloc(3_000_000, 'x');
    const question = { method: 'POST', path: '/', body, contentType: 'text/plain' } as const;
    const answer = await exchange(await forwarded(cluster, at, stop), 'fraud', question, stop);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ length: 3_000_000 });
    expect(Math.max(...made.lengths)).toBe(64 * 1024);
  });

  it('fails with the words of the kubelet where nothing listens', async () => {
    const { cluster } = await forwarding('dial tcp4 127.0.0.1:8900: connection refused');
    const question = { method: 'GET', path: '/', body: undefined, contentType: '' } as const;
    const asked = forwarded(cluster, at, stop).then((port) => exchange(port, 'fraud', question, stop));
    await expect(asked).rejects.toThrow('connection refused');
    await expect(asked).rejects.toMatchObject({ isOpen: true });
  });

  it('is none where the API server opens no WebSocket', async () => {
    const { cluster } = await forwarding('');
    await expect(forwarded(cluster, at, stop)).rejects.toMatchObject({ name: 'NotForwarded', isOpen: false });
  });

  it('is none for whom several groups are impersonated, which a WebSocket would send as one', async () => {
    const { made, cluster } = await forwarding('');
    const headers = { 'impersonate-user': 'eve', 'impersonate-group': ['a', 'b'] };
    const several = { ...cluster, connect: async () => ({ ...(await cluster.connect()), headers }) };
    await expect(forwarded(several, at, stop)).rejects.toMatchObject({ name: 'NotForwarded', isOpen: false });
    expect(made.requests).toEqual([]);
  });

  it('gives up when it is told to', async () => {
    const { cluster } = await forwarding('');
    await expect(forwarded(cluster, at, AbortSignal.abort())).rejects.toThrow();
  });
});
