import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { FolderChanged, type FolderFile, quoted, unreadable } from './folder.ts';

/** In hexadecimal digits. */
export interface Hashes {
  readonly sha256: string;
  /** Where it was asked for. */
  readonly md5?: string;
}

export interface HashingOptions {
  /** How many files are read at once. */
  readonly threads: number;
  /** Whether a file's MD5 is needed, too, by which stores tell what they have got. */
  readonly needsMD5: (file: FolderFile) => boolean;
  readonly stop: AbortSignal;
}

/** The hashes of files, in their order. */
export async function hashesOf(
  folder: string,
  files: readonly FolderFile[],
  { threads, needsMD5, stop }: HashingOptions,
): Promise<readonly Hashes[]> {
  const hashes: Hashes[] = [];
  const failed = new AbortController();
  const end = AbortSignal.any([stop, failed.signal]);
  const batches = batchesOf(files);
  const work = async (): Promise<void> => {
    const worker = new Worker(`(${String(hashing)})()`, { eval: true });
    try {
      for (const { first, members } of batches) {
        end.throwIfAborted();
        const tasks = members.map((file) => ({ path: join(folder, file.path), withMD5: needsMD5(file) }));
        worker.postMessage(tasks satisfies Task[]);
        const [answers] = (await once(worker, 'message', { signal: end })) as [readonly Answer[]];
        answers.forEach((answer, index) => (hashes[first + index] = hashesIn(answer, members[index])));
      }
    } catch (error) {
      failed.abort(error);
      throw error;
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(threads, files.length)) }, work));
  return hashes;
}

interface Task {
  readonly path: string;
  readonly withMD5: boolean;
}

interface Answer {
  readonly sha256?: string;
  readonly md5?: string;
  readonly size?: number;
  readonly error?: { readonly code?: string; readonly message: string };
}

function hashesIn({ sha256, md5, size, error }: Answer, file: FolderFile | undefined): Hashes {
  const path = file?.path ?? '';
  if (error !== undefined || sha256 === undefined) throw unreadable(error, path);
  if (size !== file?.size) throw new FolderChanged(`${quoted(path)} was written to while it was read`);
  return md5 === undefined ? { sha256 } : { sha256, md5 };
}

const batch = { files: 64, bytes: 16 * 1024 * 1024 };

/** Small files go to a thread together, so that asking takes no longer than reading. Several threads share what is yielded. */
function* batchesOf(files: readonly FolderFile[]): Generator<{ first: number; members: readonly FolderFile[] }, void> {
  let first = 0;
  while (first < files.length) {
    let [last, bytes] = [first, 0];
    while (last < files.length && last - first < batch.files && bytes < batch.bytes) bytes += files[last++]?.size ?? 0;
    yield { first, members: files.slice(first, last) };
    first = last;
  }
}

/** Runs in a thread, from its text alone, since the program is one file: so it takes what it needs by itself. */
function hashing(): void {
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  const { createHash } = process.getBuiltinModule('node:crypto');
  const { closeSync, constants, openSync, readSync } = process.getBuiltinModule('node:fs');
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const answerTo = ({ path, withMD5 }: Task): Answer => {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const all = [createHash('sha256'), ...(withMD5 ? [createHash('md5')] : [])];
      let size = 0;
      for (let read = -1; read !== 0; size += read) {
        read = readSync(file, buffer);
        for (const hash of all) hash.update(buffer.subarray(0, read));
      }
      const [sha256 = '', md5] = all.map((hash) => hash.digest('hex'));
      return md5 === undefined ? { sha256, size } : { sha256, md5, size };
    } finally {
      closeSync(file);
    }
  };
  parentPort?.on('message', (tasks: readonly Task[]) => {
    const answers = tasks.map((task) => {
      try {
        return answerTo(task);
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        return { error: { code, message } };
      }
    });
    parentPort.postMessage(answers);
  });
}
