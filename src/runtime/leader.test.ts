import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, KeptLog, replyStatus, until } from '../../test/builders/apiserver.ts';
import { systemClock } from '../kube/clock.ts';
import { defaultSettings, type Settings } from '../settings.ts';
import { LeaderElection, NotLeading } from './leader.ts';

/** The defaults, several times faster. */
const settings = {
  ...defaultSettings,
  leaseDuration: 2_000,
  renewDeadline: 1_300,
  leaseRetryPeriod: 100,
  writeTimeout: 400,
  readTimeout: 400,
};
const key = { namespace: 'system', name: 'operator' };
const path = '/apis/coordination.k8s.io/v1/namespaces/system/leases/operator';
let server: FakeApiServer;
let stop: AbortController;

beforeEach(async () => {
  server = new FakeApiServer();
  stop = new AbortController();
  await server.start();
});
afterEach(async () => {
  stop.abort();
  await server.stop();
});

const candidate = (identity: string, different: Partial<Settings> = {}) =>
  new LeaderElection(server.client(settings), key, identity, { ...settings, ...different }, systemClock, new KeptLog());

/** What it learns in time it learns by its watch or its own clock. */
const rarely = { leaseRetryPeriod: 3_600_000 };

const attempts = () => server.requests.filter(({ method }) => method === 'PATCH').length;

const spec = () => (server.get(path) as { spec?: Record<string, unknown> } | undefined)?.spec ?? {};

/** Lets nothing through to the server. */
function cutOff() {
  server.intercept = (_, response) => response.destroy() !== undefined;
}

