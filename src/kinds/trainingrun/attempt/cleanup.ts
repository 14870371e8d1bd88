import type { IService } from 'kubernetes-models/v1';
import type { Attempt } from '../../../api/types.ts';
import { jobs as jobKind, services as serviceKind } from '../../../api/kinds.ts';
import { keyOf, type Kind, type Resource, uidOf } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { isFinished } from '../../../workload/job.ts';
import type { PlacedJob } from './names.ts';

/** How many Jobs of one stage of an attempt are kept. */
const keptPerStage = 10;

/**
 * Deletes the finished Jobs of attempts that status no longer keeps, of a stage that was made again more than ten times all but the
 * newest ten, and with a Job its Service. The Jobs of the newest attempt are
 * always kept: their pods hold the results and the log. Deletes also the Job of an attempt that was superseded, and one that a write of
 * ours made again after somebody had cancelled its attempt: a write that got no answer may be carried out late.
 * @param kept the attempts in the persisted status: what is being decided now may yet be denied.
 * @param creates the actions of the same pass, whose Jobs need their Services.
 */
export function cleanup(
  kept: readonly Attempt[],
  jobs: readonly PlacedJob[],
  services: readonly IService[],
  creates: readonly Action[],
): Action[] {
  const unneeded = jobs.filter((placed) =>
    isFinished(placed.job) ? isOld(placed, kept) || isFormer(placed, jobs) : isCancelled(placed, kept),
  );
  const needed = new Set([
    ...jobs.filter((placed) => !unneeded.includes(placed)).map(({ job }) => keyOf(job).name),
    ...creates.flatMap((action) => (action.type === 'Create' ? [keyOf(action.object).name] : [])),
  ]);
  return [
    ...unneeded.flatMap(({ job }) => remove(jobKind, job)),
    ...services
      .filter((service) => !needed.has(keyOf(service).name))
      .flatMap((service) => remove(serviceKind, service)),
  ];
}

function isOld({ number }: PlacedJob, kept: readonly Attempt[]): boolean {
  return number < (kept[0]?.number ?? 0);
}

/** Nodes may refuse a pod for days, and each of the Jobs would stay as long as its attempt. */
function isFormer({ number, stage, retry }: PlacedJob, jobs: readonly PlacedJob[]): boolean {
  const later = jobs.filter((other) => other.number === number && other.stage === stage && other.retry > retry);
  return later.length >= keptPerStage;
}

function isCancelled({ number, job }: PlacedJob, kept: readonly Attempt[]): boolean {
  const attempt = kept.find((one) => one.number === number);
  if (attempt?.verdict === 'Superseded') return true;
  return attempt?.verdict === 'Deleted' && !attempt.stages?.some(({ jobUID }) => jobUID === uidOf(job));
}

function remove(kind: Kind, object: Resource): Action[] {
  if (object.metadata?.deletionTimestamp !== undefined) return [];
  return [{ type: 'Delete', kind, key: keyOf(object), uid: uidOf(object), propagation: 'Background' }];
}
