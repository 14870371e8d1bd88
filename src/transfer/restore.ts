import { mkdir, readdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { locate } from '../storage/index.ts';
import type { Location } from '../storage/storage.ts';
import { bring, removeWork } from './bring.ts';
import type { Command, Transfer } from './command.ts';
import type { Content } from './digest.ts';
import { type Artifact, fault, mend, Missing, OtherDigest } from './ends.ts';
import { type Generation, generationsIn } from './generations.ts';
import { beside } from './mark.ts';
import { readMarker } from './marker.ts';
import { uriOf } from './rclone.ts';
import type { Source } from './source.ts';

/** How often all is listed anew if a generation is removed while it is brought, as those are that get old. */
const mostTurns = 3;

/**
 * Brings the newest whole generation of a run's checkpoint into a folder, before anything else starts. Its words are the URI and the folder,
 * which may have been filled before: what is there is newer than what was uploaded of it.
 */
export const restore: Command = async (words, transfer) => {
  const [uri = '', folder = ''] = words;
  if (words.length !== 2) throw mend('restore takes a URI and a folder');
  const at = locate(uri, 'Write');
  if (at.type === 'Unlocated') throw mend(at.message);
  if (!(await isEmpty(folder))) {
    transfer.say(`${folder} has files already, which stay.`);
    return [];
  }
  for (let turn = 1; turn <= mostTurns; turn += 1) {
    // A bucket that is not there is told as it is.
    const names = await transfer.rclone.names(at);
    try {
      return await restored(at, names, folder, transfer);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      transfer.say(`${error.message}: looking again for what there is.`);
    }
  }
  throw fault(`The checkpoints at ${uri} were removed while they were read, ${mostTurns} times`);
};

async function restored(
  at: Location,
  names: readonly string[],
  folder: string,
  transfer: Transfer,
): Promise<readonly Artifact[]> {
  const whole = generationsIn(names, at).filter(({ isWhole }) => isWhole);
  for (const generation of whole) {
    const artifact = await generationIn(folder, generation, transfer);
    if (artifact !== undefined) return [artifact];
  }
  if (whole.length > 0)
    throw mend(
      `None of the ${whole.length} checkpoints at ${uriOf(at)} is what was uploaded: remove them to begin anew`,
    );
  transfer.say(`There is no checkpoint at ${uriOf(at)} yet.`);
  return [];
}

/** It appears whole or not at all, and whoever the user of the training is may write to it. */
async function generationIn(folder: string, { at }: Generation, transfer: Transfer): Promise<Artifact | undefined> {
  const marker = await readMarker(at, transfer.rclone);
  const work = beside(folder, 'partial');
  process.umask(0);
  await mkdir(dirname(folder), { recursive: true });
  const content = marker && (await wholeBy(marker, sourceOf(at, transfer), work, transfer));
  if (content === undefined) {
    transfer.say(`${uriOf(at)} is not what was uploaded: taking the one before.`);
    await removeWork(work);
    return undefined;
  }
  await rename(work, folder);
  await removeWork(work);
  return { ...content, path: folder };
}

/** What its marker says that it is; undefined if it is another thing. */
async function wholeBy({ digest }: Content, source: Source, work: string, transfer: Transfer) {
  try {
    return await bring({ source, digest }, work, transfer);
  } catch (error) {
    if (error instanceof OtherDigest) return undefined;
    throw error;
  }
}

function sourceOf(at: Location, { rclone }: Transfer): Source {
  return {
    uri: uriOf(at),
    list: () => rclone.list(at),
    copy: (folder, watch) => rclone.copy(at, folder, watch),
  };
}

async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}
