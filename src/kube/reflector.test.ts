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
