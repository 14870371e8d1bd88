/** What is measured of an arm, how it is shown, and what the observer's should be. */
import { type Goal, goalText, spread, verdict } from '../goal.ts';
import { median } from '../statistics.ts';
import { markdown } from '../table.ts';
import type { Arm, ArmLetter } from './arms.ts';

interface Figure {
  readonly title: string;
  readonly digits: number;
  /** For the observer with signals. */
  readonly goal?: Goal;
}

const figures = {
  p50: { title: 'at a fixed rate: p50 [ms]', digits: 2 },
  p99: { title: 'at a fixed rate: p99 [ms]', digits: 2 },
  addedP50: { title: 'at a fixed rate: added to the p50 of A [ms]', digits: 2, goal: { atMost: 1 } },
  addedP99: { title: 'at a fixed rate: added to the p99 of A [ms]', digits: 2, goal: { atMost: 1 } },
  pacedCpu: { title: 'at a fixed rate: CPU seconds per 1,000 requests [s]', digits: 2 },
  pacedResident: { title: 'at a fixed rate: resident memory [MiB]', digits: 0, goal: { atMost: 64 } },
  pacedOwn: { title: 'at a fixed rate: of it without shared files [MiB]', digits: 0 },
  fullRate: { title: 'as many as are answered: requests per second', digits: 0 },
  fullPerCpu: { title: 'as many as are answered: requests per second and core', digits: 0, goal: { atLeast: 5000 } },
  fullResident: { title: 'as many as are answered: resident memory [MiB]', digits: 0 },
  fullOwn: { title: 'as many as are answered: of it without shared files [MiB]', digits: 0 },
} as const satisfies Record<string, Figure>;

type FigureName = keyof typeof figures;

/** One turn of an arm. */
export type Measured = Partial<Record<FigureName, number>>;

/** By arm, one entry per round. */
export type Results = ReadonlyMap<ArmLetter, readonly Measured[]>;

/** Medians with the smallest and the largest value. @param judged whether to say which goals are met. */
export function resultsTable(results: Results, arms: readonly Arm[], judged: boolean): string {
  const rows = Object.entries(figures).map(([key, figure]: readonly [string, Figure]) => {
    const name = key as FigureName;
    const cells = arms.map(({ letter }) => spread(valuesOf(results, letter, name), figure.digits));
    const own = median(valuesOf(results, 'B', name));
    return [figure.title, ...cells, goalText(figure.goal), judged ? verdict(figure.goal, own) : ''];
  });
  return markdown(['figure', ...arms.map(({ letter }) => letter), 'goal for B', ''], rows);
}

/** What a proxy adds is the difference to A in the same round, since rounds differ more than arms do. */
function valuesOf(results: Results, letter: ArmLetter, name: FigureName): readonly number[] {
  const turns = results.get(letter) ?? [];
  if (name !== 'addedP50' && name !== 'addedP99') return turns.flatMap((turn) => turn[name] ?? []);
  const base = name === 'addedP50' ? 'p50' : 'p99';
  const direct = results.get('A') ?? [];
  if (letter === 'A' || direct.length === 0) return [];
  return turns.map((turn, round) => (turn[base] ?? NaN) - (direct[round]?.[base] ?? NaN));
}
