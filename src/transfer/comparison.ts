import type { FolderFile } from './folder.ts';
import type { Hashes } from './hashing.ts';
import type { Entry } from './entry.ts';

/** What a store has otherwise than it was sent, by path. */
export interface Differences {
  /** Not there, or another one. */
  readonly lacking: readonly string[];
  /** There, but never sent, or another one than was sent. */
  readonly wrong: readonly string[];
}

/**
 * Compares what a store lists with the files that were sent: by name and size, and by MD5 where the store has computed it and so
 * have we.
 */
export function differences(
  files: readonly FolderFile[],
  hashes: readonly Hashes[],
  entries: readonly Entry[],
): Differences {
  const listed = new Map(entries.map((entry) => [entry.path, entry]));
  const lacking: string[] = [];
  const wrong: string[] = [];
  files.forEach((file, index) => {
    const entry = listed.get(file.path);
    listed.delete(file.path);
    if (entry === undefined || !isOf(entry, file, hashes[index])) lacking.push(file.path);
    if (entry !== undefined && !isOf(entry, file, hashes[index])) wrong.push(file.path);
  });
  return { lacking, wrong: [...wrong, ...listed.keys()] };
}

function isOf(entry: Entry, file: FolderFile, hashes: Hashes | undefined): boolean {
  const isKnown = entry.hash !== undefined && hashes?.md5 !== undefined;
  return entry.size === file.size && (!isKnown || entry.hash === hashes.md5);
}
