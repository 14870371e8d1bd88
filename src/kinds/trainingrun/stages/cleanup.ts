import type { IJob } from 'kubernetes-models/batch/v1';
import type { IService } from 'kubernetes-models/v1';
import type { Attempt } from '../../../api/types.ts';
import { jobs as jobKind, services as serviceKind } from '../../../api/kinds.ts';
import { type Key, keyOf, type Kind, type Resource, uidOf } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { parseJobName } from './names.ts';
import { isFinished } from './subject.ts';

/**
 * Deletes the finished Jobs of attempts that status no longer keeps, and with a Job its Service. The Job of the newest attempt is
 * always kept: its pod holds the results and the log. Deletes also a Job that a write of ours made again after somebody had
 * cancelled its attempt: a write that got no answer may be carried out late.
 * @param kept the attempts in the persisted status: what is being decided now may yet be denied.
 * @param creates the actions of the same pass, whose Jobs need their Services.
 */
export function cleanup(
  run: Key,
  kept: readonly Attempt[],
  jobs: readonly IJob[],
  services: readonly IService[],
  creates: readonly Action[],
): Action[] {
  const oldest = kept[0]?.number ?? 0;
  const isOld = (job: IJob) => (parseJobName(run.name, keyOf(job).name)?.number ?? oldest) < oldest && isFinished(job);
  const isCancelled = (job: IJob) => {
    const attempt = kept.find(({ number }) => number === parseJobName(run.name, keyOf(job).name)?.number);
    return attempt?.verdict === 'Deleted' && attempt.jobUID !== uidOf(job) && !isFinished(job);
  };
  const isUnneeded = (job: IJob) => isOld(job) || isCancelled(job);
  const needed = new Set([
    ...jobs.filter((job) => !isUnneeded(job)).map((job) => keyOf(job).name),
    ...creates.flatMap((action) => (action.type === 'Create' ? [keyOf(action.object).name] : [])),
  ]);
  return [
    ...jobs.filter((job) => isUnneeded(job)).flatMap((job) => remove(jobKind, job)),
    ...services
      .filter((service) => !needed.has(keyOf(service).name))
      .flatMap((service) => remove(serviceKind, service)),
  ];
}

function remove(kind: Kind, object: Resource): Action[] {
  if (object.metadata?.deletionTimestamp !== undefined) return [];
  return [{ type: 'Delete', kind, key: keyOf(object), uid: uidOf(object), propagation: 'Background' }];
}
