/** What is measured of a contender, how it is shown, and what the container's should be. */
import { type Goal, goalText, spread, verdict } from '../goal.ts';
import { median } from '../statistics.ts';
import { markdown } from '../table.ts';
import type { Contender, Letter } from './contenders.ts';

interface Figure {
  readonly title: string;
  readonly digits: number;
  /** For the container. */
  readonly goal?: Goal;
}

const figures = {
  largeSeconds: { title: 'one large file [s]', digits: 1 },
  largeShare: {
    title: 'its throughput as a share of the limit (of F: with the digest)',
    digits: 2,
    goal: { atLeast: 0.9 },
  },
  largeMemory: { title: 'memory meanwhile [MiB]', digits: 0, goal: { atMost: 256 } },
  largeAgain: { title: 'cut at nine tenths: share that came again', digits: 2 },
  smallSeconds: { title: 'many small files [s]', digits: 1 },
  smallShare: {
    title: 'their throughput as a share of the limit (of F: with the digest)',
    digits: 2,
    goal: { atLeast: 0.9 },
  },
  smallMemory: { title: 'memory meanwhile [MiB]', digits: 0, goal: { atMost: 256 } },
} as const satisfies Record<string, Figure>;

type FigureName = keyof typeof figures;

/** One round of a contender. */
export type Measured = Partial<Record<FigureName, number>>;

/** By contender, one entry per round. */
export type Results = ReadonlyMap<Letter, readonly Measured[]>;

/** Medians with the smallest and the largest value. @param judged whether to say which goals are met. */
export function resultsTable(results: Results, all: readonly Contender[], judged: boolean): string {
  const rows = Object.entries(figures).map(([key, figure]: readonly [string, Figure]) => {
    const name = key as FigureName;
    const cells = all.map((contender) => spread(valuesOf(results, contender, all, name), figure.digits));
    const own = all.find(({ letter }) => letter === 'F');
    const value = own === undefined ? NaN : median(valuesOf(results, own, all, name));
    return [figure.title, ...cells, goalText(figure.goal), judged ? verdict(figure.goal, value) : ''];
  });
  return markdown(['figure', ...all.map(({ letter }) => letter), 'goal for F', ''], rows);
}

/** The limit is the slower one of the ways, and of a container the time for the digest on top; in the same round, since rounds differ more. */
function valuesOf(
  results: Results,
  { letter, limits }: Contender,
  all: readonly Contender[],
  name: FigureName,
): readonly number[] {
  const turns = results.get(letter) ?? [];
  if (name !== 'largeShare' && name !== 'smallShare') return turns.flatMap((turn) => turn[name] ?? []);
  if (limits !== undefined) return [];
  const seconds = name === 'largeShare' ? 'largeSeconds' : 'smallSeconds';
  const slowest = (kind: Contender['limits'], round: number): number =>
    Math.max(
      ...all.filter((one) => one.limits === kind).map((one) => results.get(one.letter)?.[round]?.[seconds] ?? NaN),
    );
  return turns.map((turn, round) => {
    const digest = letter === 'F' ? slowest('Digest', round) : 0;
    return (slowest('Bytes', round) + digest) / (turn[seconds] ?? NaN);
  });
}
