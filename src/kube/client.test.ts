import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, reply, replyStatus, until, widgets } from '../../test/builders/apiserver.ts';
import { defaultSettings } from '../settings.ts';
import { Client, type WatchEvent } from './client.ts';
import { KubernetesError } from './errors.ts';
import { Transport } from './transport.ts';

const server = new FakeApiServer();
const folder = '/apis/test.dev/v1/namespaces/here/widgets';
const key = { namespace: 'here', name: 'a' };

beforeEach(() => server.start());
afterEach(async () => {
  server.intercept = () => false;
  server.requests.length = 0;
  server.restoreEmpty();
  await server.stop();
});

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('The client', () => {
  it('lists all pages and stamps the kind on items without managedFields', async () => {
    const metadata = { managedFields: [{}], labels: { app: 'x' } };
    for (const name of ['a', 'b', 'c']) server.put(`${folder}/${name}`, { metadata, size: 1 });
    server.put(`${folder}/d`, { metadata: { labels: { app: 'y' } } });
    const list = await server.client({ listPageSize: 2 }).list(widgets, { labelSelector: 'app=x' });
    expect(
      list.items.map(({ kind, metadata }) => [
        kind,
        metadata?.name,
        JSON.stringify(metadata).includes('managedFields'),
      ]),
    ).toEqual(['a', 'b', 'c'].map((name) => ['Widget', name, false]));
    expect(server.requests.map(({ query }) => query.toString())).toEqual([
      'labelSelector=app%3Dx&limit=2',
      'labelSelector=app%3Dx&limit=2&continue=2',
    ]);
  });

  it('finds nothing where there is nothing, and fields that it does not know where there is something', async () => {
    expect(await server.client().get(widgets, key)).toBeUndefined();
    server.put(`${folder}/a`, { future: { field: 1 } });
    expect(await server.client().get(widgets, key)).toMatchObject({ future: { field: 1 } });
  });

  it('keeps nothing that nobody reads', async () => {
    server.put(`${folder}/a`, { spec: { replicas: 1, template: { large: true } }, status: { template: 1 } });
    const object = await server.client().get({ ...widgets, specFields: ['replicas', 'absent'] }, key);
    expect(JSON.parse(JSON.stringify(object))).toMatchObject({ spec: { replicas: 1 }, status: { template: 1 } });
    expect(JSON.stringify(object)).not.toContain('large');
  });

  it('names itself as the field manager and asks the server to give up in time as well', async () => {
    const client = server.client({ writeTimeout: 1234 });
    await client.create(widgets, { apiVersion: 'test.dev/v1', kind: 'Widget', metadata: key });
    await client.patchStatus(widgets, key, { status: { done: true } });
    expect(server.requests.map(({ method, path, query }) => `${method} ${path} ${query.toString()}`)).toEqual([
      `POST ${folder} fieldManager=flyball&timeout=1234ms`,
      `PATCH ${folder}/a/status fieldManager=flyball&timeout=1234ms`,
    ]);
  });

  it('deletes the object of one UID only', async () => {
    const { metadata } = server.put(`${folder}/a`, {});
    const client = server.client();
    const refused = await errorOf(client.delete(widgets, key, 'another', 'Background'));
    expect(refused).toMatchObject({ code: 409, reason: 'Conflict' });
    expect(await client.delete(widgets, key, String(metadata['uid']), 'Foreground')).toEqual({ type: 'Gone' });
    expect(server.requests.at(-1)?.body).toMatchObject({ propagationPolicy: 'Foreground' });
  });

  it('tells code, reason, message and how long to wait', async () => {
    server.intercept = (_, response) => {
      response.setHeader('retry-after', '7');
      replyStatus(response, 429, 'TooManyRequests');
      return true;
    };
    const error = await errorOf(server.client().get(widgets, key));
    expect(error).toBeInstanceOf(KubernetesError);
    const want = { code: 429, reason: 'TooManyRequests', message: 'the server says TooManyRequests', retryAfter: 7000 };
    expect(error).toMatchObject(want);
  });

  it('understands an answer that is not from the API server', async () => {
    server.intercept = (_, response) => {
      response.writeHead(502).end('<html>bad gateway');
      return true;
    };
    const error = await errorOf(server.client().get(widgets, key));
    expect(error).toMatchObject({ code: 502, message: expect.stringContaining('<html>bad gateway') });
  });

  it('gives up on a write that is not answered in time', async () => {
    server.intercept = () => true;
    const client = server.client({ writeTimeout: 50 });
    const writing = errorOf(client.patch(widgets, key, {}));
    expect(client.writesInFlight).toBe(1);
    expect(await writing).toMatchObject({ name: 'TimeoutError' });
    expect(client.writesInFlight).toBe(0);
  });

  it('ends a read when whoever asked has gone', async () => {
    server.intercept = () => true;
    const gone = new AbortController();
    const listing = errorOf(server.client().list(widgets, {}, gone.signal));
    gone.abort(new Error('gone'));
    expect(await listing).toMatchObject({ message: 'gone' });
    expect(await errorOf(server.client().list(widgets, {}, gone.signal))).toMatchObject({ message: 'gone' });
  });

  it('sends no write that the fence forbids, but reads', async () => {
    const client = server.client({}, () => {
      throw new Error('not leading');
    });
    expect(await errorOf(client.patch(widgets, key, {}))).toMatchObject({ message: 'not leading' });
    await client.get(widgets, key);
    expect(server.story).toEqual(['GET']);
  });

  it('asks the fence when a write is sent, however long it waited for a connection', async () => {
    let isLeading = true;
    const client = server.client({}, () => {
      if (!isLeading) throw new Error('not leading');
    });
    const held: ServerResponse[] = [];
    server.intercept = (_, response) => held.push(response) > 0;
    const writes = Array.from({ length: 40 }, () => errorOf(client.patch(widgets, key, {})));
    await until(() => held.length === 32);
    isLeading = false;
    for (const response of held) reply(response, 200, { metadata: {} });
    const errors = await Promise.all(writes);
    expect(errors.filter((error) => (error as Error | undefined)?.message === 'not leading')).toHaveLength(8);
    expect(server.requests).toHaveLength(32);
  });

  it('does not send what nobody waits for any more when a connection is free', async () => {
    const client = server.client({ writeTimeout: 100 });
    const held: ServerResponse[] = [];
    server.intercept = (_, response) => held.push(response) > 0;
    const reads = Array.from({ length: 32 }, () => client.get(widgets, key));
    await until(() => held.length === 32);
    expect(await errorOf(client.patch(widgets, key, {}))).toMatchObject({ name: 'TimeoutError' });
    server.intercept = () => false;
    for (const response of held) reply(response, 200, { metadata: {} });
    await Promise.all(reads);
    await client.get(widgets, key);
    expect(server.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(0);
  });

  it('counts requests by code and method', async () => {
    const counted: string[] = [];
    const client = server.client({}, undefined, (method, code) => counted.push(`${method} ${code}`));
    await client.get(widgets, key);
    server.intercept = (_, response) => response.destroy() !== undefined;
    await errorOf(client.get(widgets, key));
    expect(counted).toEqual(['GET 404', 'GET <error>']);
  });

  it('reads its credentials anew after 401', async () => {
    let token = 'old';
    server.intercept = ({ headers }, response) => {
      if (headers.authorization === 'Bearer new') reply(response, 200, { metadata: {} });
      else replyStatus(response, 401, 'Unauthorized');
      return true;
    };
    const connect = () =>
      Promise.resolve({ server: server.url, headers: { Authorization: `Bearer ${token}` }, tls: {} });
    const client = new Client(new Transport(connect, defaultSettings), defaultSettings);
    expect(await errorOf(client.get(widgets, key))).toMatchObject({ code: 401 });
    token = 'new';
    expect(await client.get(widgets, key)).toMatchObject({ kind: 'Widget' });
  });

  it('reads watch frames however the network cuts them', async () => {
    const frames = ['é', 'ü'].map((name) => ({ type: 'ADDED', object: { metadata: { name, resourceVersion: '1' } } }));
    const bytes = Buffer.from(frames.map((frame) => `${JSON.stringify(frame)}\n`).join(''));
    server.intercept = (_, response) => {
      for (const byte of bytes) response.write(Buffer.from([byte]));
      response.end();
      return true;
    };
    const events: WatchEvent[] = [];
    const signal = new AbortController().signal;
    for await (const event of await server.client().watch(widgets, { resourceVersion: '1' }, signal))
      events.push(event);
    expect(events).toMatchObject(frames);
    const { query } = server.requests[0] ?? {};
    expect([query?.get('allowWatchBookmarks'), query?.get('resourceVersion')]).toEqual(['true', '1']);
    expect(Number(query?.get('timeoutSeconds'))).toBeGreaterThanOrEqual(300);
    expect(Number(query?.get('timeoutSeconds'))).toBeLessThanOrEqual(600);
  });
});
