import { written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import { failedByPods, failedByRule, failedCondition, lastFailed } from '../../../workload/job.ts';
import { isCutShort, isFailed } from '../../../workload/podend.ts';
import { rerunCommand } from '../status/advice.ts';
import type { AttemptFacts } from './facts.ts';
import { placeOf } from './place.ts';
import { failureMessage } from './words.ts';
import type { RunReason } from '../status/reasons.ts';

/** Why an attempt ended without a version: what is wrong, whose move it is, and the next command. */
interface Diagnosis {
  readonly reason: RunReason;
  readonly message: string;
}

type Failed = Pick<AttemptFacts, 'key' | 'attempt' | 'stage' | 'snapshot' | 'job' | 'pods'>;

/**
 * Diagnoses a failed Job by its pods that failed, or, if they are gone or tell nothing, by what the Job says, as also if it failed
 * for something else than its pods, such as its deadline. Pods that the cluster cut short are not what it failed for, unless there are no others.
 */
export function diagnose(facts: Failed, now: Date): Diagnosis {
  const { job, pods } = facts;
  const failed = pods.filter(isFailed);
  const own = failed.filter((pod) => !isCutShort(pod));
  const byPods = job !== undefined && (failedByPods(job) || failedByRule(job));
  const finding = byPods ? findingOf(own.length > 0 ? own : failed, placeOf(facts)) : undefined;
  if (finding === undefined) return jobFailed(facts);
  return { reason: finding.reason, message: failureMessage(finding, facts, now) };
}

function jobFailed({ key, job, pods }: Failed): Diagnosis {
  const condition = job && failedCondition(job);
  const why = lastFailed(pods) === undefined ? 'no pod of it is there that failed' : 'its pod does not tell why';
  const message = written({
    what: `Job ${job === undefined ? '' : keyOf(job).name} failed with ${condition?.reason ?? 'no reason'}, and ${why}`,
    remedies: [{ text: 'run it again', command: rerunCommand(key) }],
    quote: { by: 'the Job', words: condition?.message },
  });
  return { reason: 'JobFailed', message };
}
