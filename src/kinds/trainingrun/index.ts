import type { ITrainingRun } from '../../api/types.ts';
import { trainingRuns } from '../../api/kinds.ts';
import type { Controller } from '../../controller.ts';
import type { StorageInstallation } from '../../storage/installation.ts';
import type { HardwareProfile } from '../../workload/hardware.ts';
import type { Provenance } from '../../workload/origin.ts';
import { withMade } from './attempt/made.ts';
import { headline } from './status/headline.ts';
import { observe, type TrainingRunFacts } from './observe.ts';
import { plan } from './plan.ts';
import { stages as all } from './stages/index.ts';
import type { Stage } from './stages/stage.ts';
import { refused } from './status/refused.ts';
import { watches } from './watches.ts';

export type { Provenance } from '../../workload/origin.ts';

interface TrainingRunOptions {
  readonly stages?: readonly Stage[];
  /** Whether objects with our labels come from us alone. */
  readonly provenance: Provenance;
  /** The hardware profiles of the installation; none by default. */
  readonly profiles?: readonly HardwareProfile[];
  /** How the installation reaches stores; as the chart has it by default. */
  readonly installation?: StorageInstallation | undefined;
}

/** Trains: starts attempts, follows their Jobs, judges their results and registers the versions that pass. */
export function createTrainingRunController({
  stages = all,
  provenance,
  profiles = [],
  installation,
}: TrainingRunOptions): Controller<ITrainingRun, TrainingRunFacts> {
  return {
    kind: trainingRuns,
    watches,
    observe: (run, read) => observe(run, read, stages, provenance),
    plan: (facts, _answers, now) => plan(facts, now, stages, provenance, profiles, installation),
    refused,
    made: withMade,
    headline: (status) => headline(status, stages),
  };
}
