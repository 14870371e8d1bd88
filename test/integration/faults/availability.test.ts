/** The API server goes away, forgets its history, meets two operators at once, or one that has nothing to do. */
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { leaseName } from '../../../src/runtime/operator.ts';
import { release } from '../chart.ts';
import { leases } from './leases.ts';
import type { AuditedRequest } from '../../../hack/cluster/audit.ts';
import { jobs, modelVersions, trainingRuns } from '../../../src/api/kinds.ts';
import { setTimeout as wait } from 'node:timers/promises';
import type { Key } from '../../../src/api/resource.ts';
import { results, running } from '../../builders/pod.ts';
import { trainingRun } from '../objects.ts';
import { eventually } from '../program.ts';
import { counted, operatorRequests } from './audit.ts';
import { Cluster } from './cluster.ts';
import { type Operator, type OperatorOptions, logOf, startLeader, startOperator } from './operator.ts';
import { isWrite, type Proxy, startProxy } from './proxy.ts';

jest.setTimeout(120_000);

let cluster: Cluster;
let stillness: Promise<readonly AuditedRequest[]>;
const started: Operator[] = [];
const proxies: Proxy[] = [];

beforeAll(async () => {
  cluster = await Cluster.start();
  // It takes a minute in which nothing happens, so it goes on beside the other tests.
  stillness = stillMinute();
  stillness.catch(() => undefined);
}, 900_000);

afterEach(async () => {
  await Promise.all(started.splice(0).map((operator) => operator.kill()));
  await cluster.delete(leases, { namespace: release.namespace, name: leaseName });
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
});

afterAll(async () => {
  await stillness?.catch(() => undefined);
  await cluster?.stop();
});

async function leader(options: OperatorOptions = {}): Promise<Operator> {
  const operator = await startLeader(cluster.environment, options);
  started.push(operator);
  return operator;
}

async function create(key: Key): Promise<void> {
  await cluster.create(trainingRuns, { ...trainingRun(), metadata: key });
}

const registered = (key: Key) => cluster.condition(trainingRuns, key, 'Succeeded', 'Registered');

/** What was created in a namespace, by whatever operator. */
const created = (namespace: string) =>
  counted(
    operatorRequests(cluster.environment).filter(
      (request) => request.namespace === namespace && request.verb === 'create' && request.resource !== 'events',
    ),
  );

const readyIs = (operator: Operator, status: number) =>
  eventually(async () => (await operator.ready()) === status, { limitMs: 30_000 });

/** Longer than the API server is away: an operator that cannot renew its Lease ends, and nobody starts it again here. */
const patient = { leaseDuration: 120_000, renewDeadline: 100_000, leaseRetryPeriod: 500 };

describe('An API server', () => {
  it('that is restarted while attempts run loses and repeats nothing', async () => {
    const operator = await leader({ settings: patient });
    const namespace = await cluster.namespace();
    const keys = ['one', 'two', 'three'].map((name) => ({ namespace, name }));
    for (const key of keys) {
      cluster.kubelet.plays(key, running());
      await create(key);
    }
    for (const key of keys) await cluster.condition(trainingRuns, key, 'Succeeded', 'Started');

    await cluster.environment.restartApiServer();
    for (const key of keys) cluster.kubelet.plays(key, results({ f1: 0.93 }));

    for (const key of keys) expect(await registered(key)).toMatchObject({ status: 'True' });
    expect(await cluster.names(jobs, namespace)).toEqual(['one-1-train', 'three-1-train', 'two-1-train']);
    expect(created(namespace)).toEqual({ 'create jobs 201': 3, 'create modelversions 201': 3 });
    expect(await readyIs(operator, 200)).toBe(true);
  });

  it('that does not answer makes the operator unready, and ready when it answers again', async () => {
    const proxy = await startProxy(cluster.environment);
    proxies.push(proxy);
    const operator = await leader({
      url: proxy.url,
      settings: patient,
    });

    await proxy.cut();
    expect(await readyIs(operator, 503)).toBe(true);

    await proxy.mend();
    expect(await readyIs(operator, 200)).toBe(true);
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    cluster.kubelet.plays(key, results({ f1: 0.93 }));
    await create(key);
    expect(await registered(key)).toMatchObject({ status: 'True' });
  });

  it('that was killed, and whose history is compacted, refuses to resume the watches, which then begin anew without repeating anything', async () => {
    const operator = await leader({ settings: patient });
    const namespace = await cluster.namespace();
    const [before, after] = [
      { namespace, name: 'before' },
      { namespace, name: 'after' },
    ];
    cluster.kubelet.plays(before, running());
    await create(before);
    await cluster.condition(trainingRuns, before, 'Succeeded', 'Started');

    await cluster.environment.compact();
    await cluster.environment.restartApiServer({ kill: true });
    cluster.kubelet.plays(before, results({ f1: 0.93 }));
    cluster.kubelet.plays(after, results({ f1: 0.95 }));
    await create(after);

    for (const key of [before, after]) expect(await registered(key)).toMatchObject({ status: 'True' });
    expect(logOf(operator)).toMatch(/"(Watch ended|Cannot watch)".*too old resource version/);
    expect(created(namespace)).toEqual({ 'create jobs 201': 2, 'create modelversions 201': 2 });
    expect(await cluster.names(modelVersions, namespace)).toEqual(['after-1', 'before-1']);
  });
});

