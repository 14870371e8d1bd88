import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type HubOptions, type HubStore, startHub, startPassage } from '../../stores/index.ts';
import { digestOf, filled, scratch, transferred, type TransferOptions } from './transferred.ts';

/** A certificate is made for each Hub, which takes its time on a busy machine. */
jest.setTimeout(60_000);

const { path, remove } = scratch();
const mebibyte = 1024 * 1024;
const files = {
  '.gitattributes': '*.bin filter=lfs\n',
  'config.json': '{}',
  'empty.txt': '',
  'onnx/ä ö.txt': 'text',
  'onnx/model.bin': randomBytes(24 * mebibyte),
};
const source = filled(path('source'), files);
let hub: HubStore;
let count = 0;

afterEach(() => hub.stop());
afterAll(remove);

async function start(options: HubOptions = {}): Promise<void> {
  hub = await startHub(path(`hub-${(count += 1)}`), options);
  await hub.upload(source, '');
}

/** Fetches into a folder of its own. */
async function fetched(uri: string, options: TransferOptions = {}, folder = path(`folder-${(count += 1)}`)) {
  const result = await transferred('fetch', [uri, folder], hub, options);
  return { ...result, folder };
}

/** With what is done once so many bytes have come from the server that gives large files. */
async function fetchedBehind(at: number, act: (passage: Awaited<ReturnType<typeof startPassage>>) => void) {
  const passage = await startPassage(hub.storage);
  hub.storage = passage.address;
  const timer = setInterval(() => {
    if (passage.carried.down < at) return;
    clearInterval(timer);
    act(passage);
  }, 2);
  const result = await fetched(hub.root, { limits: { stall: 1_000 } });
  clearInterval(timer);
  await passage.stop();
  return { ...result, carried: passage.carried.down };
}

