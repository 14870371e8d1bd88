import { setTimeout as sleep } from 'node:timers/promises';
import { locate } from '../storage/index.ts';
import type { Location } from '../storage/storage.ts';
import type { Command, Transfer } from './command.ts';
import { type Content, contentOf } from './digest.ts';
import { type Artifact, mend } from './ends.ts';
import { FolderChanged, filesOf } from './folder.ts';
import { readMarker, writeMarker } from './marker.ts';
import { uriOf } from './rclone.ts';
import { upload } from './upload.ts';

/** How often a folder is uploaded that others write to meanwhile. */
const mostTurns = 4;

/**
 * Uploads what a training has left. Its words are the folder, and where to: a place that no other pod has. The marker beside that place comes
 * last, so that whatever ends the pod before, nothing is there that could be taken for whole.
 */
export const save: Command = async (words, transfer) => {
  const [folder = '', uri = ''] = words;
  if (words.length !== 2) throw mend('save takes a folder and a URI');
  if (!writes(transfer)) return [];
  const at = locate(uri, 'Write');
  if (at.type === 'Unlocated') throw mend(at.message);
  const content = await saved(folder, at, transfer);
  return [{ path: folder, ...content } satisfies Artifact];
};

/** Of a gang the first pod alone has what the others have, too. */
export function writes({ pod }: Transfer): boolean {
  return pod.index === undefined || pod.index === '0';
}

async function saved(folder: string, at: Location, transfer: Transfer): Promise<Content> {
  const before = await readMarker(at, transfer.rclone);
  if (before !== undefined) return savedBefore(folder, at, before, transfer);
  for (let turn = 1; ; turn += 1) {
    try {
      const content = await uploadAll(folder, at, transfer);
      await writeMarker(at, content, transfer.rclone);
      return content;
    } catch (error) {
      if (!(error instanceof FolderChanged)) throw error;
      if (turn === mostTurns)
        throw mend(
          `${error.message}, ${mostTurns} times: end what still writes there, such as a sidecar, before main ends`,
        );
      transfer.say(`${error.message}: uploading again.`);
      // By size and time alone nobody can tell what of it is as before.
      await transfer.rclone.remove(at);
      await sleep(transfer.limits.settle, undefined, { signal: transfer.stop });
    }
  }
}

async function uploadAll(folder: string, at: Location, transfer: Transfer): Promise<Content> {
  const files = await filesOf(folder);
  if (files.length === 0) throw mend(`There is no file in ${folder}: let the training write its output there`);
  const isSkipped = (): boolean => false;
  return upload({ folder, files, at, verb: 'Saving', isSkipped, options: {} }, transfer);
}

/** A container may be started again after it had done all. */
async function savedBefore(folder: string, at: Location, before: Content, { say, stop }: Transfer): Promise<Content> {
  say(`${uriOf(at)} was saved before, and is compared.`);
  const content = await contentOf(folder, stop);
  if (content.digest === before.digest) return content;
  throw mend(
    `${folder} was saved before with the digest ${before.digest}, and now has ${content.digest}: what is whole is not written over`,
  );
}
