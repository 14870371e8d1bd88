import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, KeptLog, reply, replyStatus } from '../../test/builders/apiserver.ts';
import {
  createPart,
  type Gadget,
  gadgetController,
  gadgets,
  paintedGadgetController,
  paints,
  parts,
} from '../../test/builders/toy.ts';
import { keyOf, ownerReference, type Resource, uidOf } from '../api/resource.ts';
import type { Action, Parent } from '../controller.ts';
import { Cache } from '../kube/cache.ts';
import type { Client } from '../kube/client.ts';
import { KubernetesError } from '../kube/errors.ts';
import { EarlierWrites } from './earlier.ts';
import { StaleCache } from './perform.ts';
import { reconcile } from './reconcile.ts';

const gadgetPath = '/apis/test.dev/v1/namespaces/here/gadgets/a';
const partPath = '/apis/test.dev/v1/namespaces/here/parts/a';
const key = { namespace: 'here', name: 'a' };
let server: FakeApiServer;
let client: Client;
let cache: Cache;
let earlier: EarlierWrites;
let now: Date;
let written: (readonly [Parent, Parent])[];

beforeEach(async () => {
  server = new FakeApiServer();
  await server.start();
  client = server.client();
  cache = new Cache((kind, of) => client.get(kind, of));
  cache.add(gadgets);
  cache.add(parts);
  earlier = new EarlierWrites(60_000);
  now = new Date('2026-11-24T00:00:00Z');
  written = [];
});
afterEach(() => server.stop());

/** Stores a gadget and shows it to the cache. */
function given(gadget: object = {}): Gadget {
  const stored = server.put(gadgetPath, { apiVersion: 'test.dev/v1', kind: 'Gadget', ...gadget });
  cache.applied(gadgets, stored);
  return stored as Gadget;
}

function run(controller: ReturnType<typeof gadgetController | typeof paintedGadgetController> = gadgetController()) {
  const context = {
    client,
    cache,
    now: () => now,
    earlier,
    written: (before: Parent, after: Parent) => written.push([before, after]),
  };
  return reconcile(controller, key, context, new KeptLog());
}

const condition = () => (server.get(gadgetPath) as Gadget | undefined)?.status?.conditions?.[0];
const foreign = { apiVersion: 'test.dev/v1', kind: 'Part' };

