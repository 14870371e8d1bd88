import type { ITrainingRun } from '../../api/types.ts';
import { trainingRuns } from '../../api/kinds.ts';
import type { Controller } from '../../controller.ts';
import { headline } from './status/headline.ts';
import { observe, type TrainingRunFacts } from './observe.ts';
import { plan } from './plan.ts';
import { stages as all } from './stages/index.ts';
import type { Stage } from './stages/stage.ts';
import { refused } from './status/refused.ts';
import { watches } from './watches.ts';

/** Trains: starts attempts, follows their Jobs, judges their results and registers the versions that pass. */
export function createTrainingRunController(
  stages: readonly Stage[] = all,
): Controller<ITrainingRun, TrainingRunFacts> {
  return {
    kind: trainingRuns,
    watches,
    observe,
    plan: (facts, _answers, now) => plan(facts, now, stages),
    refused,
    headline: (status) => headline(status, stages),
  };
}
