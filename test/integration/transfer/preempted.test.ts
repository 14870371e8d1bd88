import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Store, startS3 } from '../../stores/index.ts';
import { digestOf, environmentOf, scratch, transferred } from './transferred.ts';

const { path, remove } = scratch();
const run = 'checkpoints/run-uid';
let store: Store;

beforeAll(async () => {
  store = await startS3(path('store'));
}, 120_000);

afterAll(async () => {
  await store.stop();
  remove();
});

/** The generations that have a marker. Each has to be whole: the objects of the store are files. */
function marked(): readonly string[] {
  const objects = path(`store/objects/artifacts/${run}`);
  if (!existsSync(objects)) return [];
  const markers = readdirSync(objects).filter((name) => name.endsWith('.json'));
  for (const marker of markers) {
    const { digest } = JSON.parse(readFileSync(join(objects, marker), 'utf8')) as { readonly digest: string };
    expect([marker, digestOf(join(objects, marker.replace('.json', '')))]).toEqual([marker, digest]);
  }
  return markers;
}

async function restored(folder: string): Promise<number> {
  const words = [`${store.root}/${run}`, folder];
  const ending = await transferred('restore', words, store);
  expect([ending.code, ending.code === 0 ? '' : ending.message]).toEqual([0, '']);
  if (!existsSync(folder)) return 0;
  const [step, again] = ['weights', 'optimizer'].map((name) => readFileSync(join(folder, name)).readUInt32LE());
  expect(step).toBe(again);
  // Whoever the user of the training is.
  expect([folder, join(folder, 'weights')].map((at) => statSync(at).mode & 0o777)).toEqual([0o777, 0o666]);
  return step ?? 0;
}

/** Two files that belong together, and one that never changes. */
function train(folder: string, step: number): void {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'frozen'))) writeFileSync(join(folder, 'frozen'), randomBytes(2_000_000));
  const contents = randomBytes(1_000_000);
  contents.writeUInt32LE(step);
  for (const name of ['weights', 'optimizer']) writeFileSync(join(folder, name), contents);
}

/** In a process group of its own, as in a container that ends with all that runs in it. */
async function sidecar(folder: string, pod: string): Promise<ChildProcess> {
  const settings = { ...store.settings, checkpoint: { interval: 0.1 } };
  const env = await environmentOf(settings, { ...store.credentials, FLYBALL_POD_UID: pod });
  const log = openSync(path(`${pod}.log`), 'w');
  const words = [join(import.meta.dirname, 'short.ts'), 'checkpoint', folder, `${store.root}/${run}`];
  return spawn(process.execPath, words, { env, detached: true, stdio: ['ignore', log, log] });
}

it('A training whose pods are killed at any moment goes on from its newest checkpoint that is whole', async () => {
  const moments = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed: 20, numRuns: 20 });
  let newest = 0;
  for (const [index, part] of moments.entries()) {
    const folder = path(`pod-${index}/checkpoint`);
    const step = await restored(folder);
    expect(step).toBeGreaterThanOrEqual(newest);
    newest = step;
    train(folder, step + 1);
    const uploading = await sidecar(folder, `pod-${index}`);
    const killed = new Promise((resolve) => uploading.once('exit', resolve));
    const end = performance.now() + 2_000 + part * 4_000;
    for (let next = step + 2; performance.now() < end; next += 1) {
      await sleep(3_000);
      train(folder, next);
    }
    expect(uploading.exitCode === null ? 'it runs' : readFileSync(path(`pod-${index}.log`), 'utf8')).toBe('it runs');
    process.kill(-(uploading.pid ?? 0), 'SIGKILL');
    await killed;
    marked();
  }
  expect(newest).toBeGreaterThan(0);
  expect(marked().length).toBeLessThanOrEqual(3);
}, 400_000);
