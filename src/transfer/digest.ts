import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { FolderChanged, filesOf, type FolderFile, isSame } from './folder.ts';
import { type Hashes, hashesOf } from './hashing.ts';

/** What a folder holds. */
export interface Content {
  readonly digest: string;
  readonly bytes: number;
  readonly files: number;
}

/** How many files are read at once, each in a thread that needs some memory. */
export function threads(): number {
  return Math.min(availableParallelism(), 8);
}

/**
 * The digest of a folder, which anyone can compute in it by
 * `find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum`.
 */
export async function contentOf(folder: string, stop: AbortSignal): Promise<Content> {
  const files = await filesOf(folder);
  const hashes = await hashesOf(folder, files, { threads: threads(), needsMD5: () => false, stop });
  if (!isSame(files, await filesOf(folder))) throw new FolderChanged(`${folder} was written to while it was read.`);
  return contentBy(files, hashes);
}

/** @param files in their order, with the hash of each. */
export function contentBy(files: readonly FolderFile[], hashes: readonly Hashes[]): Content {
  const digest = createHash('sha256');
  files.forEach(({ path }, index) => digest.update(`${hashes[index]?.sha256}  ${path}\n`));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return { digest: `sha256:${digest.digest('hex')}`, bytes, files: files.length };
}
