import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Plan } from '../../src/controller.ts';
import { defined } from '../../src/api/defined.ts';
import type { AttemptStage, IModelDeployment, ITrainingRun } from '../../src/api/types.ts';
import { keyOf } from '../../src/api/resource.ts';
import { createTrainingRunController } from '../../src/kinds/trainingrun/index.ts';
import type { RevisionWorkload } from '../../src/kinds/modeldeployment/revision/workload.ts';
import { unschedulable } from '../builders/pod.ts';
import type { Answers } from '../../src/measure/measure.ts';
import type { Broken, Model } from './explore.ts';
import { servingModel } from './modeldeployment.ts';
import { surgingModels } from './brokensurge.ts';
import { asSaved } from './saved.ts';
import { trainingModel } from './trainingrun.ts';

/** The production code with one bug planted around it. */
export function brokenModels(): readonly Broken[] {
  return [
    {
      bug: 'the plan of a run does not see its Jobs',
      model: trainingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => real.plan({ ...facts, run: withoutStatus(facts.run), jobs: [] }, answers, now),
      })) as Model<never>,
    },
    {
      bug: 'Jobs are believed as if a policy said who may make them',
      model: trainingModel(() => createTrainingRunController({ provenance: 'Admission' }), {
        provenance: 'Compare',
      }) as Model<never>,
    },
    {
      bug: 'a Job whose time was over is taken for one that failed',
      model: trainingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) => real.plan({ ...facts, jobs: facts.jobs.map(asFailed) }, answers, now),
        }),
        { nodes: 2 },
      ) as Model<never>,
    },
    {
      bug: 'what main left is believed though it was not saved',
      model: trainingModel(
        (real) => ({
          ...real,
          plan: ({ jobs, pods, ...facts }, answers, now) =>
            real.plan({ ...facts, jobs: jobs.map(asCompleted), pods: pods.map(asSaved) }, answers, now),
        }),
        { output: { uri: 's3://models/fraud' } },
      ) as Model<never>,
    },
    {
      bug: 'a Job gets a random name',
      model: trainingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => renamed(real.plan(facts, answers, now), now),
      })) as Model<never>,
    },
    {
      bug: 'the gate is not read',
      model: trainingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => real.plan({ ...facts, run: withoutGate(facts.run) }, answers, now),
      })) as Model<never>,
    },
    {
      bug: 'the requests of Monitors are not read',
      model: trainingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => real.plan({ ...facts, requests: [] }, answers, now),
      })) as Model<never>,
    },
    {
      bug: 'a write without an answer is not read',
      model: trainingModel((real) => real, { neverReads: true }) as Model<never>,
    },
    {
      bug: 'a gang does not miss the Job that its user deleted',
      model: trainingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) => real.plan({ ...facts, vanished: new Set() }, answers, now),
        }),
        { nodes: 2 },
      ) as Model<never>,
    },
    {
      bug: 'half of a gang holds its places for ever',
      model: trainingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) => {
            const planned = real.plan(facts, answers, now);
            return { ...planned, actions: planned.actions.filter(({ type }) => type !== 'Patch') };
          },
        }),
        { nodes: 2 },
      ) as Model<never>,
    },
    {
      bug: 'a gang gives back before status says so',
      model: trainingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) => {
            const { status } = real.plan(facts, answers, now);
            const planned = real.plan({ ...facts, run: { ...facts.run, status } }, answers, now);
            return { ...planned, actions: planned.actions, status };
          },
        }),
        { nodes: 2 },
      ) as Model<never>,
    },
    {
      bug: 'a gang forgets that it never was whole',
      model: trainingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) => real.plan({ ...facts, run: withoutGangs(facts.run) }, answers, now),
        }),
        { nodes: 2 },
      ) as Model<never>,
    },
    {
      bug: 'a gang takes pods that run for some that have no place',
      model: trainingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) => real.plan({ ...facts, pods: facts.pods.map(unplaced) }, answers, now),
        }),
        { nodes: 2 },
      ) as Model<never>,
    },
    {
      bug: 'a pod that was evicted halfway passes for one that ended by itself',
      model: trainingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => real.plan({ ...facts, pods: facts.pods.map(unconditioned) }, answers, now),
      })) as Model<never>,
    },
    {
      bug: 'a pod that a person deleted passes for one that failed by its own code',
      model: trainingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => real.plan({ ...facts, pods: facts.pods.map(undeleted) }, answers, now),
      })) as Model<never>,
    },
    {
      bug: 'an attempt that runs is superseded by an edit',
      model: trainingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => real.plan({ ...facts, pods: [] }, answers, now),
      })) as Model<never>,
    },
    {
      bug: 'a rollout takes missing data for good data',
      model: servingModel((real) => ({
        ...real,
        plan: (facts, _answers, now) => real.plan(facts, allIsWell, now),
      })) as Model<never>,
    },
    {
      bug: 'a rollout forgets what was rejected',
      model: servingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => real.plan({ ...facts, parent: withoutRejections(facts.parent) }, answers, now),
      })) as Model<never>,
    },
    {
      bug: 'a rollout takes a pod that is ready for one that stays so',
      model: servingModel((real) => ({
        ...real,
        plan: (facts, answers, now) =>
          real.plan({ ...facts, workloads: facts.workloads.map(readyIsEnough) }, answers, now),
      })) as Model<never>,
    },
    {
      bug: 'a rollout does not see that it is paused',
      model: servingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => real.plan({ ...facts, parent: unpaused(facts.parent) }, answers, now),
      })) as Model<never>,
    },
    ...surgingModels(),
    {
      bug: 'a rollout takes every pod for ready',
      model: servingModel((real) => ({
        ...real,
        plan: (facts, answers, now) => real.plan({ ...facts, workloads: facts.workloads.map(allReady) }, answers, now),
      })) as Model<never>,
    },
  ];
}

