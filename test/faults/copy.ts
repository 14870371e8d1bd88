/** A copy of the operator's sources, in which what nobody can set waits a little instead of long. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');

/** In milliseconds. A wait that is not found there is an error: it has moved, or has become a setting. */
const waits: readonly { readonly file: string; readonly name: string; readonly milliseconds: number }[] = [
  { file: 'kinds/trainingrun/attempt/memory.ts', name: 'toldAfter', milliseconds: 1_500 },
  { file: 'kinds/trainingrun/attempt/again.ts', name: 'firstDelay', milliseconds: 500 },
  { file: 'kinds/trainingrun/attempt/superseded.ts', name: 'shownWithin', milliseconds: 1_500 },
  { file: 'kinds/trainingrun/attempt/missing.ts', name: 'expectedWithin', milliseconds: 2_000 },
  // As in production more than half of the time after which a silent watch is taken for dead.
  { file: 'workload/job.ts', name: 'podsSeenWithin', milliseconds: 5_000 },
];

/** Copies what the operator is bundled from. */
export function copySources(into: string): void {
  mkdirSync(join(into, 'hack'), { recursive: true });
  cpSync(join(repository, 'src'), join(into, 'src'), { recursive: true });
  for (const file of ['package.json', join('hack', 'build.ts')]) cpSync(join(repository, file), join(into, file));
  symlinkSync(join(repository, 'node_modules'), join(into, 'node_modules'));
}

/** Shortens the waits in a copy. */
export function shortenWaits(copy: string): void {
  for (const { file, name, milliseconds } of waits) {
    const path = join(copy, 'src', file);
    const text = readFileSync(path, 'utf8');
    const shortened = text.replace(new RegExp(`(\\b${name}: Milliseconds = )[0-9_]+;`), `$1${milliseconds};`);
    if (shortened === text) throw new Error(`src/${file} has no ${name} to shorten`);
    writeFileSync(path, shortened);
  }
}
