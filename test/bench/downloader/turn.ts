/** One contender brings one thing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { run } from '../../../hack/cluster/command.ts';
import { startPassage } from '../../stores/index.ts';
import type { Contender, Errand } from './contenders.ts';
import { Memory } from './memory.ts';

export interface Turn {
  readonly seconds: number;
  /** In MiB. */
  readonly memory: number;
}

/** @throws an Error if it fails, or if what came is not what was sent for. */
export async function turn(contender: Contender, errand: Errand): Promise<Turn> {
  rmSync(errand.target, { recursive: true, force: true });
  mkdirSync(errand.target, { recursive: true });
  const { program, words, environment } = contender.command(errand);
  // What others have written is not to be on this one's time.
  await run('sync', []);
  const began = performance.now();
  const child = spawn(program, words, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const memory = new Memory(child.pid ?? 0);
  const errors = text(child.stderr);
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = (performance.now() - began) / 1000;
  const peak = memory.stop();
  if (code !== 0) throw new Error(`${contender.name} failed (${code}): ${(await errors).slice(-2000)}`);
  const [want, got] = [errand.source, errand.target].map(weighed);
  if (want !== got && contender.limits !== 'Digest')
    throw new Error(`${contender.name} brought ${got} instead of ${want}`);
  rmSync(errand.target, { recursive: true });
  return { seconds, memory: peak };
}

/** Brings it with a connection that is cut when nine tenths have come. Gives the bytes that came again, as a share of all. */
export async function cut(contender: Contender, errand: Errand): Promise<number> {
  const passage = await startPassage(errand.store.address);
  const all = sizeOf(errand.source);
  passage.cutAfter(Math.round(all * 0.9));
  try {
    await turn(contender, { ...errand, endpoint: `http://${passage.address}` });
    return Math.max(0, passage.carried.down - all) / all;
  } finally {
    await passage.stop();
  }
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const sizeOf = (folder: string) => filesOf(folder).reduce((sum, file) => sum + statSync(file).size, 0);

const weighed = (folder: string) => `${filesOf(folder).length} files of ${sizeOf(folder)} bytes`;
