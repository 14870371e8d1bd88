import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeAuthority, type Passage, startHTTPS, startPassage, startS3, type Store } from '../../stores/index.ts';
import { digestOf, filled, scratch, transferred, type TransferOptions } from './transferred.ts';

const { path, remove } = scratch();
const mebibyte = 1024 * 1024;
/** One that is fetched in one piece, and one of which several parts come at once. */
const files = { 'model.bin': randomBytes(24 * mebibyte), 'large/model.bin': randomBytes(300 * mebibyte) };
const source = filled(path('source'), files);

afterAll(remove);

const starts = { S3: startS3, 'a web server': startHTTPS };

describe.each(Object.entries(starts))('A connection to %s', (name, start) => {
  let store: Store;
  let passage: Passage;
  let attempt = 0;

  beforeAll(async () => {
    store = await start(filled(path(name), { '.keep': '' }));
    await store.upload(source, 'data');
  }, 120_000);

  afterAll(() => store.stop());

  beforeEach(async () => {
    passage = await startPassage(store.address);
  });

  afterEach(() => passage.stop());

  /** Fetches through the passage. */
  async function fetched(file: string, options: TransferOptions = {}) {
    const folder = path(`${name}-${(attempt += 1)}`);
    const behind = JSON.stringify(store.settings).replaceAll(store.address, passage.address);
    const by = { settings: JSON.parse(behind) as Store['settings'], credentials: store.credentials };
    const root = store.root.replaceAll(store.address, passage.address);
    return transferred('fetch', [`${root}/data/${file}`, folder], by, options);
  }

  const wholeDigest = (file: 'model.bin' | 'large/model.bin') =>
    digestOf(filled(path(`${name}-want-${file.length}`), { 'model.bin': files[file] }));

  it.each(['model.bin', 'large/model.bin'] as const)(
    'that is cut at nine tenths of %s brings the rest when it is back',
    async (file) => {
      passage.cutAfter(Math.floor(files[file].length * 0.9));
      const { code, message, artifacts } = await fetched(file);
      expect({ code, message }).toMatchObject({ code: 0 });
      expect(artifacts).toMatchObject([{ digest: wholeDigest(file), bytes: files[file].length }]);
      // It goes on where it was cut.
      expect(passage.carried.down).toBeLessThan(files[file].length * 1.5);
    },
    120_000,
  );

  it.each(['model.bin', 'large/model.bin'] as const)(
    'on which nothing comes any more in the middle of %s is ended and made again',
    async (file) => {
      passage.onceDown(files[file].length / 2, () => {
        passage.stall();
        setTimeout(() => passage.open(), 4_000);
      });
      const limits = { stall: 1_000 };
      const { code, message, artifacts } = await fetched(file, { limits });
      expect({ code, message }).toMatchObject({ code: 0 });
      expect(artifacts).toMatchObject([{ digest: wholeDigest(file) }]);
    },
    120_000,
  );

  it('that is refused for a while is tried again until it is there, and says so', async () => {
    passage.close();
    setTimeout(() => passage.open(), 3_000);
    const { code, message, lines } = await fetched('model.bin');
    expect({ code, message }).toMatchObject({ code: 0 });
    expect(lines.filter((line) => line.startsWith('Trying again in '))).not.toEqual([]);
  }, 120_000);

  it('that is refused for longer than patience lasts is a fault of the store', async () => {
    passage.close();
    const limits = { patience: 1_500 };
    const { code, message } = await fetched('model.bin', { limits });
    expect({ code, message }).toMatchObject({ code: 1 });
  }, 120_000);
});

describe('A web server that leads elsewhere', () => {
  const seen: (string | undefined)[] = [];
  const servers: { close: () => void }[] = [];
  let caCertificates = '';
  let tls = {};

  type Answered = readonly [status: number, headers: Record<string, string>];

  beforeAll(async () => {
    const authority = await makeAuthority(path('leading'));
    const own = await authority.certify('127.0.0.1');
    caCertificates = authority.certificate;
    tls = { cert: readFileSync(own.certificate), key: readFileSync(own.key) };
  });

  async function listen(answer: (url: string) => Answered, plain = false): Promise<string> {
    const respond = ({ headers, url = '' }: IncomingMessage, outgoing: ServerResponse): void => {
      seen.push(headers.authorization);
      outgoing.writeHead(...answer(url)).end('contents');
    };
    const server = plain ? createPlainServer(respond) : createServer(tls, respond);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  afterAll(() => servers.forEach((server) => server.close()));

  const fetchedFrom = (uri: string) =>
    transferred('fetch', [uri, path(`led-${seen.length}`)], {
      settings: { caCertificates },
      credentials: { HTTPS_BEARER_TOKEN: 'secret-token' },
    });

  it('gets the token, and where it leads does not', async () => {
    const second = await listen(() => [200, { 'content-length': '8' }]);
    const first = await listen(() => [302, { location: `https://${second}/elsewhere` }]);
    const { code, message } = await fetchedFrom(`https://${first}/model.bin`);
    expect({ code, message }).toMatchObject({ code: 0 });
    expect(new Set(seen.filter((_, index) => index % 2 === 0))).toEqual(new Set(['Bearer secret-token']));
    expect(new Set(seen.filter((_, index) => index % 2 === 1))).toEqual(new Set([undefined]));
  });

  it('is not followed to where nothing is encrypted, nor for ever', async () => {
    const plain = await listen(() => [200, {}], true);
    const leading = await listen(() => [302, { location: `http://${plain}/` }]);
    const circle = await listen((url) => [302, { location: url }]);
    expect(await fetchedFrom(`https://${leading}/a`)).toMatchObject({
      code: 3,
      message: expect.stringContaining('leads to an address without encryption'),
    });
    expect(await fetchedFrom(`https://${circle}/a`)).toMatchObject({
      code: 3,
      message: expect.stringContaining('leads from one address to the next without an end'),
    });
  });
});
