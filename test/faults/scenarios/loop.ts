/** Scenarios in which one kind's status moves another: continuous training, rollback. */
import type { IMonitor } from '../../../src/api/types.ts';
import { monitors, trainingRuns } from '../../../src/api/kinds.ts';
import { serving as ready } from '../../integration/faults/kubelet.ts';
import { monitor } from '../../integration/objects.ts';
import type { World } from '../world.ts';
import type { Scenario, Step } from './scenario.ts';
import { deploy, serves } from './serving.ts';
import { checked, monitorStatus, servedStatus, settledOn } from './told.ts';
import { create, isTrained, register, trains } from './trained.ts';

const gated = create({ gate: [{ metric: 'f1', min: 0.9 }] });

const answer = (title: string, value: string | undefined, until: Step['until'] = () => true): Step => ({
  title,
  act: (world) => world.answers(() => value),
  until,
});

/** Asks for training, or rejects, if what its query finds is above 1. */
const watch = (spec: Partial<IMonitor['spec']>, until: Step['until']): Step => ({
  title: 'watch the deployment',
  act: (world) => {
    const expr = `up{namespace="${world.namespace}"}`;
    const checks = [{ name: 'own', query: { source: 'main', expr }, max: 1 }];
    const wanted = { modelDeploymentRef: { name: 'serve' }, interval: '5s', checks, ...spec };
    return world.create(monitors, monitor(wanted, 'watch'));
  },
  until,
});

const retrain = { retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['own'], cooldown: '1h' } };
const rollback = { rollback: { onChecks: ['own'] } };

/** A new revision is measured within the Monitor's interval; until then the status says that it has not been. */
const hasJudged = (world: World) => {
  const { revision } = servedStatus(world, 'serve').stable ?? {};
  const { checks = [] } = monitorStatus(world, 'watch');
  return checks.every((check) => check.revision === revision && ['Passing', 'Failing'].includes(check.verdict));
};
const hasAnswered = (world: World) => monitorStatus(world, 'watch').retrain?.endedAt !== undefined;

export const loop: readonly Scenario[] = [
  {
    name: 'retrain',
    steps: [
      serves,
      trains,
      gated,
      deploy(),
      answer('let the check fail', '5'),
      watch(retrain, isTrained('fraud-2')),
      {
        title: 'see it served',
        until: (world) => settledOn('serve', 'fraud-2')(world) && hasAnswered(world) && hasJudged(world),
      },
    ],
  },
  {
    name: 'retrain-blind',
    steps: [
      serves,
      trains,
      gated,
      deploy(),
      answer('let Prometheus know nothing', undefined),
      watch(retrain, checked('watch', 'NoData', 'QueryFailed')),
    ],
  },
  {
    name: 'lose-sight',
    steps: [
      serves,
      trains,
      gated,
      deploy(),
      answer('let Prometheus break', 'Breaks'),
      watch({}, checked('watch', 'QueryFailed')),
      answer('let the check pass', '0.5', checked('watch', 'ChecksPass')),
      answer('let Prometheus break again', 'Breaks', checked('watch', 'QueryFailed')),
      answer('let the check fail', '5', checked('watch', 'ChecksFail')),
    ],
  },
  {
    name: 'roll-back',
    steps: [
      // So long that the rejection and the way back fall into different seconds, by which the status tells what was last.
      { title: 'let servers start slowly', act: (world) => world.plays('serve', ready, 1_100), until: () => true },
      register(1),
      deploy(),
      register(2, settledOn('serve', 'fraud-2')),
      answer('let the check fail', '5'),
      watch(rollback, settledOn('serve', 'fraud-1')),
      {
        title: 'see the rejection',
        until: (world) =>
          (servedStatus(world, 'serve').rejected ?? []).some(
            ({ version, reason }) => version === 'fraud-2' && reason === 'RejectedByMonitor',
          ) && hasJudged(world),
      },
    ],
  },
  {
    name: 'follow',
    steps: [
      serves,
      trains,
      gated,
      deploy(),
      {
        title: 'edit the run',
        act: (world) => world.patch(trainingRuns, 'fraud', { spec: { args: ['--again'] } }),
        until: (world) => isTrained('fraud-2')(world) && settledOn('serve', 'fraud-2')(world),
      },
    ],
  },
];
