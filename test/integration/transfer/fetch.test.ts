import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startAzure, startGoogle, startHTTPS, startPassage, startS3, type Store } from '../../stores/index.ts';
import { digestOf, filled, scratch, transferred } from './transferred.ts';

/** Programs are started, which take their time on a busy machine. */
jest.setTimeout(60_000);

const { path, remove } = scratch();
const names = ['a.txt', 'sub/b.txt', 'sub/ä ö.txt', 'z.bin'];
const source = filled(path('source'), Object.fromEntries(names.map((name) => [name, `contents of ${name}\n`])));

afterAll(remove);

const starts = {
  S3: startS3,
  'Google Cloud Storage': startGoogle,
  'Azure Blob Storage': startAzure,
};

describe.each(Object.entries(starts))('Fetch from %s', (name, start) => {
  let store: Store;

  beforeAll(async () => {
    store = await start(filled(path(name), { '.keep': '' }));
    await store.upload(source, 'models/fraud');
    await store.upload(source, 'models/fraud-2');
  }, 300_000);

  afterAll(() => store.stop());

  it('brings what is below a prefix, and nothing beside it, and says its digest', async () => {
    const folder = path(`${name}-prefix`);
    const { code, message, artifacts, lines } = await transferred(
      'fetch',
      [`${store.root}/models/fraud`, folder],
      store,
    );
    expect({ code, message }).toMatchObject({ code: 0 });
    expect(artifacts).toEqual([{ path: folder, digest: digestOf(source), bytes: 84, files: 4 }]);
    expect(digestOf(folder)).toBe(digestOf(source));
    expect(lines[0]).toBe(`Fetching 0 of 84 bytes, 0 of 4 files, from ${store.root}/models/fraud`);
  });

  it('brings one object under its own name into a folder', async () => {
    const folder = path(`${name}-object`);
    const { artifacts } = await transferred('fetch', [`${store.root}/models/fraud/sub/b.txt`, folder], store);
    expect(artifacts).toMatchObject([{ path: folder, files: 1 }]);
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('contents of sub/b.txt\n');
  });

  it('brings several, each into its own folder, and takes each digest that was asked for', async () => {
    const [one, two] = [path(`${name}-one`), path(`${name}-two`)];
    const words = [`${store.root}/models/fraud`, one, `${store.root}/models/fraud-2/a.txt`, two];
    const settings = { digests: { [one]: digestOf(source) } };
    const { artifacts } = await transferred('fetch', words, store, { settings });
    expect(artifacts).toMatchObject([
      { path: one, digest: digestOf(source) },
      { path: two, digest: digestOf(two) },
    ]);
  });

  it('says that nothing is there', async () => {
    const uri = `${store.root}/models/none`;
    const { code, message } = await transferred('fetch', [uri, path('missing')], store);
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(uri) });
    expect(message).toMatch(/^There is (nothing|no such)/);
    expect(existsSync(path('missing'))).toBe(false);
  });

  it('says that there is no such bucket', async () => {
    const uri = `${store.root.replace('artifacts', 'elsewhere')}/models/fraud`;
    const { code, message } = await transferred('fetch', [uri, path('missing')], store);
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(uri) });
    expect(message).toMatch(/^There is (nothing|no such)/);
  });

  it('refuses what has another digest than was asked for, and leaves nothing', async () => {
    const folder = path(`${name}-other/model`);
    const wrong = `sha256:${'0'.repeat(64)}`;
    const settings = { digests: { [folder]: wrong } };
    const { code, message } = await transferred('fetch', [`${store.root}/models/fraud`, folder], store, { settings });
    expect(code).toBe(3);
    expect(message).toContain(`is ${digestOf(source)}, and ${wrong} was asked for`);
    expect(readdirSync(path(`${name}-other`))).toEqual([]);
  });
});

describe('Fetch from a web server', () => {
  let store: Store;

  beforeAll(async () => {
    store = await startHTTPS(filled(path('https'), { '.keep': '' }), { isPublic: false });
    await store.upload(source, 'data');
  });

  afterAll(() => store.stop());

  it('brings one file under its own name, with the token', async () => {
    const folder = path('https-one');
    const { code, message, artifacts } = await transferred('fetch', [`${store.root}/data/sub/b.txt`, folder], store);
    expect({ code, message }).toMatchObject({ code: 0 });
    expect(artifacts).toEqual([{ path: folder, digest: digestOf(folder), bytes: 22, files: 1 }]);
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('contents of sub/b.txt\n');
  });

  it('brings nothing again of what a container before had whole', async () => {
    const large = filled(path('large'), { 'large.bin': Buffer.alloc(8 * 1024 * 1024) });
    await store.upload(large, 'data');
    const passage = await startPassage(store.address);
    const words = [`https://${passage.address}/data/large.bin`, path('https-whole')];
    const stop = new AbortController();
    const onLine = (line: string): void => {
      if (line.startsWith('Checking')) stop.abort();
    };
    expect(await transferred('fetch', words, store, { stop: stop.signal, onLine })).toMatchObject({ code: 143 });
    const before = passage.carried.down;
    const { code, artifacts } = await transferred('fetch', words, store);
    expect({ code, artifacts }).toMatchObject({ code: 0, artifacts: [{ digest: digestOf(large) }] });
    expect(passage.carried.down - before).toBeLessThan(6 * 1024 * 1024);
    await passage.stop();
  });

  it.each([
    ['data/none.txt', {}, 'There is nothing at'],
    ['data/a.txt', { HTTPS_BEARER_TOKEN: 'guessed' }, 'The server does not let'],
  ])('says in words why it cannot bring %s', async (file, credentials, want) => {
    const words = [`${store.root}/${file}`, path('missing')];
    const { code, message } = await transferred('fetch', words, store, { credentials });
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(want) });
    expect(message).not.toContain('guessed');
  });
});
