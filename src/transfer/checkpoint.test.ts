import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ArtifactStore, transferTo } from '../../test/builders/artifactstore.ts';
import { checkpoint } from './checkpoint.ts';
import type { Transfer } from './command.ts';
import { mend } from './ends.ts';
import { restore } from './restore.ts';

// Threads start slowly on a busy machine.
jest.setTimeout(60_000);

const uri = 's3://bucket/checkpoints/fraud-uid';
const key = 'checkpoints/fraud-uid';
let folder = '';
let place = '';
let store: ArtifactStore;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'flyball-checkpoint-'));
  folder = join(place, 'checkpoint');
  store = new ArtifactStore();
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** A sidecar, until the test ends it. */
function started(with_: Partial<Transfer> = {}) {
  const stop = new AbortController();
  const { transfer, lines } = transferTo(store, { scratch: place, ...with_, stop: stop.signal });
  const ended = checkpoint([folder, uri], transfer);
  const end = () => {
    stop.abort();
    return ended;
  };
  return { end, ended, lines };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

const keys = () => [...store.objects.keys()].sort();
const markers = () => keys().filter((one) => one.endsWith('.json'));

describe('The sidecar of checkpoints', () => {
  it('uploads what is there as a generation, its marker last, and each change as another one', async () => {
    write('step-1', 'one');
    const { end } = started();
    await until(() => markers().length === 1);
    expect(keys()).toEqual([`${key}/000000001-pod-1.json`, `${key}/000000001-pod-1/step-1`]);
    expect(store.asked.at(-1)).toBe(`write ${key}/000000001-pod-1.json`);
    write('step-2', 'two');
    await until(() => markers().length === 2);
    expect(store.objects.get(`${key}/000000002-pod-1/step-2`)).toBe('two');
    expect(await end()).toEqual([]);
    expect(markers()).toHaveLength(2);
  });

  it('keeps the newest two, and removes markers before their folders', async () => {
    const { end } = started();
    for (let step = 1; step <= 4; step += 1) {
      write('model', String(step));
      await until(() => markers().at(-1) === `${key}/00000000${step}-pod-1.json`);
    }
    await end();
    expect(markers()).toEqual([`${key}/000000003-pod-1.json`, `${key}/000000004-pod-1.json`]);
    const removed = store.asked.filter((one) => one.startsWith('remove'));
    expect(removed.slice(0, 2)).toEqual([`remove ${key}/000000001-pod-1.json`, `remove ${key}/000000001-pod-1`]);
    expect(keys()).toHaveLength(4);
  });

  it('passes over what is hidden or called unfinished', async () => {
    write('model', 'x');
    write('model.tmp', 'x');
    write('model.partial', 'x');
    write('.lock', 'x');
    const { end } = started();
    await until(() => markers().length === 1);
    await end();
    expect(keys()).toEqual([`${key}/000000001-pod-1.json`, `${key}/000000001-pod-1/model`]);
  });

  it('uploads on SIGTERM what was never uploaded, be the next time far away', async () => {
    const { limits } = transferTo(store).transfer;
    const { end } = started({ limits: { ...limits, interval: 1e8 } });
    write('model', 'last');
    await end();
    expect(store.objects.get(`${key}/000000001-pod-1/model`)).toBe('last');
    expect(markers()).toHaveLength(1);
  });

  it('waits for a folder that is written to, and gives no half of it a marker', async () => {
    write('a', '1');
    write('b', '1');
    store.whileCopied = (turn) => turn === 1 && write('a', 'changed');
    const { end, lines } = started();
    await until(() => markers().length === 1);
    await end();
    expect(lines.join()).toContain('waiting until it is quiet');
    expect(keys()).toEqual(['.json', '/a', '/b'].map((rest) => `${key}/000000002-pod-1${rest}`));
    expect(store.objects.get(`${key}/000000002-pod-1/a`)).toBe('changed');
  });

  it('finds the quiet between two writes, in whatever rhythm a training writes', async () => {
    const { limits } = transferTo(store).transfer;
    const settle = 200;
    write('model', '0');
    const { end } = started({ limits: { ...limits, interval: settle, settle } });
    await sleep(1.5 * settle);
    for (let step = 1; step <= 6; step += 1) {
      write('model', String(step));
      await sleep(2 * settle);
    }
    const found = markers().length;
    await end();
    expect(found).toBeGreaterThan(0);
  });

  it('has the store copy what is unchanged, but not if a file may only look so', async () => {
    const writeFrozen = (text: string) => {
      write('frozen', text);
      utimesSync(join(folder, 'frozen'), 1, 1);
    };
    write('model', '1');
    writeFrozen('x');
    const { end } = started();
    await until(() => markers().length === 1);
    write('model', '22');
    await until(() => markers().length === 2);
    writeFrozen('y');
    await until(() => keys().includes(`${key}/000000003-pod-1.json`));
    await end();
    expect(store.unchangedIn).toEqual([undefined, `${key}/000000001-pod-1`, undefined]);
    expect(store.objects.get(`${key}/000000003-pod-1/frozen`)).toBe('y');
  });

  it('goes on after the generations of another pod, whose half ones it leaves', async () => {
    store.objects.set(`${key}/000000007-pod-0/half`, 'x');
    write('model', 'x');
    const { end } = started();
    await until(() => markers().length === 1);
    await end();
    expect(keys()).toEqual([
      `${key}/000000007-pod-0/half`,
      `${key}/000000008-pod-1.json`,
      `${key}/000000008-pod-1/model`,
    ]);
  });

  it('after a failure ends well once it has uploaded again, so that people see that it is overcome', async () => {
    const limits = { ...transferTo(store).transfer.limits, calm: 0 };
    write('model', 'one');
    const whole = store;
    store = new ArtifactStore();
    store.write = () => Promise.reject(mend('The credentials may not do what is needed'));
    await expect(started({ limits }).ended).rejects.toMatchObject({ exit: 3 });
    store = whole;
    expect(await started({ limits }).ended).toEqual([]);
    expect(markers()).toHaveLength(1);
    const { end } = started({ limits });
    write('model', 'two');
    await until(() => markers().length === 2);
    const [newest = ''] = markers().slice(-1);
    write('model', 'three');
    await until(() => (markers().at(-1) ?? '') > newest);
    await end();
  });

  it('goes on until the kubelet starts it again without a pause', async () => {
    write('model', 'one');
    writeFileSync(join(place, 'flyball-checkpoint-pod-1'), '');
    const { end, ended } = started();
    await until(() => markers().length === 1);
    expect(await Promise.race([ended, sleep(100, 'runs')])).toBe('runs');
    expect(await end()).toEqual([]);
    expect(existsSync(join(place, 'flyball-checkpoint-pod-1'))).toBe(false);
  });

  it('only waits in the pods of a gang but the first', async () => {
    write('model', 'x');
    const { end } = started({ pod: { index: '1', uid: 'pod-1' } });
    await sleep(50);
    expect(await end()).toEqual([]);
    expect(store.asked).toEqual([]);
  });
});

function restored() {
  const { transfer, lines } = transferTo(store);
  return Object.assign(restore([uri, folder], transfer), { lines });
}

/** As a pod before has left it. */
async function uploaded(name: string, text: string): Promise<void> {
  write(name, text);
  await started().end();
}

describe('Restore', () => {
  it('brings the newest whole generation', async () => {
    await uploaded('model', 'old');
    await uploaded('model', 'new');
    store.objects.set(`${key}/000000009-pod-2/model`, 'half');
    rmSync(folder, { recursive: true });
    expect(await restored()).toMatchObject([{ path: folder, bytes: 3, files: 1 }]);
    expect(readFileSync(join(folder, 'model'), 'utf8')).toBe('new');
    expect(readdirSync(place)).toEqual(['checkpoint']);
  });

  it('takes the one before if the newest is not what its marker says, or lacks it', async () => {
    await uploaded('model', 'old');
    await uploaded('model', 'new');
    rmSync(folder, { recursive: true });
    store.objects.set(`${key}/000000002-pod-1/model`, 'other');
    store.objects.set(`${key}/000000003-pod-1.json`, 'no marker');
    const restoring = restored();
    await restoring;
    expect(readFileSync(join(folder, 'model'), 'utf8')).toBe('old');
    expect(restoring.lines.join()).toContain('taking the one before');
  });

  it('is content with nothing', async () => {
    mkdirSync(folder);
    expect(await restored()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not begin anew in silence if nothing is what was uploaded', async () => {
    await uploaded('model', 'old');
    rmSync(folder, { recursive: true });
    store.objects.set(`${key}/000000001-pod-1/model`, 'other');
    await expect(restored()).rejects.toMatchObject({
      message: expect.stringContaining('None of the 1 checkpoints'),
      exit: 3,
    });
  });

  it('leaves what a container before has restored or the training has written', async () => {
    await uploaded('model', 'old');
    write('model', 'newer');
    expect(await restored()).toEqual([]);
    expect(readFileSync(join(folder, 'model'), 'utf8')).toBe('newer');
  });
});
