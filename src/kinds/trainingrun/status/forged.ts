import type { IPod } from 'kubernetes-models/v1';
import { type Command, kubectl } from '../../../api/command.ts';
import { written } from '../../../api/message.ts';
import { type Key, keyOf, type Resource } from '../../../api/resource.ts';
import type { IModelVersion } from '../../../api/types.ts';
import type { AttemptFacts } from '../attempt/facts.ts';
import type { PlacedJob } from '../attempt/names.ts';
import type { Problem } from '../attempt/waiting.ts';

export const forgedReason = 'Forged';

/** A Job that somebody else made has the name of one that is due. */
export function blockedByForged(run: Key, name: string): Problem {
  const what = `Job ${name} bears the name and owner of the next Job of this run, but the operator did not make it. It is not read, and while it is there nothing goes on`;
  return forged(what, [removal(run, 'job', name)]);
}

/** Pods of the newest attempt that are none of its Job's. */
export function forgedPods(newest: AttemptFacts | undefined): Problem | undefined {
  const [pod, ...more] = newest?.forgedPods ?? [];
  if (newest === undefined || pod === undefined) return undefined;
  const { name } = keyOf(pod);
  const what = `pod ${name}${others(more)} bears the owner of attempt ${newest.attempt.name} and does not run what its Job says. It is not read, and whatever the Job makes of it does not count`;
  return forged(what, [
    removal(newest.key, 'pod', name),
    { text: 'if a webhook of the cluster changes it, have it leave command, args and declared variables of main' },
  ]);
}

/** What bears the names of this run's objects, does no harm, and is somebody else's. */
export function forgedOthers(
  run: Key,
  jobs: readonly PlacedJob[],
  versions: readonly IModelVersion[],
): Problem | undefined {
  const [placed, ...moreJobs] = jobs;
  if (placed !== undefined) {
    const { name } = keyOf(placed.job);
    const what = `Job ${name}${others(moreJobs)} bears the owner of this run, but the operator did not make it. It is not read, and no attempt is told by it`;
    return forged(what, [removal(run, 'job', name)]);
  }
  const [version, ...more] = versions;
  if (version === undefined) return undefined;
  const { name } = keyOf(version);
  const what = `ModelVersion ${name}${others(more)} says that it is of this run, but the operator did not register it. Nothing is compared with it, and nobody follows it`;
  return forged(what, [
    removal(run, 'mver', name),
    {
      text: 'if it was restored from a backup, name it by spec.model.versionRef of the ModelDeployment that shall serve it',
    },
  ]);
}

function forged(what: string, remedies: readonly { text: string; command?: Command }[]): Problem {
  return { reason: forgedReason, message: written({ what, remedies }), isStalled: true };
}

function removal({ namespace }: Key, resource: string, name: string) {
  return { text: 'find out who made it, and remove it', command: kubectl(namespace, 'delete', resource, name) };
}

function others(more: readonly (Resource | PlacedJob | IPod)[]): string {
  return more.length === 0 ? '' : ' (one of several)';
}
