import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Blob {
  readonly source: string;
  readonly size: number;
  /** What git calls it. */
  readonly oid: string;
  readonly sha256: string;
}

/** Of a commit, by their paths. */
export type Files = ReadonlyMap<string, Blob>;

/** The paths of all files below a folder. */
export function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}

export function blobOf(source: string): Blob {
  const content = readFileSync(source);
  const oid = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  return { source, size: content.length, oid, sha256: createHash('sha256').update(content).digest('hex') };
}

/** All folders that a file is in. */
export function foldersOf(name: string): readonly string[] {
  const parent = dirname(name);
  return parent === '.' ? [] : [...foldersOf(parent), parent];
}
