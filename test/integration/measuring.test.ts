/** What a real Prometheus makes of the counters of real observers: what a query finds in them no played answer can show. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MonitorCheck } from '../../src/api/types.ts';
import { measureOf } from '../../src/kinds/monitor/checks/index.ts';
import type { Question, Reading } from '../../src/measure/measure.ts';
import { createPrometheusClient } from '../../src/measure/prometheus.ts';
import type { PrometheusClient } from '../../src/measure/prometheus.ts';
import { requestQuestion } from '../../src/measure/requests.ts';
import type { RequestCheck } from '../../src/measure/requests.ts';
import { startObserver } from '../../src/observer/index.ts';
import { answers, hangs, hangsAtTimes, one } from './asked.ts';
import { eventually } from './program.ts';
import { startStore } from './store.ts';
import type { Store } from './store.ts';

jest.setTimeout(120_000);

let directory: string;
let store: Store;
let client: PrometheusClient;
const cleanUps: (() => unknown)[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'flyball-measuring-'));
  store = await startStore(directory);
  client = createPrometheusClient({ url: store.url, timeout: 10_000 });
}, 900_000);
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});
afterAll(async () => {
  await store?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** A revision of which nobody has measured anything yet. */
let revisions = 0;
const newRevision = () => `rev${(revisions += 1)}`;

const series = (revision: string) => ({ namespace: 'team', modelDeployment: 'fraud', revision });
const signal = { name: 'amount', from: 'Request', pointer: '/x', type: 'Number' } as const;
const profile = { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] } };

