/** What is measured, how it is shown, and what it should be. */
import type { Letter } from './contenders/index.ts';
import { median } from './statistics.ts';

/** Goal: at most this many times the other contender's median, or at most this value. */
export type Goal =
  | { readonly type: 'Ratio'; readonly to: Letter; readonly atMost: number }
  | { readonly type: 'Value'; readonly atMost: number };

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  readonly goals: readonly Goal[];
}

const ratio = (to: Letter, atMost: number): Goal => ({ type: 'Ratio', to, atMost });
const value = (atMost: number): Goal => ({ type: 'Value', atMost });
const figure = (name: string, unit: string, digits: number, ...goals: readonly Goal[]): Figure => ({
  name,
  unit,
  digits,
  goals,
});

/** In the order of the table. What a scenario measures bears one of these keys. */
export const figures = {
  burst: figure('runs to Job and status: time', 's', 2, ratio('F', 1.1), ratio('G', 1)),
  untold: figure('runs to Job and status: runs of which no event tells', '', 0, value(0)),
  latencyP50: figure('creation → Job request at a fixed rate, p50', 'ms', 2, ratio('G', 1)),
  latencyP99: figure('creation → Job request at a fixed rate, p99', 'ms', 2, ratio('G', 1)),
  requestsSteady: figure('requests per run to steady state', '', 2, value(2)),
  requestsVersion: figure('requests per run to completion with a version', '', 2, value(4)),
  requestsPlain: figure('requests per run to completion without', '', 2, value(3)),
  events: figure('events per completed run', '', 2, value(3)),
  idle: figure('idle: requests beyond Lease and watch renewal', '', 0, value(0)),
  longIdle: figure('long rest among many runs: requests beyond Lease and watch renewal', '', 0, value(0)),
  memorySlope: figure('resident memory per 1,000 runs with Jobs', 'MiB', 1, ratio('G', 0.25)),
  memory: figure('resident memory in all', 'MiB', 0, ratio('G', 1)),
  cpu: figure('CPU seconds per 1,000 runs', 's', 2, ratio('G', 1), ratio('K', 0.3)),
  serverCpu: figure('API server: CPU seconds per 1,000 runs', 's', 2),
  serverMemory: figure('API server: memory taken from its heap per run', 'KiB', 0),
  restart: figure('start with all in sync → the one out of sync is repaired', 's', 2, ratio('G', 1)),
  restartWrites: figure('start with all in sync: other writes', '', 0, value(0)),
  blindLists: figure('watches cut off and compacted: most LISTs of one kind', '', 0, value(1)),
  blindWrites: figure('watches cut off and compacted: writes', '', 0, value(0)),
  blindLag: figure('watches cut off and compacted: event-loop lag p99', 'ms', 0, value(50)),
  blindLagMax: figure('watches cut off and compacted: event-loop lag, longest', 'ms', 0),
  handover: figure('leader SIGTERM → first write of the successor, without its LISTs', 's', 2, value(1)),
  takeover: figure('leader SIGKILL → first write of the successor, without its LISTs', 's', 2, value(16)),
  successionLists: figure('the LISTs of a successor', 's', 2),
  quietP99: figure('unloaded: creation → Job request, p99', 'ms', 2),
  floodedP99: figure('another namespace floods: creation → Job request, p99', 'ms', 2),
  flood: figure('another namespace floods: p99 in times of unloaded', '×', 2, value(1.5)),
  monitorJitter: figure('Monitors: time between evaluations minus the interval, p99', 's', 3, value(1)),
  monitorJitterMax: figure('Monitors: time between evaluations minus the interval, largest', 's', 3),
  monitorRequests: figure('Monitors: requests per Monitor and hour, beyond Lease and watches', '', 2, value(6.6)),
  monitorCpu: figure('Monitors: CPU seconds per minute', 's', 2),
  monitorHeap: figure('Monitors: heap in use, lowest of the second half', 'MiB', 1),
  monitorHeapSlope: figure('Monitors: growth of the heap in use in the second half', 'MiB/h', 1, value(5)),
  monitorMemory: figure('Monitors: resident memory, largest of the second half', 'MiB', 0),
  monitorMemorySlope: figure('Monitors: growth of resident memory in the second half', 'MiB/h', 1),
  aloneLate: figure('a namespace alone: time between evaluations minus the interval, p99', 's', 3),
  besideLate: figure('beside two that ask much: time between evaluations minus the interval, p99', 's', 3, value(1)),
  aloneMissed: figure('a namespace alone: evaluations that did not come', '%', 1),
  besideMissed: figure('beside two that ask much: evaluations that did not come', '%', 1, value(0)),
  scaleTime: figure('scale: first run created → last status written', 's', 0),
  scaleLost: figure('scale: runs without a version', '', 0, value(0)),
  scaleDoubled: figure('scale: Jobs and versions beyond one of each per run', '', 0, value(0)),
  scaleRequests: figure('scale: requests per run', '', 2),
  scaleCpu: figure('scale: CPU seconds per 1,000 runs', 's', 2),
  scaleMemory: figure('scale: resident memory at the end', 'MiB', 0),
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof figures;

/** One measurement of a contender. */
export type Measured = Partial<Record<FigureName, number>>;

/** All measurements: by figure and contender, one value per round. */
export class Results {
  readonly #values = new Map<string, number[]>();

  add(letter: Letter, measured: Measured): void {
    for (const [name, measurement] of Object.entries(measured)) {
      const key = `${name} ${letter}`;
      this.#values.set(key, [...(this.#values.get(key) ?? []), measurement]);
    }
  }

  of(name: FigureName, letter: Letter): readonly number[] {
    return this.#values.get(`${name} ${letter}`) ?? [];
  }

  /** Whether a goal holds; undefined if it was not measured for all that it compares. */
  holds(name: FigureName, goal: Goal): boolean | undefined {
    const own = median(this.of(name, 'T'));
    const bound = goal.type === 'Value' ? goal.atMost : goal.atMost * median(this.of(name, goal.to));
    return Number.isNaN(own) || Number.isNaN(bound) ? undefined : own <= bound;
  }
}
