import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Store, startS3 } from '../../stores/index.ts';
import { digestOf, environmentOf, scratch } from './transferred.ts';

const { path, remove } = scratch();
const folder = path('output');
const run = 'models/run-1-uid';
let store: Store;
let environment: Readonly<Record<string, string>>;
let want = '';

beforeAll(async () => {
  store = await startS3(path('store'));
  environment = await environmentOf(store.settings, store.credentials);
  for (let index = 0; index < 40; index += 1) write(`layer ${index % 4}/${index}.bin`, 100_000 + index);
  write('weights.bin', 20_000_000);
  want = digestOf(folder);
}, 120_000);

afterAll(async () => {
  await store.stop();
  remove();
});

function write(name: string, size: number): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), randomBytes(size));
}

/** The objects of the store are files. */
const objects = () => path(`store/objects/artifacts/${run}`);

/** The program in a process group of its own, as in a container that ends with all that runs in it. */
function save(pod: string): ChildProcess {
  const program = join(import.meta.dirname, '../../../src/transfer/main.ts');
  const words = [program, 'save', folder, `${store.root}/${run}/${pod}`];
  return spawn(process.execPath, words, { env: environment, detached: true, stdio: 'ignore' });
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once('exit', resolve));
}

/** The pods whose markers are there. Each has to stand for a whole folder. */
function marked(): readonly string[] {
  if (!existsSync(objects())) return [];
  const markers = readdirSync(objects()).filter((name) => name.endsWith('.json'));
  for (const marker of markers) {
    const { digest } = JSON.parse(readFileSync(join(objects(), marker), 'utf8')) as { readonly digest: string };
    expect([marker, digest]).toEqual([marker, want]);
    expect([marker, digestOf(join(objects(), marker.replace('.json', '')))]).toEqual([marker, want]);
  }
  return markers.map((marker) => marker.replace('.json', ''));
}

describe('Save', () => {
  it('leaves no marker without the whole folder when it is killed at any moment, and saves in the next pod', async () => {
    const began = performance.now();
    expect(await ended(save('undisturbed'))).toBe(0);
    const whole = performance.now() - began;
    const moments = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed: 18, numRuns: 20 });
    let killed = 0;
    for (const [moment, part] of moments.entries()) {
      const child = save(`killed-${moment}`);
      await sleep(((moment + part) / moments.length) * whole);
      const isOver = child.exitCode !== null;
      if (!isOver) process.kill(-(child.pid ?? 0), 'SIGKILL');
      const code = await ended(child);
      expect(marked().includes(`killed-${moment}`) || code !== 0).toBe(true);
      killed += isOver ? 0 : 1;
      if (moment % 4 !== 3) continue;
      expect(await ended(save(`next-${moment}`))).toBe(0);
      expect(marked()).toContain(`next-${moment}`);
    }
    expect(killed).toBeGreaterThan(10);
  }, 300_000);

  it('ends with an error on SIGTERM before its marker, and is whole when it goes on in the same pod', async () => {
    const child = save('ended');
    await sleep(400);
    child.kill('SIGTERM');
    const code = await ended(child);
    expect(code === 0).toBe(marked().includes('ended'));
    expect(await ended(save('ended'))).toBe(0);
    expect(marked()).toContain('ended');
  }, 60_000);
});
