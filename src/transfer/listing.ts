import { createHash } from 'node:crypto';
import { mend } from './ends.ts';
import { byBytes, type FolderFile, quoted } from './folder.ts';
import type { Entry } from './entry.ts';

/** Of what a name must not be made, since it would have no digest that anyone can check, or leave the folder. */
const strange: readonly (readonly [words: string, is: (path: string) => boolean])[] = [
  ['has the end of a line in it', (path) => /[\n\r]/.test(path)],
  ['has a backslash in it', (path) => path.includes('\\')],
  // rclone puts this character where bytes are none of UTF-8.
  ['is not UTF-8', (path) => path.includes('\uFFFD') || !path.isWellFormed()],
  ['has the character NUL in it', (path) => path.includes('\0')],
  ['begins with "-"', (path) => path.startsWith('-')],
  ['has an empty part, "." or ".."', (path) => path.split('/').some((part) => ['', '.', '..'].includes(part))],
];

/** Refuses names that no folder can have, or that have no digest. */
export function refuseStrange(entries: readonly Entry[], uri: string): void {
  const paths = new Set<string>();
  for (const { path } of entries) {
    const found = strange.find(([, is]) => is(path));
    if (found !== undefined)
      throw mend(`The name of ${quoted(path)} in ${uri} ${found[0]}: give the object another one`);
    if (paths.has(path)) throw mend(`${quoted(path)} is twice in ${uri}`);
    paths.add(path);
  }
  for (const { path } of entries) {
    const folder = parentsOf(path).find((parent) => paths.has(parent));
    if (folder !== undefined)
      throw mend(`${quoted(folder)} in ${uri} is an object and also a folder of others: give it another name`);
  }
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function identityOf({ size, modified, hash = '' }: Entry): string {
  return `${size} ${modified} ${hash}`;
}

/** What was added, removed or written between two listings, by path. */
export function changedBetween(before: readonly Entry[], after: readonly Entry[]): readonly string[] {
  const had = new Map(before.map((entry) => [entry.path, entry]));
  const changed: string[] = [];
  for (const entry of after) {
    const earlier = had.get(entry.path);
    if (earlier === undefined || identityOf(earlier) !== identityOf(entry)) changed.push(entry.path);
    had.delete(entry.path);
  }
  return [...changed, ...had.keys()];
}

/** Stores tell times in whole seconds, and their clocks and ours differ by a little; in milliseconds. */
const grain = 2_000;

/**
 * For how many milliseconds what is listed may still be written to unseen: of files without a hash nothing but the time tells, and
 * what was written just now may be written once more in the same second.
 */
export function unseenFor(entries: readonly Entry[], now: number): number {
  const newest = entries.reduce((latest, { hash, modified }) => {
    const time = hash === undefined ? Date.parse(modified) : NaN;
    return time > latest ? time : latest;
  }, -Infinity);
  return Math.min(grain, Math.max(0, newest + grain - now));
}

/** One text that is another one if anything in the listing is. */
export function fingerprintOf(uri: string, entries: readonly Entry[]): string {
  const hash = createHash('sha256').update(`${uri}\n`);
  const sorted = entries.toSorted((one, other) => byBytes(one.path, other.path));
  for (const entry of sorted) hash.update(`${identityOf(entry)} ${entry.path}\n`);
  return hash.digest('hex');
}

/** Whether a folder has the files of a listing and nothing else. An unknown size may be any. */
export function isWhole(entries: readonly Entry[], files: readonly FolderFile[]): boolean {
  const sizes = new Map(entries.map(({ path, size }) => [path, size]));
  if (sizes.size !== files.length) return false;
  return files.every(({ path, size }) => sizes.get(path) === size || sizes.get(path) === -1);
}

export function bytesOf(entries: readonly Entry[]): number | undefined {
  return entries.some(({ size }) => size < 0) ? undefined : entries.reduce((sum, { size }) => sum + size, 0);
}
