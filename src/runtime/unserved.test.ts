import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FakeApiServer } from '../../test/builders/apiserver.ts';
import { gadgets, paintedGadgetController, paints, parts } from '../../test/builders/toy.ts';
import { Workshop } from '../../test/builders/workshop.ts';
import type { Cache } from '../kube/cache.ts';

let workshop: Workshop;
let server: FakeApiServer;
let cache: Cache;

beforeEach(async () => {
  workshop = await Workshop.open();
  ({ server, cache } = workshop);
});
afterEach(() => workshop.close());

describe('Reconcile, while a kind that the controller depends on is not served,', () => {
  const unserved = { type: 'UnservedKind', cause: 'Forbidden', message: 'no' } as const;

  it('plans nothing and says so, once', async () => {
    workshop.given();
    cache.hide({ ...unserved, kind: parts });
    expect(await workshop.run()).toBeUndefined();
    workshop.now = new Date('2026-11-24T00:10:00Z');
    await workshop.run();
    expect(server.story).toEqual(['PATCH']);
    expect(workshop.conditions[1]).toMatchObject({ status: 'Unknown', reason: 'NotServed' });
    cache.show(parts);
    await workshop.run();
    expect(server.story).toEqual(['PATCH', 'POST', 'PATCH']);
    expect(workshop.conditions[0]).toMatchObject({ reason: 'Making' });
  });

  it('says so also if it does not know what became of a write of that kind, which it reads once it can', async () => {
    workshop.given();
    server.intercept = ({ method }, response) => method === 'POST' && response.destroy() !== undefined;
    await expect(workshop.run()).rejects.toThrow();
    cache.hide({ ...unserved, kind: parts });
    await workshop.run();
    expect(server.story).toEqual(['POST', 'PATCH']);
    expect(workshop.conditions[0]).toMatchObject({ reason: 'NotServed' });
    server.intercept = () => false;
    cache.show(parts);
    await workshop.run();
    expect(server.story).toEqual(['POST', 'PATCH', 'GET', 'POST', 'PATCH']);
  });

  it('does nothing at all where it is the kind of the object itself', async () => {
    workshop.given();
    cache.hide({ ...unserved, kind: gadgets });
    expect(await workshop.run()).toBeUndefined();
    expect(server.story).toEqual([]);
  });

  it('plans without an optional one', async () => {
    workshop.given();
    cache.hide({ ...unserved, kind: paints });
    await workshop.run(paintedGadgetController());
    const reasons = () => workshop.conditions.map(({ reason }) => reason);
    expect(reasons()).toEqual(['Making', 'PaintNotServed']);
    cache.show(paints);
    await workshop.run(paintedGadgetController());
    expect(reasons()).toEqual(['Made', 'NoPaint']);
  });
});
