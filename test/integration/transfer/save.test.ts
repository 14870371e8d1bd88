import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Passage, type Store, startAzure, startGoogle, startPassage, startS3 } from '../../stores/index.ts';
import { digestOf, scratch, transferred, type TransferOptions } from './transferred.ts';

const { path, remove } = scratch();
const folder = path('output');
let want = '';

beforeAll(() => {
  write(join(folder, 'config.json'), '{}');
  write(join(folder, 'empty'), '');
  for (let index = 0; index < 12; index += 1)
    write(join(folder, `layer ä ${index % 3}/${index}.bin`), randomBytes(400_000));
  want = digestOf(folder);
});

afterAll(remove);

function write(name: string, contents: string | Uint8Array): void {
  mkdirSync(join(name, '..'), { recursive: true });
  writeFileSync(name, contents);
}

const starts = { S3: startS3, 'Google Cloud Storage': startGoogle, 'Azure Blob Storage': startAzure };

describe.each(Object.entries(starts))('In %s', (name, start) => {
  let store: Store;
  beforeAll(async () => {
    store = await start(path(name));
  }, 300_000);
  afterAll(() => store.stop());

  /** A command with this store, and what is then below a path of it. */
  const run = (command: string, words: readonly string[], options: TransferOptions = {}) =>
    transferred(command, words, store, options);
  const download = async (at: string) => {
    const to = path(`${name}/back`);
    rmSync(to, { recursive: true, force: true });
    await store.download(at, to);
    return to;
  };

  it('saves a folder as it is, with a marker beside it', async () => {
    const { code, message, artifacts } = await run('save', [folder, `${store.root}/runs/run-1/pod-1`]);
    expect({ code, message }).toMatchObject({ code: 0 });
    expect(artifacts).toEqual([{ path: folder, digest: want, bytes: 4_800_002, files: 14 }]);
    const back = await download('runs/run-1');
    expect(digestOf(join(back, 'pod-1'))).toBe(want);
    expect(JSON.parse(readFileSync(join(back, 'pod-1.json'), 'utf8'))).toEqual({
      digest: want,
      bytes: 4_800_002,
      files: 14,
    });
  }, 60_000);

  it('finds out before that it can be written, and leaves nothing', async () => {
    write(path(`${name}/beside`), 'x');
    await store.upload(path(`${name}/beside`), 'tried');
    const { code, message } = await run('check-output', [`${store.root}/tried/run-1/pod-1`]);
    expect({ code, message }).toEqual({ code: 0, message: '' });
    expect(readdirSync(await download('tried'), { recursive: true })).toEqual(['beside']);
  }, 60_000);

  it('finds out before that there is no bucket', async () => {
    const missing = await run('check-output', [`${store.root.replace('artifacts', 'nobodys')}/runs/pod`]);
    expect(missing).toMatchObject({ code: 4, message: expect.stringMatching(/no such bucket|NoSuchBucket/i) });
  }, 60_000);

  it('is done at once in a container that is started again', async () => {
    const { code, artifacts } = await run('save', [folder, `${store.root}/runs/run-1/pod-1`]);
    expect([code, artifacts[0]?.digest]).toEqual([0, want]);
  }, 60_000);

  it('keeps checkpoints while a training writes them, and restores the newest', async () => {
    const training = path(`${name}/training`);
    const uri = `${store.root}/checkpoints/run-uid`;
    const stop = new AbortController();
    const lines: string[] = [];
    const sidecar = run('checkpoint', [training, uri], {
      settings: { checkpoint: { interval: 0.2 } },
      credentials: { FLYBALL_POD_UID: 'pod-1' },
      limits: { settle: 500 },
      stop: stop.signal,
      onLine: (line) => void lines.push(line),
    });
    const isWhole = (generation: number) => lines.some((line) => line.endsWith(`whole: checkpoint ${generation}.`));
    write(join(training, 'frozen.bin'), randomBytes(300_000));
    for (const step of [1, 2, 3]) {
      write(join(training, 'step'), String(step));
      write(join(training, `half-${step}.tmp`), 'x');
      write(join(training, '.cache/lock'), 'x');
      while (!isWhole(step)) await sleep(50);
    }
    write(join(training, 'step'), 'the last');
    stop.abort();
    expect(await sidecar).toMatchObject({ code: 0, message: '' });
    expect(readdirSync(await download('checkpoints/run-uid')).sort()).toEqual([
      '000000003-pod-1',
      '000000003-pod-1.json',
      '000000004-pod-1',
      '000000004-pod-1.json',
    ]);
    const to = path(`${name}/restored/checkpoint`);
    const { artifacts } = await run('restore', [uri, to]);
    expect(artifacts).toMatchObject([{ path: to, files: 2 }]);
    expect(readFileSync(join(to, 'step'), 'utf8')).toBe('the last');
    expect(readdirSync(path(`${name}/restored`))).toEqual(['checkpoint']);
    expect(await run('restore', [`${store.root}/checkpoints/other-uid`, path(`${name}/none`)])).toMatchObject({
      code: 0,
      message: '',
    });
  }, 120_000);
});

