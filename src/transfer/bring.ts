import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ahead } from './ahead.ts';
import type { Transfer } from './command.ts';
import type { Content } from './digest.ts';
import { type Artifact, mend, Missing } from './ends.ts';
import { filesOf } from './folder.ts';
import { bytesOf, changedBetween, fingerprintOf, isWhole, refuseStrange } from './listing.ts';
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
 * store still has the same. What changed meanwhile is fetched anew, so that nothing is ever mixed of two times.
 */
export async function bring({ source, digest }: Wanted, folder: string, transfer: Transfer): Promise<Artifact> {
  for (let turn = 1; turn <= mostTurns; turn += 1) {
    const content = await contentAt({ source, folder, transfer, ahead: new Ahead(folder, transfer.stop) });
    if (content !== undefined && (digest ?? content.digest) === content.digest) return { path: folder, ...content };
    if (content !== undefined) {
      await removeWork(folder);
      throw mend(
        `The digest of ${source.uri} is ${content.digest}, and ${digest} was asked for: correct the one or the other`,
      );
    }
    transfer.say(`${source.uri} was changed while it was fetched, so it is fetched anew.`);
  }
  throw mend(
    `${source.uri} was changed each of ${mostTurns} times while it was fetched: fetch what nobody writes to, such as a folder for each version`,
  );
}

/** What one turn is made of. */
interface Turn {
  readonly source: Source;
  readonly folder: string;
  readonly transfer: Transfer;
  readonly ahead: Ahead;
}

/** What was brought; undefined if it was changed meanwhile. */
async function contentAt(turn: Turn): Promise<Content | undefined> {
  try {
    const stand = await brought(turn);
    return stand === undefined ? undefined : await measured(turn, stand);
  } finally {
    turn.ahead.end();
  }
}

/** What has come, in numbers: of 100,000 files the listing is not kept while they are hashed. */
async function brought(turn: Turn): Promise<Stand | undefined> {
  const { source, folder } = turn;
  const before = await listed(source);
  await keepOnly(folder, fingerprintOf(source.uri, before));
  if (!(await isBrought(turn, before))) return undefined;
  const ofBytes = bytesOf(before);
  return { bytes: ofBytes ?? 0, ofBytes, files: before.length, ofFiles: before.length };
}

/** Removes a folder and what is known of it. */
export async function removeWork(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await rm(noteOf(folder), { force: true });
}

async function listed(source: Source): Promise<readonly Entry[]> {
  const entries = await source.list();
  if (entries.length === 0) throw new Missing(`There is nothing at ${source.uri}`);
  refuseStrange(entries, source.uri);
  return entries;
}

/** Beside the folder: of what its files are. */
function noteOf(folder: string): string {
  return `${folder}.listing`;
}

/** Empties the folder unless it was filled from the same. */
async function keepOnly(folder: string, fingerprint: string): Promise<void> {
  const noted = await readFile(noteOf(folder), 'utf8').catch(() => undefined);
  if (noted !== fingerprint) await removeWork(folder);
  await mkdir(folder, { recursive: true });
  await writeFile(noteOf(folder), fingerprint);
}

/** Copies, and tells whether what is there now is what was listed, at the beginning and at the end. */
async function isBrought(turn: Turn, before: readonly Entry[]): Promise<boolean> {
  const { source, folder } = turn;
  try {
    await copied(turn, before);
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    // Something was removed meanwhile: the next listing tells what is there instead.
    return false;
  }
  if (changedBetween(before, await source.list()).length > 0) return false;
  await removeOthers(folder, before);
  return isWhole(before, await filesOf(folder));
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

/** What is left of files that came half, and what was there before. */
async function removeOthers(folder: string, entries: readonly Entry[]): Promise<void> {
  const paths = new Set(entries.map(({ path }) => path));
  const others = (await filesOf(folder)).filter(({ path }) => !paths.has(path));
  for (const { path } of others) await rm(join(folder, path));
}

async function measured({ source, ahead, transfer }: Turn, stand: Stand): Promise<Content> {
  const { say, limits } = transfer;
  const line = () => progressLine('Checking', stand, `from ${source.uri}`);
  return telling(line, { say, every: limits.progress }, () => ahead.content());
}
