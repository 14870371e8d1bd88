import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FakeApiServer, reply, replyStatus } from '../../test/builders/apiserver.ts';
import { createPart, gadgetController, gadgets, parts } from '../../test/builders/toy.ts';
import { Workshop } from '../../test/builders/workshop.ts';
import { ownerReference, uidOf } from '../api/resource.ts';
import type { Action } from '../controller.ts';
import type { Cache } from '../kube/cache.ts';
import { KubernetesError } from '../kube/errors.ts';
import { StaleCache } from './perform.ts';

let workshop: Workshop;
let server: FakeApiServer;
let cache: Cache;

beforeEach(async () => {
  workshop = await Workshop.open();
  ({ server, cache } = workshop);
});
afterEach(() => workshop.close());

const key = { namespace: 'here', name: 'a' };
const foreign = { apiVersion: 'test.dev/v1', kind: 'Part' };

describe('Reconcile', () => {
  it('performs the plan, then writes the status, once', async () => {
    workshop.given();
    await workshop.run();
    expect(server.story).toEqual(['POST', 'PATCH']);
    expect(server.get(workshop.partPath)).toBeDefined();
    expect(workshop.conditions[0]).toMatchObject({ reason: 'Making' });
  });

  it('sees its own writes at once and sends nothing when nothing is to be changed', async () => {
    workshop.given();
    await workshop.run();
    await workshop.run();
    expect(workshop.conditions[0]).toMatchObject({ reason: 'Made' });
    await workshop.run();
    expect(server.story).toEqual(['POST', 'PATCH', 'PATCH']);
    expect(workshop.written.map(([, after]) => after.status?.conditions?.[0]?.reason)).toEqual(['Making', 'Made']);
  });

  it('sends only what differs, with the version and the UID that it observed', async () => {
    const { metadata } = workshop.given({ status: { other: { kept: 1 }, conditions: [] } });
    await workshop.run();
    expect(server.requests.at(-1)?.body).toEqual({
      metadata: { uid: metadata?.uid, resourceVersion: metadata?.resourceVersion },
      status: { other: null, conditions: [expect.objectContaining({ reason: 'Making' })] },
    });
  });

  it('leaves objects alone that are being deleted or are gone', async () => {
    workshop.given({ metadata: { deletionTimestamp: '2026-11-24T00:00:00Z' } });
    await workshop.run();
    await workshop.run(gadgetController(), { ...key, name: 'b' });
    expect(server.story).toEqual([]);
  });

  it('tells when to look again', async () => {
    workshop.given();
    expect(await workshop.run(gadgetController(() => ({ requeueAfter: 5 })))).toBe(5);
  });

  it('tries again quietly when the parent has changed meanwhile', async () => {
    workshop.given();
    server.put(workshop.gadgetPath, { spec: { size: 2 } });
    await expect(workshop.run()).rejects.toBeInstanceOf(StaleCache);
    expect(workshop.written).toEqual([]);
  });

  it('reads a parent that has changed meanwhile, so that it meets no conflict twice while the watch is behind', async () => {
    workshop.given();
    server.put(workshop.gadgetPath, { spec: { size: 2 } });
    await expect(workshop.run()).rejects.toBeInstanceOf(StaleCache);
    await workshop.run();
    expect(server.story).toEqual(['POST', 'PATCH', 'GET', 'PATCH']);
    expect(workshop.conditions[0]).toMatchObject({ reason: 'Made' });
  });

  it('makes nothing more for a parent that is gone, though the watch does not tell so yet', async () => {
    workshop.given();
    server.intercept = ({ method }) => {
      if (method === 'PATCH') server.delete(workshop.gadgetPath);
      return false;
    };
    await expect(workshop.run()).rejects.toBeInstanceOf(StaleCache);
    await workshop.run();
    await workshop.run();
    expect(server.story).toEqual(['POST', 'PATCH']);
    expect(cache.get(gadgets, key)).toBeUndefined();
  });

  it('tries again quietly when the child was there already, and knows it then', async () => {
    const gadget = workshop.given();
    server.put(workshop.partPath, { ...foreign, metadata: { ownerReferences: [ownerReference(gadget)] } });
    await expect(workshop.run()).rejects.toBeInstanceOf(StaleCache);
    expect(cache.get(parts, key)).toBeDefined();
    await workshop.run();
    expect(workshop.conditions[0]).toMatchObject({ reason: 'Made' });
  });

  it('says so when an object of that name is not ours, and does not touch it', async () => {
    workshop.given();
    server.put(workshop.partPath, foreign);
    expect(await workshop.run()).toBe(60_000);
    expect(workshop.conditions[0]).toMatchObject({ type: 'Stalled', reason: 'NameConflict' });
    expect(workshop.conditions[1]).toMatchObject({ status: 'False', reason: 'NameConflict' });
    expect(server.story).toEqual(['POST', 'GET', 'PATCH']);
  });

  it('says so when its own child lost the label by which it is watched, since it could never see it', async () => {
    const gadget = workshop.given();
    const labels = { 'app.kubernetes.io/managed-by': 'flyball' };
    const labelled = { ...foreign, metadata: { ...key, labels, ownerReferences: [ownerReference(gadget)] } };
    const create = { type: 'Create', kind: parts, object: labelled } satisfies Action;
    server.put(workshop.partPath, { ...labelled, metadata: { ...labelled.metadata, labels: {} } });
    await workshop.run(gadgetController(() => ({ actions: [create] })));
    expect(workshop.conditions[0]).toMatchObject({ reason: 'LabelChanged' });
  });

  it('judges an object without owner by the plan that knows of it', async () => {
    const gadget = workshop.given();
    const ownerless = { type: 'Create', kind: parts, object: { ...foreign, metadata: key } } satisfies Action;
    const controller = gadgetController(() => ({ actions: [ownerless] }));
    server.put(workshop.partPath, foreign);
    await expect(workshop.run(controller)).rejects.toBeInstanceOf(StaleCache);
    await workshop.run(controller);
    expect(workshop.conditions[0]).toMatchObject({ reason: 'NameConflict' });
    expect(uidOf(gadget)).not.toBe('');
  });

  it.each([
    [403, 'Forbidden'],
    [422, 'Invalid'],
  ])('brings a denial with code %d into the status, and leaves the later actions out', async (code, reason) => {
    const gadget = workshop.given();
    server.intercept = ({ method }, response) => {
      if (method === 'POST') replyStatus(response, code, reason);
      return method === 'POST';
    };
    const twice = [createPart(gadget), createPart(gadget)];
    expect(await workshop.run(gadgetController(() => ({ actions: twice, requeueAfter: 1 })))).toBe(60_000);
    expect(server.story).toEqual(['POST', 'PATCH']);
    expect(workshop.conditions[0]).toMatchObject({
      reason,
      message: expect.stringMatching(`the server says ${reason}$`),
    });
  });

  describe('after a denial', () => {
    beforeEach(async () => {
      workshop.given();
      server.intercept = ({ method }, response) => {
        if (method === 'POST') replyStatus(response, 422, 'Invalid');
        return method === 'POST';
      };
      await workshop.run();
    });

    it('does not send the write again because of its own status, and waits what is left', async () => {
      workshop.now = new Date('2026-11-24T00:00:20Z');
      expect(await workshop.run()).toBe(40_000);
      expect(server.story).toEqual(['POST', 'PATCH']);
    });

    it('sends it again when the wait is over', async () => {
      workshop.now = new Date('2026-11-24T00:01:00Z');
      expect(await workshop.run()).toBe(60_000);
      expect(server.story).toEqual(['POST', 'PATCH', 'POST']);
    });

    it('sends it at once when the object was edited', async () => {
      workshop.given({ metadata: { generation: 2 } });
      await workshop.run();
      expect(server.story).toEqual(['POST', 'PATCH', 'POST', 'PATCH']);
    });

    it('sends another patch of the same object at once', () => {
      const resize = (replicas: number) =>
        ({ type: 'Patch', kind: parts, key, uid: 'a', patch: { spec: { replicas } } }) satisfies Action;
      const gadget = workshop.given();
      const action = resize(2);
      const refusal = { type: 'DeniedWrite', verb: 'Patch', kind: parts, key, reason: 'Invalid', message: '' } as const;
      workshop.earlier.remember(gadget, { refusal, action }, workshop.now);
      expect(workshop.earlier.denied(gadget, resize(2), workshop.now)?.refusal).toBe(refusal);
      expect(workshop.earlier.denied(gadget, resize(3), workshop.now)).toBeUndefined();
    });

    it('sends it at once when the clock was set back', async () => {
      workshop.now = new Date('2026-11-23T00:00:00Z');
      await workshop.run();
      expect(server.story).toEqual(['POST', 'PATCH', 'POST']);
    });
  });

  it('reads what it wrote without an answer before it plans anew, until it could be read', async () => {
    workshop.given();
    server.intercept = ({ method }, response) => {
      if (method !== 'PATCH') return false;
      server.put(workshop.gadgetPath, { status: { conditions: [{ type: 'Ready', reason: 'Making' }] } });
      response.destroy();
      return true;
    };
    await expect(workshop.run()).rejects.toThrow();
    server.intercept = (_, response) => {
      replyStatus(response, 503, 'ServiceUnavailable');
      return true;
    };
    await expect(workshop.run()).rejects.toBeInstanceOf(KubernetesError);
    server.intercept = () => false;
    await workshop.run();
    expect(server.story).toEqual(['POST', 'PATCH', 'GET', 'GET', 'PATCH']);
    expect(workshop.conditions[0]).toMatchObject({ reason: 'Made' });
    await workshop.run();
    expect(server.story).toHaveLength(5);
  });

  it('takes a right that it lacks for a fault, not for something a user could mend', async () => {
    workshop.given();
    server.intercept = (_, response) => {
      const message = 'parts is forbidden: User "system:serviceaccount:a:b" cannot create resource "parts"';
      reply(response, 403, { kind: 'Status', code: 403, reason: 'Forbidden', message });
      return true;
    };
    await expect(workshop.run()).rejects.toBeInstanceOf(KubernetesError);
    expect(workshop.written).toEqual([]);
  });

  it('throws on faults, and writes no status', async () => {
    workshop.given();
    server.intercept = (_, response) => {
      replyStatus(response, 500, 'InternalError');
      return true;
    };
    await expect(workshop.run()).rejects.toBeInstanceOf(KubernetesError);
    expect(server.story).toEqual(['POST']);
  });
});
