import { keyOf } from '../../api/resource.ts';
import type { ProductObjects } from '../objects.ts';

/** Whether what a command is about is still there, as far as it names a pod or a Job: conditions keep the words of a moment. */
export function worksNow(command: string, { pods, jobs }: ProductObjects): boolean {
  const [, pod] = /^kubectl -n \S+ logs (?:-f )?([a-z0-9][-a-z0-9.]*)(?: |$)/.exec(command) ?? [];
  if (pod !== undefined) return pods.some((one) => keyOf(one).name === pod);
  const [, job] =
    /^kubectl -n \S+ (?:delete job|describe job|logs -f) (?:job\/)?([a-z0-9][-a-z0-9.]*)(?: |$)/.exec(command) ?? [];
  return job === undefined || jobs.some((one) => keyOf(one).name === job);
}
