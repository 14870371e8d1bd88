import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeAuthority, startAzure, startGoogle, startHTTPS, startPassage, startS3 } from '../../stores/index.ts';
import { Client, type Store } from '../../stores/store.ts';

const directory = mkdtempSync(join(tmpdir(), 'flyball-stores-'));
const source = join(directory, 'source');
const contents = 'what a model is made of';
let made = 0;
const folder = () => {
  made += 1;
  const path = join(directory, `${made}`);
  mkdirSync(path);
  return path;
};

beforeAll(() => {
  mkdirSync(join(source, 'inner'), { recursive: true });
  writeFileSync(join(source, 'inner', 'weights.bin'), contents);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const starts = {
  S3: (place: string) => startS3(place),
  'S3 by HTTPS': async (place: string) => startS3(place, { authority: await makeAuthority(place) }),
  'Google Cloud Storage': (place: string) => startGoogle(place),
  'Azure Blob Storage': (place: string) => startAzure(place),
  'a web server': (place: string) => startHTTPS(place),
};

describe.each(Object.entries(starts))('%s', (_, start) => {
  let store: Store;
  const place = folder();

  beforeAll(async () => {
    store = await start(place);
  }, 300_000);

  afterAll(() => store.stop());

  test('gives back what was put there', async () => {
    await store.upload(source, 'data/train');
    const back = folder();
    await store.download('data/train', back);
    expect(readFileSync(join(back, 'inner', 'weights.bin'), 'utf8')).toBe(contents);
  });

  test('has the same after another start', async () => {
    const want = store.root;
    await store.stop();
    store = await start(place);
    expect(store.root.replace(/:[0-9]+$/, '')).toBe(want.replace(/:[0-9]+$/, ''));
    const back = folder();
    await store.download('data/train', back);
    expect(readdirSync(join(back, 'inner'))).toEqual(['weights.bin']);
    await store.remove('data/train');
    const empty = folder();
    await store.download('data/train', empty).catch(() => undefined);
    expect(readdirSync(empty)).toEqual([]);
  });
});

describe('Who has no key', () => {
  const stores: Store[] = [];
  afterAll(() => Promise.all(stores.map((store) => store.stop())));
  const kept = async (store: Promise<Store>) => {
    stores.push(await store);
    return store;
  };

  test('is refused by S3', async () => {
    const { settings } = await kept(startS3(folder()));
    const keys = { access_key_id: 'flyball', secret_access_key: 'guessed' };
    const stranger = new Client({ type: 's3', provider: 'Other', endpoint: settings.s3?.endpoint ?? '', ...keys });
    await expect(stranger.download('data', folder())).rejects.toThrow('Forbidden');
  });

  test('is refused by Google Cloud Storage, with the key of another account too', async () => {
    const { settings, credentials } = await kept(startGoogle(folder()));
    const other = await kept(startGoogle(folder()));
    const endpoint = settings.gs?.endpoint ?? '';
    const nobody = new Client({ type: 'gcs', endpoint, anonymous: 'true' });
    await expect(nobody.download('data', folder())).rejects.toThrow('Invalid Credentials');
    const { private_key } = JSON.parse(other.credentials['GOOGLE_SERVICE_ACCOUNT_JSON'] ?? '') as Record<
      string,
      string
    >;
    const own = JSON.parse(credentials['GOOGLE_SERVICE_ACCOUNT_JSON'] ?? '') as Record<string, string>;
    const forged = JSON.stringify({ ...own, private_key });
    const stranger = new Client({ type: 'gcs', endpoint, service_account_credentials: forged });
    await expect(stranger.download('data', folder())).rejects.toThrow('Invalid JWT Signature');
  });

  test('is refused by Azure Blob Storage', async () => {
    const { settings } = await kept(startAzure(folder()));
    const key = Buffer.from('guessed').toString('base64');
    const endpoint = `${settings.abfss?.endpoint}/flyball`;
    const stranger = new Client({ type: 'azureblob', account: 'flyball', key, endpoint });
    await expect(stranger.download('data', folder())).rejects.toThrow('AuthorizationFailure');
  }, 60_000);

  test('is refused by a web server that is not public', async () => {
    const store = await kept(startHTTPS(folder(), { isPublic: false }));
    await store.upload(source, 'data');
    expect((await get(store, '/data/inner/weights.bin')).status).toBe(401);
    const authorization = `Bearer ${store.credentials['HTTPS_BEARER_TOKEN']}`;
    expect(await get(store, '/data/inner/weights.bin', { authorization })).toEqual({ status: 200, body: contents });
  });
});

describe('A web server', () => {
  test('begins in the middle of a file, as long as it is the same', async () => {
    const store = await startHTTPS(folder());
    await store.upload(source, 'data');
    const path = '/data/inner/weights.bin';
    expect(await get(store, path, { range: 'bytes=5-' })).toEqual({ status: 206, body: contents.slice(5) });
    expect(await get(store, path, { range: 'bytes=5-', 'if-range': '"old"' })).toEqual({ status: 200, body: contents });
    expect((await get(store, '/../source/inner/weights.bin')).status).toBe(404);
    await store.stop();
  });
});

describe('A passage', () => {
  test('counts, cuts, closes and opens again', async () => {
    const store = await startHTTPS(folder());
    await store.upload(source, 'data');
    const passage = await startPassage(store.address);
    const path = '/data/inner/weights.bin';
    const by = { ...store, address: passage.address };
    expect((await get(by, path)).status).toBe(200);
    expect(passage.carried.down).toBeGreaterThan(contents.length);
    passage.cutAfter(10);
    await expect(get(by, path)).rejects.toThrow();
    expect((await get(by, path)).status).toBe(200);
    passage.close();
    await expect(get(by, path)).rejects.toThrow();
    passage.open();
    expect((await get(by, path)).status).toBe(200);
    await passage.stop();
    await store.stop();
  });
});

/** Asks a web server, whose authority is known. */
async function get({ address, settings }: Store, path: string, headers: Record<string, string> = {}) {
  const [host, port] = address.split(':');
  const options = { host, port, path, headers, ca: settings.caCertificates, agent: false };
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const asked = request(options, (answered) => {
      buffer(answered).then((body) => resolve({ status: answered.statusCode, body: body.toString() }), reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}