describe('A repository of the Hub', () => {
  beforeEach(() => start());

  it.each(['hf://tests/artifacts@main', 'hf://datasets/tests/artifacts@main'])(
    'comes whole from %s, each file as it is called there, and the log says which commit it is',
    async (uri) => {
      const { code, message, artifacts, folder, lines } = await fetched(uri);
      expect({ code, message }).toMatchObject({ code: 0 });
      expect(artifacts).toEqual([{ path: folder, digest: digestOf(source), bytes: 24 * mebibyte + 23, files: 5 }]);
      expect(lines[0]).toBe(`${uri} is the commit ${hub.refs.get('main')}.`);
    },
  );

  it('comes by its commit, which nothing that is pushed later changes', async () => {
    const commit = hub.refs.get('main');
    await hub.upload(filled(path('later'), { 'config.json': '{"later": true}' }), '');
    const { artifacts } = await fetched(`hf://tests/artifacts@${commit}`);
    expect(artifacts).toMatchObject([{ digest: digestOf(source) }]);
  });

  it('comes as what is below a path, or as one file under its own name', async () => {
    const { folder, artifacts } = await fetched(`${hub.root}/onnx`);
    expect(artifacts).toMatchObject([{ files: 2, digest: digestOf(join(source, 'onnx')) }]);
    expect(existsSync(join(folder, 'model.bin'))).toBe(true);
    const one = await fetched(`${hub.root}/onnx/model.bin`);
    expect(one.artifacts).toMatchObject([{ files: 1, bytes: 24 * mebibyte }]);
    expect(existsSync(join(one.folder, 'model.bin'))).toBe(true);
  });

  it('is of one commit, though its branch moves in the middle', async () => {
    const moving = await fetchedBehind(8 * mebibyte, () => {
      void hub.upload(filled(path('moved'), { 'config.json': 'moved', 'onnx/model.bin': 'moved' }), '');
    });
    expect(moving.artifacts).toMatchObject([{ digest: digestOf(source) }]);
    expect((await fetched(hub.root)).artifacts).not.toMatchObject([{ digest: digestOf(source) }]);
  });

  it('goes on where it was cut at nine tenths', async () => {
    const cut = await fetchedBehind(21 * mebibyte, (passage) => passage.cutAfter(1));
    expect(cut.artifacts).toMatchObject([{ digest: digestOf(source) }]);
    expect(cut.carried).toBeLessThan(30 * mebibyte);
    expect(cut.lines.filter((line) => line.startsWith('Trying again in '))).not.toEqual([]);
  });

  it('is asked for again when nothing comes any more', async () => {
    const stalled = await fetchedBehind(8 * mebibyte, (passage) => {
      passage.stall();
      setTimeout(() => passage.open(), 3_000);
    });
    expect(stalled.artifacts).toMatchObject([{ digest: digestOf(source) }]);
  });

  it('is refused if what comes is not what its commit names', async () => {
    hub.corrupt.add('onnx/model.bin');
    const { code, message, folder } = await fetched(hub.root, { limits: { patience: 500 } });
    expect({ code, message }).toEqual({
      code: 1,
      message: expect.stringContaining(
        'onnx/model.bin of hf://tests/artifacts@main came otherwise than its commit has it',
      ),
    });
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    [
      'hf://tests/nothing@main',
      'There is no repository tests/nothing at the Hub, or it is private and storage.secretRef names no Secret with an HF_TOKEN',
    ],
    ['hf://tests/artifacts@v9', 'tests/artifacts has no revision v9 at the Hub: "Invalid rev id: v9"'],
    ['hf://tests/artifacts@main/none', 'There is nothing at hf://tests/artifacts@main/none'],
    ['hf://tests/artifacts@main/none/none', 'There is nothing at hf://tests/artifacts@main/none/none'],
    ['hf://tests/artifacts', 'is not of the form hf://<organization>/<name>@<revision>'],
    ['hf://tests/artifacts@main/../x', 'is not of the form hf://<organization>/<name>@<revision>'],
  ])('says in words why nothing comes from %s', async (uri, want) => {
    const { code, message } = await fetched(uri);
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(want) });
  });

  it.each([
    ['../outside.txt', ''],
    ['onnx/../outside.txt', '/onnx'],
  ])('is refused with the name %s, which leaves the folder', async (name, below) => {
    hub.rename('config.json', name);
    const { code, message } = await fetched(`${hub.root}${below}`);
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining('has an empty part, "." or ".."') });
    expect(existsSync(path('outside.txt'))).toBe(false);
  });

  it.each([
    ['config.json', 'in no way', ''],
    ['config.json', 'in upper case', 'A'.repeat(40)],
    ['onnx/model.bin', 'with the algorithm before it', `sha256:${'a'.repeat(64)}`],
  ])('is refused where a mirror names %s %s, so that nothing could be checked', async (name, _, hash) => {
    hub.hashes.set(name, hash);
    const { code, message, folder } = await fetched(hub.root);
    expect({ code, message }).toEqual({
      code: 3,
      message: expect.stringContaining(`does not name "${name}" by a hash as the Hub does`),
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('is waited for while the server to which the Hub leads refuses, which says nothing of a token', async () => {
    hub.refused.add('onnx/model.bin');
    const { code, message } = await fetched(hub.root, { limits: { patience: 500 } });
    expect({ code, message }).toEqual({
      code: 1,
      message: expect.stringContaining('the server to which the Hub leads answered 403'),
    });
    expect(message).not.toContain('HF_TOKEN');
  });

  it('blames nobody but the disk for a name that is too long for it', async () => {
    hub.rename('config.json', 'x'.repeat(255));
    const { code, message, lines } = await fetched(hub.root);
    expect({ code, message }).toEqual({ code: 1, message: expect.stringContaining('ENAMETOOLONG') });
    expect(message).not.toContain('The store');
    expect(lines.filter((line) => line.startsWith('Trying again in '))).toEqual([]);
  });

  it('is of a commit that is asked for alone, without the names of all its files', async () => {
    await fetched(hub.root);
    expect(hub.asked[0]?.url).toBe('/api/models/tests/artifacts/revision/main?expand=sha');
  });
});

describe('A listing of the Hub', () => {
  it('is read to its last page', async () => {
    await start({ pageSize: 2 });
    const { artifacts } = await fetched(hub.root);
    expect(artifacts).toMatchObject([{ digest: digestOf(source), files: 5 }]);
    expect(hub.asked.filter(({ url }) => url.includes('cursor=')).length).toBeGreaterThan(0);
  });

  it('is read from nobody but the Hub, whoever is named for the next page', async () => {
    await start({ pageSize: 2, next: 'Elsewhere' });
    expect((await fetched(hub.root)).artifacts).toMatchObject([{ digest: digestOf(source) }]);
    expect(hub.asked.filter(({ server, url }) => server === 'storage' && url.includes('/tree/'))).toEqual([]);
  });

  it('is not read in a circle', async () => {
    await start({ pageSize: 2, next: 'Same' });
    const { code, message } = await fetched(hub.root, { limits: { patience: 500 } });
    expect({ code, message }).toEqual({ code: 1, message: expect.stringContaining('does so otherwise than the Hub') });
  });

  it('is not read if it has more than memory is meant for', async () => {
    await start({ pageSize: 70_000 });
    hub.fill(210_001);
    const { code, message } = await fetched(hub.root);
    expect({ code, message }).toEqual({
      code: 3,
      message: 'hf://tests/artifacts@main has more than 200000 files and folders: name a path in it',
    });
    hub.fill(1);
    hub.rename('0', 'x'.repeat(33 * mebibyte));
    expect(await fetched(hub.root)).toMatchObject({ code: 3, message: expect.stringContaining('is too large') });
  });

  it('is refused with a file of another folder than was asked for', async () => {
    await start();
    hub.stray.set('onnx/model.bin', '../x/model.bin');
    const { code, message } = await fetched(`${hub.root}/onnx`, { limits: { patience: 500 } });
    expect({ code, message }).toEqual({ code: 1, message: expect.stringContaining('does so otherwise than the Hub') });
  });
});

describe('A token of the Hub', () => {
  it('lets a private repository be read, and goes to nobody else', async () => {
    await start({ access: 'Private' });
    const { artifacts } = await fetched(hub.root);
    expect(artifacts).toMatchObject([{ digest: digestOf(source) }]);
    const tokensOf = (server: string) =>
      new Set(hub.asked.filter((one) => one.server === server).map(({ authorization }) => authorization));
    expect(tokensOf('hub')).toEqual(new Set([`Bearer ${hub.credentials['HF_TOKEN']}`]));
    expect(tokensOf('storage')).toEqual(new Set([undefined]));
  });

  it('may have the end of a line behind it, which `echo` puts there', async () => {
    await start({ access: 'Private' });
    const credentials = { HF_TOKEN: `${hub.credentials['HF_TOKEN']}\n` };
    expect((await fetched(hub.root, { credentials })).artifacts).toMatchObject([{ digest: digestOf(source) }]);
  });

  it('with the end of a line in it is told at once', async () => {
    await start({ access: 'Private' });
    const { code, message } = await fetched(hub.root, { credentials: { HF_TOKEN: 'hf_one\nhf_two' } });
    expect({ code, message }).toEqual({
      code: 3,
      message: expect.stringContaining('HF_TOKEN of the Secret has a sign in it that no token has'),
    });
    expect(message).not.toContain('hf_one');
  });

  it.each([
    ['is lacking', 'Private', '', 'or it is private and storage.secretRef names no Secret with an HF_TOKEN'],
    ['is wrong', 'Private', 'hf_guessed', 'HF_TOKEN of the Secret is not known to the Hub, or has expired'],
    [
      'is of who has accepted no conditions',
      'Gated',
      undefined,
      'tests/artifacts is gated: let the account of HF_TOKEN',
    ],
    ['is lacking for what has conditions', 'Gated', '', 'tests/artifacts is gated: let the account of an HF_TOKEN'],
  ] as const)('that %s is told so', async (_, access, given, want) => {
    await start({ access });
    const credentials = given === undefined ? {} : { HF_TOKEN: given };
    const { code, message } = await fetched(hub.root, { credentials });
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(want) });
    expect(message).not.toContain('hf_');
  });
});

