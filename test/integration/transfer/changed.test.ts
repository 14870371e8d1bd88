import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startPassage, startS3, type Store } from '../../stores/index.ts';
import { digestOf, filled, scratch, transferred } from './transferred.ts';

/** Programs are started, which take their time on a busy machine. */
jest.setTimeout(60_000);

const { path, remove } = scratch();
const mebibyte = 1024 * 1024;
const objects = path('store/objects/artifacts');
let store: Store;

beforeAll(async () => {
  store = await startS3(filled(path('store'), { '.keep': '' }));
}, 120_000);

afterAll(async () => {
  await store.stop();
  remove();
});

const anHourAgo = Math.floor(Date.now() / 1_000) - 3_600;

/** Puts an object into the store by a file: it has no hash, so that size and time alone tell it from another one. */
function put(name: string, content: string | Buffer, time = anHourAgo): void {
  filled(objects, { next: content });
  utimesSync(join(objects, 'next'), time, time);
  mkdirSync(dirname(join(objects, name)), { recursive: true });
  renameSync(join(objects, 'next'), join(objects, name));
}

describe('What is changed while it is fetched', () => {
  it('is fetched anew, and not mixed', async () => {
    const [old, next] = [randomBytes(64 * mebibyte), randomBytes(64 * mebibyte)];
    put('model/a.bin', old);
    put('model/b.bin', old);
    const passage = await startPassage(store.address);
    // Before the first half of what is listed has come.
    passage.onceDown(32 * mebibyte, () => put('model/a.bin', next, anHourAgo + 1));
    const settings = { s3: { ...store.settings.s3, endpoint: `http://${passage.address}` } };
    const by = { ...store, settings };
    const { artifacts, lines } = await transferred('fetch', ['s3://artifacts/model', path('changed')], by);
    await passage.stop();
    expect(lines).toContain('s3://artifacts/model was changed while it was fetched, so it is fetched anew.');
    expect(artifacts).toMatchObject([{ digest: digestOf(filled(path('want'), { 'a.bin': next, 'b.bin': old })) }]);
  });

  it('each time is said to be so', async () => {
    put('moving/0', 'first');
    let count = 0;
    const { code, message } = await transferred('fetch', ['s3://artifacts/moving', path('moving')], store, {
      onLine: (line) => {
        if (line.startsWith('Fetching')) put(`moving/${(count += 1)}`, 'more');
      },
    });
    expect(code).toBe(3);
    expect(message).toContain('s3://artifacts/moving was changed each of 4 times while it was fetched');
  });

  it('is waited for if it was written to within the same second, in which nobody could tell', async () => {
    // By a clock that is ahead, so that no machine is too slow to see it as young.
    const now = anHourAgo + 7_200;
    put('young/a.bin', 'old');
    put('young/b.bin', 'old', now);
    const { artifacts, lines } = await transferred('fetch', ['s3://artifacts/young', path('young')], store, {
      onLine: (line) => {
        if (line.includes('was written to just now')) put('young/b.bin', 'new', now);
      },
    });
    expect(lines).toContain('s3://artifacts/young was written to just now: looking again in 2 s.');
    expect(artifacts).toMatchObject([{ digest: digestOf(filled(path('new'), { 'a.bin': 'old', 'b.bin': 'new' })) }]);
  });
});