/** A pod: a server, and an observer before it, which Prometheus reads from when it is told to. */
async function podOf(revision: string, listener: RequestListener, pod = 'a') {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const start = () =>
    startObserver(
      { ...series(revision), upstreamPort: (server.address() as AddressInfo).port, signals: [signal], profile },
      { ports: { inference: 0, metrics: 0 }, host: '127.0.0.1' },
    );
  let observer = await start();
  const page = async () => {
    // An observer that is being started anew answers nobody.
    const answer = await fetch(`http://127.0.0.1:${observer.metricsPort}/metrics`).catch(() => undefined);
    return ((await answer?.text()) ?? '').replaceAll(/^(\w+)\{/gm, `$1{pod="${pod}",`);
  };
  cleanUps.push(async () => {
    server.closeAllConnections();
    server.close();
    await observer.stop();
  });
  return {
    /** From now on Prometheus reads. */
    read: () => void cleanUps.push(store.add(page)),
    /** As the kubelet does when the observer has ended. */
    async restart() {
      await observer.stop();
      await pause(1_100);
      observer = await start();
      // Read before it counts again: of a counter that soon was what it had been nobody could tell that it began anew.
      await pause(1_500);
    },
    /** So many requests, of clients that give up after some milliseconds. */
    ask: (count: number, patience = 10_000, body = '{}') =>
      Promise.all(Array.from({ length: count }, () => one(observer.inferencePort, patience, body))),
  };
}

/** What a check reads in the window since then. */
async function readingOf(question: (window: number) => Question, since: number): Promise<Reading> {
  const { expressions, read } = question(Date.now() - since);
  return read(await Promise.all(expressions.map((expression) => client.query(expression))));
}

const requests = (check: RequestCheck, revision: string, since: number, longest?: number) =>
  readingOf((window) => requestQuestion(check, { series: series(revision), window, patience: { longest } }), since);

/** The reading once it holds so many samples, or the last. */
async function until(read: () => Promise<Reading>, samples: number): Promise<Reading> {
  let reading = await read();
  await eventually(async () => ((reading = await read()).samples ?? 0) >= samples, { limitMs: 60_000 });
  return reading;
}

describe('A pod that is born in the window', () => {
  it('counts from zero: half of the first answers are 507, before its counters were ever read', async () => {
    const revision = newRevision();
    let count = 0;
    const pod = await podOf(revision, (message, response) => {
      message.resume();
      response.writeHead((count += 1) % 2 === 0 ? 507 : 200).end('{}');
    });
    const since = Date.now();
    await pod.ask(32);
    pod.read();
    const reading = await until(() => requests({}, revision, since), 32);
    expect(reading).toMatchObject({ value: 0.5, samples: 32 });
    await pause(2_000);
    expect(await requests({}, revision, since)).toMatchObject({ value: 0.5, samples: 32 });
  });

  it('counts from zero also if its observer began before, but was not read', async () => {
    const revision = newRevision();
    const pod = await podOf(revision, answers);
    await pause(2_000);
    const since = Date.now();
    await pod.ask(20);
    pod.read();
    expect(await until(() => requests({}, revision, since), 20)).toMatchObject({ value: 0, samples: 20 });
  });

  it('counts each request once while windows grow, and nothing from before the window', async () => {
    const revision = newRevision();
    const pod = await podOf(revision, answers);
    pod.read();
    await pod.ask(50);
    await until(() => requests({}, revision, Date.now() - 5_000), 50);
    await pause(1_500);
    const since = Date.now();
    await pod.ask(30);
    expect(await until(() => requests({}, revision, since), 30)).toMatchObject({ samples: 30 });
    await pause(3_000);
    expect(await requests({}, revision, since)).toMatchObject({ samples: 30 });
  });

  it('goes on counting when its observer was started anew', async () => {
    const revision = newRevision();
    const pod = await podOf(revision, answers);
    pod.read();
    await pause(1_500);
    const since = Date.now();
    await pod.ask(20);
    await until(() => requests({}, revision, since), 20);
    await pod.restart();
    await pod.ask(20);
    const { samples = 0 } = await until(() => requests({}, revision, since), 40);
    expect(samples).toBeGreaterThanOrEqual(38);
    expect(samples).toBeLessThan(60);
  });

  it('is not what another job scraped that says the same of itself', async () => {
    const revision = newRevision();
    const pod = await podOf(revision, answers);
    pod.read();
    const since = Date.now();
    const labels = `job="annotated-pods",namespace="team",model_deployment="fraud",revision="${revision}",pod="forged"`;
    let count = 0;
    cleanUps.push(store.add(() => Promise.resolve(`flyball_requests_total{${labels},code="500"} ${(count += 1_000)}`)));
    await pod.ask(40);
    const { samples, value } = await until(() => requests({}, revision, since), 40);
    expect([samples, value]).toEqual([40, 0]);
  });

  it('is not taken for newborn after a gap in what Prometheus read', async () => {
    const revision = newRevision();
    const labels = `namespace="team",model_deployment="fraud",revision="${revision}",pod="old"`;
    let count = 1_000_000;
    const began = Math.floor(Date.now() / 1000) - 7_200;
    const page = () =>
      Promise.resolve(
        `flyball_observer_start_time_seconds{${labels}} ${began}\n` +
          `flyball_requests_total{${labels},code="200"} ${(count += 1)}`,
      );
    const since = Date.now();
    cleanUps.push(store.add(page));
    await pause(4_000);
    expect((await requests({}, revision, since)).samples).toBeLessThan(50);
  });
});

/** Seen by the observer, who gave up after 2 s has waited for a little less, and for more than the limit of 1 s. */
describe('A candidate that hangs', () => {
  it('and whose clients give up after 2 s has nothing but errors, and a latency of at least that', async () => {
    const revision = newRevision();
    const pod = await podOf(revision, hangs);
    pod.read();
    const since = Date.now();
    await pod.ask(70, 2_000);
    const errors = await until(() => requests({}, revision, since), 70);
    expect(errors).toMatchObject({ value: 1, samples: 70 });
    for (const quantile of [0.5, 0.95]) {
      const latency = await requests({ latency: { quantile }, max: 1 }, revision, since, 1);
      expect(latency).toMatchObject({ atLeast: true, samples: 70 });
      expect(latency.value).toBeGreaterThanOrEqual(1);
    }
    const patient = await requests({ latency: { quantile: 0.95 }, max: 5 }, revision, since, 5);
    expect(patient).toMatchObject({ samples: 0, aside: '70 more left within 5s without an answer' });
  });

  it('in four of ten requests fails a check of the 0.95 quantile, and one of errors', async () => {
    const revision = newRevision();
    const pod = await podOf(revision, hangsAtTimes());
    pod.read();
    const since = Date.now();
    await pod.ask(100, 2_000);
    const latency = await until(() => requests({ latency: { quantile: 0.95 }, max: 1 }, revision, since, 1), 100);
    expect(latency).toMatchObject({ atLeast: true, samples: 100 });
    expect(latency.value).toBeGreaterThanOrEqual(1);
    expect((await until(() => requests({}, revision, since), 100)).value).toBeCloseTo(0.4);
    expect((await requests({ latency: { quantile: 0.5 }, max: 1 }, revision, since, 1)).atLeast).toBeUndefined();
  });

  it('is seen while nobody gives up: its requests are in flight for longer than the limit', async () => {
    const revision = newRevision();
    const pod = await podOf(revision, hangsAtTimes());
    pod.read();
    const since = Date.now();
    void pod.ask(100);
    const check = { latency: { quantile: 0.95 }, max: 1 };
    expect(await until(() => requests(check, revision, since, 1), 100)).toMatchObject({ atLeast: true, samples: 100 });
    expect((await requests({}, revision, since, 1)).value).toBeCloseTo(0.4);
    const unlimited = await requests({ max: 0.01 }, revision, since);
    expect(unlimited).toMatchObject({ value: 0, aside: '40 more wait for an answer for longer than 1s' });
    expect(unlimited.worst).toBeCloseTo(0.4);
  });
});

describe('A stream', () => {
  it('is judged by its first byte and by its end, also while it has none', async () => {
    const revision = newRevision();
    const streams: ServerResponse[] = [];
    const pod = await podOf(revision, (message, response) => {
      message.resume();
      response.write('data: 1\n\n');
      streams.push(response);
    });
    pod.read();
    const since = Date.now();
    const asked = pod.ask(40, 60_000);
    const firstByte = { latency: { quantile: 0.95, of: 'FirstByte' }, max: 1 } as const;
    const whole = { latency: { quantile: 0.95 }, max: 1 } as const;
    const early = await until(() => requests(firstByte, revision, since), 40);
    expect(early).toMatchObject({ samples: 40 });
    expect(early).not.toHaveProperty('atLeast');
    expect(early.value).toBeLessThan(1);
    expect(await until(() => requests(whole, revision, since), 40)).toMatchObject({ atLeast: true, samples: 40 });
    for (const stream of streams) stream.end('data: 2\n\n');
    await asked;
    const { value = 0 } = await until(() => requests({ ...whole, max: 100 }, revision, since), 40);
    expect(value).toBeGreaterThan(early.value ?? Infinity);
    expect(await requests(firstByte, revision, since)).toMatchObject({ samples: 40 });
  });
});

describe('A signal', () => {
  it('that is in no prediction is told with the reason, though its counter was born with it', async () => {
    const revision = newRevision();
    const pod = await podOf(revision, answers);
    pod.read();
    const check: MonitorCheck = { name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '1h' }, max: 0.2 };
    const subject = {
      type: 'Revision',
      ...series(revision),
      since: new Date(0),
      servesSince: new Date(0),
      signals: [signal],
      profile,
    } as const;
    const measure = measureOf(check, subject, []);
    if (measure.type === 'Blind') throw new Error(measure.message);
    const lost = async () => ({ samples: (await readingOf(() => measure, 0)).lost ?? 0 });
    await pause(1_500);
    await pod.ask(16, 1_000, '{"x": null}');
    await until(lost, 16);
    expect(await readingOf(() => measure, 0)).toMatchObject({
      samples: 0,
      lost: 16,
      aside:
        '16 of 16 predictions had no value at /x of the request ' +
        "(WrongType: a value of another type than the signal's)",
    });
    await pod.ask(4, 1_000, '{}');
    await until(lost, 20);
    expect((await readingOf(() => measure, 0)).aside).toContain('20 of 20 predictions');
  });
});
