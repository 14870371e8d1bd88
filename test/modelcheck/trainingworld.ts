import type { ITrainingRun } from '../../src/api/types.ts';
import type { TrainingRunFacts } from '../../src/kinds/trainingrun/observe.ts';
import type { Cluster } from './cluster.ts';
import type { World } from './world.ts';

/** What the cluster does not hold and the invariants need. */
export interface Extra {
  readonly edits: number;
  readonly requests: number;
  readonly deletes: number;
  /** How often the cluster took a pod away, or a node did not take it. */
  readonly disruptions: number;
  /** How often only the first pod of a gang got a place. */
  readonly halves: number;
  /** A Job of the second attempt's name that is not the run's: not yet, there, or gone again. */
  readonly foreign: 'ToCome' | 'Exists' | 'Gone';
  /** A person who passes something off as the operator's, once; absent where there is none. */
  readonly forger?: 'Waits' | 'Done';
  /** The newest attempt that ever began. */
  readonly newest?: Begun;
}

export interface Begun {
  readonly number: number;
  readonly recipeDigest: string;
  readonly coversUntil: string;
  /** The options of its pods that are no recipe, as text. */
  readonly options: string;
  /** Its Job was deleted before status told of it, so that nothing need remember it. */
  readonly isUntold?: true;
}

export type TrainingWorld = World<Extra>;
export type TrainingCluster = Cluster<ITrainingRun, TrainingRunFacts, Extra>;
