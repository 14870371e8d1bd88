/** Who may write Monitors has the operator do what they may not do themselves. */
import { modelDeployments, monitors, trainingRuns } from '../../../src/api/kinds.ts';
import { keyOf } from '../../../src/api/resource.ts';
import type { IMonitor } from '../../../src/api/types.ts';
import { answerTo } from '../../builders/requests.ts';
import { monitor } from '../../integration/objects.ts';
import type { Attack, Topic } from '../contract.ts';
import { may } from '../rights.ts';
import type { Scene } from '../scene.ts';
import { all, fresh, registered, runOf, servedOf, serving } from '../victims.ts';

const createMonitors = [may('create', monitors)];
const observed = { observe: {} };
const always = { name: 'always', latency: { quantile: 0.5 }, max: 0.000001, window: '1s', minSamples: 1 };
const retrain = { trainingRunRef: { name: 'fraud' }, onChecks: ['always'] };
const rollback = { onChecks: ['always'] };

const watching = (spec: object, name = 'watch') => ({
  ...monitor({ modelDeploymentRef: { name: 'serve' }, checks: [always], interval: '5s', ...spec } as never, name),
  metadata: { name },
});

const creates = (spec: object) => async (scene: Scene) => {
  await scene.attacker.create(monitors, watching(spec));
};

/** Prometheus answers that all is well, in a hundredth of a second. */
const healthy = async (scene: Scene) => {
  scene.answers((expression) => answerTo(expression, { requests: 500, latency: 0.01 }));
  return Promise.resolve();
};

const model = all(healthy, fresh(observed));
const modelAndRun = all(healthy, serving(observed), registered);

const rolledBack = (scene: Scene) => {
  const [found] = servedOf(scene)?.status?.rejected ?? [];
  return found && `revision ${found.revision} is rejected: ${found.message.slice(0, 80)}`;
};
const retrained = (scene: Scene) => {
  const { length } = runOf(scene)?.status?.attempts ?? [];
  return length > 1 ? `${length} attempts were made` : undefined;
};
const monitorOf = (scene: Scene) => scene.history.get<IMonitor>(monitors, 'watch');

/** A Monitor of an administrator, which only looks. */
const looking =
  (spec: object = {}) =>
  (scene: Scene) =>
    scene.create(monitors, watching(spec));

