import { conditions } from '../../api/condition.ts';
import type { CheckStatus, IMonitor, MonitorStatus } from '../../api/types.ts';
import { keyOf } from '../../api/resource.ts';
import type { Plan } from '../../controller.ts';
import type { Answers } from '../../measure/measure.ts';
import { measureOf } from './checks/index.ts';
import { subjectOf } from './checks/subject.ts';
import type { Subject } from './checks/subject.ts';
import { conditionsFor } from './status/conditions.ts';
import type { MonitorFacts } from './observe.ts';
import { slotsOf } from './slots.ts';
import { told } from './status/fresh.ts';
import { decideRetrain } from './decisions/retrain.ts';
import { decideRollback } from './decisions/rollback.ts';
import { judge } from './decisions/verdict.ts';
import type { CheckFacts, Judgement } from './decisions/verdict.ts';

/**
 * Judges the checks, asks for training and rejects a fresh revision, all in its own status: those whose move it then is read it
 * there. The status changes with a verdict; values alone bring it up to date when they tell something new (status/fresh.ts).
 */
export function plan(facts: MonitorFacts, answers: Answers, now: Date): Plan<IMonitor> {
  const { monitor, deployment, run, versions } = facts;
  const { spec, status: before, metadata } = monitor;
  const edited = before?.observedGeneration !== metadata?.generation;
  const subject = subjectOf(facts);
  const judgements = checkFacts(facts, subject, answers, edited).map((check) => judge(check, subject, now));
  const checks = judgements.map(({ check, status }) =>
    edited ? status : told(status, verdictBefore(monitor, status.name), check),
  );
  const { request, retrainings, note } = decideRetrain(
    {
      namespace: keyOf(monitor).namespace,
      spec: spec.retrain,
      request: before?.retrain,
      retrainings: before?.retrainings ?? [],
      run,
      versions,
      deployment,
      judgements,
    },
    now,
  );
  const rejections = decideRollback(
    { spec: spec.rollback, subject, deployment, rejections: before?.rejections ?? [], judgements },
    now,
  );
  const lastRetrain = retrainings.at(-1);
  const status: MonitorStatus = {
    ...(metadata?.generation !== undefined && { observedGeneration: metadata.generation }),
    conditions: conditions(before?.conditions, conditionsFor(checks, note, metadata?.generation), now),
    passing: passingOf(checks),
    ...failingOf(judgements),
    ...(subject.type === 'Revision' && { revision: subject.revision }),
    checks,
    ...(request !== undefined && { retrain: request }),
    ...(retrainings.length > 0 && { retrainings: [...retrainings] }),
    ...(lastRetrain !== undefined && { lastRetrain }),
    ...(rejections.length > 0 && { rejections: [...rejections] }),
  };
  return { actions: [], status, requeueAfter: slotsOf(monitor, now).next.getTime() - now.getTime() };
}

/** An edit forgets the verdicts, since the check may be another one of the same name; so does another revision. */
function checkFacts(
  { monitor, openSources }: MonitorFacts,
  subject: Subject,
  answers: Answers,
  edited: boolean,
): readonly CheckFacts[] {
  const revision = subject.type === 'Revision' ? subject.revision : undefined;
  return monitor.spec.checks.map((check) => {
    const previous = edited ? undefined : verdictBefore(monitor, check.name);
    return {
      check,
      measure: measureOf(check, subject, openSources),
      answer: answers.get(check.name),
      previous: previous?.revision === revision ? previous : undefined,
    };
  });
}

function verdictBefore({ status }: IMonitor, name: string): CheckStatus | undefined {
  return status?.checks?.find((check) => check.name === name);
}

/** Of verdicts alone, so that it is written when one changes. */
function passingOf(checks: readonly CheckStatus[]): string {
  return `${checks.filter(({ verdict }) => verdict === 'Passing').length}/${checks.length}`;
}

function failingOf(judgements: readonly Judgement[]): { failing?: string } {
  const failing = judgements.filter(({ status }) => status.verdict === 'Failing').map(({ check }) => check.name);
  return failing.length > 0 ? { failing: failing.join(',') } : {};
}
