import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ArtifactStore, transferTo } from '../../test/builders/artifactstore.ts';
import { contentOf } from './digest.ts';
import { save } from './save.ts';

// Threads start slowly on a busy machine.
jest.setTimeout(60_000);

const uri = 's3://bucket/models/run-1-uid/pod-1';
const key = 'models/run-1-uid/pod-1';
let folder = '';
let store: ArtifactStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flyball-save-'));
  store = new ArtifactStore();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function content() {
  return contentOf(folder, new AbortController().signal);
}

function saved(with_: Parameters<typeof transferTo>[1] = {}) {
  const { transfer, lines } = transferTo(store, with_);
  return Object.assign(save([folder, uri], transfer), { lines });
}

describe('Save', () => {
  it('uploads the folder, and writes the marker last', async () => {
    write('config.json', '{}');
    write('weights/model 1.bin', 'weights');
    const want = await content();
    expect(await saved()).toEqual([{ path: folder, ...want }]);
    expect(want).toMatchObject({ bytes: 9, files: 2 });
    expect([...store.objects.keys()]).toEqual([`${key}/config.json`, `${key}/weights/model 1.bin`, `${key}.json`]);
    expect(JSON.parse(store.objects.get(`${key}.json`) ?? '')).toEqual(want);
    expect(store.asked.filter((one) => !one.startsWith('list'))).toEqual([`copy to ${key}`, `write ${key}.json`]);
  });

  it('does nothing and says nothing in the pods of a gang but the first', async () => {
    write('a', 'x');
    expect(await saved({ pod: { index: '3', uid: 'pod-1' } })).toEqual([]);
    expect(store.asked).toEqual([]);
    await saved({ pod: { index: '0', uid: 'pod-1' } });
    expect(store.objects.size).toBe(2);
  });

  it('is done if its marker is there already, with the same digest', async () => {
    write('a', 'x');
    const first = await saved();
    store.asked.splice(0);
    expect(await saved()).toEqual(first);
    expect(store.asked).toEqual([`list ${key}.json`]);
  });

  it('does not write over what is whole', async () => {
    write('a', 'x');
    await saved();
    write('a', 'y');
    await expect(saved()).rejects.toMatchObject({ message: expect.stringContaining('was saved before'), exit: 3 });
    expect(store.objects.get(`${key}/a`)).toBe('x');
  });

  it('takes a marker that is none for nothing', async () => {
    write('a', 'x');
    store.objects.set(`${key}.json`, '{"digest": "sha256:12", "bytes": 1, "files": 1}');
    await saved();
    expect(JSON.parse(store.objects.get(`${key}.json`) ?? '')).toEqual(await content());
  });

  it('refuses a folder without files', async () => {
    mkdirSync(join(folder, 'empty'));
    const want = `There is no file in ${folder}: let the training write its output there`;
    await expect(saved()).rejects.toMatchObject({ message: want, exit: 3 });
    expect(store.objects.size).toBe(0);
  });

  it.each(['control\u0001', 'a\uff0fb', 'half\u201b', 'dir/\uff0e\uff0e'])(
    'refuses the name %j, which stores change',
    async (name) => {
      write(name, 'x');
      await expect(saved()).rejects.toMatchObject({
        message: expect.stringContaining('has a character that stores do not keep'),
        exit: 3,
      });
    },
  );

  it('refuses a name that is longer than a key can be', async () => {
    write([1, 2, 3, 4, 5].map(() => 'x'.repeat(210)).join('/'), 'x');
    await expect(saved()).rejects.toMatchObject({ message: expect.stringContaining('1024 bytes'), exit: 3 });
  });

  it.each(['s3://bucket', 'https://host/model', 'models/fraud', 'oci://image'])(
    'refuses %s as a place to write to',
    async (wrong) => {
      write('a', 'x');
      await expect(save([folder, wrong], transferTo(store).transfer)).rejects.toMatchObject({ exit: 3 });
    },
  );
});

describe('What a store has not kept', () => {
  it('is sent again, and what was never sent is removed', async () => {
    write('a', 'x');
    write('b', 'right');
    store.objects.set(`${key}/left from before`, 'x');
    store.whileCopied = (turn) => turn === 1 && queueMicrotask(() => store.objects.set(`${key}/b`, 'wrong'));
    await saved();
    expect(store.objects.get(`${key}/b`)).toBe('right');
    expect([...store.objects.keys()].sort()).toEqual([`${key}.json`, `${key}/a`, `${key}/b`]);
  });

  it('is no success, however often it is sent', async () => {
    write('a', 'x');
    write('b', 'right');
    store.whileCopied = () => queueMicrotask(() => store.objects.delete(`${key}/a`));
    const want =
      'The store has not kept as they were sent 1 of the files of s3://bucket/models/run-1-uid/pod-1, such as "a"';
    await expect(saved()).rejects.toMatchObject({ message: want, exit: 1 });
    expect(store.objects.has(`${key}.json`)).toBe(false);
  });
});

describe('A folder that is written to while it is saved', () => {
  it('is uploaded again, so that the digest is that of what was sent', async () => {
    write('a', 'x');
    write('b', 'old');
    store.whileCopied = (turn) => turn === 1 && write('a', 'later');
    const save = saved();
    expect(await save).toEqual([{ path: folder, ...(await content()) }]);
    expect(store.objects.get(`${key}/a`)).toBe('later');
    expect(save.lines.join()).toMatch(/was written to while it was (uploaded|read).*: uploading again/);
  });

  it('is refused with what to do if that never ends', async () => {
    write('a', 'x');
    write('b', 'x');
    store.whileCopied = (turn) => write('c', String(turn));
    await expect(saved()).rejects.toMatchObject({
      message: expect.stringContaining('end what still writes there'),
      exit: 3,
    });
    expect(store.objects.has(`${key}.json`)).toBe(false);
  });
});