const attacks: readonly Attack[] = [
  {
    name: "makes a Monitor that rolls another team's model back",
    rights: createMonitors,
    prepare: model,
    attempt: creates({ rollback }),
    gain: 'the model goes back to the revision before',
    gained: rolledBack,
    patience: 9_000,
  },
  {
    name: "makes a Monitor that has another team's run train",
    rights: createMonitors,
    prepare: modelAndRun,
    attempt: creates({ retrain }),
    gain: 'the run trains again',
    gained: retrained,
    patience: 9_000,
  },
  {
    name: 'makes a Monitor without a cooldown for a run of their own',
    rights: [...createMonitors, may('patch', trainingRuns), may('patch', modelDeployments)],
    prepare: modelAndRun,
    attempt: creates({ retrain: { ...retrain, cooldown: '0s' } }),
    gain: 'it trains again and again',
    gained: retrained,
    refusedBy: 'Schema',
    patience: 9_000,
  },
  {
    name: 'makes a Monitor with a cooldown of 59 seconds and 999 milliseconds',
    rights: [...createMonitors, may('patch', trainingRuns), may('patch', modelDeployments)],
    prepare: modelAndRun,
    attempt: creates({ retrain: { ...retrain, cooldown: '59s999ms' } }),
    gain: 'it trains more often than once in a minute',
    gained: (scene) => (monitorOf(scene) === undefined ? undefined : 'the Monitor is there'),
    refusedBy: 'Schema',
  },
  {
    name: "makes a Monitor of a model of their own that has another team's run train",
    rights: [...createMonitors, may('patch', modelDeployments)],
    prepare: modelAndRun,
    attempt: creates({ retrain }),
    gain: 'the run trains again',
    gained: retrained,
    patience: 9_000,
  },
  {
    name: 'makes a Monitor with both powers over a run of their own',
    rights: [...createMonitors, may('patch', trainingRuns)],
    prepare: model,
    attempt: creates({ rollback, retrain }),
    gain: 'the model goes back to the revision before',
    gained: rolledBack,
    patience: 9_000,
  },
  {
    name: 'may patch another model, and makes a Monitor of this one',
    rights: [...createMonitors, may('patch', modelDeployments, { name: 'another' })],
    prepare: model,
    attempt: creates({ rollback }),
    gain: 'the model goes back to the revision before',
    gained: rolledBack,
    patience: 9_000,
  },
  {
    name: 'gives a Monitor that only looks the power to roll back',
    rights: [may('patch', monitors)],
    prepare: all(model, looking()),
    attempt: async (scene) => {
      await scene.attacker.patch(monitors, 'watch', { spec: { rollback } });
    },
    gain: 'the model goes back to the revision before',
    gained: rolledBack,
    patience: 9_000,
  },
  {
    name: 'lowers the limit of a Monitor that may roll back',
    rights: [may('patch', monitors)],
    prepare: all(model, looking({ rollback, checks: [{ ...always, max: 10 }] })),
    attempt: async (scene) => {
      await scene.attacker.patch(monitors, 'watch', { spec: { checks: [always] } });
    },
    gain: 'the model goes back to the revision before',
    gained: rolledBack,
    patience: 9_000,
  },
  {
    name: "points a Monitor that may roll back at another team's model",
    rights: [may('patch', monitors)],
    prepare: all(model, looking({ rollback, modelDeploymentRef: { name: 'other' } })),
    attempt: async (scene) => {
      await scene.attacker.patch(monitors, 'watch', { spec: { modelDeploymentRef: { name: 'serve' } } });
    },
    gain: 'the model goes back to the revision before',
    gained: rolledBack,
    patience: 9_000,
  },
  {
    name: 'puts a Monitor there by server-side apply',
    rights: [...createMonitors, may('patch', monitors)],
    prepare: model,
    attempt: async (scene) => {
      await scene.attacker.patch(monitors, 'watch', watching({ rollback }), { type: 'apply' });
    },
    gain: 'the model goes back to the revision before',
    gained: rolledBack,
    patience: 9_000,
  },
  {
    name: 'writes the verdict of a Monitor into an object that is new',
    rights: createMonitors,
    prepare: model,
    attempt: async (scene) => {
      const revision = servedOf(scene)?.status?.stable?.revision ?? '';
      const rejection = { revision, check: 'always', time: new Date().toISOString(), message: 'it is bad' };
      await scene.attacker.create(monitors, { ...watching({}), status: { rejections: [rejection] } });
    },
    gain: 'the model goes back to the revision before',
    gained: rolledBack,
    patience: 4_000,
  },
  {
    name: 'asks Prometheus for another namespace by the name of a signal',
    rights: createMonitors,
    prepare: model,
    attempt: creates({
      checks: [{ name: 'drift', drift: { signal: 'a",namespace="payments', test: 'PSI', window: '5m' }, max: 0.2 }],
    }),
    gain: 'the answer is about another namespace',
    gained: (scene) => scene.asked().find((expression) => expression.includes('payments')),
    refusedBy: 'Schema',
  },
  {
    name: 'asks a query source that is open to other namespaces alone',
    rights: createMonitors,
    prepare: model,
    attempt: creates({ checks: [{ name: 'query', query: { source: 'main', expr: 'sum(salaries)' }, max: 1 }] }),
    gain: 'the answer stands in status',
    gained: (scene) => {
      const found = monitorOf(scene)?.status?.checks?.find(({ verdict }) => verdict !== 'Unknown');
      return found && `check ${found.name} is ${found.verdict}`;
    },
    patience: 7_000,
  },
  {
    name: 'has pods count more requests than a status may have',
    rights: createMonitors,
    prepare: model,
    attempt: async (scene) => {
      scene.answers((expression) => answerTo(expression, { requests: 1e30, latency: 0.01 }));
      await scene.attacker.create(monitors, watching({ checks: [{ ...always, max: 10 }] }));
    },
    gain: 'no status of the Monitor can be written any more',
    lost: (scene) => (monitorOf(scene)?.status?.checks === undefined ? 'it has no checks in its status' : undefined),
    patience: 7_000,
  },
  {
    name: 'has pods count fewer than no requests, and half ones',
    rights: createMonitors,
    prepare: model,
    attempt: async (scene) => {
      scene.answers((expression) => answerTo(expression, { requests: -7.5, latency: 0.01 }));
      await scene.attacker.create(
        monitors,
        watching({
          checks: [
            { ...always, max: 10 },
            { name: 'errors', errors: {}, max: 0.5, window: '1s', minSamples: 1 },
          ],
        }),
      );
    },
    gain: 'no status of the Monitor can be written any more',
    lost: (scene) => (monitorOf(scene)?.status?.checks === undefined ? 'it has no checks in its status' : undefined),
    patience: 7_000,
  },
  {
    name: 'has Prometheus refuse with words that a terminal obeys',
    rights: createMonitors,
    prepare: model,
    attempt: async (scene) => {
      scene.answers(() => [{ labels: { code: '\u001b]0;owned\u0007' }, value: Number.NaN }]);
      await scene.attacker.create(monitors, watching({ checks: [{ ...always, max: 10 }] }));
    },
    gain: 'they stand in status',
    gained: (scene) =>
      /owned/.test(JSON.stringify(monitorOf(scene)?.status ?? {}))
        ? `${keyOf(monitorOf(scene) as IMonitor).name} has them`
        : undefined,
    patience: 7_000,
  },
];

export const monitorsOfOthers: Topic = { name: 'Monitors as deputies', attacks };
