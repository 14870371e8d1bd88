import type { IJob } from 'kubernetes-models/batch/v1';
import { attemptName } from '../../../domain/versions.ts';

/** How often the Job of a stage can be made again, so that its name still fits, and the host names of a gang's pods with it. */
export const mostRetries = 99_999;

/** `fraud-8-train`, and `fraud-8-train-r1` for the first time that the Job of the stage Train is made again. */
export function jobName(attempt: string, stage: string, retry: number): string {
  const first = `${attempt}-${stageLabel(stage)}`;
  return retry === 0 ? first : `${first}-r${retry}`;
}

/** A stage as the names and labels of its children have it. */
export function stageLabel(stage: string): string {
  return stage.toLowerCase();
}

/** An attempt, as its snapshot has it. */
interface Numbered {
  readonly number: number;
  readonly runUID: string;
}

/**
 * The folder of an attempt below the output of its run. A run that is made again counts from 1 again, and a version of the old one
 * may still be served, so the name alone would have contents meet.
 */
export function outputFolder(run: string, { number, runUID }: Numbered): string {
  return `${attemptName(run, number)}-${runUID}`;
}

/** The folder of a run on the claim of its checkpoint, below one where nothing else is: it never lies over an output, however a run is called. */
export function checkpointFolder(run: string, { runUID }: Pick<Numbered, 'runUID'>): string {
  return `checkpoints/${run}-${runUID}`;
}

/** Whose a Job is, as its name tells. */
interface JobPlace {
  readonly number: number;
  /** The stage in lower case. */
  readonly stage: string;
  /** 0 for the stage's first Job. */
  readonly retry: number;
}

/** Undefined for a name that is not one of ours. */
export function parseJobName(run: string, name: string): JobPlace | undefined {
  if (!name.startsWith(`${run}-`)) return undefined;
  const parts = /^([1-9][0-9]{0,5})-([a-z]{1,8})(?:-r([1-9][0-9]{0,4}))?$/.exec(name.slice(run.length + 1));
  return parts === null ? undefined : { number: Number(parts[1]), stage: parts[2] ?? '', retry: Number(parts[3] ?? 0) };
}

/** A Job of the run, placed by its name. */
export interface PlacedJob extends JobPlace {
  readonly job: IJob;
}

/** The Jobs of a run that are named as its attempts' Jobs are. */
export function placedJobs(run: string, jobs: readonly IJob[]): PlacedJob[] {
  return jobs.flatMap((job) => {
    const place = parseJobName(run, job.metadata?.name ?? '');
    return place === undefined ? [] : [{ ...place, job }];
  });
}
