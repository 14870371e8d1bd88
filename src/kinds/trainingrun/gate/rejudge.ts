import { written } from '../../../api/message.ts';
import type { Attempt } from '../../../api/types.ts';
import { type Conclusion, endOfStage, failed } from '../attempt/conclusion.ts';
import type { AttemptFacts } from '../attempt/facts.ts';
import { rerunCommand } from '../status/advice.ts';
import { registered } from '../status/history.ts';
import { withReport } from '../status/report.ts';
import { isJudgedBy } from './gate.ts';
import { judgement } from './judgement.ts';

/** What becomes of an attempt that ended, for most nothing. */
export function judgeAgain(facts: AttemptFacts, now: Date): Conclusion {
  const { attempt, isNewest } = facts;
  const found = foundAfterAll(facts);
  if (found !== undefined) return { attempt: found };
  return isNewest && attempt.verdict === 'GateFailed' ? byEditedGate(facts, now) : { attempt };
}

/**
 * Watches that are not in step can let results pass for lost that another pass has registered: the version is the truth, where nobody else
 * can have made it.
 */
function foundAfterAll(facts: AttemptFacts): Attempt | undefined {
  const { attempt, version, provenance } = facts;
  if (attempt.verdict !== 'ResultsLost' || version === undefined || provenance !== 'Admission') return undefined;
  const isOurs = version.spec.attemptUID === (facts.uid() ?? attempt.stages?.[0]?.jobUID);
  return isOurs ? registered(attempt, version) : undefined;
}

/**
 * An edit of the gate judges the newest attempt again if only its gate failed, since training again would give the same results. An
 * attempt that passed stays registered whatever the gate says now.
 */
function byEditedGate(facts: AttemptFacts, now: Date): Conclusion {
  const { attempt, version, run, provenance } = facts;
  if (provenance === 'Admission' && version !== undefined && version.spec.attemptUID === facts.uid()) {
    return { attempt: registered(attempt, version) };
  }
  if (isJudgedBy(attempt.gate ?? [], run.spec.gate ?? [], attempt.champion)) return { attempt };
  const snapshot = facts.snapshot();
  const end = snapshot && endOfStage(facts, snapshot, now);
  if (snapshot === undefined || end === undefined) return { attempt: withoutResults(facts) };
  switch (end.type) {
    case 'Running':
      return { attempt, requeueAfter: end.requeueAfter };
    case 'Failed':
      return end.verdict === 'ResultsLost'
        ? { attempt: withoutResults(facts) }
        : { attempt: withReport(failed(facts, end, now), end.outputs, snapshot.recipe) };
    case 'Passed':
      return judgement(facts, snapshot, end.outputs, now);
  }
}

function withoutResults({ attempt, key }: AttemptFacts): Attempt {
  const message = written({
    what: 'the gate did not pass, and since it was edited the results are gone with their pod, so they cannot be judged again',
    remedies: [{ text: 'train once more', command: rerunCommand(key) }],
  });
  return { ...attempt, message };
}
