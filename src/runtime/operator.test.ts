import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, KeptLog, replyStatus, until } from '../../test/builders/apiserver.ts';
import {
  type Gadget,
  gadgetController,
  gadgets,
  paintedGadgetController,
  paints,
  parts,
} from '../../test/builders/toy.ts';
import { close, listen } from '../server/http.ts';
import type { Kind, Resource } from '../api/resource.ts';
import { createSampler } from '../measure/sampler.ts';
import { Metrics } from '../server/metrics.ts';
import { defaultSettings } from '../settings.ts';
import { runOperator } from './operator.ts';
import type { AnyController } from './worker.ts';

const settings = {
  ...defaultSettings,
  watchBackoffMin: 5,
  watchBackoffMax: 20,
  unreadyAfter: 200,
  reconcileBackoffMin: 5,
  leaseRetryPeriod: 50,
};
const gizmos: Kind<Gadget> = { apiVersion: 'other.dev/v1', kind: 'Gizmo', plural: 'gizmos' };
let server: FakeApiServer;
let log: KeptLog;
let stop: AbortController;
let running: Promise<unknown>;

beforeEach(async () => {
  server = new FakeApiServer();
  await server.start();
  stop = new AbortController();
  log = new KeptLog();
});
afterEach(async () => {
  stop.abort();
  await running;
  await server.stop();
});

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const holder = await listen(0, () => undefined);
  const { port } = holder.address() as AddressInfo;
  close(holder);
  return port;
}

async function start(...controllers: readonly unknown[]) {
  return await startIn(undefined, ...controllers);
}

async function startIn(watchNamespaces: readonly string[] | undefined, ...controllers: readonly unknown[]) {
  const metricsPort = await freePort();
  const health = await freePort();
  running = runOperator(
    {
      connect: () => Promise.resolve({ server: server.url, headers: {}, tls: {} }),
      controllers: controllers as readonly AnyController[],
      sampler: createSampler({ prometheus: undefined, sources: [] }),
      namespace: 'flyball-system',
      watchNamespaces,
      identity: 'test',
      settings,
      log,
      metrics: new Metrics('test'),
      ports: { metrics: metricsPort, health },
    },
    stop.signal,
  );
  await until(() => log.lines.some((line) => line.includes('The cache is filled')));
  const get = async (port: number, path: string) => await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  return { ready: () => get(health, '/readyz'), metrics: () => get(metricsPort, '/metrics') };
}

const pathOf = ({ apiVersion, plural }: Kind) => `/apis/${apiVersion}/namespaces/here/${plural}/a`;
const put = (kind: Kind) => server.put(pathOf(kind), { apiVersion: kind.apiVersion, kind: kind.kind });
const reasons = (kind: Kind) =>
  (server.get(pathOf(kind)) as Gadget | undefined)?.status?.conditions?.map(({ reason }) => reason) ?? [];
const partly = (): Resource | undefined => server.get(pathOf(parts));

describe('An operator', () => {
  it('is ready and tells those whose kind it may not see, while the others go on', async () => {
    const alone: ReturnType<typeof gadgetController> = {
      ...gadgetController(),
      kind: gizmos,
      watches: [],
      observe: (gadget: Gadget) => Promise.resolve({ gadget, parts: [gadget] }),
    };
    server.serve(parts, 'Forbidden');
    put(gadgets);
    put(gizmos);
    const { ready, metrics } = await start(gadgetController(), alone);
    await until(() => reasons(gadgets).join() === 'NotServed,NotServed' && reasons(gizmos).join() === 'Made');
    expect(await ready()).toBe('ok\n');
    expect(await metrics()).toContain('flyball_kind_served{api_version="test.dev/v1",resource="parts"} 0');
    expect(partly()).toBeUndefined();

    server.serve(parts, 'Served');
    await until(() => reasons(gadgets).join() === 'Made');
    expect(partly()).toBeDefined();
    expect(await metrics()).toContain('flyball_kind_served{api_version="test.dev/v1",resource="parts"} 1');
  });

  it.each(['Absent', 'Forbidden'] as const)(
    'plans nothing once a kind is %s, neither takes its objects for missing',
    async (how) => {
      put(gadgets);
      const { ready } = await start(gadgetController());
      await until(() => reasons(gadgets).join() === 'Made');
      server.serve(parts, how);
      await until(() => reasons(gadgets).join() === 'NotServed,NotServed');
      const writes = () => server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('parts'));
      expect(writes()).toHaveLength(1);
      await until(() => log.lines.some((line) => line.includes('Not served')));
      expect(await ready()).toBe('ok\n');
      server.serve(parts, 'Served');
      await until(() => reasons(gadgets).join() === 'Made');
      expect(writes()).toHaveLength(1);
    },
  );

  it('does without an optional kind, and with it as soon as it is there', async () => {
    server.serve(paints, 'Absent');
    put(gadgets);
    await start(paintedGadgetController());
    await until(() => reasons(gadgets).join() === 'Made,PaintNotServed');
    server.serve(paints, 'Served');
    await until(() => reasons(gadgets).join() === 'Made,NoPaint');
    put(paints);
    await until(() => reasons(gadgets).join() === 'Made,Painted');
    server.serve(paints, 'Absent');
    await until(() => reasons(gadgets).join() === 'Made,PaintNotServed');
  });

  it('leaves a controller idle whose own kind is absent, until it is there', async () => {
    server.serve(gadgets, 'Absent');
    const { ready } = await start(gadgetController());
    expect(await ready()).toBe('ok\n');
    server.serve(gadgets, 'Served');
    put(gadgets);
    await until(() => reasons(gadgets).join() === 'Made');
  });
});

describe('An operator that is limited to namespaces', () => {
  const path = (kind: Kind, namespace: string) => pathOf(kind).replace('here', namespace);
  const put = (namespace: string) => server.put(path(gadgets, namespace), { ...gadgets });
  const reason = (namespace: string) =>
    (server.get(path(gadgets, namespace)) as Gadget | undefined)?.status?.conditions?.[0]?.reason;

  it('asks for nothing of others, nor for all of them', async () => {
    for (const namespace of ['here', 'there', 'elsewhere']) put(namespace);
    await startIn(['here', 'there'], gadgetController());
    await until(() => reason('here') === 'Made' && reason('there') === 'Made');
    expect(reason('elsewhere')).toBeUndefined();
    const asked = server.requests.filter(({ path: of }) => of !== '/version');
    const places = asked.map((request) => /namespaces\/([^/]+)/.exec(request.path)?.[1]);
    expect(new Set(places)).toEqual(new Set(['here', 'there', 'flyball-system']));
  });

  it('goes on in the others where it may not see a kind in one, and there once it may', async () => {
    let isForbidden = true;
    server.intercept = (request, response) => {
      if (!isForbidden || !request.path.endsWith('/there/parts')) return false;
      replyStatus(response, 403, 'Forbidden');
      return true;
    };
    for (const namespace of ['here', 'there']) put(namespace);
    const { ready, metrics } = await startIn(['here', 'there'], gadgetController());
    await until(() => reason('here') === 'Made' && reason('there') === 'NotServed');
    expect(await ready()).toBe('ok\n');
    const served = (namespace: string) =>
      `flyball_kind_served{api_version="test.dev/v1",resource="parts",namespace="${namespace}"}`;
    expect(await metrics()).toContain(`${served('here')} 1`);
    expect(await metrics()).toContain(`${served('there')} 0`);
    isForbidden = false;
    await until(() => reason('there') === 'Made');
  });
});
