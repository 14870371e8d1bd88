import type { Location } from '../storage/storage.ts';
import type { Transfer } from './command.ts';
import { differences } from './comparison.ts';
import { type Content, contentBy, threads } from './digest.ts';
import { fault, mend } from './ends.ts';
import { FolderChanged, filesOf, type FolderFile, type IsSkipped, isSame, quoted } from './folder.ts';
import { largestWhole } from './flags.ts';
import { type Hashes, hashesOf } from './hashing.ts';
import { progressLine, telling } from './progress.ts';
import { type CopyOptions, type Rclone, uriOf } from './rclone.ts';

/** What is uploaded, and how. */
export interface Upload {
  readonly folder: string;
  /** As they lay there when somebody looked. */
  readonly files: readonly FolderFile[];
  readonly at: Location;
  /** What the log calls it. */
  readonly verb: string;
  readonly isSkipped: IsSkipped;
  readonly options: Omit<CopyOptions, 'largest'>;
}

/** How often what a store has not kept as it was sent is sent again. */
const mostTurns = 3;

/** The longest key that stores take, in bytes. */
const longestKey = 1024;

/**
 * Uploads a folder into one that nobody else writes to, and tells what it is once the store has it whole: it lists what was sent, and
 * nothing has changed on this side from before the first byte was read until after the last one was sent.
 */
export async function upload(wanted: Upload, transfer: Transfer): Promise<Content> {
  const { folder, files, at } = wanted;
  refuseNames(files, at);
  const hashes = await sent(wanted, transfer);
  if (!isSame(files, await filesOf(folder, wanted.isSkipped)))
    throw new FolderChanged(`${folder} was written to while it was uploaded`);
  await settle(wanted, hashes, transfer);
  return contentBy(files, hashes);
}

/** Reads the files for their digest while they are sent: each of both ends with the other one. */
async function sent(wanted: Upload, { rclone, say, limits, stop }: Transfer): Promise<readonly Hashes[]> {
  const { folder, files } = wanted;
  const failed = new AbortController();
  const end = AbortSignal.any([stop, failed.signal]);
  const needsMD5 = ({ size }: FolderFile): boolean => size <= largestWhole;
  let [bytes, count] = [0, 0];
  const stand = () => ({ bytes, ofBytes: bytesOf(files), files: count, ofFiles: files.length });
  const line = () => progressLine(wanted.verb, stand(), `to ${uriOf(wanted.at)}`);
  const watch = {
    moved: (moved: number) => (bytes = moved),
    copied: () => (count += 1),
  };
  const both = [
    hashesOf(folder, files, { threads: threads(), needsMD5, stop: end }),
    rclone.until(end).copy(folder, wanted.at, watch, optionsOf(wanted)),
  ] as const;
  for (const one of both) one.catch((error: unknown) => failed.abort(error));
  return telling(line, { say, every: limits.progress }, async () => {
    try {
      return (await Promise.all(both))[0];
    } finally {
      await Promise.allSettled(both);
    }
  });
}

function optionsOf({ files, options }: Upload): CopyOptions {
  return { ...options, largest: files.reduce((largest, { size }) => Math.max(largest, size), 0) };
}

/** Until the store lists what was sent, and nothing else. */
async function settle(wanted: Upload, hashes: readonly Hashes[], { rclone, say }: Transfer): Promise<void> {
  const { folder, files, at } = wanted;
  for (let turn = 1; ; turn += 1) {
    const { lacking, wrong } = differences(files, hashes, await rclone.list(at, true));
    if (lacking.length === 0 && wrong.length === 0) return;
    const example = quoted(lacking[0] ?? wrong[0] ?? '');
    const what = lacking.length > 0 ? 'has not kept as they were sent' : 'has others than were sent';
    const words = `The store ${what} ${lacking.length + wrong.length} of the files of ${uriOf(at)}, such as ${example}`;
    if (turn > mostTurns) throw fault(words);
    say(`${words}: sending again.`);
    await removeEach(wrong, at, rclone);
    await rclone.copy(folder, at, {}, optionsOf(wanted));
  }
}

async function removeEach(paths: readonly string[], at: Location, rclone: Rclone): Promise<void> {
  for (const path of paths) await rclone.remove({ ...at, path: `${at.path}/${path}` });
}

/** What stores, or the tool on the way to them, call otherwise than it is called here. */
const changing = /[\p{Cc}\u2400-\u2421\uff0f\u201b]|(^|\/)\uff0e{1,2}(\/|$)/u;

function refuseNames(files: readonly FolderFile[], at: Location): void {
  for (const { path } of files) {
    const key = `${at.path}/${path}`;
    if (changing.test(path))
      throw mend(`The name of ${quoted(path)} has a character that stores do not keep: give it another one`);
    if (Buffer.byteLength(key) > longestKey)
      throw mend(`The name of ${quoted(key)} is longer than the ${longestKey} bytes that stores take`);
  }
}

function bytesOf(files: readonly FolderFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
