import type { ITrainingRun } from '../../api/types.ts';
import { jobsOf, type ProductObjects } from '../objects.ts';

/** The numbers of a run's attempts, the newest last, of which status may not tell yet. */
export function knownAttempts(run: ITrainingRun, objects: ProductObjects): number[] {
  const told = (run.status?.attempts ?? []).map(({ number }) => number);
  const begun = jobsOf(run, objects).map(({ number }) => number);
  return [...new Set([...told, ...begun])].toSorted((one, other) => one - other);
}
