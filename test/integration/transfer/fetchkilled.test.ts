import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { modelInS3 } from './models3.ts';
import { digestOf, environmentOf, filled, scratch } from './transferred.ts';

const place = scratch();
const { path } = place;
const small = Array.from({ length: 40 }, (_, index) => [`part ${index % 4}/${index}.bin`, randomBytes(50_000 + index)]);
const source = filled(path('source'), { ...Object.fromEntries(small), 'weights.bin': randomBytes(20_000_000) });
const want = digestOf(source);
const store = modelInS3(source, place);

/** The program in a process group of its own, as in a container that ends with all that runs in it. */
async function fetching(folder: string, digests: Readonly<Record<string, string>> = {}): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '../../../src/transfer/main.ts');
  const env = await environmentOf({ ...store().settings, digests }, store().credentials);
  return spawn(process.execPath, [program, 'fetch', 's3://artifacts/model', folder], {
    env,
    detached: true,
    stdio: 'ignore',
  });
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once('exit', resolve));
}

/** Kills the program at moments spread over how long it takes undisturbed; after every fourth one it may end. */
async function killed(folder: string, digests: Readonly<Record<string, string>>): Promise<number> {
  const began = performance.now();
  expect(await ended(await fetching(folder, digests))).toBe(0);
  const whole = performance.now() - began;
  const moments = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed: 18, numRuns: 20 });
  let kills = 0;
  for (const [moment, part] of moments.entries()) {
    if (moment % 4 === 0) forget(folder);
    const child = await fetching(folder, digests);
    await sleep((((moment * 7) % 20) + part) * (whole / moments.length));
    if (child.exitCode === null) kills += 1;
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
    await ended(child);
    if (existsSync(folder)) expect(digestOf(folder)).toBe(want);
    if (moment % 4 !== 3) continue;
    expect(await ended(await fetching(folder, digests))).toBe(0);
    expect(digestOf(folder)).toBe(want);
    expect(readdirSync(dirname(folder)).toSorted()).toEqual([`.${basename(folder)}.whole.json`, basename(folder)]);
  }
  return kills;
}

/** As in a new volume. */
function forget(folder: string): void {
  rmSync(dirname(folder), { recursive: true, force: true });
}

describe('Fetch that is killed at any moment', () => {
  it('leaves nothing half where the model belongs, and is whole when it goes on', async () => {
    expect(await killed(path('volume/model'), {})).toBeGreaterThan(10);
  }, 300_000);

  it('leaves nothing half in a cache, either', async () => {
    const entry = path(`cache/${want.slice('sha256:'.length)}`);
    expect(await killed(entry, { [entry]: want })).toBeGreaterThan(10);
  }, 300_000);
});

describe('Fetch that is told to end', () => {
  it('ends soon, with rclone, and goes on the next time', async () => {
    const folder = path('told/model');
    const child = await fetching(folder);
    while (!existsSync(path('told/.model.partial'))) await sleep(5);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(143);
    expect(() => process.kill(-(child.pid ?? 0), 0)).toThrow('ESRCH');
    expect(await ended(await fetching(folder))).toBe(0);
    expect(digestOf(folder)).toBe(want);
  }, 60_000);
});