function withoutStatus(run: ITrainingRun): ITrainingRun {
  const { status: _, ...rest } = run;
  return rest;
}

function undeleted({ metadata, ...pod }: IPod): IPod {
  const { deletionTimestamp: _deletionTimestamp, ...rest } = metadata ?? {};
  return { ...pod, metadata: rest };
}

function withoutGangs(run: ITrainingRun): ITrainingRun {
  const attempts = run.status?.attempts?.map((attempt) => {
    const stages = attempt.stages?.map((stage) => defined<AttemptStage>({ ...stage, gang: undefined })) ?? [];
    return { ...attempt, stages };
  });
  return attempts === undefined ? run : { ...run, status: { ...run.status, attempts } };
}

/** All but the first of a gang. */
function unplaced(pod: IPod, index: number): IPod {
  return index === 0 ? pod : { ...pod, status: unschedulable('no room') };
}

function unconditioned(pod: IPod): IPod {
  return { ...pod, status: { ...pod.status, conditions: [] } };
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

const allIsWell: Answers = new Map([
  ['errors', { at: new Date(0), outcome: { type: 'Measured', value: 0, samples: 1000 } }],
]);

function withoutRejections(parent: IModelDeployment): IModelDeployment {
  if (parent.status === undefined) return parent;
  const { rejected: _, ...status } = parent.status;
  return { ...parent, status };
}

function allReady(workload: RevisionWorkload): RevisionWorkload {
  const { pods } = workload;
  return { ...workload, pods: { ...pods, ready: pods.wanted, available: pods.wanted } };
}

function readyIsEnough(workload: RevisionWorkload): RevisionWorkload {
  const { pods } = workload;
  return { ...workload, pods: { ...pods, available: pods.ready } };
}

function unpaused(parent: IModelDeployment): IModelDeployment {
  const { paused: _, ...rollout } = parent.spec.rollout ?? {};
  return { ...parent, spec: { ...parent.spec, rollout } };
}

function asCompleted(job: IJob): IJob {
  const conditions = job.status?.conditions?.map((one) => ({ ...one, type: 'Complete' }));
  return conditions === undefined ? job : { ...job, status: { ...job.status, conditions } };
}

function asFailed(job: IJob): IJob {
  const conditions = job.status?.conditions?.map((one) => ({
    ...one,
    ...(one.reason === 'DeadlineExceeded' && { reason: 'BackoffLimitExceeded' }),
  }));
  return conditions === undefined ? job : { ...job, status: { ...job.status, conditions } };
}
