import type { IModelDeployment } from '../../src/api/types.ts';
import type { RevisionWorkload } from '../../src/kinds/modeldeployment/revision/workload.ts';
import type { Broken, Model } from './explore.ts';
import { servingModel } from './modeldeployment.ts';

/** Bugs of rollouts in which pods are ended before others come. */
export function surgingModels(): readonly Broken[] {
  return [
    {
      bug: 'a rollout without surge does not wait until pods are gone',
      model: servingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) =>
            real.plan({ ...facts, pods: [], workloads: facts.workloads.map(goneAtOnce) }, answers, now),
        }),
        { surge: 'Never' },
      ) as Model<never>,
    },
    {
      bug: 'a rollout without surge ends what serves before status says so',
      model: servingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) => {
            const planned = real.plan(facts, answers, now);
            const ahead = { ...facts, parent: { ...facts.parent, status: planned.status } };
            return { ...planned, actions: real.plan(ahead, answers, now).actions };
          },
        }),
        { surge: 'Never' },
      ) as Model<never>,
    },
    {
      bug: 'a rollout without surge ends what serves for a revision that nobody has approved',
      model: servingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) => real.plan({ ...facts, parent: unapproved(facts.parent) }, answers, now),
        }),
        { surge: 'Never' },
      ) as Model<never>,
    },
    {
      bug: 'what was ended for another revision does not come back',
      model: servingModel(
        (real) => ({
          ...real,
          plan: (facts, answers, now) => {
            const planned = real.plan(facts, answers, now);
            const isBack = facts.parent.status?.outage !== undefined && facts.parent.status.candidate === undefined;
            return isBack ? { ...planned, actions: [] } : planned;
          },
        }),
        { surge: 'Never' },
      ) as Model<never>,
    },
  ];
}

function goneAtOnce(workload: RevisionWorkload): RevisionWorkload {
  const { pods } = workload;
  return { ...workload, pods: { ...pods, present: Math.min(pods.present, pods.wanted) } };
}

function unapproved(parent: IModelDeployment): IModelDeployment {
  const { approval: _, ...rollout } = parent.spec.rollout ?? {};
  return { ...parent, spec: { ...parent.spec, rollout } };
}
