/** Measures how fast artifacts come from a store, beside the store's and the disk's limits and another downloader: `npm run bench:downloader`. */
import { randomFillSync } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startS3, type Store } from '../../stores/index.ts';
import { machine } from '../machine.ts';
import { type Contender, contenders, type Errand } from './contenders.ts';
import { type Measured, resultsTable, type Results } from './figures.ts';
import { type Load, parseOptions } from './options.ts';
import { cut, turn } from './turn.ts';

async function main(args: readonly string[]): Promise<void> {
  const load = parseOptions(args);
  const all = await contenders();
  console.log(`${machine()}\nnpm run bench:downloader${args.length > 0 ? ` -- ${args.join(' ')}` : ''}\n`);
  const directory = mkdtempSync(join(tmpdir(), 'flyball-bench-'));
  const store = await startS3(directory);
  const before = loadavg()[0] ?? 0;
  try {
    console.log(`${load.large / 2 ** 20} MiB in one file, ${load.small} files of 4 KiB; rounds: ${load.rounds}`);
    console.log(all.map(({ letter, name }) => `${letter}: ${name}`).join(' · '));
    const results = await measured(all, await filled(store, directory, load), load.rounds);
    console.log(`\n${resultsTable(results, all, load.rounds > 1)}`);
    console.log(`\nmedian (smallest–largest); processes that others had running before it began: ${before.toFixed(1)}`);
  } finally {
    await store.stop();
    rmSync(directory, { recursive: true });
  }
}

interface Errands {
  readonly large: Errand;
  readonly small: Errand;
}

async function filled(store: Store, directory: string, load: Load): Promise<Errands> {
  const errand = (name: string): Errand => ({
    store,
    endpoint: store.settings.s3?.endpoint ?? '',
    path: name,
    source: join(directory, 'source', name),
    target: join(directory, 'target', name),
  });
  const errands = { large: errand('large'), small: errand('small') };
  mkdirSync(errands.large.source, { recursive: true });
  writeLarge(join(errands.large.source, 'model.bin'), load.large);
  for (let index = 0; index < load.small; index += 1) {
    const folder = join(errands.small.source, `${Math.floor(index / 1000)}`);
    if (index % 1000 === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${index}.bin`), randomFillSync(Buffer.alloc(4096)));
  }
  await store.upload(errands.large.source, errands.large.path);
  await store.upload(errands.small.source, errands.small.path);
  return errands;
}

function writeLarge(path: string, size: number): void {
  const file = openSync(path, 'w');
  const piece = Buffer.alloc(2 ** 20);
  for (let written = 0; written < size; written += piece.length) writeSync(file, randomFillSync(piece));
  closeSync(file);
}

/** Contenders take turns, in the other direction in every second round. */
async function measured(all: readonly Contender[], { large, small }: Errands, rounds: number): Promise<Results> {
  const results = new Map<Contender['letter'], Measured[]>(all.map(({ letter }) => [letter, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of round % 2 === 0 ? all : all.toReversed()) {
      const one = await turn(contender, large);
      const many = await turn(contender, small);
      const again = contender.limits !== undefined ? {} : { largeAgain: await cut(contender, large) };
      results.get(contender.letter)?.push({
        largeSeconds: one.seconds,
        largeMemory: one.memory,
        ...again,
        smallSeconds: many.seconds,
        smallMemory: many.memory,
      });
      console.error(
        `round ${round + 1}, ${contender.name}: ${one.seconds.toFixed(1)} s, ${many.seconds.toFixed(1)} s, load ${loadavg()[0]?.toFixed(1)}`,
      );
    }
  }
  return results;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