describe('What lies between', () => {
  let store: Store;
  let passage: Passage;
  beforeAll(async () => {
    store = await startS3(path('behind'));
    passage = await startPassage(store.address);
  }, 120_000);
  afterAll(async () => {
    await passage.stop();
    await store.stop();
  });

  const save = (pod: string, options: TransferOptions = {}) =>
    transferred('save', [folder, `${store.root}/runs/${pod}`], store, {
      settings: { s3: { ...store.settings.s3, endpoint: `http://${passage.address}` } },
      ...options,
    });
  const objects = () => path('behind/objects/artifacts/runs');

  it('may be away for a while', async () => {
    passage.close();
    setTimeout(() => passage.open(), 3_000);
    const { code, artifacts } = await save('away', { limits: { stall: 500 } });
    expect([code, artifacts[0]?.digest]).toEqual([0, want]);
  }, 60_000);

  it('may cut connections in the middle', async () => {
    const watch = setInterval(() => passage.carried.up > 500_000 && passage.cutAfter(1), 20);
    setTimeout(() => clearInterval(watch), 2_000);
    const { code } = await save('cut');
    clearInterval(watch);
    expect(code).toBe(0);
    expect(digestOf(join(objects(), 'cut'))).toBe(want);
  }, 60_000);

  it('may stall', async () => {
    const saving = save('stalled', { limits: { stall: 1_000 } });
    await sleep(700);
    passage.stall();
    setTimeout(() => passage.open(), 3_000);
    expect((await saving).code).toBe(0);
    expect(digestOf(join(objects(), 'stalled'))).toBe(want);
  }, 60_000);

  it('ends the save in plain words if it is away for longer than patience lasts, without a marker', async () => {
    passage.close();
    const { code, message } = await save('lost', { limits: { patience: 2_000, stall: 1_000 } });
    passage.open();
    expect(code).toBe(1);
    expect(message).toContain('store of s3://artifacts/runs/lost');
    expect(readdirSync(objects()).filter((name) => name.startsWith('lost'))).toEqual([]);
  }, 60_000);

  it.each([
    ['bucket', 's3://nobodys/runs/pod', {}, /no such bucket|NoSuchBucket/i],
    [
      'secret',
      's3://artifacts/runs/pod',
      { AWS_SECRET_ACCESS_KEY: 'guessed by somebody' },
      /not known to the store, or wrong/,
    ],
  ])(
    'is not the reason if the %s is wrong, which people are told at once',
    async (_, uri, wrong, words) => {
      const { code, message } = await transferred('save', [folder, uri], store, { credentials: wrong });
      expect({ code, message }).toEqual({ code: 3, message: expect.stringMatching(words) });
    },
    60_000,
  );
});
