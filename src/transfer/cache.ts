import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bring, listingSuffix, removeWork, type Wanted } from './bring.ts';
import type { Transfer } from './command.ts';
import { contentOf } from './digest.ts';
import { type Artifact, fault, mend } from './ends.ts';
import { filesOf } from './folder.ts';
import { Lock } from './lock.ts';
import { toDisk } from './disk.ts';
import { artifactOf, beside, type Mark, markOf, writeMark } from './mark.ts';

type Shared = Wanted & { readonly digest: string };

/**
 * Fetches into the entry of a cache that many pods share, unless one of them did so before. Each works in a folder of its own, which
 * becomes the entry by its new name once its digest is right: whoever is second finds the entry there. The lock keeps them from
 * working all at once, and nothing depends on it.
 */
export async function fetchShared(wanted: Shared, entry: string, transfer: Transfer): Promise<Artifact> {
  const { limits, pod, say, stop } = transfer;
  const { uri } = wanted.source;
  // Pods of other users have its group.
  process.umask(0o002);
  await mkdir(dirname(entry), { recursive: true });
  const lock = new Lock(beside(entry, 'lock'), pod.uid ?? hostname());
  let told = 0;
  for (;;) {
    // Whoever waits looks for the mark alone: an entry without one may be just on its way to it.
    const found = await marked(entry, wanted, transfer);
    if (found !== undefined) return found;
    if (await lock.take(limits.silence)) break;
    if (performance.now() - told > limits.progress || told === 0) {
      say(`Waiting for another pod, which fetches ${uri} into the cache.`);
      told = performance.now();
    }
    await sleep(limits.glance, undefined, { signal: stop });
  }
  lock.keep(limits.beat);
  try {
    await removeListings(entry);
    return (await entryOf(entry, wanted, transfer)) ?? (await fill(wanted, entry, transfer));
  } finally {
    await lock.release();
  }
}

/** The entry if it is there whole. */
async function entryOf(entry: string, wanted: Shared, transfer: Transfer): Promise<Artifact | undefined> {
  return (await marked(entry, wanted, transfer)) ?? (await unmarked(entry, wanted, transfer));
}

async function marked(entry: string, { source, digest }: Shared, transfer: Transfer): Promise<Artifact | undefined> {
  const mark = await markOf(entry);
  if (mark?.digest !== digest) return undefined;
  transfer.say(`${source.uri} is in the cache already.`);
  return artifactOf(entry, mark);
}

/** What has the name and no mark: the mark was lost with its pod, or the kubelet has made a folder in order to mount it. */
async function unmarked(entry: string, { source, digest }: Shared, transfer: Transfer): Promise<Artifact | undefined> {
  if (!(await isFilled(entry))) return undefined;
  transfer.say(`Checking what is in the cache for ${source.uri}`);
  const content = await contentOf(entry, transfer.stop).catch(() => undefined);
  if (content?.digest !== digest) return undefined;
  await marks(entry, { uri: source.uri, ...content });
  return { path: entry, ...content };
}

/** It outlives this node, which may lose what it has not yet written: so the mark comes once all is on the disk. */
async function marks(entry: string, mark: Mark): Promise<void> {
  await toDisk(entry);
  await writeMark(entry, mark);
}

async function isFilled(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).length > 0;
}

async function fill(wanted: Shared, entry: string, transfer: Transfer): Promise<Artifact> {
  const work = beside(entry, `${randomUUID()}.partial`);
  await adopt(entry, work);
  const artifact = await bring(wanted, work, transfer);
  try {
    await becomeEntry(work, entry);
  } catch (error) {
    const found = await entryOf(entry, wanted, transfer);
    await removeWork(work);
    if (found !== undefined) return found;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw fault(`Another pod has taken over what was fetched for ${entry}`);
    throw mend(`The entry ${entry} of the cache is in the way and cannot be removed: ${String(error)}`);
  }
  // Before the mark, as whoever sees that looks for nothing else.
  await removeWork(work);
  await marks(entry, { ...artifact, uri: wanted.source.uri });
  return { ...artifact, path: entry };
}

/** A folder takes the place of another one only if that is empty; so what is wrong there is put aside first. */
async function becomeEntry(work: string, entry: string): Promise<void> {
  try {
    await rename(work, entry);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    const aside = beside(entry, `${randomUUID()}.wrong`);
    if ((await markOf(entry)) !== undefined) throw new Error('somebody else has filled it');
    await rename(entry, aside);
    await rename(work, entry);
    await rm(aside, { recursive: true, force: true });
  }
}

/** Of work whose folder has become the entry, or went elsewhere, just before its pod ended. */
async function removeListings(entry: string): Promise<void> {
  const names = new Set(await readdir(dirname(entry)));
  const listings = [...names].filter((name) => name.startsWith(`.${basename(entry)}.`) && name.endsWith(listingSuffix));
  const left = listings.filter((name) => !names.has(name.slice(0, -listingSuffix.length)));
  // Of those of other users nothing may be possible to remove.
  for (const name of left) await rm(join(dirname(entry), name), { force: true }).catch(() => undefined);
}

/**
 * Goes on where a pod of this user has left off. Should it live after all, it finds its folder gone; what it still has open are partial files, which
 * go, so that it writes to nothing that becomes the entry.
 */
async function adopt(entry: string, work: string): Promise<void> {
  const names = await readdir(dirname(entry));
  const left = names.filter((name) => name.startsWith(`.${basename(entry)}.`) && name.endsWith('.partial'));
  const [newest, ...others] = await byAge(left.map((name) => join(dirname(entry), name)));
  for (const other of others) await removeWork(other);
  if (newest === undefined) return;
  try {
    await rename(newest, work);
    await rename(`${newest}${listingSuffix}`, `${work}${listingSuffix}`);
    for (const { path } of await filesOf(work)) if (path.endsWith('.partial')) await rm(join(work, path));
  } catch {
    // Another one was faster: there is nothing to go on with.
    await removeWork(work);
  }
}

/** Folders of this user, the newest first: of those of others, nothing can be written to or removed. */
async function byAge(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ mtimeMs, uid }) => ({ path, mtimeMs, uid }),
        () => undefined,
      ),
    ),
  );
  const own = found.filter((one) => one !== undefined && one.uid === process.getuid?.());
  return own
    .flatMap((one) => one ?? [])
    .sort((one, other) => other.mtimeMs - one.mtimeMs)
    .map(({ path }) => path);
}
