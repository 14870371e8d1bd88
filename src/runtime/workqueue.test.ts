import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HeldClock } from '../../test/builders/clock.ts';
import { idOf, type Key } from '../api/resource.ts';
import { QueueClosed, WorkQueue } from './workqueue.ts';

const settings = { reconcileBackoffMin: 100, reconcileBackoffMax: 10_000, workers: 4 };

function newQueue() {
  const clock = new HeldClock();
  const measured: string[] = [];
  const queue = new WorkQueue(clock, settings, {
    added: () => measured.push('added'),
    retried: () => measured.push('retried'),
    started: (waited) => measured.push(`waited ${waited}`),
    finished: (took) => measured.push(`took ${took}`),
  });
  return { queue, clock, measured };
}

const key = (name: string, namespace = 'here'): Key => ({ namespace, name });

/** Takes what is there, working on each key and being done at once. */
async function drain(queue: WorkQueue): Promise<string[]> {
  const taken: string[] = [];
  while (queue.depth > 0) {
    const next = await queue.take();
    if (next === undefined) break;
    taken.push(`${next.namespace}/${next.name}`);
    queue.done(next);
  }
  return taken;
}

describe('The work queue', () => {
  it('holds a key once, however often it is added', async () => {
    const { queue } = newQueue();
    for (const name of ['a', 'b', 'a', 'a']) queue.add(key(name));
    expect(await drain(queue)).toEqual(['here/a', 'here/b']);
  });

  it('does not hand out a key that is being worked on, but afterwards', async () => {
    const { queue } = newQueue();
    queue.add(key('a'));
    await queue.take();
    queue.add(key('a'));
    queue.add(key('a'));
    expect(queue.depth).toBe(0);
    queue.done(key('a'));
    expect(await drain(queue)).toEqual(['here/a']);
  });

  it('hands a key to who waits already', async () => {
    const { queue } = newQueue();
    const taking = queue.take();
    queue.add(key('a'));
    expect(await taking).toEqual(key('a'));
    expect(queue.depth).toBe(0);
  });

  it('lets namespaces take turns', async () => {
    const { queue } = newQueue();
    for (const name of ['1', '2', '3']) queue.add(key(name, 'many'));
    queue.add(key('1', 'few'));
    expect(await drain(queue)).toEqual(['many/1', 'few/1', 'many/2', 'many/3']);
  });

  it('gives one namespace no more than half of the workers', async () => {
    const { queue } = newQueue();
    for (const name of ['1', '2', '3']) queue.add(key(name, 'many'));
    const taken = [await queue.take(), await queue.take()];
    const third = queue.take();
    const fourth = queue.take();
    queue.add(key('1', 'few'));
    expect(await third).toEqual(key('1', 'few'));
    expect([taken, queue.depth]).toEqual([[key('1', 'many'), key('2', 'many')], 1]);
    queue.done(key('1', 'many'));
    expect(await fourth).toEqual(key('3', 'many'));
  });

  it('hands out what changed before what is only swept', async () => {
    const { queue, measured } = newQueue();
    for (const name of ['a', 'b', 'c']) queue.add(key(name), 'Sweep');
    queue.add(key('d'));
    queue.add(key('b'));
    queue.add(key('b'), 'Sweep');
    queue.add(key('1', 'there'), 'Sweep');
    expect(await drain(queue)).toEqual(['here/d', 'there/1', 'here/b', 'here/a', 'here/c']);
    expect(measured.filter((what) => what === 'added')).toHaveLength(5);
  });

  it('adds later, and of several delays takes the earliest', async () => {
    const { queue, clock } = newQueue();
    queue.addAfter(key('a'), 500);
    queue.addAfter(key('a'), 100);
    queue.addAfter(key('a'), 300);
    clock.advance(99);
    expect(queue.depth).toBe(0);
    clock.advance(1);
    expect(await drain(queue)).toEqual(['here/a']);
    clock.advance(1_000);
    expect(queue.depth).toBe(0);
  });

  it('drops a later look once the key is worked on, which decides anew', async () => {
    const { queue, clock } = newQueue();
    queue.addAfter(key('a'), 100);
    queue.add(key('a'));
    await drain(queue);
    clock.advance(1_000);
    expect(queue.depth).toBe(0);
  });

  it('looks early where a delay is longer than a timer can be', () => {
    const { queue, clock } = newQueue();
    queue.addAfter(key('a'), 60 * 24 * 3_600_000);
    clock.advance(24 * 3_600_000);
    expect(queue.depth).toBe(1);
  });

  it('waits longer after each failure until one succeeds', () => {
    const { queue } = newQueue();
    const waits = Array.from({ length: 12 }, () => queue.retry(key('a')));
    for (const [failures, wait] of waits.entries()) {
      const wantMost = Math.min(10_000, 100 * 2 ** failures);
      expect(wait).toBeLessThanOrEqual(wantMost);
      expect(wait).toBeGreaterThanOrEqual(wantMost / 2);
    }
    queue.forget(key('a'));
    expect(queue.retry(key('a'))).toBeLessThanOrEqual(100);
    expect(queue.retry(key('a'), 5_000)).toBe(5_000);
  });

  it('measures how long keys waited and how long the work took', async () => {
    const { queue, clock, measured } = newQueue();
    queue.add(key('a'));
    clock.advance(30);
    await queue.take();
    clock.advance(20);
    expect(queue.workingSince).toEqual([30]);
    queue.done(key('a'));
    expect(measured).toEqual(['added', 'waited 30', 'took 20']);
  });

  it('hands out nothing after it was closed', async () => {
    const { queue, clock } = newQueue();
    const taking = queue.take();
    queue.addAfter(key('a'), 10);
    queue.close();
    queue.add(key('b'));
    clock.advance(100);
    expect([await taking, await queue.take(), queue.depth]).toEqual([undefined, undefined, 0]);
  });

  it('hands out nothing beyond the workers there are', async () => {
    const { queue } = newQueue();
    for (const namespace of ['1', '2', '3', '4', '5']) queue.add(key('a', namespace));
    for (let count = 0; count < 4; count += 1) await queue.take();
    const fifth = queue.take();
    expect(queue.depth).toBe(1);
    queue.done(key('a', '1'));
    expect(await fifth).toEqual(key('a', '5'));
  });

  it('gives the worker of work that waits for others to the next key, and work that goes on comes before new keys', async () => {
    const { queue } = newQueue();
    const story: string[] = [];
    const answers = Array.from({ length: 6 }, () => Promise.withResolvers<number>());
    for (const name of ['0', '1', '2', '3', '4', '5']) queue.add(key(name));
    for (const [index, { promise }] of answers.entries()) {
      const taken = await queue.take();
      if (taken !== undefined) void queue.aside(taken, promise).then((value) => story.push(`${index} got ${value}`));
    }
    for (const name of ['6', '7', '8']) queue.add(key(name));
    await queue.take();
    await queue.take();
    const third = queue.take().then((taken) => story.push(`took ${taken?.name}`));
    answers[3]?.resolve(30);
    await answers[3]?.promise;
    expect(story).toEqual([]);
    queue.done(key('6'));
    await new Promise(setImmediate);
    expect(story).toEqual(['3 got 30']);
    queue.done(key('3'));
    await third;
    expect(story).toEqual(['3 got 30', 'took 8']);
  });

  it('never hands out a key whose work waits for others, but afterwards', async () => {
    const { queue } = newQueue();
    const { promise, resolve } = Promise.withResolvers<string>();
    queue.add(key('a'));
    await queue.take();
    const waiting = queue.aside(key('a'), promise);
    queue.add(key('a'));
    expect(queue.depth).toBe(0);
    resolve('answer');
    expect(await waiting).toBe('answer');
    queue.done(key('a'));
    expect(await drain(queue)).toEqual(['here/a']);
  });

  it('tells work whose waiting failed at once, and counts no worker for it twice', async () => {
    const { queue } = newQueue();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      queue.add(key(name));
      const taken = await queue.take();
      await expect(queue.aside(taken ?? key(''), Promise.reject(new Error('no')))).rejects.toThrow('no');
      queue.done(key(name));
    }
    for (const name of ['1', '2', '3']) queue.add(key(name));
    await queue.take();
    await queue.take();
    const third = queue.take();
    expect(queue.depth).toBe(1);
    queue.close();
    expect(await third).toBeUndefined();
  });

  it('gives up work that waits for others when it is closed', async () => {
    const { queue } = newQueue();
    queue.add(key('a'));
    await queue.take();
    const waiting = queue.aside(key('a'), new Promise(() => undefined));
    queue.close();
    await expect(waiting).rejects.toThrow(QueueClosed);
    queue.done(key('a'));
    await expect(queue.aside(key('a'), Promise.resolve(1))).rejects.toThrow(QueueClosed);
  });

  it('loses no key, never has two at work on one, and holds no worker for what waits, whatever happens', async () => {
    const step = fc.record({
      action: fc.constantFrom('add', 'sweep', 'later', 'retry', 'take', 'done', 'time', 'aside', 'answer'),
      key: fc.record({ namespace: fc.constantFrom('x', 'y'), name: fc.constantFrom('1', '2', '3', '4') }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const { queue, clock } = newQueue();
        const owed = new Set<string>();
        const working = new Map<string, Key>();
        /** Work that waits for others, until it is told. */
        const aside = new Map<string, () => void>();
        const twice: Key[] = [];
        const take = () =>
          void queue.take().then((taken) => {
            if (taken === undefined) return;
            const id = idOf(taken);
            if (working.has(id) || aside.has(id)) twice.push(taken);
            owed.delete(id);
            working.set(id, taken);
          });
        const done = (id: string, taken: Key) => {
          working.delete(id);
          queue.done(taken);
        };
        const stepAside = (id: string, taken: Key) => {
          const { promise, resolve } = Promise.withResolvers<void>();
          working.delete(id);
          aside.set(id, resolve);
          void queue.aside(taken, promise).then(() => {
            aside.delete(id);
            working.set(id, taken);
          });
        };
        for (const { action, key: one } of steps) {
          const id = idOf(one);
          if (['add', 'sweep', 'later', 'retry'].includes(action)) owed.add(id);
          if (action === 'add') queue.add(one);
          if (action === 'sweep') queue.add(one, 'Sweep');
          if (action === 'later') queue.addAfter(one, 1_000);
          if (action === 'retry') queue.retry(one);
          if (action === 'take') take();
          if (action === 'done' && working.has(id)) done(id, one);
          if (action === 'aside' && working.has(id)) stepAside(id, one);
          if (action === 'answer') aside.get(id)?.();
          if (action === 'time') clock.advance(500);
          await new Promise(setImmediate);
          expect(working.size).toBeLessThanOrEqual(settings.workers);
        }
        clock.advance(100_000);
        for (const answer of aside.values()) answer();
        while (owed.size + working.size + aside.size > 0) {
          take();
          await new Promise(setImmediate);
          for (const [id, taken] of working) done(id, taken);
        }
        expect([twice, queue.depth, queue.workingSince]).toEqual([[], 0, []]);
      }),
      { numRuns: 300 },
    );
  });
});
