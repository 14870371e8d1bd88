import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Location } from '../storage/storage.ts';
import { failureOfAsking } from './asking.ts';
import type { Transfer } from './command.ts';
import { fault } from './ends.ts';
import type { Entry } from './entry.ts';
import { Hub, type HubFile, repositoryOf } from './hub.ts';
import { stepBytes, type Watch } from './moved.ts';
import { patiently } from './patience.ts';
import { received } from './received.ts';
import type { Source } from './source.ts';
import { wordingOf } from './words.ts';

/** What is fetched: a commit, and its files by their paths in the folder. */
interface Tree {
  readonly commit: string;
  readonly files: ReadonlyMap<string, HubFile>;
}

/**
 * A repository of the Hugging Face Hub. The revision is asked for once: all that is fetched is of the commit that it was then, whatever is pushed
 * meanwhile.
 */
export function hfSource(uri: string, { authority, path }: Location, transfer: Transfer): Source {
  const hub = new Hub(uri, repositoryOf(authority), transfer);
  let asked: Promise<Tree> | undefined;
  const tree = (): Promise<Tree> =>
    (asked ??= patiently(async () => {
      const commit = await hub.commit(transfer.stop);
      transfer.say(`${uri} is the commit ${commit}.`);
      const files = await hub.files(commit, path, transfer.stop);
      return { commit, files: new Map(files.map((file) => [below(path, file.path), file])) };
    }, transfer));
  return {
    uri,
    list: async () => [...(await tree()).files].map(([name, file]) => entryOf(name, file)),
    copy: async (folder, watch) => copied({ hub, uri, folder, tree: await tree(), watch, transfer }),
  };
}

/** A file that is named itself has its own name. */
function below(path: string, name: string): string {
  if (path === '') return name;
  return name === path ? basename(name) : name.slice(path.length + 1);
}

function entryOf(path: string, { size, sha256, blob }: HubFile): Entry {
  const hash = sha256 ?? blob;
  return { path, size, modified: '', ...(hash !== undefined && { hash }) };
}

interface Copy {
  readonly hub: Hub;
  readonly uri: string;
  readonly folder: string;
  readonly tree: Tree;
  readonly watch: Watch;
  readonly transfer: Transfer;
}

/** How many files come at a time. */
const atOnce = 4;

/** The largest first, so that one which the Hub does not give is told before hours have passed. The first failure ends all. */
async function copied(copy: Copy): Promise<void> {
  const { tree, transfer, watch, folder } = copy;
  const failed = new AbortController();
  const own = { ...transfer, stop: AbortSignal.any([transfer.stop, failed.signal]) };
  let bytes = 0;
  const moved = (more: number): void => {
    bytes += more;
    watch.moved?.(bytes);
  };
  const files = [...tree.files].sort(([, one], [, other]) => other.size - one.size).values();
  const work = async (): Promise<void> => {
    for (const [name, file] of files) {
      if ((await sizeOf(join(folder, name))) === file.size) continue;
      await fetched({ ...copy, transfer: own }, name, file, moved);
      watch.copied?.(name);
    }
  };
  const failing = (error: unknown): void => failed.abort(error);
  await Promise.all(Array.from({ length: atOnce }, () => work().catch(failing)));
  transfer.stop.throwIfAborted();
  failed.signal.throwIfAborted();
}

/** One file, for as long as patience lasts. */
async function fetched(copy: Copy, name: string, file: HubFile, moved: (more: number) => void): Promise<void> {
  const { uri, transfer } = copy;
  const wording = wordingOf(transfer.credentials, transfer.settings);
  let best = 0;
  await patiently((further) => {
    const reached = (bytes: number): void => {
      if (bytes < best + stepBytes) return;
      best = bytes;
      further();
    };
    return download(copy, name, file, { moved, reached }).catch((error: unknown) => {
      throw failureOfAsking(error, uri, wording);
    });
  }, transfer);
}

interface Told {
  /** So many bytes more are there than before, or less if it begins anew. */
  readonly moved: (more: number) => void;
  readonly reached: (bytes: number) => void;
}

/** Goes on where the file broke off: a commit never changes, and the hash of the whole tells whether all of it is of one piece. */
async function download(copy: Copy, name: string, file: HubFile, { moved, reached }: Told): Promise<void> {
  const { hub, uri, folder, tree, transfer } = copy;
  const partial = join(folder, `${name}.${tree.commit.slice(0, 8)}.partial`);
  await mkdir(dirname(partial), { recursive: true });
  const have = await sizeOf(partial);
  const resumed = have !== undefined && have > 0 && have < file.size ? have : 0;
  const answer = await hub.file(tree.commit, file.path, resumed, transfer.stop);
  const from = answer.status === 206 ? resumed : 0;
  const hash = hashOf(file);
  let bytes = 0;
  const come = (more: number): void => {
    bytes += more;
    moved(more);
  };
  try {
    if (from > 0) for await (const piece of createReadStream(partial, { end: from - 1 })) hash?.update(piece as Buffer);
    come(from);
    const onPiece = (piece: Buffer): void => {
      hash?.update(piece);
      come(piece.length);
      reached(bytes);
    };
    await received({ answer, uri: `${name} of ${uri}`, partial, from, onPiece });
  } catch (error) {
    moved(-bytes);
    answer.body.destroy();
    throw error;
  }
  if (bytes === file.size && hash?.digest('hex') === (file.sha256 ?? file.blob)) {
    await rename(partial, join(folder, name));
    return;
  }
  moved(-bytes);
  await rm(partial, { force: true });
  throw fault(`${name} of ${uri} came otherwise than its commit has it`);
}

/** By which the commit names the contents: SHA-256 in the large storage, and what git makes of any other file. */
function hashOf({ sha256, blob, size }: HubFile): Hash | undefined {
  if (sha256 !== undefined) return createHash('sha256');
  return blob === undefined ? undefined : createHash('sha1').update(`blob ${size}\0`);
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
