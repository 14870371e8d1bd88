import { findCondition } from '../../api/condition.ts';
import { defined } from '../../api/defined.ts';
import { duration } from '../../api/duration.ts';
import { whatOf } from '../../api/message.ts';
import { type Key, keyOf } from '../../api/resource.ts';
import type { Attempt, AttemptStage, ITrainingRun } from '../../api/types.ts';
import { type PlacedJob, stageLabel } from '../../kinds/trainingrun/attempt/names.ts';
import { startedReason } from '../../kinds/trainingrun/attempt/progress.ts';
import { metricText } from '../../kinds/trainingrun/gate/metric.ts';
import { stages } from '../../kinds/trainingrun/stages/index.ts';
import type { Stage } from '../../kinds/trainingrun/stages/stage.ts';
import { train } from '../../kinds/trainingrun/stages/train.ts';
import { summaryType } from '../../kinds/trainingrun/status/conditions.ts';
import { ended, why } from '../../kinds/trainingrun/status/headline.ts';
import type { ProductObjects } from '../objects.ts';
import { jobNodes } from './jobs.ts';
import { clauses, figures, type Standing, type TreeNode } from './node.ts';
import { tones } from './standing.ts';

/** An attempt that its run's status tells of. */
export interface ToldAttempt {
  readonly run: ITrainingRun;
  readonly attempt: Attempt;
  /** As far as they are there. */
  readonly jobs: readonly PlacedJob[];
  readonly isNewest: boolean;
}

/** An attempt with its stages, and their Jobs. */
export function attemptNode(told: ToldAttempt, objects: ProductObjects, now: Date): TreeNode {
  const { run, attempt, jobs } = told;
  const { name, number, trigger, verdict } = attempt;
  const { namespace } = keyOf(run);
  const known = attempt.stages ?? [];
  const untold = jobs.filter(({ stage }) => !known.some((one) => stageLabel(one.name) === stage));
  return defined<TreeNode>({
    kind: 'Attempt',
    namespace,
    name,
    ...(verdict === undefined ? going(told) : over(run, attempt)),
    figures: figures({ number, trigger: trigger.type, verdict, metric: metricText(run.spec.gate, attempt.metrics) }),
    children: [
      ...known.map((stage) => stageNode(namespace, stage, jobs, objects, now)),
      ...untoldStages(namespace, untold, objects, now),
    ],
  });
}

/** One that only its Jobs tell of: status was lost, has forgotten it, or never knew of it. */
export function untoldAttempt(key: Key, jobs: readonly PlacedJob[], objects: ProductObjects, now: Date): TreeNode {
  return {
    kind: 'Attempt',
    ...key,
    state: 'Unknown',
    tone: 'faint',
    detail: 'its Jobs are there, and status.attempts does not tell of it',
    children: untoldStages(key.namespace, jobs, objects, now),
  };
}

function over(run: ITrainingRun, attempt: Attempt): Standing {
  const { verdict, metrics, trigger, startTime, endTime = startTime, message = '' } = attempt;
  const { reason, outcome } = ended(attempt);
  const isCalm = verdict === 'Registered' || verdict === 'NoResults';
  const took = duration(Date.parse(endTime) - Date.parse(startTime));
  return {
    state: reason,
    tone: verdict === 'Superseded' ? 'faint' : tones[outcome],
    detail:
      (isCalm
        ? clauses(metricText(run.spec.gate, metrics), `it took ${took}`, `by ${trigger.type}`)
        : whatOf(message)) ?? '',
    message,
    since: endTime,
  };
}

/** What the run's conditions say of it; they say nothing while another outcome stands, and then status tells whether it ran. */
function going({ run, attempt, isNewest }: ToldAttempt): Standing {
  const conditions = run.status?.conditions;
  const isOfSpec = findCondition(conditions, summaryType)?.status === 'False';
  const stalled = isOfSpec ? undefined : findCondition(conditions, 'Stalled');
  const told = isNewest ? (stalled ?? findCondition(conditions, 'Reconciling')) : undefined;
  const { ran, name } = attempt.stages?.at(-1) ?? {};
  const calm = ran === true ? stageNamed(name).reason : startedReason;
  const isCalm = told === undefined || told.reason === calm;
  return defined<Standing>({
    state: told?.reason ?? calm,
    tone: stalled === undefined ? 'waiting' : 'bad',
    detail: isCalm ? why(attempt) : whatOf(told.message),
    message: told?.message,
    since: attempt.startTime,
  });
}

function stageNode(
  namespace: string,
  stage: AttemptStage,
  jobs: readonly PlacedJob[],
  objects: ProductObjects,
  now: Date,
): TreeNode {
  const { name, state, reason = state, message, startTime, endTime, gang } = stage;
  const own = jobs.filter((job) => job.stage === stageLabel(name));
  const tone = { Running: 'waiting', Passed: 'good', Failed: 'bad' } as const;
  return defined<TreeNode>({
    kind: 'Stage',
    namespace,
    name,
    state: state === 'Failed' ? reason : state,
    tone: tone[state],
    detail: clauses(
      state === 'Failed' ? whatOf(message ?? '') : undefined,
      gang && `${gang.placed} of its ${gang.nodes} pods have a place`,
      endTime === undefined ? undefined : `it took ${duration(Date.parse(endTime) - Date.parse(startTime))}`,
    ),
    message,
    since: endTime ?? startTime,
    figures: figures({ job: stage.job }),
    children: jobNodes(own, stageNamed(name), objects, now),
  });
}

function untoldStages(namespace: string, jobs: readonly PlacedJob[], objects: ProductObjects, now: Date): TreeNode[] {
  return [...Map.groupBy(jobs, ({ stage }) => stage)].map(([label, own]): TreeNode => {
    const stage = stages.find(({ name }) => stageLabel(name) === label);
    return {
      kind: 'Stage',
      namespace,
      name: stage?.name ?? label,
      state: 'Unknown',
      tone: 'faint',
      children: jobNodes(own, stage ?? train, objects, now),
    };
  });
}

/** An operator of another release may know more of them. */
function stageNamed(name: string | undefined): Stage {
  return stages.find((stage) => stage.name === name) ?? train;
}
