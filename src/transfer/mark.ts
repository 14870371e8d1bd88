import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Artifact } from './ends.ts';
import { filesOf } from './folder.ts';

/** Stands beside a folder once it is whole, and says what it is. Its name keeps it out of the folder, and out of everybody's sight. */
export interface Mark {
  readonly uri: string;
  readonly digest: string;
  readonly bytes: number;
  readonly files: number;
  /** The start of the node since which the folder was whole, for those that no other node has. */
  readonly boot?: string | undefined;
}

/** A path beside a folder that people neither see nor name. */
export function beside(folder: string, ending: string): string {
  return join(dirname(folder), `.${basename(folder)}.${ending}`);
}

export async function writeMark(folder: string, { uri, digest, bytes, files, boot }: Mark): Promise<void> {
  const text = JSON.stringify({ uri, digest, bytes, files, boot } satisfies Mark);
  const path = beside(folder, `${randomUUID()}.mark`);
  await writeFile(path, text, { flush: true });
  await rename(path, beside(folder, 'whole.json'));
}

/** What a folder was when it was whole, if it still has that many files and bytes: a node that lost power may have kept less of it. */
export async function markOf(folder: string): Promise<Mark | undefined> {
  try {
    const mark = JSON.parse(await readFile(beside(folder, 'whole.json'), 'utf8')) as Mark;
    const files = await filesOf(folder);
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return files.length === mark.files && bytes === mark.bytes ? mark : undefined;
  } catch {
    return undefined;
  }
}

export function artifactOf(path: string, { digest, bytes, files }: Mark): Artifact {
  return { path, digest, bytes, files };
}

/** Its mark goes first, so that it is never taken for whole while it is not. */
export async function removeMarked(folder: string): Promise<void> {
  await rm(beside(folder, 'whole.json'), { force: true });
  await rm(folder, { recursive: true, force: true });
}
