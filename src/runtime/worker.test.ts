import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, KeptLog, replyStatus, until } from '../../test/builders/apiserver.ts';
import { type Gadget, gadgetController, gadgets, parts } from '../../test/builders/toy.ts';
import type { Cache } from '../kube/cache.ts';
import { Caches } from '../kube/caches.ts';
import { systemClock } from '../kube/clock.ts';
import type { TimedQuestion } from '../measure/measure.ts';
import { createSampler } from '../measure/sampler.ts';
import { Metrics } from '../server/metrics.ts';
import { defaultSettings } from '../settings.ts';
import { EarlierWrites } from './earlier.ts';
import { Worker } from './worker.ts';

const settings = { ...defaultSettings, reconcileBackoffMin: 5, reconcileBackoffMax: 20 };
let server: FakeApiServer;
let caches: Caches;
let cache: Cache;
let log: KeptLog;
let metrics: Metrics;
const workers: Worker[] = [];

beforeEach(async () => {
  server = new FakeApiServer();
  await server.start();
  caches = new Caches(() => Promise.resolve(undefined));
  cache = caches.of('here');
  cache.add(gadgets);
  cache.add(parts);
  log = new KeptLog();
  metrics = new Metrics('test');
});
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.stop();
  await server.stop();
});

const question = {
  type: 'Question',
  name: 'up',
  expressions: ['up'],
  title: 'up',
  unit: '',
  minSamples: 0,
  read: () => ({}),
  freshSince: new Date('2026-11-24T00:00:00Z'),
  patient: false,
} satisfies TimedQuestion;

function start(
  controller: ReturnType<typeof gadgetController>,
  sampler = createSampler({ prometheus: undefined, sources: [] }),
) {
  const context = {
    client: server.client(),
    caches,
    now: systemClock.now,
    earlier: new EarlierWrites(60_000),
    sampler,
    written: () => undefined,
  };
  const worker = new Worker(controller, context, { settings, clock: systemClock, metrics, log });
  workers.push(worker);
  return { worker, ended: worker.run() };
}

const given = (name: string, more: object = {}) =>
  cache.applied(
    gadgets,
    server.put(`/apis/test.dev/v1/namespaces/here/gadgets/${name}`, {
      apiVersion: 'test.dev/v1',
      kind: 'Gadget',
      ...more,
    }),
  );

const reasonOf = (name: string) =>
  (server.get(`/apis/test.dev/v1/namespaces/here/gadgets/${name}`) as Gadget | undefined)?.status?.conditions?.[0]
    ?.reason;

describe('A worker', () => {
  it('goes on after its own writes until nothing is left to do', async () => {
    start(gadgetController());
    given('a');
    await until(() => reasonOf('a') === 'Made');
    expect(server.story).toEqual(['POST', 'PATCH', 'PATCH']);
  });

  it('survives a plan that throws on one object, tries it again, and serves the others', async () => {
    const poison = ({ gadget }: { gadget: Gadget }) => {
      if (gadget.metadata?.name === 'poison') throw new TypeError('cannot read x of undefined');
      return {};
    };
    start(gadgetController(poison));
    given('poison');
    given('a');
    await until(() => reasonOf('a') === 'Made');
    await until(() => log.lines.filter((line) => line.includes('cannot read x of undefined')).length > 2);
    expect(await metrics.text()).toMatch(/controller_runtime_reconcile_errors_total\{controller="gadget"\} [3-9]/);
  });

  it('is quiet about a cache that was behind', async () => {
    start(gadgetController());
    given('a');
    server.put('/apis/test.dev/v1/namespaces/here/gadgets/a', {});
    await until(() => log.lines.some((line) => line.includes('The cache was behind')));
    expect(log.lines.filter((line) => line.startsWith('error') || line.startsWith('warn'))).toEqual([]);
  });

  it('sends what was denied once, though its own status makes it look again', async () => {
    server.intercept = ({ method }, response) => {
      if (method === 'POST') replyStatus(response, 422, 'Invalid');
      return method === 'POST';
    };
    start(gadgetController());
    given('a');
    await until(() => reasonOf('a') === 'Invalid');
    given('b');
    await until(() => reasonOf('b') === 'Invalid');
    expect(server.story).toEqual(['POST', 'PATCH', 'POST', 'PATCH']);
  });

  it('waits as long as the API server asks before it tries again', async () => {
    server.intercept = (_, response) => {
      replyStatus(response, 429, 'TooManyRequests', { retryAfterSeconds: 30 });
      return true;
    };
    start(gadgetController());
    given('a');
    await until(() => log.lines.some((line) => line.includes('"retryIn":30000')));
    expect(server.story).toEqual(['POST']);
  });

  it('lets the reconcile in flight end when it stops, and begins none', async () => {
    const { worker, ended } = start(gadgetController());
    server.intercept = (request, response) => {
      if (request.method !== 'POST') return false;
      setTimeout(() => replyStatus(response, 403, 'Forbidden'), 100);
      return true;
    };
    given('a');
    await until(() => server.story.length === 1);
    worker.stop();
    given('b');
    await ended;
    expect([reasonOf('a'), reasonOf('b')]).toEqual(['Forbidden', undefined]);
  });

  it('is not held by a metrics store that does not answer: others go on, and the end does not wait for it', async () => {
    const hanging = { query: () => new Promise<never>(() => undefined) };
    const sampler = createSampler({ prometheus: hanging, sources: [] });
    const asking: ReturnType<typeof gadgetController> = {
      ...gadgetController(),
      questions: ({ gadget }) => (gadget.metadata?.name === 'z' ? [] : [question]),
    };
    const { worker, ended } = start(asking, sampler);
    for (let index = 0; index < 3 * settings.workers; index += 1) given(`asking-${index}`);
    given('z');
    await until(() => reasonOf('z') === 'Made');
    worker.stop();
    await ended;
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('measures under the names of controller-runtime', async () => {
    start(gadgetController());
    given('a');
    await until(() => reasonOf('a') === 'Made');
    const text = await metrics.text();
    const wantNames = [
      'controller_runtime_reconcile_total{controller="gadget",result="success"}',
      'controller_runtime_reconcile_time_seconds_count{controller="gadget"}',
      'workqueue_adds_total{name="gadget",controller="gadget"}',
      'workqueue_depth{name="gadget",controller="gadget"} 0',
      'workqueue_queue_duration_seconds_count',
      'workqueue_work_duration_seconds_count',
      'workqueue_unfinished_work_seconds',
      'workqueue_longest_running_processor_seconds',
      'process_resident_memory_bytes',
    ];
    expect(wantNames.filter((name) => !text.includes(name))).toEqual([]);
  });
});
