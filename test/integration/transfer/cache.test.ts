import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Passage, startPassage, startS3, type Store } from '../../stores/index.ts';
import { digestOf, filled, scratch, transferred } from './transferred.ts';

/** Programs are started, which take their time on a busy machine. */
jest.setTimeout(60_000);

const { path, remove } = scratch();
const source = filled(path('source'), { 'weights.bin': Buffer.alloc(8_000_000, 7), 'sub/config.json': '{}' });
const digest = digestOf(source);
const hex = digest.slice('sha256:'.length);
let store: Store;
let passage: Passage;

beforeAll(async () => {
  store = await startS3(filled(path('store'), { '.keep': '' }));
  await store.upload(source, 'model');
  passage = await startPassage(store.address);
}, 120_000);

afterAll(async () => {
  await passage.stop();
  await store.stop();
  remove();
});

let pods = 0;

/** As a pod does that has the cache claim at this path. */
function fetched(cache: string, limits = {}, uri = 's3://artifacts/model') {
  const folder = path(`${cache}/${hex}`);
  const settings = {
    s3: { ...store.settings.s3, endpoint: `http://${passage.address}` },
    digests: { [folder]: digest },
  };
  const credentials = { FLYBALL_POD_UID: `pod-${(pods += 1)}` };
  return transferred('fetch', [uri, folder], store, { settings, credentials, limits: { glance: 50, ...limits } });
}

const content = (cache: string) => readdirSync(path(cache)).toSorted();
const wantContent = [`.${hex}.whole.json`, hex];

describe('A cache claim', () => {
  it('is filled once by eight pods at once, and they all get the same', async () => {
    const before = passage.carried.down;
    const all = await Promise.all(Array.from({ length: 8 }, () => fetched('shared')));
    for (const { code, message, artifacts } of all) {
      expect({ code, message }).toMatchObject({ code: 0 });
      expect(artifacts).toEqual([{ path: path(`shared/${hex}`), digest, bytes: 8_000_002, files: 2 }]);
    }
    expect(passage.carried.down - before).toBeLessThan(2 * 8_000_000);
    expect(all.flatMap(({ lines }) => lines)).toContain(
      'Waiting for another pod, which fetches s3://artifacts/model into the cache.',
    );
    expect(digestOf(path(`shared/${hex}`))).toBe(digest);
    expect(content('shared')).toEqual(wantContent);
  }, 60_000);

  it('gives what it has when the store is away', async () => {
    await fetched('kept');
    passage.close();
    const { code, lines } = await fetched('kept');
    passage.open();
    expect({ code, lines }).toEqual({ code: 0, lines: ['s3://artifacts/model is in the cache already.'] });
  }, 60_000);

  it('takes what lost its mark with a pod, if it has the digest', async () => {
    const entry = filled(path(`unmarked/${hex}`), {});
    renameSync(
      filled(path('copied'), { 'weights.bin': Buffer.alloc(8_000_000, 7), 'sub/config.json': '{}' }),
      mkdir(entry),
    );
    const before = passage.carried.down;
    expect(await fetched('unmarked')).toMatchObject({ code: 0, artifacts: [{ digest }] });
    expect(passage.carried.down).toBe(before);
    expect(content('unmarked')).toEqual(wantContent);
  }, 60_000);

  it.each([
    ['an empty folder that the kubelet made in order to mount it', {}],
    ['something else', { 'weights.bin': 'forged' }],
  ])(
    'fills an entry that is %s',
    async (what, files) => {
      const cache = `wrong ${what.length}`;
      mkdir(path(`${cache}/${hex}`));
      filled(path(`${cache}/${hex}`), files);
      expect(await fetched(cache)).toMatchObject({ code: 0, artifacts: [{ digest }] });
      expect(digestOf(path(`${cache}/${hex}`))).toBe(digest);
      expect(content(cache)).toEqual(wantContent);
    },
    60_000,
  );

  it('fills an entry again of which files are lacking, as after a loss of power', async () => {
    await fetched('lacking');
    writeFileSync(path(`lacking/${hex}/weights.bin`), '');
    expect(await fetched('lacking')).toMatchObject({ code: 0, artifacts: [{ digest }] });
    expect(digestOf(path(`lacking/${hex}`))).toBe(digest);
  }, 60_000);

  it('is filled by another pod if one shows no life any more, and goes on where that has left off', async () => {
    const left = path(`abandoned/.${hex}.pod.partial`);
    filled(path('abandoned'), { [`.${hex}.lock`]: 'another-pod 1 2' });
    await fetched('first');
    const listing = path(`abandoned/.${hex}.pod.partial.listing`);
    writeFileSync(listing, await listingOf());
    filled(left, { 'weights.bin.1234.partial': 'half', 'sub/config.json': '{}' });
    expect(await fetched('abandoned', { silence: 300 })).toMatchObject({ code: 0, artifacts: [{ digest }] });
    expect(content('abandoned')).toEqual(wantContent);
  }, 60_000);

  it('keeps nothing that has another digest', async () => {
    const { code, message } = await fetched('other', {}, 's3://artifacts/model/sub');
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(`and ${digest} was asked for`) });
    expect(content('other')).toEqual([]);
  }, 60_000);
});

function mkdir(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** What a pod notes of the listing that it fills its folder from: taken from one that is stopped in the middle. */
async function listingOf(): Promise<string> {
  const stop = new AbortController();
  const folder = path(`noted/${hex}`);
  await transferred('fetch', ['s3://artifacts/model', folder], store, {
    settings: { digests: { [folder]: digest } },
    stop: stop.signal,
    onLine: () => stop.abort(),
  });
  const note = readdirSync(path('noted')).find((name) => name.endsWith('.listing')) ?? '';
  return readFileSync(join(path('noted'), note), 'utf8');
}
