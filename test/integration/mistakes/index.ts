import type { Mistake } from './mistake.ts';
import { podMistakes } from './pods.ts';
import { trainingRunMistakes } from './trainingrun.ts';

const servers: readonly Mistake[] = [
  {
    title: 'A hold in words',
    kind: 'ModelDeployment',
    wrong: 'rollout:\n  steps:\n    - weight: 50\n      hold: 5 minutes',
    right: 'rollout:\n  steps:\n    - weight: 50\n      hold: 5m',
    named: ['spec.rollout.steps[0].hold', '5 minutes', 'write whole numbers with h, m, s or ms'],
  },
  {
    title: 'Steps that fall',
    kind: 'ModelDeployment',
    wrong: 'rollout:\n  steps:\n    - weight: 50\n      hold: 5m\n    - weight: 25\n      hold: 5m',
    right: 'rollout:\n  steps:\n    - weight: 25\n      hold: 5m\n    - weight: 50\n      hold: 5m',
    named: ['spec.rollout.steps', '[50, 25]', 'let each be above the one before it'],
  },
  {
    title: 'A last step that takes all',
    kind: 'ModelDeployment',
    wrong: 'rollout:\n  steps:\n    - weight: 100\n      hold: 5m',
    right: 'rollout:\n  steps:\n    - weight: 50\n      hold: 5m',
    named: ['spec.rollout.steps[0].weight', '100', 'less than or equal to 99'],
    advice: 'Behind its last step a revision takes over by itself: leave that step out.',
  },
  {
    title: 'A version that is a run',
    kind: 'ModelDeployment',
    wrong: 'model:\n  versionRef:\n    name: fraud',
    right: 'model:\n  trainingRunRef:\n    name: fraud',
    named: ['spec.model.versionRef.name', 'fraud', 'they are called after their TrainingRun'],
  },
  {
    title: 'A protocol in lower case',
    kind: 'ModelDeployment',
    wrong: 'server:\n  image: example.com/serve:1\n  port: 8080\n  protocol: openinference',
    right: 'server:\n  image: example.com/serve:1\n  port: 8080\n  protocol: OpenInference',
    named: ['spec.server.protocol', 'openinference', 'OpenInference'],
  },
];

const monitors: readonly Mistake[] = [
  {
    title: 'A reference that is a name',
    kind: 'Monitor',
    wrong: 'modelDeploymentRef: fraud',
    right: 'modelDeploymentRef:\n  name: fraud',
    named: ['modelDeploymentRef'],
    advice: 'References are objects with a `name`, as everywhere in Kubernetes.',
  },
  {
    title: 'An interval without a unit',
    kind: 'Monitor',
    wrong: 'interval: 60',
    right: 'interval: 60s',
    named: ['interval', 'string'],
    advice: 'Lengths of time have a unit: `60s`, `1m`, `1h30m`.',
  },
  {
    title: 'A window in days',
    kind: 'Monitor',
    wrong: 'checks:\n  - name: errors\n    errors: {}\n    max: 0.01\n    window: 1d',
    right: 'checks:\n  - name: errors\n    errors: {}\n    max: 0.01\n    window: 24h',
    named: ['spec.checks[0].window', '1d', 'a day is "24h"'],
  },
  {
    title: 'A quantile in percent',
    kind: 'Monitor',
    wrong: 'checks:\n  - name: latency\n    latency:\n      quantile: 99\n    max: 0.2',
    right: 'checks:\n  - name: latency\n    latency:\n      quantile: 0.99\n    max: 0.2',
    named: ['spec.checks[0].latency.quantile', '99', 'write a number between 0 and 1'],
  },
];

/** In the order in which people come by them. */
export const mistakes: readonly Mistake[] = [...trainingRunMistakes, ...podMistakes, ...servers, ...monitors];