describe('What is there of a repository', () => {
  it('is kept for the next container', async () => {
    await start();
    const folder = path('kept');
    hub.corrupt.add('onnx/model.bin');
    await fetched(hub.root, { limits: { patience: 500 } }, folder);
    hub.corrupt.clear();
    hub.asked.length = 0;
    const { artifacts } = await fetched(hub.root, {}, folder);
    expect(artifacts).toMatchObject([{ digest: digestOf(source) }]);
    expect(hub.asked.filter(({ server, url }) => server === 'hub' && url.includes('/resolve/'))).toHaveLength(1);
    expect(readFileSync(join(folder, 'config.json'), 'utf8')).toBe('{}');
  });

  it('is gone on with in the middle of a file, though reading what is there takes longer than a silent connection lives', async () => {
    await start();
    const large = path('large/model.bin');
    await hub.upload(filled(path('large'), { 'model.bin': Buffer.alloc(160 * mebibyte) }), '');
    const folder = path('resumed');
    const passage = await startPassage(hub.storage);
    hub.storage = passage.address;
    const stop = new AbortController();
    passage.onceDown(140 * mebibyte, () => stop.abort());
    expect(await fetched(hub.root, { stop: stop.signal }, folder)).toMatchObject({ code: 143 });
    const before = passage.carried.down;
    const { code, message } = await fetched(hub.root, { limits: { stall: 100 } }, folder);
    expect({ code, message }).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'model.bin')).equals(readFileSync(large))).toBe(true);
    expect(passage.carried.down - before).toBeLessThan(80 * mebibyte);
    await passage.stop();
  });
});