describe('Reconcile', () => {
  it('performs the plan, then writes the status, once', async () => {
    given();
    await run();
    expect(server.story).toEqual(['POST', 'PATCH']);
    expect(server.get(partPath)).toBeDefined();
    expect(condition()).toMatchObject({ reason: 'Making' });
  });

  it('sees its own writes at once and sends nothing when nothing is to be changed', async () => {
    given();
    await run();
    await run();
    expect(condition()).toMatchObject({ reason: 'Made' });
    await run();
    expect(server.story).toEqual(['POST', 'PATCH', 'PATCH']);
    expect(written.map(([, after]) => after.status?.conditions?.[0]?.reason)).toEqual(['Making', 'Made']);
  });

  it('sends only what differs, with the version and the UID that it observed', async () => {
    const { metadata } = given({ status: { other: { kept: 1 }, conditions: [] } });
    await run();
    expect(server.requests.at(-1)?.body).toEqual({
      metadata: { uid: metadata?.uid, resourceVersion: metadata?.resourceVersion },
      status: { other: null, conditions: [expect.objectContaining({ reason: 'Making' })] },
    });
  });

  it('leaves objects alone that are being deleted or are gone', async () => {
    given({ metadata: { deletionTimestamp: '2026-11-24T00:00:00Z' } });
    await run();
    expect(
      await reconcile(gadgetController(), { ...key, name: 'b' }, {} as never, new KeptLog()).catch(() => 'b'),
    ).toBe('b');
    expect(server.story).toEqual([]);
  });

  it('tells when to look again', async () => {
    given();
    expect(await run(gadgetController(() => ({ requeueAfter: 5 })))).toBe(5);
  });

  it('tries again quietly when the parent has changed meanwhile', async () => {
    given();
    server.put(gadgetPath, { spec: { size: 2 } });
    await expect(run()).rejects.toBeInstanceOf(StaleCache);
    expect(written).toEqual([]);
  });

  it('reads a parent that has changed meanwhile, so that it meets no conflict twice while the watch is behind', async () => {
    given();
    server.put(gadgetPath, { spec: { size: 2 } });
    await expect(run()).rejects.toBeInstanceOf(StaleCache);
    await run();
    expect(server.story).toEqual(['POST', 'PATCH', 'GET', 'PATCH']);
    expect(condition()).toMatchObject({ reason: 'Made' });
  });

  it('makes nothing more for a parent that is gone, though the watch does not tell so yet', async () => {
    given();
    server.intercept = ({ method }) => {
      if (method === 'PATCH') server.delete(gadgetPath);
      return false;
    };
    await expect(run()).rejects.toBeInstanceOf(StaleCache);
    await run();
    await run();
    expect(server.story).toEqual(['POST', 'PATCH']);
    expect(cache.get(gadgets, key)).toBeUndefined();
  });

  it('tries again quietly when the child was there already, and knows it then', async () => {
    const gadget = given();
    server.put(partPath, { ...foreign, metadata: { ownerReferences: [ownerReference(gadget)] } });
    await expect(run()).rejects.toBeInstanceOf(StaleCache);
    expect(cache.get(parts, key)).toBeDefined();
    await run();
    expect(condition()).toMatchObject({ reason: 'Made' });
  });

  it('says so when an object of that name is not ours, and does not touch it', async () => {
    given();
    server.put(partPath, foreign);
    expect(await run()).toBe(60_000);
    expect(condition()).toMatchObject({ status: 'False', reason: 'NameConflict' });
    expect(server.story).toEqual(['POST', 'GET', 'PATCH']);
  });

  it('says so when its own child lost the label by which it is watched, since it could never see it', async () => {
    const gadget = given();
    const labels = { 'app.kubernetes.io/managed-by': 'flyball' };
    const labelled = { ...foreign, metadata: { ...key, labels, ownerReferences: [ownerReference(gadget)] } };
    const create = { type: 'Create', kind: parts, object: labelled } satisfies Action;
    server.put(partPath, { ...labelled, metadata: { ...labelled.metadata, labels: {} } });
    await run(gadgetController(() => ({ actions: [create] })));
    expect(condition()).toMatchObject({ reason: 'LabelChanged' });
  });

  it('judges an object without owner by the plan that knows of it', async () => {
    const gadget = given();
    const ownerless = { type: 'Create', kind: parts, object: { ...foreign, metadata: key } } satisfies Action;
    const controller = gadgetController(() => ({ actions: [ownerless] }));
    server.put(partPath, foreign);
    await expect(run(controller)).rejects.toBeInstanceOf(StaleCache);
    await run(controller);
    expect(condition()).toMatchObject({ reason: 'NameConflict' });
    expect(uidOf(gadget)).not.toBe('');
  });

  it.each([
    [403, 'Forbidden'],
    [422, 'Invalid'],
  ])('brings a denial with code %d into the status, and leaves the later actions out', async (code, reason) => {
    const gadget = given();
    server.intercept = ({ method }, response) => {
      if (method === 'POST') replyStatus(response, code, reason);
      return method === 'POST';
    };
    const twice = [createPart(gadget), createPart(gadget)];
    expect(await run(gadgetController(() => ({ actions: twice, requeueAfter: 1 })))).toBe(60_000);
    expect(server.story).toEqual(['POST', 'PATCH']);
    expect(condition()).toMatchObject({ reason, message: expect.stringMatching(`the server says ${reason}$`) });
  });

  describe('after a denial', () => {
    beforeEach(async () => {
      given();
      server.intercept = ({ method }, response) => {
        if (method === 'POST') replyStatus(response, 422, 'Invalid');
        return method === 'POST';
      };
      await run();
    });

    it('does not send the write again because of its own status, and waits what is left', async () => {
      now = new Date('2026-11-24T00:00:20Z');
      expect(await run()).toBe(40_000);
      expect(server.story).toEqual(['POST', 'PATCH']);
    });

    it('sends it again when the wait is over', async () => {
      now = new Date('2026-11-24T00:01:00Z');
      expect(await run()).toBe(60_000);
      expect(server.story).toEqual(['POST', 'PATCH', 'POST']);
    });

    it('sends it at once when the object was edited', async () => {
      given({ metadata: { generation: 2 } });
      await run();
      expect(server.story).toEqual(['POST', 'PATCH', 'POST', 'PATCH']);
    });

    it('sends another patch of the same object at once', () => {
      const resize = (replicas: number) =>
        ({ type: 'Patch', kind: parts, key, uid: 'a', patch: { spec: { replicas } } }) satisfies Action;
      const gadget = given();
      const action = resize(2);
      const refusal = { type: 'DeniedWrite', verb: 'Patch', kind: parts, key, reason: 'Invalid', message: '' } as const;
      earlier.remember(gadget, { refusal, action }, now);
      expect(earlier.denied(gadget, resize(2), now)?.refusal).toBe(refusal);
      expect(earlier.denied(gadget, resize(3), now)).toBeUndefined();
    });

    it('sends it at once when the clock was set back', async () => {
      now = new Date('2026-11-23T00:00:00Z');
      await run();
      expect(server.story).toEqual(['POST', 'PATCH', 'POST']);
    });
  });

  it('reads what it wrote without an answer before it plans anew, until it could be read', async () => {
    given();
    server.intercept = ({ method }, response) => {
      if (method !== 'PATCH') return false;
      server.put(gadgetPath, { status: { conditions: [{ type: 'Ready', reason: 'Making' }] } });
      response.destroy();
      return true;
    };
    await expect(run()).rejects.toThrow();
    server.intercept = (_, response) => {
      replyStatus(response, 503, 'ServiceUnavailable');
      return true;
    };
    await expect(run()).rejects.toBeInstanceOf(KubernetesError);
    server.intercept = () => false;
    await run();
    expect(server.story).toEqual(['POST', 'PATCH', 'GET', 'GET', 'PATCH']);
    expect(condition()).toMatchObject({ reason: 'Made' });
    await run();
    expect(server.story).toHaveLength(5);
  });

  it('takes a right that it lacks for a fault, not for something a user could mend', async () => {
    given();
    server.intercept = (_, response) => {
      const message = 'parts is forbidden: User "system:serviceaccount:a:b" cannot create resource "parts"';
      reply(response, 403, { kind: 'Status', code: 403, reason: 'Forbidden', message });
      return true;
    };
    await expect(run()).rejects.toBeInstanceOf(KubernetesError);
    expect(written).toEqual([]);
  });

  it('throws on faults, and writes no status', async () => {
    given();
    server.intercept = (_, response) => {
      replyStatus(response, 500, 'InternalError');
      return true;
    };
    await expect(run()).rejects.toBeInstanceOf(KubernetesError);
    expect(server.story).toEqual(['POST']);
  });

  it('patches and deletes by UID', async () => {
    const gadget = given();
    const part: Resource = server.put(partPath, foreign);
    const target = { kind: parts, key: keyOf(part), uid: uidOf(part) };
    const patch = { type: 'Patch', ...target, patch: { spec: { replicas: 2 } } } satisfies Action;
    const remove = { type: 'Delete', ...target, propagation: 'Background' } satisfies Action;
    await run(gadgetController(() => ({ actions: [patch, remove] })));
    expect(server.story).toEqual(['PATCH', 'DELETE', 'PATCH']);
    expect(server.requests[0]?.body).toEqual({ spec: { replicas: 2 }, metadata: { uid: target.uid } });
    expect(cache.get(parts, key)).toBeUndefined();
    await run(gadgetController(() => ({ actions: [remove] })));
    expect(uidOf(gadget)).not.toBe(target.uid);
    await expect(run(gadgetController(() => ({ actions: [patch] })))).rejects.toBeInstanceOf(StaleCache);
  });

  it('tries again quietly when the object to patch was replaced by another of its name', async () => {
    given();
    server.put(partPath, foreign);
    const patch = { type: 'Patch', kind: parts, key, uid: 'the old one', patch: { spec: {} } } satisfies Action;
    await expect(run(gadgetController(() => ({ actions: [patch] })))).rejects.toBeInstanceOf(StaleCache);
    expect(server.story).toEqual(['PATCH', 'GET']);
  });

  describe('of what the API server says is gone, while the watch does not tell so yet,', () => {
    /** A part that the cache holds, and that is gone or replaced by another of its name. */
    function stale(now: 'Gone' | 'Replaced') {
      const part = server.put(partPath, { ...foreign, metadata: { uid: 'old' } });
      cache.applied(parts, part);
      server.delete(partPath);
      if (now === 'Replaced') server.put(partPath, { ...foreign, metadata: { uid: 'new' } });
      return { kind: parts, key, uid: 'old' };
    }

    it.each([
      ['Gone', ['DELETE', 'PATCH']],
      ['Replaced', ['DELETE', 'GET', 'PATCH']],
    ] as const)('deletes nothing twice (%s)', async (how, wantStory) => {
      given();
      const target = stale(how);
      const remove = { type: 'Delete', ...target, propagation: 'Background' } satisfies Action;
      const controller = gadgetController(() => ({ actions: cache.get(parts, key) ? [remove] : [] }));
      await run(controller);
      expect(cache.get(parts, key)).toBeUndefined();
      await run(controller);
      expect(server.story).toEqual(wantStory);
    });

    it.each([
      ['Gone', ['PATCH']],
      ['Replaced', ['PATCH', 'GET']],
    ] as const)('patches nothing twice (%s)', async (how, wantStory) => {
      given();
      const patch = { type: 'Patch', ...stale(how), patch: { spec: {} } } satisfies Action;
      await expect(run(gadgetController(() => ({ actions: [patch] })))).rejects.toBeInstanceOf(StaleCache);
      expect(cache.get(parts, key)).toBeUndefined();
      expect(server.story).toEqual(wantStory);
    });

    it('keeps what is denied for another reason', async () => {
      given();
      const part: Resource = server.put(partPath, foreign);
      cache.applied(parts, part);
      server.intercept = ({ method, path }, response) => {
        const isPart = method === 'DELETE' && path === partPath;
        if (isPart) replyStatus(response, 409, 'Conflict');
        return isPart;
      };
      const remove = { type: 'Delete', kind: parts, key, uid: uidOf(part), propagation: 'Background' } satisfies Action;
      await expect(run(gadgetController(() => ({ actions: [remove] })))).rejects.toBeInstanceOf(StaleCache);
      expect(cache.get(parts, key)).toBeDefined();
    });
  });

  describe('while a kind that the controller depends on is not served', () => {
    const unserved = { type: 'UnservedKind', cause: 'Forbidden', message: 'no' } as const;

    it('plans nothing and says so, once', async () => {
      given();
      cache.hide({ ...unserved, kind: parts });
      expect(await run()).toBeUndefined();
      now = new Date('2026-11-24T00:10:00Z');
      await run();
      expect(server.story).toEqual(['PATCH']);
      expect(condition()).toMatchObject({ status: 'Unknown', reason: 'NotServed' });
      cache.show(parts);
      await run();
      expect(server.story).toEqual(['PATCH', 'POST', 'PATCH']);
      expect(condition()).toMatchObject({ reason: 'Making' });
    });

    it('does nothing at all where it is the kind of the object itself', async () => {
      given();
      cache.hide({ ...unserved, kind: gadgets });
      expect(await run()).toBeUndefined();
      expect(server.story).toEqual([]);
    });

    it('plans without an optional one', async () => {
      given();
      cache.add(paints);
      cache.hide({ ...unserved, kind: paints });
      await run(paintedGadgetController());
      const reasons = () =>
        (server.get(gadgetPath) as Gadget | undefined)?.status?.conditions?.map(({ reason }) => reason);
      expect(reasons()).toEqual(['Making', 'PaintNotServed']);
      cache.show(paints);
      await run(paintedGadgetController());
      expect(reasons()).toEqual(['Made', 'NoPaint']);
    });
  });
});
