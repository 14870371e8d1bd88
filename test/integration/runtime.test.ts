import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ITrainingRun } from '../../src/api/types.ts';
import { conditions } from '../../src/api/condition.ts';
import { conditionHeadline } from '../../src/api/headline.ts';
import { trainingRuns } from '../../src/api/kinds.ts';
import { type Kind, keyOf, ownerReference, type Resource, uidOf } from '../../src/api/resource.ts';
import type { Controller } from '../../src/controller.ts';
import { Cache } from '../../src/kube/cache.ts';
import { Client } from '../../src/kube/client.ts';
import { systemClock } from '../../src/kube/clock.ts';
import { Reflector } from '../../src/kube/reflector.ts';
import { Transport } from '../../src/kube/transport.ts';
import { createSampler } from '../../src/measure/sampler.ts';
import { type Ending, runOperator } from '../../src/runtime/operator.ts';
import { Metrics } from '../../src/server/metrics.ts';
import { defaultSettings } from '../../src/settings.ts';
import { KeptLog } from '../builders/apiserver.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { freePorts } from './ports.ts';
import { eventually } from './program.ts';

const configMaps: Kind = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' };
const leases: Kind<Resource & { spec?: { holderIdentity?: string } }> = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  plural: 'leases',
};
const namespace = 'default';
const settings = {
  ...defaultSettings,
  watchBackoffMax: 500,
  leaseDuration: 8_000,
  renewDeadline: 4_000,
  writeTimeout: 3_500,
  leaseRetryPeriod: 300,
  unreadyAfter: 1_500,
};
let environment: Environment;
let transport: Transport;
let client: Client;
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  environment = await startEnvironment();
  transport = new Transport(connect, settings);
  client = new Client(transport, settings);
}, 900_000);
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(async () => {
  await transport?.close();
  await environment?.stop();
});

const connect = () =>
  Promise.resolve({
    server: environment.url,
    headers: { authorization: `Bearer ${environment.tokens.admin}` },
    tls: { ca: environment.ca },
  });

async function expectEventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  expect(await eventually(async () => await condition(), { limitMs: 30_000 })).toBe(true);
}

const newConfigMap = (name: string) =>
  client.create<Resource>(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name } });

function newRun(name: string) {
  const { apiVersion, kind } = trainingRuns;
  const run = { apiVersion, kind, metadata: { namespace, name }, spec: { image: 'localhost/train' } };
  return client.create<Resource>(trainingRuns, run);
}

/** A reflector of ConfigMaps that runs until the test ends. */
async function reflect(more: Partial<typeof settings> = {}) {
  const stop = new AbortController();
  const log = new KeptLog();
  const cache = new Cache((kind, key) => client.get(kind, key));
  const watching = new Client(transport, { ...settings, ...more });
  const reflector = new Reflector({ kind: configMaps }, watching, cache, { ...settings, ...more }, systemClock, log);
  const running = reflector.run(stop.signal);
  stops.push(() => (stop.abort(), running));
  await expectEventually(() => reflector.hasSynced && reflector.blindFor() === 0);
  const has = (name: string) => cache.get(configMaps, { namespace, name }) !== undefined;
  const lists = () => log.lines.filter((line) => line.includes('Listed')).length;
  return { has, lists };
}

/** Makes a ConfigMap for each TrainingRun. */
const toyController = {
  kind: trainingRuns,
  watches: [
    {
      kind: configMaps,
      parents: ({ metadata }: Resource) => (metadata?.ownerReferences ?? []).map(({ name }) => ({ namespace, name })),
    },
  ],
  observe: (run, read) => Promise.resolve({ run, children: read.ownedBy(configMaps, uidOf(run)) }),
  questions: () => [],
  plan: ({ run, children }, _answers, now) => ({
    actions:
      children.length > 0
        ? []
        : [
            {
              type: 'Create',
              kind: configMaps,
              object: {
                apiVersion: 'v1',
                kind: 'ConfigMap',
                metadata: { ...keyOf(run), ownerReferences: [ownerReference(run)] },
              },
            },
          ],
    status: {
      observedGeneration: run.metadata?.generation ?? 0,
      conditions: conditions(
        run.status?.conditions,
        children.length > 0
          ? [{ type: 'Succeeded', status: 'True', reason: 'Made', message: 'the ConfigMap is there' }]
          : [{ type: 'Succeeded', status: 'Unknown', reason: 'Making', message: 'the ConfigMap is being made' }],
        now,
      ),
    },
  }),
  refused: (status) => status,
  headline: (status) => conditionHeadline(status.conditions, 'Succeeded', 'one'),
} satisfies Controller<ITrainingRun, { readonly run: ITrainingRun; readonly children: readonly Resource[] }>;

/** An operator with the toy controller, and its health. */
async function startOperator(identity: string) {
  const stop = new AbortController();
  const [metricsPort = 0, health = 0] = await freePorts(2);
  const log = new KeptLog();
  const ports = { metrics: metricsPort, health };
  const controllers = [toyController];
  const sampler = createSampler({ prometheus: undefined, sources: [] });
  const metrics = new Metrics('test');
  const options = { connect, controllers, sampler, namespace, identity, settings, log, metrics, ports };
  const running: Promise<Ending> = runOperator(options, stop.signal);
  stops.push(() => (stop.abort(), running));
  const isReady = async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).status === 200;
  return { stop: () => (stop.abort(), running), running, isReady, log };
}

const holder = async () => (await client.get(leases, { namespace, name: 'flyball-operator' }))?.spec?.holderIdentity;

const reasonOf = async (name: string) =>
  (await client.get(trainingRuns, { namespace, name }))?.status?.conditions?.[0]?.reason;

