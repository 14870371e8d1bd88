/** What whoever may create runs or models writes. */
import { modelDeployments, trainingRuns } from '../../../src/api/kinds.ts';
import { modelDeployment, trainingRun } from '../../integration/objects.ts';
import { may } from '../rights.ts';
import type { Scene } from '../scene.ts';
import { model } from '../victims.ts';

export const createRuns = [may('create', trainingRuns)];
export const createModels = [may('create', modelDeployments)];

/** What terminals obey, by each of the ways that there are, and what turns the order of letters. */
export const escape = '\u001b]0;owned\u0007\u009b31m\u202Etxt.exe\u2066';

export const createsRun =
  (spec: Parameters<typeof trainingRun>[0], metadata: object = {}) =>
  async (scene: Scene) => {
    await scene.attacker.create(trainingRuns, { ...trainingRun(spec), metadata: { name: 'fraud', ...metadata } });
  };

export const createsModel =
  (spec: object, metadata: object = {}) =>
  async (scene: Scene) => {
    const { spec: own } = modelDeployment({ model, rollout: { minReady: '1s' }, ...spec } as never);
    await scene.attacker.create(modelDeployments, { metadata: { name: 'serve', ...metadata }, spec: own });
  };
