import { evaluate } from './evaluate.ts';
import { isJudgedBy } from './gate.ts';
import { registered } from '../status/history.ts';
import { limited, rerunCommand } from '../status/advice.ts';
import { attemptUID, type Conclusion, isComplete, type Subject } from '../stages/subject.ts';

/**
 * An edit of the gate judges the newest attempt again if only its gate failed, since training again would give the same results. An
 * attempt that passed stays registered whatever the gate says now.
 */
export function judgeAgain(subject: Subject, now: Date): Conclusion {
  const { attempt, version, run, jobs, snapshot } = subject;
  if (version !== undefined && version.spec.attemptUID === attemptUID(subject)) {
    return { attempt: registered(attempt, version) };
  }
  if (isJudgedBy(attempt.gate ?? [], run.spec.gate ?? [], attempt.champion)) return { attempt };
  const job = jobs.at(-1);
  if (job === undefined || snapshot === undefined || !isComplete(job)) return { attempt: withoutResults(subject) };
  const conclusion = evaluate(subject, job, snapshot, now);
  return conclusion.attempt.verdict === 'ResultsLost' ? { attempt: withoutResults(subject) } : conclusion;
}

function withoutResults({ attempt, key }: Subject) {
  const message = limited(
    `the gate did not pass, and since it was edited the results are gone with their pod, so they cannot be judged again. To train once more: ${rerunCommand(key)}`,
  );
  return { ...attempt, message };
}
