import { rename } from 'node:fs/promises';
import { bring, removeWork, type Wanted } from './bring.ts';
import type { Transfer } from './command.ts';
import type { Artifact } from './ends.ts';
import { artifactOf, beside, markOf, removeMarked, writeMark } from './mark.ts';

/**
 * Fetches into a folder that no other pod has. It appears whole or not at all: it is filled under another name, at which the next
 * container of the pod goes on if this one is ended.
 */
export async function fetchAlone(wanted: Wanted, folder: string, transfer: Transfer): Promise<Artifact> {
  const { uri } = wanted.source;
  const mark = await markOf(folder);
  if (mark?.uri === uri && (wanted.digest ?? mark.digest) === mark.digest) {
    transfer.say(`${uri} was fetched before into ${folder}.`);
    return artifactOf(folder, mark);
  }
  const work = beside(folder, 'partial');
  const artifact = await bring(wanted, work, transfer);
  await removeMarked(folder);
  await rename(work, folder);
  await writeMark(folder, uri, artifact);
  await removeWork(work);
  return artifact;
}
