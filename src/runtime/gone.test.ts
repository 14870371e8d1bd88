import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FakeApiServer, replyStatus } from '../../test/builders/apiserver.ts';
import { gadgetController, parts } from '../../test/builders/toy.ts';
import { Workshop } from '../../test/builders/workshop.ts';
import { keyOf, type Resource, uidOf } from '../api/resource.ts';
import type { Action } from '../controller.ts';
import type { Cache } from '../kube/cache.ts';
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
  it('patches and deletes by UID', async () => {
    const gadget = workshop.given();
    const part: Resource = server.put(workshop.partPath, foreign);
    const target = { kind: parts, key: keyOf(part), uid: uidOf(part) };
    const patch = { type: 'Patch', ...target, patch: { spec: { replicas: 2 } } } satisfies Action;
    const remove = { type: 'Delete', ...target, propagation: 'Background' } satisfies Action;
    await workshop.run(gadgetController(() => ({ actions: [patch, remove] })));
    expect(server.story).toEqual(['PATCH', 'DELETE', 'PATCH']);
    expect(server.requests[0]?.body).toEqual({ spec: { replicas: 2 }, metadata: { uid: target.uid } });
    expect(cache.get(parts, key)).toBeUndefined();
    await workshop.run(gadgetController(() => ({ actions: [remove] })));
    expect(uidOf(gadget)).not.toBe(target.uid);
    await expect(workshop.run(gadgetController(() => ({ actions: [patch] })))).rejects.toBeInstanceOf(StaleCache);
  });

  it('tries again quietly when the object to patch was replaced by another of its name', async () => {
    workshop.given();
    server.put(workshop.partPath, foreign);
    const patch = { type: 'Patch', kind: parts, key, uid: 'the old one', patch: { spec: {} } } satisfies Action;
    await expect(workshop.run(gadgetController(() => ({ actions: [patch] })))).rejects.toBeInstanceOf(StaleCache);
    expect(server.story).toEqual(['PATCH', 'GET']);
  });

  describe('of what the API server says is gone, while the watch does not tell so yet,', () => {
    /** A part that the cache holds, and that is gone or replaced by another of its name. */
    function stale(now: 'Gone' | 'Replaced') {
      const part = server.put(workshop.partPath, { ...foreign, metadata: { uid: 'old' } });
      cache.applied(parts, part);
      server.delete(workshop.partPath);
      if (now === 'Replaced') server.put(workshop.partPath, { ...foreign, metadata: { uid: 'new' } });
      return { kind: parts, key, uid: 'old' };
    }

    it.each([
      ['Gone', ['DELETE', 'PATCH']],
      ['Replaced', ['DELETE', 'GET', 'PATCH']],
    ] as const)('deletes nothing twice (%s)', async (how, wantStory) => {
      workshop.given();
      const target = stale(how);
      const remove = { type: 'Delete', ...target, propagation: 'Background' } satisfies Action;
      const controller = gadgetController(() => ({ actions: cache.get(parts, key) ? [remove] : [] }));
      await workshop.run(controller);
      expect(cache.get(parts, key)).toBeUndefined();
      await workshop.run(controller);
      expect(server.story).toEqual(wantStory);
    });

    it.each([
      ['Gone', ['PATCH']],
      ['Replaced', ['PATCH', 'GET']],
    ] as const)('patches nothing twice (%s)', async (how, wantStory) => {
      workshop.given();
      const patch = { type: 'Patch', ...stale(how), patch: { spec: {} } } satisfies Action;
      await expect(workshop.run(gadgetController(() => ({ actions: [patch] })))).rejects.toBeInstanceOf(StaleCache);
      expect(cache.get(parts, key)).toBeUndefined();
      expect(server.story).toEqual(wantStory);
    });

    it('keeps what is denied for another reason', async () => {
      workshop.given();
      const part: Resource = server.put(workshop.partPath, foreign);
      cache.applied(parts, part);
      server.intercept = ({ method, path }, response) => {
        const isPart = method === 'DELETE' && path === workshop.partPath;
        if (isPart) replyStatus(response, 409, 'Conflict');
        return isPart;
      };
      const remove = { type: 'Delete', kind: parts, key, uid: uidOf(part), propagation: 'Background' } satisfies Action;
      await expect(workshop.run(gadgetController(() => ({ actions: [remove] })))).rejects.toBeInstanceOf(StaleCache);
      expect(cache.get(parts, key)).toBeDefined();
    });
  });
});
