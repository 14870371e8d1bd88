import { createHash } from 'node:crypto';
import type { IJob } from 'kubernetes-models/batch/v1';
import { jobs } from '../../../../src/api/kinds.ts';
import { attemptAnnotation, label } from '../../../../src/api/labels.ts';
import { sortedJSON } from '../../../../src/domain/canonical.ts';
import { attemptName } from '../../../../src/domain/versions.ts';
import { jobName } from '../../../../src/kinds/trainingrun/attempt/names.ts';
import { type Snapshot, snapshotOf } from '../../../../src/kinds/trainingrun/start/snapshot.ts';
import { forgedContainer, forgedImages, forgedPodSpec } from '../../forged.ts';
import type { Fault } from '../fault.ts';
import { beforeNext, forgery, uponLast } from './forgery.ts';

interface Place {
  readonly number: number;
  readonly retry: number;
}

const made = (name: string, place: (snapshot: Snapshot) => Place): Fault => ({
  ...forgery,
  name,
  ...uponLast<IJob>(jobs, async ({ forger }, job) => {
    const snapshot = snapshotOf(job);
    if (snapshot !== undefined) await forger.create(jobs, forgedJob(job, snapshot, place(snapshot)));
  }),
});

/** A Job like one of the operator's, for another attempt, that runs another program. */
function forgedJob({ metadata, spec }: IJob, snapshot: Snapshot, { number, retry }: Place): IJob {
  const attempt = attemptName(metadata?.labels?.[label.trainingRun] ?? '', number);
  const again = retry === 0 ? {} : { attemptUID: metadata?.uid ?? '' };
  const text = sortedJSON({ ...snapshot, number, ...again });
  const labels = { ...metadata?.labels, [label.attempt]: attempt };
  return withForgedPods(
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: jobName(attempt, metadata?.labels?.[label.stage] ?? '', retry),
        labels,
        annotations: { [attemptAnnotation]: text },
        ownerReferences: metadata?.ownerReferences ?? [],
      },
      ...(spec && { spec: { ...spec, template: { ...spec.template, metadata: { labels } } } }),
    },
    digestOf(text),
  );
}

/** @param digest of the snapshot; that of the Job itself stays without one. */
function withForgedPods(job: IJob, digest?: string): IJob {
  const { selector: _, ...spec } = job.spec ?? {};
  const template = job.spec?.template;
  if (template?.spec === undefined) return job;
  const podSpec = forgedPodSpec(template.spec, forgedImages.working);
  const containers = podSpec.containers.map((one) => ({
    ...one,
    env: (one.env ?? []).map((variable) =>
      digest !== undefined && variable.name === digestVariable ? { ...variable, value: digest } : variable,
    ),
  }));
  return { ...job, spec: { ...spec, template: { ...template, spec: { ...podSpec, containers } } } };
}

/** Whose pods run the user's program, and before it something that can leave there what it likes. */
function withForgedInit(job: IJob): IJob {
  const { selector: _, ...spec } = job.spec ?? {};
  const template = job.spec?.template;
  if (template?.spec === undefined) return job;
  const { initContainers = [] } = template.spec;
  const first = forgedContainer({ name: 'first' }, forgedImages.working);
  const podSpec = { ...template.spec, initContainers: [first, ...initContainers] };
  return { ...job, spec: { ...spec, template: { ...template, spec: podSpec } } };
}

/** By which a Job vouches for its snapshot: anybody can compute it. */
const digestVariable = 'FLYBALL_SNAPSHOT_DIGEST';

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Whoever may create Jobs makes attempts of a run. */
export const forgedJobs: readonly Fault[] = [
  made('job-next', ({ number }) => ({ number: number + 1, retry: 0 })),
  made('job-far', () => ({ number: 999_999, retry: 0 })),
  made('job-again', ({ number }) => ({ number, retry: 1 })),
  {
    ...forgery,
    name: 'job-first',
    ...beforeNext<IJob>(jobs, ({ forger }, job) => forger.create(jobs, withForgedPods(job))),
  },
  {
    ...forgery,
    name: 'job-first-beside',
    ...beforeNext<IJob>(jobs, ({ forger }, job) => forger.create(jobs, withForgedInit(job))),
  },
];
