import type { IJob } from 'kubernetes-models/batch/v1';
import type { Attempt, AttemptStage, TrainingRunStatus } from '../../../api/types.ts';
import { defined } from '../../../api/defined.ts';
import { jobs as jobKind } from '../../../api/kinds.ts';
import { label } from '../../../api/labels.ts';
import { keyOf, type Resource, uidOf } from '../../../api/resource.ts';
import { snapshotDigestOf } from '../start/snapshot.ts';
import { withEntry } from './entries.ts';
import { stageLabel } from './names.ts';

/**
 * Status with the Jobs that its pass has made, each by its UID and the digest of its snapshot, so that no other Job is ever taken for
 * one of them. What comes between the POST and this write is told by the next pass, see provenance.ts.
 */
export function withMade(status: TrainingRunStatus, objects: readonly Resource[]): TrainingRunStatus {
  const jobs = objects.filter((object): object is IJob => object.kind === jobKind.kind);
  if (jobs.length === 0 || status.attempts === undefined) return status;
  return { ...status, attempts: status.attempts.map((attempt) => jobs.reduce(withJob, attempt)) };
}

function withJob(attempt: Attempt, job: IJob): Attempt {
  const labels = job.metadata?.labels ?? {};
  const entry = attempt.stages?.find(({ name }) => stageLabel(name) === labels[label.stage]);
  if (entry === undefined || labels[label.attempt] !== attempt.name) return attempt;
  const { name, startTime } = entry;
  return withEntry(
    attempt,
    defined<AttemptStage>({
      name,
      job: keyOf(job).name,
      jobUID: uidOf(job),
      // As it was sent: the template, which has it too, is left out of what is kept of an answer.
      snapshotDigest: snapshotDigestOf(job),
      state: 'Running',
      startTime,
    }),
  );
}
