import { isUtf8 } from 'node:buffer';
import { type Dirent, lstat, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mend } from './ends.ts';

/** A file as it lay in a folder when somebody looked. */
export interface FolderFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly size: number;
  /** When it was last written to, as those who write may set it; in milliseconds. */
  readonly modified: number;
  /** When it was last written to, put in its place or had its times set, which nobody can set; in milliseconds. */
  readonly changed: number;
}

/** A folder that others write to while it is read. */
export class FolderChanged extends Error {}

export type IsSkipped = (name: string) => boolean;

/**
 * The files below a folder, in the order of the digest. Refuses what has no digest that anyone can check: links, devices and the like,
 * and names that `sha256sum` does not write as they are.
 * @param isSkipped whether a file or a folder of this name is passed over.
 */
export async function filesOf(folder: string, isSkipped: IsSkipped = () => false): Promise<readonly FolderFile[]> {
  const files: FolderFile[] = [];
  const walk = async (below: string): Promise<void> => {
    const entries = (await entriesOf(folder, below)).filter(({ name }) => !isSkipped(name));
    const directories = entries.filter(({ isDirectory }) => isDirectory).map(({ path }) => path);
    const others = entries.filter(({ isDirectory }) => !isDirectory).map(({ path }) => path);
    await some(others, atOnce.files, async (path) => void files.push(await fileAt(folder, path)));
    await some(directories, atOnce.directories, walk);
  };
  await walk('');
  return files.sort((one, other) => byBytes(one.path, other.path));
}

/** Whether two looks at a folder saw the same. */
export function isSame(one: readonly FolderFile[], other: readonly FolderFile[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ path, size, changed }, index) => {
      const again = other[index];
      return path === again?.path && size === again.size && changed === again.changed;
    })
  );
}

const atOnce = { files: 64, directories: 4 };

/** Does something for each, for some at a time, so that a folder of many files needs little memory. */
export async function some<T>(all: readonly T[], count: number, act: (one: T) => Promise<void>): Promise<void> {
  for (let first = 0; first < all.length; first += count) await Promise.all(all.slice(first, first + count).map(act));
}

interface FolderEntry {
  readonly name: string;
  readonly path: string;
  readonly isDirectory: boolean;
}

async function entriesOf(folder: string, below: string): Promise<readonly FolderEntry[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true, encoding: 'buffer' }).catch(
    (error: unknown) => {
      throw unreadable(error, below === '' ? folder : below);
    },
  );
  return entries.map((entry) => entryOf(entry, below));
}

function entryOf(entry: Dirent<NonSharedBuffer>, below: string): FolderEntry {
  const name = entry.name.toString('utf8');
  const path = below === '' ? name : `${below}/${name}`;
  const wrong = wrongName(entry.name, path);
  if (wrong !== undefined) throw mend(`The name of ${quoted(path)} ${wrong}: give it another one.`);
  return { name, path, isDirectory: entry.isDirectory() };
}

/** `sha256sum` writes some names otherwise than they are, and takes those that begin with "-" for options. */
function wrongName(bytes: NonSharedBuffer, path: string): string | undefined {
  if (!isUtf8(bytes)) return 'is not UTF-8';
  if (/[\n\r]/.test(path)) return 'has the end of a line in it';
  if (path.includes('\\')) return 'has a backslash in it';
  if (path.startsWith('-')) return 'begins with "-"';
  return undefined;
}

/** What a path of a folder is now. */
export async function fileAt(folder: string, path: string): Promise<FolderFile> {
  const stats = await statsOf(`${folder}/${path}`).catch((error: unknown) => {
    throw unreadable(error, path);
  });
  if (!stats.isFile()) throw mend(`${quoted(path)} ${stats.isSymbolicLink() ? 'is a link' : 'is no file'}: remove it.`);
  return { path, size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs };
}

/** By a callback, which takes a third less time than a promise of Node's own. */
function statsOf(path: string): Promise<Stats> {
  return new Promise((resolve, reject) =>
    lstat(path, (error, stats) => (error === null ? resolve(stats) : reject(error))),
  );
}

/** Why a file or a folder could not be read. */
export function unreadable(error: unknown, path: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path.startsWith('/')) return mend(`There is no folder ${path}.`);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return new FolderChanged(`${quoted(path)} is gone.`);
  if (code !== 'EACCES' && code !== 'EPERM') return mend(`${quoted(path)} cannot be read: ${message}.`);
  return mend(
    `${quoted(path)} may not be read (${code}): set spec.pod.runAsUser so that all containers run as one user, or make files readable for everybody.`,
  );
}

/** A name as people can read it, whatever is in it. */
export function quoted(path: string): string {
  return JSON.stringify(
    path.toWellFormed().replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd'),
  );
}

/** The order of the bytes of UTF-8, in which `LC_ALL=C sort` sorts. That of UTF-16 differs where surrogates are. */
export function byBytes(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const [unit, otherUnit] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (unit !== otherUnit) return rankOf(unit) - rankOf(otherUnit);
  }
  return one.length - other.length;
}

/** Surrogates stand for code points above all others. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
