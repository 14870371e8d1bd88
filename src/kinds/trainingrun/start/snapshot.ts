import type { IJob } from 'kubernetes-models/batch/v1';
import type { ITrainingRun, Trigger } from '../../../api/types.ts';
import { defined } from '../../../api/defined.ts';
import type { PodOptions, StorageOptions } from '../../../api/generated/shared.ts';
import { attemptAnnotation } from '../../../api/labels.ts';
import { uidOf } from '../../../api/resource.ts';
import { isFields, sortedJSON } from '../../../domain/canonical.ts';
import { textDigest } from '../../../domain/digest.ts';
import type { Surroundings } from '../../../domain/podoptions.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { isStorageInstallation, type StorageInstallation } from '../../../storage/installation.ts';
import type { HardwareProfile } from '../../../workload/hardware.ts';
import { isRemote } from '../../../storage/index.ts';
import { mainIn } from '../../../workload/origin.ts';
import { recipeDigest } from './digest.ts';
import { mostRetries } from '../attempt/names.ts';
import { isOutputs, type Outputs } from '../stages/outputs.ts';
import { hardwareForm, storageForm, surroundingsForm } from './podforms.ts';
import { recipeForm } from './recipeform.ts';
import { count, fields, name, oneOf, optional, text, time, uid } from './wellformed.ts';

/**
 * What an attempt was started with, as its Jobs carry it. Every later decision about the attempt reads this and never the spec,
 * which may have been edited since.
 */
export interface Snapshot {
  readonly number: number;
  /** The UID of the run, by which its folders are its own. */
  readonly runUID: string;
  readonly recipe: Recipe;
  readonly recipeDigest: string;
  /** The options of the pods that are not the recipe's, as the spec had them when the attempt started. */
  readonly pod?: Surroundings;
  /** What the accelerator's profile was when the attempt started. Absent if it names none. */
  readonly hardware?: HardwareProfile;
  /** How its artifacts are reached and kept, as the spec had it when the attempt started. */
  readonly storage?: StorageOptions;
  /** How stores were reached when the attempt started. Absent if it needs none but claims and images. */
  readonly installation?: StorageInstallation;
  readonly trigger: Trigger;
  readonly coversUntil: string;
  /** The ModelVersion to compare with. Absent if there was none. */
  readonly champion?: ChampionReference;
  /** The UID of the attempt's first Job. On all of its Jobs but that one. */
  readonly attemptUID?: string;
  /** How often the stage failed by the code's own fault until then. On Jobs that were made again. */
  readonly failures?: number;
  /** How many seconds the Jobs before took of the attempt's timeout, where it has one. On those that follow another one. */
  readonly spent?: number;
  /** Whether `main` ran in a Job of the stage before this one. On those that were made again. */
  readonly ran?: true;
  /** How often a pod that it did not make ended a Job of the stage until then. On Jobs that were made again. */
  readonly forged?: number;
  /** What the stages before have put out: the pods that reported it may be gone by the time it is judged. */
  readonly before?: Outputs;
}

export interface ChampionReference {
  readonly name: string;
  readonly uri?: string;
  /** Of what the operator measured itself. */
  readonly digest?: string;
}

/** The variable of `main` that has the digest of the snapshot: whoever may edit annotations of a Job cannot edit its template. */
export const snapshotVariable = 'FLYBALL_SNAPSHOT_DIGEST';

/** The largest number of an attempt, by the schema. */
export const mostAttempts = 999_999;

/** Beyond any timeout, by the schema. */
const mostSeconds = 2 ** 31 - 1;

/** What a spec, and the installation where that names something of it, make an attempt of. */
export interface Making {
  readonly recipe: Recipe;
  readonly recipeDigest: string;
  readonly pod?: Surroundings | undefined;
  readonly hardware?: HardwareProfile | undefined;
  readonly storage?: StorageOptions | undefined;
  readonly installation?: StorageInstallation | undefined;
}

type Start = Pick<Snapshot, 'number' | 'trigger' | 'coversUntil'>;

/** What an attempt starts with; a Job that status does not tell of is held against the same. */
export function startingSnapshot(
  run: ITrainingRun,
  { number, trigger, coversUntil }: Start,
  { recipe, recipeDigest, pod, hardware, storage, installation }: Making,
  champion: ChampionReference | undefined,
): Snapshot {
  const runUID = uidOf(run);
  return defined<Snapshot>({
    number,
    runUID,
    recipe,
    recipeDigest,
    pod,
    hardware,
    storage,
    installation: hasRemote(recipe, champion) ? installation : undefined,
    trigger,
    coversUntil,
    champion,
  });
}

/** Whether anything of an attempt has to be fetched or saved. */
function hasRemote({ datasets = [], output, checkpoint }: Recipe, champion: ChampionReference | undefined): boolean {
  const uris = [...datasets.map(({ uri }) => uri), output?.uri, checkpoint?.uri, champion?.uri];
  return uris.some((uri) => uri !== undefined && isRemote(uri));
}

/** All options of an attempt's pods: those that can change the result are in its recipe. */
export function podOptionsOf({ recipe, pod }: Pick<Snapshot, 'recipe' | 'pod'>): PodOptions {
  return { ...pod, ...recipe.pod };
}

/** A snapshot as the annotation has it. */
export function snapshotText(snapshot: Snapshot): string {
  return sortedJSON(snapshot);
}

/** The digest of what the annotation of a Job has now. */
export function snapshotDigestOf(job: IJob): string {
  return textDigest(job.metadata?.annotations?.[attemptAnnotation] ?? '');
}

/** The digest with which a Job was made, as its template tells; undefined where the template is not known. */
export function digestInTemplate({ spec }: IJob): string | undefined {
  // Of a Job in the cache the template is left out.
  return mainIn(spec?.template?.spec)?.env?.findLast(({ name }) => name === snapshotVariable)?.value;
}

/** What the annotation of a Job has, whoever wrote it; undefined if that is no snapshot. */
export function snapshotOf(job: IJob): Snapshot | undefined {
  try {
    const value: unknown = JSON.parse(job.metadata?.annotations?.[attemptAnnotation] ?? '');
    return isSnapshot(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const form = fields({
  number: count(mostAttempts),
  runUID: uid,
  recipe: recipeForm,
  pod: optional(surroundingsForm),
  hardware: optional(hardwareForm),
  storage: optional(storageForm),
  installation: optional(isStorageInstallation),
  trigger: fields({
    type: oneOf(['Created', 'RecipeChanged', 'Rerun', 'Schedule', 'Monitor'] satisfies Trigger['type'][]),
    name: optional(name),
    reason: optional(text(256, /./)),
    time,
  }),
  coversUntil: time,
  champion: optional(fields({ name, uri: optional(text(1024)), digest: optional(text(128)) })),
  attemptUID: optional(uid),
  failures: optional(count(mostRetries)),
  forged: optional(count(mostRetries)),
  spent: optional(count(mostSeconds)),
  ran: oneOf([undefined, true]),
  before: optional(isOutputs),
});

function isSnapshot(value: unknown): value is Snapshot {
  return form(value) && isFields(value) && recipeDigest(value['recipe'] as Recipe) === value['recipeDigest'];
}
