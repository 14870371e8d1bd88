import type { IJob } from 'kubernetes-models/batch/v1';
import type { Plan } from '../../src/controller.ts';
import type { ITrainingRun } from '../../src/api/index.ts';
import { keyOf } from '../../src/api/resource.ts';
import type { Model } from './explore.ts';
import { trainingModel } from './trainingrun.ts';

export interface Broken {
  readonly bug: string;
  readonly model: Model<never>;
}

/** The production code with one bug planted around it. */
export function brokenModels(): readonly Broken[] {
  return [
    {
      bug: 'the plan of a run does not see its Jobs',
      model: trainingModel({
        wrap: (real) => ({
          ...real,
          plan: (observed, now) => real.plan({ ...observed, run: withoutStatus(observed.run), jobs: [] }, now),
        }),
      }) as Model<never>,
    },
    {
      bug: 'a Job gets a random name',
      model: trainingModel({
        wrap: (real) => ({ ...real, plan: (observed, now) => renamed(real.plan(observed, now), now) }),
      }) as Model<never>,
    },
    {
      bug: 'a Job that is missing from the cache counts as deleted',
      model: trainingModel({
        wrap: (real) => ({
          ...real,
          observe: (run, read, now) => real.observe(run, { ...read, live: () => Promise.resolve(undefined) }, now),
        }),
      }) as Model<never>,
    },
    {
      bug: 'the gate is not read',
      model: trainingModel({
        wrap: (real) => ({
          ...real,
          plan: (observed, now) => real.plan({ ...observed, run: withoutGate(observed.run) }, now),
        }),
      }) as Model<never>,
    },
    {
      bug: 'the requests of Monitors are not read',
      model: trainingModel({
        wrap: (real) => ({
          ...real,
          plan: (observed, now) => real.plan({ ...observed, requests: [] }, now),
        }),
      }) as Model<never>,
    },
  ];
}

function withoutStatus(run: ITrainingRun): ITrainingRun {
  const { status: _, ...rest } = run;
  return rest;
}

function withoutGate(run: ITrainingRun): ITrainingRun {
  const { gate: _, ...spec } = run.spec;
  return { ...run, spec };
}

function renamed(plan: Plan<ITrainingRun>, now: Date): Plan<ITrainingRun> {
  const actions = plan.actions.map((action) => {
    if (action.type !== 'Create' || action.object.kind !== 'Job') return action;
    const job = action.object as IJob;
    const name = `${keyOf(job).name}-${now.getTime() % 97}`;
    return { ...action, object: { ...job, metadata: { ...job.metadata, name } } };
  });
  return { ...plan, actions };
}
