/** What lies in the folders of a run, and what of it nothing refers to any more. */
import { keyOf, uidOf } from '../../api/resource.ts';
import type { ITrainingRun } from '../../api/types.ts';
import type { ProductObjects } from '../objects.ts';
import type { Listing } from './listing.ts';
import { folderOf, type Place, uriOf } from './places.ts';
import { type Reference, referencesTo } from './references.ts';

/** One folder of a run. */
export interface Artifact {
  readonly what: Place['what'];
  readonly claim: string;
  /** Within the claim. */
  readonly path: string;
  readonly uri: string;
  /** The number of the attempt; absent for a checkpoint. */
  readonly attempt?: number;
  /** Whether a run of the same name made it that is gone. */
  readonly isOfEarlierRun: boolean;
  readonly bytes: number;
  readonly files: number;
  readonly modified?: string;
  readonly references: readonly Reference[];
}

/** Of all folders those that are a run's of this name, the newest attempt last. */
export function artifactsOf(
  run: ITrainingRun,
  objects: ProductObjects,
  places: readonly Place[],
  { folders }: Listing,
): Artifact[] {
  const artifacts = folders.flatMap(({ place: index, name, bytes, files, modified }): Artifact[] => {
    const place = places[index];
    const folder = place && folderOf(keyOf(run).name, place, name);
    if (place === undefined || folder === undefined) return [];
    const uri = uriOf(place, name);
    return [
      {
        what: place.what,
        claim: place.claim,
        path: `${place.path}/${name}`,
        uri,
        ...(folder.number !== undefined && { attempt: folder.number }),
        isOfEarlierRun: folder.runUID !== uidOf(run),
        bytes,
        files,
        ...(modified !== undefined && { modified }),
        references: referencesTo(run, objects, folder, uri),
      },
    ];
  });
  return artifacts.toSorted(
    (one, other) =>
      Number(other.isOfEarlierRun) - Number(one.isOfEarlierRun) ||
      (one.attempt ?? Infinity) - (other.attempt ?? Infinity),
  );
}

/** Those that nothing refers to any more. */
export function unreferenced(artifacts: readonly Artifact[]): Artifact[] {
  return artifacts.filter(({ references }) => references.length === 0);
}

export function bytesOf(artifacts: readonly Artifact[]): number {
  return artifacts.reduce((sum, { bytes }) => sum + bytes, 0);
}
