import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import { isRemote, locate } from '../storage/index.ts';
import type { Location } from '../storage/storage.ts';
import { fetchShared } from './cache.ts';
import type { Command, Transfer } from './command.ts';
import { contentOf } from './digest.ts';
import { type Artifact, mend, OtherDigest } from './ends.ts';
import { fetchAlone } from './own.ts';
import { hfSource } from './hf.ts';
import { httpsSource } from './https.ts';
import { roomFor } from './room.ts';
import type { Source } from './source.ts';

/** Brings artifacts into folders: its words are pairs of where from and where to. */
export const fetch: Command = async (words, transfer) => {
  if (words.length === 0 || words.length % 2 === 1) throw mend('fetch takes pairs of a URI and a folder');
  const pairs = words.flatMap((uri, index) => (index % 2 === 0 ? [{ uri, folder: words[index + 1] ?? '' }] : []));
  refuseFolders(pairs.map(({ folder }) => folder));
  const artifacts: Artifact[] = [];
  const bounded = roomFor(transfer.settings.room);
  for (const { uri, folder } of pairs) artifacts.push(await fetchOne(uri, folder, transfer, bounded));
  return artifacts;
};

/** Compares folders that another program has filled with the digests that they must have. */
export const verify: Command = async (folders, { settings, stop, say }) => {
  refuseFolders(folders);
  const artifacts: Artifact[] = [];
  for (const path of folders) {
    say(`Checking ${path}`);
    const content = await contentOf(path, stop);
    const wanted = digestFor(path, settings.digests);
    if (wanted !== undefined && content.digest !== wanted) throw new OtherDigest(path, content.digest, wanted);
    artifacts.push({ path, ...content });
  }
  return artifacts;
};

async function fetchOne(
  uri: string,
  folder: string,
  transfer: Transfer,
  bounded: (source: Source, folder: string) => Source,
): Promise<Artifact> {
  const at = locate(uri, 'Read');
  if (at.type === 'Unlocated') throw mend(at.message);
  if (!isRemote(uri)) throw mend(`${uri} is not fetched: what is in a claim or an image is mounted`);
  const digest = digestFor(folder, transfer.settings.digests);
  const wanted = { source: bounded(sourceOf(uri, at, transfer), folder), digest };
  const artifact = isEntry(folder, digest)
    ? await fetchShared({ ...wanted, digest }, folder, transfer)
    : await fetchAlone(wanted, folder, transfer);
  return { ...artifact, path: folder };
}

/** Whether a folder is one of a cache, which is called by the digest of what it holds. */
function isEntry(folder: string, digest: string | undefined): digest is string {
  return digest !== undefined && digest === `sha256:${basename(folder)}`;
}

function digestFor(folder: string, digests: Readonly<Record<string, string>>): string | undefined {
  const digest = Object.hasOwn(digests, folder) ? digests[folder] : undefined;
  if (digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest)) return digest;
  throw mend(`${JSON.stringify(digest)} is no digest: write sha256: and 64 hexadecimal digits`);
}

/** What is written is only below folders that were named, none within another one. */
function refuseFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    if (!isAbsolute(folder) || normalize(folder) !== folder || folder.endsWith('/') || dirname(folder) === folder)
      throw mend(`${JSON.stringify(folder)} is no absolute path of a folder`);
    if (folders.some((other) => other !== folder && folder.startsWith(join(other, '/'))))
      throw mend(`${JSON.stringify(folder)} is within another folder that is filled`);
  }
  if (new Set(folders).size < folders.length) throw mend('One folder was named twice');
}

/** With more files than these, size and time have to do: some stores are asked for the hash of each. */
const mostHashed = 1_000;

function sourceOf(uri: string, at: Location, transfer: Transfer): Source {
  if (at.scheme === 'https') return httpsSource(uri, at, transfer);
  if (at.scheme === 'hf') return hfSource(uri, at, transfer);
  const { rclone } = transfer;
  return {
    uri,
    async list() {
      const entries = await rclone.list(at);
      return entries.length > 0 && entries.length <= mostHashed ? rclone.list(at, true) : entries;
    },
    copy: (folder, watch) => rclone.copy(at, folder, watch),
  };
}
