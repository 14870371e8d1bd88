import { conditions } from '../../api/condition.ts';
import type { CheckStatus, IMonitor, MonitorStatus } from '../../api/types.ts';
import { keyOf } from '../../api/resource.ts';
import type { Plan } from '../../controller.ts';
import { conditionsFor } from './status/conditions.ts';
import type { MonitorFacts } from './observe.ts';
import { decideRetrain } from './decisions/retrain.ts';
import { decideRollback } from './decisions/rollback.ts';
import { judge } from './decisions/verdict.ts';
import type { CheckFacts, Judgement } from './decisions/verdict.ts';

/**
 * Judges the checks, asks for training and rejects a fresh revision, all in its own status: those whose move it then is read it
 * there. The status changes with a verdict; values alone bring it up to date only where `refresh` says so.
 */
export function plan(observed: MonitorFacts, now: Date): Plan<IMonitor> {
  const { monitor, subject, deployment, run, versions } = observed;
  const { spec, status: before, metadata } = monitor;
  const edited = before?.observedGeneration !== metadata?.generation;
  const judgements = factsOf(observed, edited).map((facts) => judge(facts, subject, now));
  const checks = judgements.map(({ status }) => statusOf(status, observed, edited));
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
    ...failingOf(judgements),
    ...(subject.type === 'Revision' && { revision: subject.revision }),
    checks,
    ...(request !== undefined && { retrain: request }),
    ...(retrainings.length > 0 && { retrainings: [...retrainings] }),
    ...(lastRetrain !== undefined && { lastRetrain }),
    ...(rejections.length > 0 && { rejections: [...rejections] }),
  };
  return { actions: [], status, requeueAfter: Math.max(0, observed.next.getTime() - now.getTime()) };
}

/** An edit forgets the verdicts, since the check may be another one of the same name; so does another revision. */
function factsOf({ monitor, subject, measures, findings }: MonitorFacts, edited: boolean): readonly CheckFacts[] {
  const revision = subject.type === 'Revision' ? subject.revision : undefined;
  return monitor.spec.checks.flatMap((check) => {
    const measure = measures.get(check.name);
    const previous = edited ? undefined : verdictBefore(monitor, check.name);
    return measure === undefined
      ? []
      : [
          {
            check,
            measure,
            finding: findings.get(check.name),
            previous: previous?.revision === revision ? previous : undefined,
          },
        ];
  });
}

/** What is written: the verdict of before, with its values of then, unless something else than a value has changed. */
function statusOf(status: CheckStatus, { monitor, refresh }: MonitorFacts, edited: boolean): CheckStatus {
  const previous = verdictBefore(monitor, status.name);
  const same =
    previous !== undefined &&
    previous.verdict === status.verdict &&
    previous.reason === status.reason &&
    previous.revision === status.revision;
  return same && !edited && !refresh ? previous : status;
}

function verdictBefore({ status }: IMonitor, name: string): CheckStatus | undefined {
  return status?.checks?.find((check) => check.name === name);
}

function failingOf(judgements: readonly Judgement[]): { failing?: string } {
  const failing = judgements.filter(({ status }) => status.verdict === 'Failing').map(({ check }) => check.name);
  return failing.length > 0 ? { failing: failing.join(',') } : {};
}
