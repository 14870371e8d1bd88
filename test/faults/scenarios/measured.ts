/** Scenarios in which a real metrics store is asked about a candidate: what its clients meet, played observers count. */
import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment } from '../../../src/api/types.ts';
import type { Conduct } from '../store/observers.ts';
import type { Scenario, Step } from './scenario.ts';
import { deploy, isOfSecond, rejected, serves } from './serving.ts';
import { settledOn } from './told.ts';
import { register } from './trained.ts';

type Analysis = NonNullable<NonNullable<IModelDeployment['spec']['rollout']>['analysis']>;

const conducts = (second: Conduct): Step => ({
  title: 'let clients ask all servers',
  act: async (world) => {
    const isBroken = (pod: IPod) => second !== 'Answers' && isOfSecond(pod);
    world.deeds.isBroken = isBroken;
    await world.observes((pod) => (isOfSecond(pod) ? second : 'Answers'));
  },
  until: () => true,
});

const errors: Analysis = [{ name: 'errors', errors: {}, max: 0.01, minSamples: 10 }];
const latency: Analysis = [{ name: 'latency', latency: { quantile: 0.95 }, max: 0.5, minSamples: 10 }];

const rollOut = (name: string, second: Conduct, analysis: Analysis): Scenario => ({
  name,
  // Its words have the numbers that were measured.
  end: 'MayDiffer',
  steps: [
    serves,
    conducts(second),
    register(1),
    deploy({ rollout: { steps: [{ weight: 50, hold: '4s' }], analysis }, observe: {}, replicas: 2 }),
    register(2, second === 'Answers' ? settledOn('serve', 'fraud-2') : rejected('fraud-2')),
    ...(second === 'Answers'
      ? []
      : [{ title: 'see the old version serve alone', until: settledOn('serve', 'fraud-1') }]),
  ],
});

export const measured: readonly Scenario[] = [
  rollOut('measured', 'Answers', errors),
  rollOut('measured-hanging', 'Hangs', errors),
  rollOut('measured-slow', 'HangsAtTimes', latency),
  rollOut('measured-born-failing', 'BornFailing', errors),
];
