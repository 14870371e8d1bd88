import { kubectl } from '../../../api/command.ts';
import type { Milliseconds } from '../../../api/duration.ts';
import { written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import { isLiving, lastEnd } from '../../../workload/podend.ts';
import type { AttemptFacts } from './facts.ts';
import type { Held } from './waiting.ts';

/** How long the Job controller may take to make pods until that is worth a word: quotas and admission deny them silently. */
const expectedWithin: Milliseconds = 120_000;

/** How long the Job controller waits after a failed pod: 10 seconds, twice as long after each one, ten minutes at most. */
const firstBackoff: Milliseconds = 10_000;
const longestBackoff: Milliseconds = 600_000;

/** Pods that a Job should have and has not: all of them, some of a gang, or the one that comes after one that failed. */
export function podsAreMissing({ job, pods, key }: AttemptFacts, now: Date): Held | undefined {
  const wanted = job?.spec?.parallelism ?? 1;
  const there = pods.filter((pod) => isLiving(pod) || pod.status?.phase === 'Succeeded').length;
  const started = Date.parse(job?.status?.startTime ?? '');
  if (job === undefined || there >= wanted || Number.isNaN(started)) return undefined;
  const failures = job.status?.failed ?? 0;
  const backoff = failures === 0 ? 0 : Math.min(longestBackoff, firstBackoff * 2 ** Math.min(failures - 1, 10));
  const left = Math.max(started, ...pods.map(lastEnd)) + backoff + expectedWithin - now.getTime();
  if (left > 0) return { requeueAfter: left };
  const name = keyOf(job).name;
  const lacking = wanted === 1 ? 'has no pod' : `has ${there} of its ${wanted} pods`;
  const message = written({
    what: `Job ${name} ${lacking}, for more than 2 minutes. A quota or an admission rule may deny them, which the Job controller tells by events alone`,
    remedies: [
      { text: 'see what it says', command: kubectl(key.namespace, 'describe', 'job', name) },
      {
        text: 'ask the administrator of the namespace to make room',
        command: kubectl(key.namespace, 'describe', 'quota'),
      },
    ],
  });
  return { problem: { reason: 'PodsMissing', message, isStalled: true } };
}