describe('Leader election', () => {
  it('takes the lease that nobody made yet, with times of microseconds', async () => {
    const a = candidate('a');
    expect(await a.acquire(stop.signal)).toBe(true);
    expect(spec()).toMatchObject({ holderIdentity: 'a', leaseDurationSeconds: 2, leaseTransitions: 0 });
    expect(spec()['renewTime']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    a.fence();
  });

  it('lets nobody else in while the holder renews', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await a.acquire(stop.signal);
    void a.keep(stop.signal);
    const waiting = b.acquire(AbortSignal.timeout(2_500));
    expect(await waiting).toBe(false);
    expect(a.isLeading).toBe(true);
    expect(() => b.fence()).toThrow(NotLeading);
  });

  it('takes over no sooner than the lease has run out unrenewed', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await a.acquire(stop.signal);
    const started = performance.now();
    expect(await b.acquire(stop.signal)).toBe(true);
    expect(performance.now() - started).toBeGreaterThanOrEqual(settings.leaseDuration);
    expect(a.isLeading).toBe(false);
    expect(spec()).toMatchObject({ holderIdentity: 'b', leaseTransitions: 1 });
  });

  it('takes a lease that was deleted no sooner than it would have run out', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await a.acquire(stop.signal);
    const waiting = b.acquire(stop.signal);
    await until(() => server.requests.some(({ query }) => query.has('watch')));
    server.delete(path);
    expect(await waiting).toBe(true);
    expect(a.isLeading).toBe(false);
  });

  it('ends the right to write at the renew deadline when the API server is away', async () => {
    const a = candidate('a');
    await a.acquire(stop.signal);
    cutOff();
    const started = performance.now();
    await a.keep(stop.signal);
    expect(performance.now() - started).toBeLessThan(settings.leaseDuration);
    expect(() => a.fence()).toThrow(NotLeading);
    expect(a.silentFor).toBeGreaterThan(800);
  });

  it('keeps the lease through a short loss of the API server', async () => {
    const a = candidate('a');
    await a.acquire(stop.signal);
    const keeping = a.keep(stop.signal);
    cutOff();
    await new Promise((resolve) => setTimeout(resolve, 500));
    server.intercept = () => false;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(a.isLeading).toBe(true);
    stop.abort();
    await keeping;
  });

  it('renews after somebody else has changed the Lease object', async () => {
    const a = candidate('a');
    await a.acquire(stop.signal);
    void a.keep(stop.signal);
    const before = spec()['renewTime'];
    server.put(path, { ...server.get(path), metadata: { ...server.get(path)?.metadata, labels: { by: 'hand' } } });
    await until(() => spec()['renewTime'] !== before);
    expect(a.isLeading).toBe(true);
  });

  it('is lost at once when another holds the lease', async () => {
    const a = candidate('a');
    await a.acquire(stop.signal);
    server.put(path, { ...server.get(path), spec: { ...spec(), holderIdentity: 'b' } });
    await a.keep(stop.signal);
    expect(a.isLeading).toBe(false);
    await a.release();
    expect(spec()['holderIdentity']).toBe('b');
  });

  it('hands over at once after a release', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await a.acquire(stop.signal);
    const waiting = b.acquire(stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const started = performance.now();
    await a.release();
    expect(await waiting).toBe(true);
    expect(performance.now() - started).toBeLessThan(settings.renewDeadline);
    expect(() => a.fence()).toThrow(NotLeading);
  });

  it('hears of a release by a watch, without asking', async () => {
    const [a, b] = [candidate('a'), candidate('b', rarely)];
    await a.acquire(stop.signal);
    const waiting = b.acquire(stop.signal);
    await until(() => server.story.includes('watch null'));
    await a.release();
    expect(await waiting).toBe(true);
    expect(spec()).toMatchObject({ holderIdentity: 'b' });
  });

  it('watches the one Lease that it may watch', async () => {
    await candidate('a').acquire(stop.signal);
    void candidate('b', rarely).acquire(stop.signal);
    await until(() => server.requests.some(({ query }) => query.get('watch') !== null));
    const watch = server.requests.find(({ query }) => query.get('watch') !== null);
    expect(watch?.path).toBe('/apis/coordination.k8s.io/v1/namespaces/system/leases');
    expect(watch?.query.get('fieldSelector')).toBe('metadata.name=operator');
  });

  it('takes the lease when it runs out, without asking before', async () => {
    const [a, b] = [candidate('a'), candidate('b', rarely)];
    await a.acquire(stop.signal);
    expect(await b.acquire(stop.signal)).toBe(true);
  });

  it.each([
    ['is forbidden', (response: ServerResponse) => replyStatus(response, 403, 'Forbidden')],
    ['breaks', (response: ServerResponse) => response.destroy()],
    ['tells nothing', (response: ServerResponse) => response.writeHead(200).flushHeaders()],
  ])('asks from time to time when the watch %s', async (_, answer) => {
    server.intercept = ({ query }, response) => query.get('watch') !== null && [answer(response)].length === 1;
    const [a, b] = [candidate('a'), candidate('b')];
    await a.acquire(stop.signal);
    const waiting = b.acquire(stop.signal);
    await until(() => server.requests.filter(({ query }) => query.get('watch') !== null).length > 0);
    await a.release();
    expect(await waiting).toBe(true);
  });

  it('does not try in a loop when it cannot take a lease that is free', async () => {
    const a = candidate('a');
    await a.acquire(stop.signal);
    await a.release();
    server.intercept = ({ method }, response) => {
      if (method === 'PATCH') replyStatus(response, 500, 'InternalError');
      return method === 'PATCH';
    };
    const before = attempts();
    expect(await candidate('b').acquire(AbortSignal.timeout(10 * settings.leaseRetryPeriod))).toBe(false);
    expect(attempts() - before).toBeGreaterThan(1);
    expect(attempts() - before).toBeLessThan(13);
  });

  it('is given up when etcd was restored from a backup, so that a new process lists everything', async () => {
    const a = candidate('a');
    await a.acquire(stop.signal);
    const backup = server.get(path);
    server.restoreEmpty();
    server.put(path, { ...backup });
    await a.keep(stop.signal);
    expect(a.isLeading).toBe(false);
    expect(server.get(path)).toBeDefined();
  });

  it('gives the lease to one of several who come at the same time', async () => {
    const all = ['a', 'b', 'c', 'd'].map((identity) => candidate(identity));
    const signal = AbortSignal.timeout(600);
    const won = await Promise.all(all.map((one) => one.acquire(signal)));
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it('goes on waiting when it may not read the Lease', async () => {
    server.intercept = (_, response) => {
      replyStatus(response, 403, 'Forbidden');
      return true;
    };
    expect(await candidate('a').acquire(AbortSignal.timeout(150))).toBe(false);
  });
});
