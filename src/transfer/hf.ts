import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Location } from '../storage/storage.ts';
import type { Transfer } from './command.ts';
import { fault } from './ends.ts';
import type { Entry } from './entry.ts';
import { digits, Hub, type HubFile, repositoryOf } from './hub.ts';
import { refuseStrange } from './listing.ts';
import { steps, type Watch } from './moved.ts';
import { patiently } from './patience.ts';
import { received, sizeOf } from './received.ts';
import type { Source } from './source.ts';

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
      refuseStrange(
        files.map((file) => entryOf(file.path, file)),
        uri,
      );
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

function entryOf(path: string, { size, hash }: HubFile): Entry {
  return { path, size, modified: '', hash };
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
  const reached = steps();
  await patiently(
    (further) => download(copy, name, file, { moved, reached: (bytes) => reached(bytes, further) }),
    copy.transfer,
  );
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
  const { have, hash: ofHave } = await begun(partial, file, transfer.stop);
  const answer = await hub.file(tree.commit, file.path, have, transfer.stop);
  const from = answer.status === 206 ? have : 0;
  const hash = from > 0 ? ofHave : hashOf(file);
  let bytes = 0;
  const come = (more: number): void => {
    bytes += more;
    moved(more);
  };
  try {
    come(from);
    const onPiece = (piece: Buffer): void => {
      hash.update(piece);
      come(piece.length);
      reached(bytes);
    };
    await received({
      answer,
      uri: `${name} of ${uri}`,
      partial,
      from,
      onPiece,
      failing: (error) => hub.failing(error),
    });
  } catch (error) {
    moved(-bytes);
    answer.body.destroy();
    throw error;
  }
  if (bytes === file.size && hash.digest('hex') === file.hash) {
    await rename(partial, join(folder, name));
    return;
  }
  moved(-bytes);
  await rm(partial, { force: true });
  throw fault(`${name} of ${uri} came otherwise than its commit has it`);
}

/**
 * What a try before has left of a file, and its hash so far. It is read before anybody is asked for the rest: a server that sends and is not read
 * from meanwhile is taken for one from which nothing comes.
 */
async function begun(partial: string, file: HubFile, signal: AbortSignal): Promise<{ have: number; hash: Hash }> {
  const size = (await sizeOf(partial)) ?? 0;
  const have = size < file.size ? size : 0;
  const hash = hashOf(file);
  if (have === 0) return { have, hash };
  for await (const piece of createReadStream(partial, { end: have - 1, signal })) hash.update(piece as Buffer);
  return { have, hash };
}

/** By which the commit names the contents: SHA-256 in the large storage, and what git makes of any other file. */
function hashOf({ hash, size }: HubFile): Hash {
  return hash.length === digits.large ? createHash('sha256') : createHash('sha1').update(`blob ${size}\0`);
}
