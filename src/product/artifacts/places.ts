/** Where the folders of a run may lie. */
import type { IModelVersion, ITrainingRun } from '../../api/types.ts';
import { keyOf, uidOf } from '../../api/resource.ts';
import { checkpointFolder, outputFolder } from '../../kinds/trainingrun/attempt/names.ts';
import { snapshotOf } from '../../kinds/trainingrun/start/snapshot.ts';
import { locate, under } from '../../storage/index.ts';
import { inClaim } from '../../storage/pvc.ts';
import type { Location } from '../../storage/storage.ts';
import { jobsOf, type ProductObjects } from '../objects.ts';

/** A folder of a claim in which a run has folders. */
export interface Place {
  readonly what: 'Output' | 'Checkpoint';
  readonly claim: string;
  /** Within the claim. */
  readonly path: string;
}

/**
 * All folders into which a run writes or wrote: as its spec has it, as its Jobs were made, and as its versions tell; people may have changed it in
 * between.
 */
export function placesOf(run: ITrainingRun, objects: ProductObjects): Place[] {
  const { name } = keyOf(run);
  const snapshots = jobsOf(run, objects).flatMap(({ job }) => snapshotOf(job) ?? []);
  const recipes = [run.spec, ...snapshots.map(({ recipe }) => recipe)];
  const made = objects.versions.filter(({ spec }) => spec.trainingRun === name).flatMap(parentOf);
  const outputs = [...recipes.flatMap(({ output }) => (output === undefined ? [] : [output.uri])), ...made];
  const checkpoints = recipes.flatMap(({ checkpoint }) => checkpoint?.claimName ?? []);
  const places = [
    ...outputs.flatMap((uri) => placeOf('Output', locate(uri))),
    ...checkpoints.flatMap((claim) =>
      placeOf('Checkpoint', inClaim(claim, parent(checkpointFolder(name, { runUID: uidOf(run) })))),
    ),
  ];
  return [...new Map(places.map((place) => [`${place.claim}/${place.path}`, place])).values()];
}

/** Of a folder as `artifacts` names it; undefined for one that is none of a run of that name. */
export interface Folder {
  /** The number of the attempt; undefined for a checkpoint. */
  readonly number: number | undefined;
  readonly runUID: string;
}

/** Whose a folder is, by its name. Folders of an earlier run of that name have another UID. */
export function folderOf(run: string, { what }: Pick<Place, 'what'>, name: string): Folder | undefined {
  if (!name.startsWith(`${run}-`)) return undefined;
  const rest = name.slice(run.length + 1);
  const [, number, uid = ''] =
    (what === 'Output' ? /^(?:([1-9][0-9]{0,5})-)([0-9a-f-]{36})$/ : /^()([0-9a-f-]{36})$/).exec(rest) ?? [];
  if (uid === '') return undefined;
  return { number: number ? Number(number) : undefined, runUID: uid };
}

/** The URI by which versions and deployments name a folder. */
export function uriOf({ claim, path }: Place, folder: string): string {
  return under(`pvc://${claim}/${path}`, folder);
}

/** A version lies in the folder of its attempt, which is below the run's output. */
function parentOf({ spec }: IModelVersion): string[] {
  const { uri, number, trainingRun, trainingRunUID } = spec;
  if (uri === undefined || trainingRunUID === undefined) return [];
  const folder = outputFolder(trainingRun, { number, runUID: trainingRunUID });
  return uri.endsWith(`/${folder}`) ? [parent(uri)] : [];
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function placeOf(what: Place['what'], at: ReturnType<typeof locate> | Location): Place[] {
  return at.type === 'Location' && at.scheme === 'pvc' ? [{ what, claim: at.authority, path: at.path }] : [];
}
