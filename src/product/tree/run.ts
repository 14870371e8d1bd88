import { type Condition, findCondition } from '../../api/condition.ts';
import { defined } from '../../api/defined.ts';
import { keyOf } from '../../api/resource.ts';
import type { ITrainingRun } from '../../api/types.ts';
import { attemptName } from '../../domain/versions.ts';
import { summaryType, suspendedType } from '../../kinds/trainingrun/status/conditions.ts';
import { jobsOf, type ProductObjects } from '../objects.ts';
import { attemptNode, untoldAttempt } from './attempt.ts';
import { clauses, figures, type TreeNode } from './node.ts';
import { standingOf } from './standing.ts';

/** A run with its attempts, the newest first. */
export function runNode(run: ITrainingRun, objects: ProductObjects, now: Date): TreeNode {
  const { status } = run;
  const { metric, nextAttemptTime, latestVersion } = status ?? {};
  const { detail, ...standing } = standingOf(run, summaryType, suspended(run));
  return defined<TreeNode>({
    kind: 'TrainingRun',
    ...keyOf(run),
    ...standing,
    detail: clauses(detail, standing.tone === 'good' ? metric : undefined),
    due: nextAttemptTime === undefined ? undefined : { what: 'the next attempt starts', time: nextAttemptTime },
    figures: figures({ latestVersion: latestVersion?.name, metric }),
    children: attemptsOf(run, objects, now),
  });
}

/** Whoever suspended a run that was a success has to see that nothing comes of it any more. */
function suspended({ status }: ITrainingRun): Condition | undefined {
  return findCondition(status?.conditions, suspendedType);
}

function attemptsOf(run: ITrainingRun, objects: ProductObjects, now: Date): TreeNode[] {
  const told = run.status?.attempts ?? [];
  const jobs = Map.groupBy(jobsOf(run, objects), ({ number }) => number);
  const numbers = [...new Set([...told.map(({ number }) => number), ...jobs.keys()])].toSorted((a, b) => b - a);
  const newest = told.at(-1)?.number;
  return numbers.map((number) => {
    const attempt = told.find((one) => one.number === number);
    const own = jobs.get(number) ?? [];
    const node =
      attempt === undefined
        ? untoldAttempt({ ...keyOf(run), name: attemptName(keyOf(run).name, number) }, own, objects, now)
        : attemptNode({ run, attempt, jobs: own, isNewest: number === newest }, objects, now);
    return number < (newest ?? number) ? { ...node, isPast: true } : node;
  });
}