describe('The transport on a real API server', () => {
  it('is refused writes of another version or another object, and told which of the two 409s it is', async () => {
    const run = await newRun('conflict');
    const key = keyOf(run);
    const { uid, resourceVersion } = run.metadata ?? {};
    await client.patch(trainingRuns, key, { metadata: { uid, labels: { a: 'b' } } });
    const stale = client.patchStatus(trainingRuns, key, {
      metadata: { uid, resourceVersion },
      status: { metric: 'x' },
    });
    await expect(stale).rejects.toMatchObject({ code: 409, reason: 'Conflict' });
    const foreign = client.patch(trainingRuns, key, { metadata: { uid: 'another' } });
    await expect(foreign).rejects.toMatchObject({ code: 422, reason: 'Invalid' });
    await expect(newRun('conflict')).rejects.toMatchObject({ code: 409, reason: 'AlreadyExists' });
    const wrongUid = client.delete(trainingRuns, key, 'another', 'Background');
    await expect(wrongUid).rejects.toMatchObject({ code: 409, reason: 'Conflict' });
    expect(await client.delete(trainingRuns, key, uidOf(run), 'Background')).toEqual({ type: 'Gone' });
    expect(await client.get(trainingRuns, key)).toBeUndefined();
    await expect(newConfigMap('Not A Name')).rejects.toMatchObject({ code: 422, reason: 'Invalid' });
  });

  it('lists page by page at one version', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) await newConfigMap(name);
    const paged = new Client(transport, { ...settings, listPageSize: 2 });
    const { items } = await paged.list(configMaps);
    const all = await client.list(configMaps);
    expect(items.map(uidOf)).toEqual(all.items.map(uidOf));
    expect(items.every(({ kind }) => kind === 'ConfigMap')).toBe(true);
  });

  it('says so when the server cannot be had', async () => {
    const nowhere = new Transport(
      () => Promise.resolve({ server: 'https://127.0.0.1:1', headers: {}, tls: {} }),
      settings,
    );
    const asking = new Client(nowhere, settings).list(configMaps);
    await expect(asking).rejects.toThrow(/ECONNREFUSED/);
    await nowhere.close();
  });
});

describe('A reflector on a real API server', () => {
  it('sees what comes and goes', async () => {
    const { has } = await reflect();
    const { metadata } = await newConfigMap('seen');
    await expectEventually(() => has('seen'));
    await client.delete(configMaps, { namespace, name: 'seen' }, metadata?.uid ?? '', 'Background');
    await expectEventually(() => !has('seen'));
  });

  it('goes on without a LIST when the API server ends its watch', async () => {
    const { has, lists } = await reflect({ watchTimeoutMin: 1_000, watchTimeoutMax: 1_000 });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await newConfigMap('after-end');
    await expectEventually(() => has('after-end'));
    expect(lists()).toBe(1);
  });

  it('comes back after the API server was killed', async () => {
    const { has } = await reflect();
    await environment.restartApiServer({ kill: true });
    await newConfigMap('after-restart');
    await expectEventually(() => has('after-restart'));
  }, 90_000);

  it('lists again when what it goes on from was compacted away', async () => {
    const { has, lists } = await reflect();
    for (const name of ['later-1', 'later-2']) await newRun(name);
    await environment.compact();
    await environment.restartApiServer();
    await newConfigMap('after-compaction');
    await expectEventually(() => has('after-compaction') && lists() > 1);
  }, 90_000);
});

describe('Operators on a real API server', () => {
  it('reconcile, tell by an event, and hand over at once when the leader stops', async () => {
    const first = await startOperator('first');
    await expectEventually(async () => (await holder()) === 'first');
    const second = await startOperator('second');
    await newRun('led-by-first');
    await expectEventually(async () => (await reasonOf('led-by-first')) === 'Made');
    await expectEventually(async () => (await first.isReady()) && (await second.isReady()));
    const stopping = performance.now();
    expect(await first.stop()).toBe('Stopped');
    expect(performance.now() - stopping).toBeLessThan(settings.stopTimeout);
    await expectEventually(async () => (await holder()) === 'second');
    await newRun('led-by-second');
    await expectEventually(async () => (await reasonOf('led-by-second')) === 'Made');
    const events: Kind<Resource & { reason?: string; regarding?: { name?: string } }> = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      plural: 'events',
    };
    const told = (await client.list(events)).items.filter(({ regarding }) => regarding?.name === 'led-by-second');
    expect(told.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['Making', 'Made']));
    expect([...first.log.lines, ...second.log.lines].filter((line) => line.startsWith('error'))).toEqual([]);
  }, 90_000);

  it('end when another holds their lease, and write nothing any more', async () => {
    const robbed = await startOperator('robbed');
    await expectEventually(async () => (await holder()) === 'robbed');
    await client.patch(leases, { namespace, name: 'flyball-operator' }, { spec: { holderIdentity: 'thief' } });
    expect(await robbed.running).toBe('LeaseLost');
    await newRun('unled');
    expect(await reasonOf('unled')).toBeUndefined();
  }, 90_000);

  it('are not ready while the API server is away, and go on when it is back', async () => {
    await client.patch(leases, { namespace, name: 'flyball-operator' }, { spec: { holderIdentity: null } });
    const standby = await startOperator('waiting');
    await expectEventually(standby.isReady);
    const restarting = environment.restartApiServer();
    await expectEventually(async () => !(await standby.isReady()));
    await restarting;
    const ended = await Promise.race([standby.running, Promise.resolve('runs')]);
    if (ended === 'runs') await expectEventually(standby.isReady);
    else expect(ended).toBe('LeaseLost');
  }, 90_000);
});
