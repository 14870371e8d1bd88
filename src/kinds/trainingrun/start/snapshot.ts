import type { IJob } from 'kubernetes-models/batch/v1';
import type { Trigger } from '../../../api/types.ts';
import { attemptAnnotation } from '../../../api/labels.ts';
import { isFields } from '../../../domain/canonical.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { recipeDigest } from './digest.ts';
import { mostRetries } from '../attempt/names.ts';
import { isOutputs, type Outputs } from '../stages/outputs.ts';

/**
 * What an attempt was started with, as its Jobs carry it. Every later decision about the attempt reads this and never the spec,
 * which may have been edited since.
 */
export interface Snapshot {
  readonly number: number;
  /** The UID of the run, by which its folders are its own. Absent on what was started before folders bore it. */
  readonly runUID?: string;
  readonly recipe: Recipe;
  readonly recipeDigest: string;
  readonly trigger: Trigger;
  readonly coversUntil: string;
  /** The ModelVersion to compare with. Absent if there was none. */
  readonly champion?: ChampionReference;
  /** The UID of the attempt's first Job. On all of its Jobs but that one. */
  readonly attemptUID?: string;
  /** How often the stage failed by the code's own fault until then. On Jobs that were made again. */
  readonly failures?: number;
  /** Whether `main` ran in a Job of the stage before this one. On those that were made again. */
  readonly ran?: true;
  /** What the stages before have put out: the pods that reported it may be gone by the time it is judged. */
  readonly before?: Outputs;
}

export interface ChampionReference {
  readonly name: string;
  readonly uri?: string;
}

/** The largest number of an attempt, by the schema. */
const mostAttempts = 999_999;

/** @returns undefined if the annotation is missing or was tampered with. */
export function snapshotOf(job: IJob): Snapshot | undefined {
  try {
    const value: unknown = JSON.parse(job.metadata?.annotations?.[attemptAnnotation] ?? '');
    return isSnapshot(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSnapshot(value: unknown): value is Snapshot {
  if (!isFields(value)) return false;
  return (
    isCount(value['number'], mostAttempts) &&
    (value['runUID'] === undefined || typeof value['runUID'] === 'string') &&
    isTime(value['coversUntil']) &&
    isFields(value['trigger']) &&
    typeof value['trigger']['type'] === 'string' &&
    isTime(value['trigger']['time']) &&
    isFields(value['recipe']) &&
    recipeDigest(value['recipe']) === value['recipeDigest'] &&
    (value['champion'] === undefined ||
      (isFields(value['champion']) && typeof value['champion']['name'] === 'string')) &&
    (value['attemptUID'] === undefined || typeof value['attemptUID'] === 'string') &&
    (value['failures'] === undefined || isCount(value['failures'], mostRetries)) &&
    (value['ran'] === undefined || value['ran'] === true) &&
    (value['before'] === undefined || isOutputs(value['before']))
  );
}

function isCount(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
