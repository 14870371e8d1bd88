import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, KeptLog, replyStatus, until, widgets } from '../../test/builders/apiserver.ts';
import type { Settings } from '../settings.ts';
import { defaultSettings } from '../settings.ts';
import { Cache } from './cache.ts';
import { systemClock } from './clock.ts';
import { Reflector } from './reflector.ts';

const folder = '/apis/test.dev/v1/namespaces/here/widgets';
let server: FakeApiServer;
let stop: AbortController;
let running: Promise<void>;

beforeEach(async () => {
  server = new FakeApiServer();
  stop = new AbortController();
  running = Promise.resolve();
  await server.start();
});
afterEach(async () => {
  stop.abort();
  await running;
  await server.stop();
});

/** A reflector that runs and has listed. */
async function start(settings: Partial<Settings> = {}) {
  const all = { ...defaultSettings, watchBackoffMin: 1, watchBackoffMax: 5, ...settings };
  const client = server.client(all);
  const cache = new Cache(() => Promise.resolve(undefined));
  const reflector = new Reflector({ kind: widgets }, client, cache, all, systemClock, new KeptLog());
  running = reflector.run(stop.signal);
  await until(() => reflector.blindFor() === 0);
  const names = () => cache.keys(widgets).map(({ name }) => name);
  return { reflector, cache, names };
}

describe('A reflector', () => {
  it('lists, then watches from the version of the list', async () => {
    server.put(`${folder}/a`, {});
    const { names } = await start();
    expect(names()).toEqual(['a']);
    server.put(`${folder}/b`, {});
    server.delete(`${folder}/a`);
    await until(() => names().join() === 'b');
    expect(server.story).toEqual(['GET', 'watch 101']);
  });

  it.each(['ended', 'cut'] as const)('goes on where it was when the watch was %s', async (how) => {
    const { names } = await start();
    server.put(`${folder}/a`, {});
    await until(() => names().includes('a'));
    server.endWatches(how);
    server.put(`${folder}/b`, {});
    await until(() => names().includes('b'));
    expect(server.story).toEqual(['GET', 'watch 100', 'watch 101']);
  });

  it('goes on from the last bookmark', async () => {
    const { names } = await start();
    server.sendFrame({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '150' } } });
    server.put(`${folder}/a`, { metadata: { resourceVersion: '151' } });
    await until(() => names().includes('a'));
    server.sendFrame({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '160' } } });
    server.endWatches('ended');
    await until(() => server.story.length === 3);
    expect(server.story.at(-1)).toBe('watch 160');
  });

  it('lists again when its version is not held any more', async () => {
    const { names } = await start();
    server.compactedAt = 120;
    server.restoreEmpty();
    server.put(`${folder}/b`, {});
    server.endWatches('ended');
    await until(() => server.story.includes('watch 11'));
    expect(names()).toEqual(['b']);
  });

  it.each([410, 500])('lists again after an ERROR frame with code %d', async (code) => {
    const { names } = await start();
    server.sendFrame({ type: 'ERROR', object: { kind: 'Status', code, reason: 'X' } });
    server.endWatches('ended');
    server.put(`${folder}/a`, {});
    await until(() => names().includes('a') && server.story.length === 4);
    expect(server.story).toEqual(['GET', 'watch 100', 'GET', 'watch 101']);
  });

  it('goes on where it was after silence', async () => {
    await start({ watchStall: 60 });
    await until(() => server.story.length >= 3);
    expect(server.story.slice(0, 3)).toEqual(['GET', 'watch 100', 'watch 100']);
  });

  it('lists again after a frame that it cannot read, rather than ask for it again', async () => {
    const { names } = await start();
    server.sendFrame({ type: 'MODIFIED', object: null });
    server.put(`${folder}/a`, {});
    await until(() => names().includes('a'));
    expect(server.story.slice(0, 3)).toEqual(['GET', 'watch 100', 'GET']);
  });

  it('does not see what was removed while it was away, once it lists', async () => {
    server.put(`${folder}/a`, {});
    const { names } = await start();
    server.intercept = (_, response) => response.destroy() !== undefined;
    server.endWatches('cut');
    await until(() => server.story.length > 4);
    server.restoreEmpty();
    server.compactedAt = 1_000;
    server.intercept = () => false;
    await until(() => names().length === 0);
  });

  it('waits as long as the API server asks', async () => {
    const { reflector } = await start();
    server.intercept = (_, response) => {
      replyStatus(response, 429, 'TooManyRequests', { retryAfterSeconds: 1 });
      return true;
    };
    server.endWatches('ended');
    await until(() => server.story.length === 3);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.story.length).toBe(3);
    expect(reflector.blindFor()).toBeGreaterThan(100);
  });

  it('ends with its signal, even while the API server is away', async () => {
    await start();
    await server.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    await running;
    await server.start();
  });
});

