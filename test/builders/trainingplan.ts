import { completed, job } from './job.ts';
import { podOf, running } from './pod.ts';
import { trainingRun } from './trainingrun.ts';
import { findCondition } from '../../src/api/condition.ts';
import type { Attempt, AttemptStage, ITrainingRun, TrainingRunSpec } from '../../src/api/types.ts';
import { keyOf } from '../../src/api/resource.ts';
import type { TrainingRunFacts } from '../../src/kinds/trainingrun/observe.ts';
import { plan } from '../../src/kinds/trainingrun/plan.ts';
import { recipeOf } from '../../src/domain/recipe.ts';
import { recipeDigest } from '../../src/kinds/trainingrun/start/digest.ts';

export const now = new Date('2026-11-24T10:10:00Z');

export function observed(run: ITrainingRun, fields: Partial<TrainingRunFacts> = {}): TrainingRunFacts {
  return {
    run,
    jobs: [],
    pods: [],
    services: [],
    versions: [],
    deployments: [],
    requests: [],
    vanished: new Set(),
    ...fields,
  };
}

export function attempt(run: ITrainingRun, fields: Partial<Attempt> = {}): Attempt {
  const number = fields.number ?? 1;
  return {
    name: `fraud-${number}`,
    number,
    recipeDigest: recipeDigest(recipeOf(run.spec)),
    trigger: { type: 'Created', time: '2026-11-24T10:00:00Z' },
    coversUntil: '2026-11-24T10:00:00Z',
    startTime: '2026-11-24T10:00:00Z',
    stages: [entry({ job: `fraud-${number}-train`, state: fields.verdict === undefined ? 'Running' : 'Passed' })],
    ...fields,
  };
}

/** What status tells of a stage. */
export function entry(fields: Partial<AttemptStage> = {}): AttemptStage {
  const { job = 'fraud-1-train' } = fields;
  return { name: 'Train', job, jobUID: `uid-${job}`, state: 'Running', startTime: '2026-11-24T10:00:00Z', ...fields };
}

export function runWith(spec: Partial<TrainingRunSpec>, ...attempts: readonly Partial<Attempt>[]): ITrainingRun {
  const run = trainingRun({ spec });
  return trainingRun({ spec, status: { attempts: attempts.map((fields) => attempt(run, fields)) } });
}

/** The plan for a run whose attempt's Job completed with this pod. */
export function ended(run: ITrainingRun, status: ReturnType<typeof running>, fields: Partial<TrainingRunFacts> = {}) {
  const done = completed(job(run));
  return plan(observed(run, { jobs: [done], pods: [podOf(done, status)], ...fields }), now);
}

export const names = (actions: ReturnType<typeof plan>['actions']) =>
  actions.map((action) =>
    action.type === 'Create'
      ? `Create ${keyOf(action.object).name}`
      : `${action.type} ${action.kind.kind} ${action.key.name}`,
  );
export const summaryOf = (planned: ReturnType<typeof plan>) => findCondition(planned.status.conditions, 'Succeeded');
export const stalledOf = (planned: ReturnType<typeof plan>) => findCondition(planned.status.conditions, 'Stalled');
export const newestOf = (planned: ReturnType<typeof plan>) => planned.status.attempts?.at(-1);
export const digest = `sha256:${'a'.repeat(64)}`;
