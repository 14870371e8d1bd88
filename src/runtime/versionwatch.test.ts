import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, KeptLog, replyStatus, until } from '../../test/builders/apiserver.ts';
import { Caches } from '../kube/caches.ts';
import { defaultSettings } from '../settings.ts';
import { VersionWatch } from './versionwatch.ts';

const settings = { ...defaultSettings, watchBackoffMin: 5, resync: 20 };
let server: FakeApiServer;
let caches: Caches;
let log: KeptLog;
let stop: AbortController;

beforeEach(async () => {
  server = new FakeApiServer();
  await server.start();
  caches = new Caches(() => Promise.resolve(undefined), ['one', 'two']);
  log = new KeptLog();
  stop = new AbortController();
});
afterEach(() => server.stop());

const watch = () => new VersionWatch(server.client(settings), caches, settings, log);
const known = () => caches.all.map(({ serverVersion }) => serverVersion?.minor);

describe('Which Kubernetes it is', () => {
  it('is asked once where nothing is lacking, and every cache knows it', async () => {
    await watch().run(stop.signal);
    expect(known()).toEqual([36, 36]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /version']);
  });

  it('is asked again, now and then, as long as something is lacking, and told once', async () => {
    const told: (number | undefined)[] = [];
    caches.of('one').subscribeVersion(() => told.push(known()[0]));
    server.version = { major: '1', minor: '33' };
    const running = watch().run(stop.signal);
    await until(() => server.requests.length > 2);
    expect(told).toEqual([33]);
    server.version = { major: '1', minor: '35' };
    await running;
    expect(told).toEqual([33, 35]);
    expect(log.lines.filter((line) => line.includes('The API server'))).toHaveLength(2);
  });

  it('is unknown while the API server does not say it, which keeps nobody', async () => {
    server.intercept = (_request, response) => {
      replyStatus(response, 403, 'Forbidden');
      return true;
    };
    const one = watch();
    const running = one.run(stop.signal);
    await one.asked;
    expect(known()).toEqual([undefined, undefined]);
    server.intercept = () => false;
    server.version = {};
    await until(() => log.lines.some((line) => line.includes('does not say which Kubernetes')));
    server.version = { major: '1', minor: '36' };
    await running;
    expect(known()).toEqual([36, 36]);
  });

  it('is not asked any more once the operator ends', async () => {
    server.version = { major: '1', minor: '33' };
    const running = watch().run(stop.signal);
    await until(() => known()[0] === 33);
    stop.abort();
    await running;
    const { length } = server.requests;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(server.requests).toHaveLength(length);
  });
});
