/** Steps by which the run `fraud` makes versions that are served. */
import type { ITrainingRun } from '../../../src/api/types.ts';
import { modelVersions, trainingRuns } from '../../../src/api/kinds.ts';
import { label } from '../../../src/api/labels.ts';
import { results } from '../../builders/pod.ts';
import { modelVersion, trainingRun } from '../../integration/objects.ts';
import type { World } from '../world.ts';
import type { Step } from './scenario.ts';
import { run, runStatus } from './told.ts';

const output = { uri: 'pvc://models/fraud' };

/** Each attempt ends well, with another model. */
const letAttemptsSucceed = (world: World) =>
  world.plays('fraud', (pod) =>
    results({ f1: 0.93 }, { model: { digest: `sha256:${pod.metadata?.labels?.[label.attempt]}` } }),
  );

export const trains: Step = { title: 'let attempts succeed', act: letAttemptsSucceed, until: () => true };

export const create = (spec: Partial<ITrainingRun['spec']> = {}): Step => ({
  title: 'create the run',
  act: (world) => world.create(trainingRuns, trainingRun({ output, ...spec })),
  until: run('fraud', 'Registered'),
});

export const isTrained = (version: string) => (world: World) =>
  runStatus(world, 'fraud').latestVersion?.name === version && run('fraud', 'Registered')(world);

/** Has the run train version n: the first one when it is created, and each other one when its recipe is edited. */
export const register = (number: number, until: Step['until'] = () => true): Step => ({
  title: `train version ${number}`,
  act: async (world) => {
    letAttemptsSucceed(world);
    const recipe = { args: [`--version=${number}`] };
    if (number === 1) await world.create(trainingRuns, trainingRun({ output, ...recipe }));
    else await world.patch(trainingRuns, 'fraud', { spec: recipe });
  },
  until: (world) => isTrained(`fraud-${number}`)(world) && until(world),
});

/** Version n of the run `fraud`, which was trained elsewhere, so that no run here knows it. */
export const record = (number: number): Step => ({
  title: `record version ${number}`,
  act: (world) => {
    const version = modelVersion({ number, uri: `pvc://models/fraud/fraud-${number}`, digest: `sha256:${number}` });
    const metadata = { name: `fraud-${number}`, labels: { [label.trainingRun]: 'fraud' } };
    return world.create(modelVersions, { ...version, metadata }, 'Foreign');
  },
  until: () => true,
});
