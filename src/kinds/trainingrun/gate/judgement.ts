import type { Attempt, GateVerdict } from '../../../api/types.ts';
import { shortened } from '../../../api/condition.ts';
import { written } from '../../../api/message.ts';
import type { Key } from '../../../api/resource.ts';
import { kubectl } from '../../../api/command.ts';
import { modelVersions } from '../../../api/kinds.ts';
import { registered } from '../status/history.ts';
import { defined } from '../../../api/defined.ts';
import type { Snapshot } from '../start/snapshot.ts';
import { type Conclusion, ended, soon } from '../attempt/conclusion.ts';
import type { AttemptFacts } from '../attempt/facts.ts';
import type { Problem } from '../attempt/waiting.ts';
import type { Outputs } from '../stages/outputs.ts';
import { editCommand, rerunCommand } from '../status/advice.ts';
import { withReport } from '../status/report.ts';
import { compareWith } from './champion.ts';
import { judge } from './gate.ts';
import { isRecordOf, modelVersion } from './version.ts';

/** Leaves room for the remedies, and for what a condition puts before the message of an attempt. */
const longestFindings = 440;

/**
 * Judges an attempt whose last stage passed, and asks for the ModelVersion of one that passes the gate. The verdict Registered waits
 * until that version is seen to exist.
 */
export function judgement(facts: AttemptFacts, snapshot: Snapshot, outputs: Outputs, now: Date): Conclusion {
  const { run, key, attempt, versions } = facts;
  const { metrics = {} } = outputs;
  const champion = compareWith(snapshot.champion, versions, snapshot.recipe, outputs);
  const verdicts = judge(run.spec.gate ?? [], metrics, champion);
  const fails = verdicts.filter((verdict) => !verdict.passed);
  const reported = withReport(ended(facts, { state: 'Passed' }, now), outputs, snapshot.recipe);
  if (fails.length > 0) return { attempt: gateFailed(key, reported, verdicts, fails) };
  if (Object.keys(metrics).length === 0) return { attempt: noResults(reported) };
  const version = modelVersion({ run: key, snapshot, attemptUID: facts.uid() ?? '', outputs, verdicts });
  if (facts.version === undefined) {
    return { attempt, actions: [{ type: 'Create', kind: modelVersions, object: version }], requeueAfter: soon };
  }
  return isRecordOf(facts.version, version)
    ? { attempt: registered(ended(facts, { state: 'Passed' }), facts.version) }
    : { attempt, problem: nameIsTaken(facts) };
}

function nameIsTaken({ key, attempt }: AttemptFacts): Problem {
  const message = written({
    what: `ModelVersion ${attempt.name} exists and is not what attempt ${attempt.name} would register`,
    remedies: [
      {
        text: 'delete it, and the attempt is registered by itself',
        command: kubectl(key.namespace, 'delete', 'mver', attempt.name),
      },
    ],
  });
  return { reason: 'NameConflict', message, isStalled: true };
}

function gateFailed(run: Key, attempt: Attempt, verdicts: GateVerdict[], fails: readonly GateVerdict[]): Attempt {
  const reason = fails[0]?.reason === 'Fails' ? 'GateFailed' : fails[0]?.reason;
  const findings = shortened(fails.map((verdict) => verdict.message).join('; '), longestFindings);
  const message = written({
    what: `the gate did not pass: ${findings}`,
    remedies: [
      { text: `${moveFor(fails)}, and run again`, command: rerunCommand(run) },
      { text: 'edit spec.gate, by which these results are judged again', command: editCommand(run) },
    ],
  });
  return defined<Attempt>({ ...attempt, verdict: 'GateFailed', reason, message, gate: verdicts });
}

/** What a training has to do for the rules that it failed by. */
function moveFor(fails: readonly GateVerdict[]): string {
  if (fails.every(({ reason }) => reason === 'MetricMissing')) return 'report what spec.gate asks for';
  return fails.some(({ reason }) => reason === 'Fails') ? 'improve the model' : 'measure both on the same data';
}

function noResults(attempt: Attempt): Attempt {
  const message = written({
    what: 'training ended and reported no metrics, so there is no ModelVersion',
    remedies: [{ text: 'write {"metrics": {"f1": 0.93}} to FLYBALL_RESULTS to get one' }],
  });
  return { ...attempt, verdict: 'NoResults', reason: 'NoResults', message };
}