describe('A reflector of a kind that is not served', () => {
  /** A reflector that runs; it has not listed yet. */
  function startBlind(settings: Partial<Settings> = {}) {
    const all = { ...defaultSettings, watchBackoffMin: 1, watchBackoffMax: 5, ...settings };
    const cache = new Cache(() => Promise.resolve(undefined));
    const log = new KeptLog();
    const reflector = new Reflector({ kind: widgets }, server.client(all), cache, all, systemClock, log);
    running = reflector.run(stop.signal);
    return { reflector, cache, log };
  }

  /** One that has seen an object, and is refused from then on. */
  async function startAndLose(how: 'Absent' | 'Forbidden', settings: Partial<Settings> = {}) {
    server.put(`${folder}/a`, {});
    const started = await start({ unreadyAfter: 1, ...settings });
    server.serve(widgets, how);
    return started;
  }

  it.each(['Absent', 'Forbidden'] as const)(
    'decides after a few refusals, so that others need not wait (%s)',
    async (how) => {
      server.serve(widgets, how);
      const { reflector, cache, log } = startBlind();
      await reflector.decided;
      expect(server.story).toEqual(['GET', 'GET', 'GET']);
      expect(cache.unserved(widgets)).toMatchObject({ cause: how, kind: widgets });
      expect(reflector.isServed).toBe(false);
      expect(log.lines.filter((line) => line.includes('Not served'))).toHaveLength(1);
    },
  );

  it('takes a moment at its start for no more than that', async () => {
    server.serve(widgets, 'Forbidden');
    const { reflector, log } = startBlind({ watchBackoffMin: 100, watchBackoffMax: 100 });
    await until(() => server.story.length === 1);
    server.serve(widgets, 'Served');
    await reflector.decided;
    expect(reflector.isServed).toBe(true);
    expect(log.lines.filter((line) => line.includes('Not served'))).toEqual([]);
  });

  it.each(['Absent', 'Forbidden'] as const)('comes alive soon during the first minute (%s)', async (how) => {
    server.serve(widgets, how);
    const { reflector, cache, log } = startBlind();
    await reflector.decided;
    server.put(`${folder}/a`, {});
    server.serve(widgets, 'Served');
    await until(() => reflector.isServed);
    expect(cache.keys(widgets).map(({ name }) => name)).toEqual(['a']);
    expect(log.lines.filter((line) => line.includes('info Served'))).toHaveLength(1);
  });

  it('is asked for now and then afterwards, and comes alive then', async () => {
    server.serve(widgets, 'Absent');
    const { reflector } = startBlind({ unservedGrace: 50, unservedRetry: 500 });
    await until(() => server.story.length > 5);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const asked = server.story.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.story.length).toBeLessThanOrEqual(asked + 1);
    server.serve(widgets, 'Served');
    await until(() => reflector.isServed);
  });

  it('forgets the objects of a kind that was removed, lists them when it is back', async () => {
    const { cache, names } = await startAndLose('Absent');
    await until(() => !cache.isServed(widgets));
    expect(names()).toEqual([]);
    server.serve(widgets, 'Served');
    await until(() => cache.isServed(widgets));
    expect(names()).toEqual(['a']);
  });

  it('keeps the objects of a kind that was forbidden, and sees what has changed when it is allowed again', async () => {
    const { cache, names } = await startAndLose('Forbidden');
    await until(() => !cache.isServed(widgets));
    expect(names()).toEqual(['a']);
    server.delete(`${folder}/a`);
    server.put(`${folder}/b`, {});
    server.serve(widgets, 'Served');
    await until(() => cache.isServed(widgets) && names().join() === 'b');
  });

  it('is planned with for a while longer if it was seen before', async () => {
    const { reflector, cache, names } = await startAndLose('Absent', { unreadyAfter: 10_000 });
    await until(() => server.story.length > 10);
    expect(reflector.isRefused).toBe(true);
    expect(cache.isServed(widgets)).toBe(true);
    expect(names()).toEqual(['a']);
  });

  it('is listed at once when its version is not held any more, however long it was refused', async () => {
    const often = { unreadyAfter: 1, watchBackoffMax: 60_000, unservedGrace: 1, unservedRetry: 5 };
    const { cache, names } = await start(often);
    server.put(`${folder}/a`, {});
    await until(() => names().join() === 'a');
    server.serve(widgets, 'Forbidden');
    await until(() => server.story.length > 20);
    expect(new Set(server.story.slice(2))).toEqual(new Set(['watch 101']));
    server.delete(`${folder}/a`);
    let isRefused = false;
    server.intercept = ({ query }, response) => {
      if (isRefused || !query.get('watch')) return false;
      isRefused = true;
      const object = { kind: 'Status', code: 410, reason: 'Expired' };
      response.writeHead(200).end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      return true;
    };
    server.serve(widgets, 'Served');
    await until(() => cache.isServed(widgets) && names().length === 0);
  });

  it('is one that was refused last: who is refused once and then fails to see it is blind', async () => {
    const { reflector } = await start();
    let refusals = 1;
    server.intercept = (_, response) => {
      if (refusals-- > 0) replyStatus(response, 403, 'Forbidden');
      else replyStatus(response, 503, 'ServiceUnavailable');
      return true;
    };
    server.endWatches('ended');
    await until(() => server.story.length > 5);
    expect(reflector.isRefused).toBe(false);
    expect(reflector.blindFor()).toBeGreaterThan(0);
  });

  it('is not one that the API server fails to answer for', async () => {
    const { cache } = await start({ unreadyAfter: 1 });
    server.intercept = (_, response) => {
      replyStatus(response, 503, 'ServiceUnavailable');
      return true;
    };
    server.endWatches('ended');
    await until(() => server.story.length > 10);
    expect(cache.isServed(widgets)).toBe(true);
  });
});
