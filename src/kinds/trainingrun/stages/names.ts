import type { IJob } from 'kubernetes-models/batch/v1';

/** `fraud-8-train`, and `fraud-8-train-r1` for the first time that the gang is made again. */
export function jobName(attempt: string, retry: number): string {
  return retry === 0 ? `${attempt}-train` : `${attempt}-train-r${retry}`;
}

/** Which attempt a Job of a run belongs to, and the how manieth retry it is. Undefined for a name that is not one of ours. */
export function parseJobName(run: string, name: string): { number: number; retry: number } | undefined {
  if (!name.startsWith(`${run}-`)) return undefined;
  const parts = /^([1-9][0-9]{0,5})-train(?:-r([1-9][0-9]{0,5}))?$/.exec(name.slice(run.length + 1));
  return parts === null ? undefined : { number: Number(parts[1]), retry: Number(parts[2] ?? 0) };
}

/** The Jobs of one attempt, the first one first: more than one only for a gang that was made again. */
export function jobsOf(run: string, number: number, jobs: readonly IJob[]): IJob[] {
  const retryOf = (job: IJob) => parseJobName(run, job.metadata?.name ?? '')?.retry ?? 0;
  return jobs
    .filter((job) => parseJobName(run, job.metadata?.name ?? '')?.number === number)
    .toSorted((one, other) => retryOf(one) - retryOf(other));
}
