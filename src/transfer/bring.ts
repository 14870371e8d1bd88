import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ahead } from './ahead.ts';
import { bootOfNode } from './boot.ts';
import type { Transfer } from './command.ts';
import type { Content } from './digest.ts';
import { type Artifact, mend, Missing, OtherDigest } from './ends.ts';
import { filesOf, type FolderFile } from './folder.ts';
import { bytesOf, changedBetween, fingerprintOf, isWhole, refuseStrange, unseenFor } from './listing.ts';
import { progressLine, type Stand, telling } from './progress.ts';
import type { Entry } from './entry.ts';
import type { Source } from './source.ts';

/** How often what changes while it is fetched is fetched again. */
const mostTurns = 4;

/** What is brought, and what it has to be. */
export interface Wanted {
  readonly source: Source;
  readonly digest: string | undefined;
}

/**
 * Brings an artifact whole into a folder in which nobody else works, and says what it is. What lies there from a try before is kept if the
 * store still has the same, and blames nobody: if the digest is wrong with it, all is fetched anew. What changed meanwhile is fetched anew
 * as well, so that nothing is ever mixed of two times.
 */
export async function bring({ source, digest }: Wanted, folder: string, transfer: Transfer): Promise<Artifact> {
  for (let changes = 0; changes < mostTurns;) {
    const turn = { source, digest, folder, transfer, ahead: new Ahead(folder, transfer.stop) };
    const { content, isInherited } = await broughtBy(turn);
    if (content !== undefined && (digest ?? content.digest) === content.digest) return { path: folder, ...content };
    if (content === undefined) {
      changes += 1;
      transfer.say(`${source.uri} was changed while it was fetched, so it is fetched anew.`);
      continue;
    }
    await removeWork(folder);
    if (!isInherited) throw new OtherDigest(source.uri, content.digest, digest ?? '');
    transfer.say(`What was left of ${source.uri} by a container before is not what was asked for: fetching it anew.`);
  }
  throw mend(
    `${source.uri} was changed each of ${mostTurns} times while it was fetched: fetch what nobody writes to, such as a folder for each version`,
  );
}

/** What one turn is made of. */
interface Turn extends Wanted {
  readonly folder: string;
  readonly transfer: Transfer;
  readonly ahead: Ahead;
}

/** What a turn comes to. */
interface Brought {
  /** What was brought; undefined if it was changed meanwhile. */
  readonly content: Content | undefined;
  /** Whether some of it may have been there before the turn. */
  readonly isInherited: boolean;
}

async function broughtBy(turn: Turn): Promise<Brought> {
  try {
    const { copy, isInherited } = await copiedBy(turn);
    return { content: copy === undefined ? undefined : await measured(turn, copy), isInherited };
  } finally {
    turn.ahead.end();
  }
}

/** What has come, in numbers, and as it lies there: of 100,000 files the listing is not kept while they are hashed. */
interface Copy {
  readonly stand: Stand;
  readonly files: readonly FolderFile[];
}

async function copiedBy(turn: Turn): Promise<{ readonly copy: Copy | undefined; readonly isInherited: boolean }> {
  const before = await settled(turn);
  const isInherited = await keepOnly(turn, before);
  const files = await wholeCopy(turn, before);
  if (files === undefined) return { copy: undefined, isInherited };
  const ofBytes = bytesOf(before);
  const stand = { bytes: ofBytes ?? 0, ofBytes, files: before.length, ofFiles: before.length };
  return { copy: { stand, files }, isInherited };
}

/** Removes a folder and what is known of it. */
export async function removeWork(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await rm(noteOf(folder), { force: true });
}

/** The listing, once nothing of it can be written to unseen any more. By a digest it would be seen. */
async function settled({ source, digest, transfer: { say, stop } }: Turn): Promise<readonly Entry[]> {
  let entries = await listed(source);
  for (let look = 1; look < mostTurns && digest === undefined; look += 1) {
    const pause = unseenFor(entries, Date.now());
    if (pause === 0) break;
    say(`${source.uri} was written to just now: looking again in ${Math.ceil(pause / 1_000)} s.`);
    await sleep(pause, undefined, { signal: stop });
    entries = await listed(source);
  }
  return entries;
}

async function listed(source: Source): Promise<readonly Entry[]> {
  const entries = await source.list();
  if (entries.length === 0) throw new Missing(`There is nothing at ${source.uri}`);
  refuseStrange(entries, source.uri);
  return entries;
}

/** Behind the name of a folder: the note beside it, of what its files are. */
export const listingSuffix = '.listing';

function noteOf(folder: string): string {
  return `${folder}${listingSuffix}`;
}

/** Empties the folder unless it was filled from the same, and tells whether it was. */
async function keepOnly({ source, digest, folder }: Turn, entries: readonly Entry[]): Promise<boolean> {
  const fingerprint = fingerprintOf(source.uri, entries);
  // What a node had not yet written when it was started anew is only found by a digest.
  const note = digest === undefined ? `${fingerprint} ${bootOfNode()}` : fingerprint;
  const isSame = (await readFile(noteOf(folder), 'utf8').catch(() => undefined)) === note;
  if (!isSame) await removeWork(folder);
  await mkdir(folder, { recursive: true });
  await writeFile(noteOf(folder), note);
  return isSame;
}

/** Copies, and tells what is there then, if it is what was listed at the beginning and at the end. */
async function wholeCopy(turn: Turn, before: readonly Entry[]): Promise<readonly FolderFile[] | undefined> {
  const { source, folder } = turn;
  try {
    await copied(turn, before);
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    // Something was removed meanwhile: the next listing tells what is there instead.
    return undefined;
  }
  if (changedBetween(before, await source.list()).length > 0) return undefined;
  const files = await removeOthers(folder, before);
  return isWhole(before, files) ? files : undefined;
}

async function copied({ source, folder, ahead, transfer }: Turn, entries: readonly Entry[]): Promise<void> {
  const { say, limits } = transfer;
  const sizes = new Map(entries.map(({ path, size }) => [path, size]));
  const there = (await filesOf(folder)).filter(({ path, size }) => sizes.get(path) === size);
  for (const { path, size } of there) ahead.add(path, size);
  const already = there.reduce((sum, { size }) => sum + size, 0);
  let [bytes, files] = [already, there.length];
  const stand = () => ({ bytes, ofBytes: bytesOf(entries), files, ofFiles: entries.length });
  const line = () => progressLine('Fetching', stand(), `from ${source.uri}`);
  await telling(line, { say, every: limits.progress }, () =>
    source.copy(folder, {
      moved: (count) => {
        bytes = already + count;
      },
      copied: (path) => {
        ahead.add(path, sizes.get(path) ?? 0);
        files = Math.min(files + 1, entries.length);
      },
    }),
  );
}

/** Removes what is left of files that came half, and what was there before; tells what stays. */
async function removeOthers(folder: string, entries: readonly Entry[]): Promise<readonly FolderFile[]> {
  const paths = new Set(entries.map(({ path }) => path));
  const files = await filesOf(folder);
  const others = files.filter(({ path }) => !paths.has(path));
  for (const { path } of others) await rm(join(folder, path));
  return others.length === 0 ? files : files.filter(({ path }) => paths.has(path));
}

async function measured({ source, ahead, transfer }: Turn, { stand, files }: Copy): Promise<Content> {
  const { say, limits } = transfer;
  const line = () => progressLine('Checking', stand, `from ${source.uri}`);
  return telling(line, { say, every: limits.progress }, () => ahead.content(files));
}
