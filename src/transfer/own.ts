import { rename } from 'node:fs/promises';
import { bootOfNode } from './boot.ts';
import { bring, removeWork, type Wanted } from './bring.ts';
import type { Transfer } from './command.ts';
import { contentOf } from './digest.ts';
import type { Artifact } from './ends.ts';
import { artifactOf, beside, markOf, removeMarked, writeMark } from './mark.ts';

/**
 * Fetches into a folder that no other pod has. It appears whole or not at all: it is filled under another name, at which the next
 * container of the pod goes on if this one is ended.
 */
export async function fetchAlone(wanted: Wanted, folder: string, transfer: Transfer): Promise<Artifact> {
  const { uri } = wanted.source;
  const before = await fetchedBefore(wanted, folder, transfer);
  if (before !== undefined) {
    transfer.say(`${uri} was fetched before into ${folder}.`);
    return before;
  }
  // It is of no use, and there need not be room for both.
  await removeMarked(folder);
  const work = beside(folder, 'partial');
  const artifact = await bring(wanted, work, transfer);
  await rename(work, folder);
  await writeMark(folder, { ...artifact, uri, boot: bootOfNode() });
  await removeWork(work);
  return artifact;
}

/** What a container before has fetched. Of what it wrote, a node that was started anew meanwhile may have lost some: it is read once more. */
async function fetchedBefore({ source, digest }: Wanted, folder: string, transfer: Transfer) {
  const mark = await markOf(folder);
  if (mark?.uri !== source.uri || (digest ?? mark.digest) !== mark.digest) return undefined;
  if (mark.boot === bootOfNode()) return artifactOf(folder, mark);
  transfer.say(`Checking what was fetched into ${folder} before the node was started anew`);
  const content = await contentOf(folder, transfer.stop).catch(() => undefined);
  transfer.stop.throwIfAborted();
  if (content?.digest !== mark.digest) return undefined;
  await writeMark(folder, { ...mark, boot: bootOfNode() });
  return artifactOf(folder, mark);
}
