/** What a contender costs as objects become many. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Line, lineChart } from './chart.ts';
import type { Contender } from './contenders/index.ts';
import { type FigureName, type Measured, figures } from './figures.ts';
import { work } from './scenarios/work.ts';
import { markdown, titleOf } from './table.ts';
import { inTurn } from './turn.ts';

const shown = [
  'burst',
  'untold',
  'latencyP99',
  'requestsSteady',
  'memory',
  'cpu',
  'restart',
] as const satisfies FigureName[];

const charted = {
  memory: 'resident memory [MiB]',
  cpu: 'CPU seconds per 1,000 runs',
  latencyP99: 'creation → Job request, p99 [ms]',
  restart: 'start → repair [s]',
} as const satisfies Partial<Record<FigureName, string>>;

interface Point {
  readonly contender: string;
  readonly runs: number;
  readonly measured: Measured;
}

/** Measures each contender once at each size; prints a table and draws `docs/performance.svg`. */
export async function costCurve(contenders: readonly Contender[], sizes: readonly number[]): Promise<void> {
  const points: Point[] = [];
  for (const runs of sizes) {
    for (const one of contenders) {
      const size = {
        runs,
        paced: 500,
        perSecond: 25,
        completed: Math.min(runs, 100),
        idleSeconds: 30,
        settleSeconds: 5,
        restarts: one.letter !== 'F',
      };
      const measured = await inTurn(one, (turn) => work(turn, size));
      points.push({ contender: one.letter, runs, measured });
      console.error(`${runs} runs, ${one.name}`);
    }
  }
  const head = ['contender', 'runs', ...shown.map((name) => titleOf(figures[name]))];
  const rows = points.map(({ contender, runs, measured }) => [
    contender,
    runs.toLocaleString('en'),
    ...shown.map((name) => (measured[name] === undefined ? '' : measured[name].toFixed(figures[name].digits))),
  ]);
  console.log(markdown(head, rows));
  const docs = join(import.meta.dirname, '..', '..', 'docs');
  mkdirSync(docs, { recursive: true });
  const panels = (Object.keys(charted) as (keyof typeof charted)[]).map((name) => ({
    title: charted[name],
    lines: linesOf(contenders, points, name),
  }));
  writeFileSync(join(docs, 'performance.svg'), lineChart('runs', panels));
}

function linesOf(contenders: readonly Contender[], points: readonly Point[], name: FigureName): readonly Line[] {
  return contenders.map(({ letter }) => ({
    label: letter,
    points: points.flatMap(({ contender, runs, measured }) => {
      const y = measured[name];
      return contender === letter && y !== undefined ? [{ x: runs, y }] : [];
    }),
  }));
}