describe('Two operators', () => {
  const settings = { leaseDuration: 4_000, renewDeadline: 2_500, leaseRetryPeriod: 500, writeTimeout: 1_000 };

  it('write only from one of them, and the other takes over when the first is killed', async () => {
    const { first, second } = await pair();
    const namespace = await cluster.namespace();
    const keys = Array.from({ length: 5 }, (_, index) => ({ namespace, name: `run-${index}` }));
    for (const key of keys) cluster.kubelet.plays(key, running());
    await Promise.all(keys.map(create));
    for (const key of keys) await cluster.condition(trainingRuns, key, 'Succeeded', 'Started');
    expect(second.proxy.passed.filter(isWrite)).toEqual([]);

    await first.operator.kill();
    for (const key of keys) cluster.kubelet.plays(key, results({ f1: 0.93 }));

    for (const key of keys) expect(await registered(key)).toMatchObject({ status: 'True' });
    expect(created(namespace)).toEqual({ 'create jobs 201': 5, 'create modelversions 201': 5 });
    expect(second.proxy.passed.filter(isWrite).length).toBeGreaterThan(0);
  });

  it('write only from one of them after the leader slept beyond its Lease: it wakes, writes nothing and ends', async () => {
    const { first, second } = await pair();
    const namespace = await cluster.namespace();
    const keys = Array.from({ length: 5 }, (_, index) => ({ namespace, name: `run-${index}` }));
    for (const key of keys) cluster.kubelet.plays(key, results({ f1: 0.93 }));

    process.kill(first.operator.pid, 'SIGSTOP');
    await Promise.all(keys.map(create));
    for (const key of keys) expect(await registered(key)).toMatchObject({ status: 'True' });
    await cluster.delete(trainingRuns, keys[0]!);
    await create({ namespace, name: 'later' });
    const asleep = first.proxy.passed.length;
    process.kill(first.operator.pid, 'SIGCONT');
    await first.operator.ended;

    expect(first.proxy.passed.slice(asleep).filter(isWrite)).toEqual([]);
    expect(logOf(first.operator)).toContain('Lost the lease');
    expect(second.proxy.passed.filter(isWrite).length).toBeGreaterThan(0);
    expect(created(namespace)).toMatchObject({ 'create jobs 201': 6 });
  });

  it('hand over at once when the leader is asked to stop, which takes less than five seconds', async () => {
    const { first, second } = await pair(patient);
    const began = performance.now();
    await first.operator.stop(60_000);

    expect(performance.now() - began).toBeLessThan(5_000);
    expect(logOf(first.operator)).toContain('Released the lease');
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    cluster.kubelet.plays(key, results({ f1: 0.93 }));
    await create(key);
    expect(await registered(key)).toMatchObject({ status: 'True' });
    expect(second.proxy.passed.filter(isWrite).length).toBeGreaterThan(0);
  });

  /** The first one leads. */
  async function pair(times: OperatorOptions['settings'] = settings) {
    const [one, other] = [await startProxy(cluster.environment), await startProxy(cluster.environment)];
    proxies.push(one, other);
    const first = { proxy: one, operator: await leader({ url: one.url, settings: times }) };
    const second = {
      proxy: other,
      operator: await startOperator(cluster.environment, { url: other.url, settings: times }),
    };
    started.push(second.operator);
    expect(await readyIs(second.operator, 200)).toBe(true);
    return { first, second };
  }
});

describe('An operator with nothing to do', () => {
  it('asks for nothing in a minute, and only renews its Lease', async () => {
    const idle = await stillness;

    expect(Object.keys(counted(idle)).filter((title) => !title.startsWith('watch '))).toEqual(['patch leases 200']);
    expect(idle.filter(({ verb }) => verb === 'patch').length).toBeLessThanOrEqual(31);
  });
});

/** What an operator whose only run is done asks for in a minute, in a cluster of its own. */
async function stillMinute(): Promise<readonly AuditedRequest[]> {
  const still = await Cluster.start();
  let operator: Operator | undefined;
  try {
    operator = await startOperator(still.environment);
    const key = { namespace: await still.namespace(), name: 'fraud' };
    still.kubelet.plays(key, results({ f1: 0.93 }));
    await still.create(trainingRuns, { ...trainingRun(), metadata: key });
    await still.condition(trainingRuns, key, 'Succeeded', 'Registered');
    await still.quiet(() => operatorRequests(still.environment).filter(({ verb }) => verb === 'create').length);
    const before = operatorRequests(still.environment).length;
    await wait(60_000);
    return operatorRequests(still.environment).slice(before);
  } finally {
    await operator?.stop();
    await still.stop();
  }
}
