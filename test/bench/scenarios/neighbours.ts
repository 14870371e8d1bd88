/** Two namespaces ask much of metrics stores that are slow or hang; how late are the questions of a third? */
import type { IMonitor } from '../../../src/api/types.ts';
import { driverConnections } from '../driver.ts';
import type { RunKey } from '../driver.ts';
import type { Measured } from '../figures.ts';
import { atWidth, pause } from '../pace.ts';
import { startPrometheus } from '../prometheus.ts';
import type { Prometheus } from '../prometheus.ts';
import { percentile } from '../statistics.ts';
import { type Turn, runKeys } from '../turn.ts';
import { deviationsOf, monitor, pathOf, serve } from './monitors.ts';

export interface NeighboursSize {
  /** Of each of the two namespaces. */
  readonly monitors: number;
  /** How long the third is watched, alone and beside the two. */
  readonly seconds: number;
}

const intervalSeconds = 5;
const loud = ['team-0', 'team-1'];
const quiet = ['team-2'];

/** What the operator's Prometheus takes for one question of the loud. */
const slow = 2_000;

export async function neighbours(turn: Turn, size: NeighboursSize): Promise<Measured> {
  const prometheus = await startPrometheus((expression) =>
    loud.some((namespace) => expression.includes(`namespace="${namespace}"`)) ? slow : 0,
  );
  const hanging = await startPrometheus(() => Infinity);
  try {
    turn.start(0, {
      FLYBALL_PROMETHEUS_URL: prometheus.url,
      FLYBALL_QUERY_SOURCES: JSON.stringify([{ name: 'hanging', url: hanging.url, namespaces: loud }]),
    });
    const watched = runKeys('quiet', 5, quiet);
    await serve(turn, [...watched, ...runKeys('loud', 2, loud)]);
    await create(
      turn,
      watched.map((key) => monitor(key, intervalSeconds)),
    );
    await pause(2 * intervalSeconds * 1000);
    const alone = await lateness(prometheus, watched, size.seconds);
    await create(
      turn,
      runKeys('loud', size.monitors * loud.length, loud).map((key, index) => loudMonitor(key, index)),
    );
    const beside = await lateness(prometheus, watched, size.seconds);
    return {
      aloneLate: alone.late,
      besideLate: beside.late,
      aloneMissed: alone.missed,
      besideMissed: beside.missed,
    };
  } finally {
    await Promise.all([prometheus.stop(), hanging.stop()]);
  }
}

async function create(turn: Turn, monitors: readonly IMonitor[]): Promise<void> {
  await atWidth(monitors.length, driverConnections, async (index) => {
    const made = monitors[index];
    if (made !== undefined) await turn.cluster.driver.write('POST', pathOf(made.metadata, 'monitors'), made);
  });
}

/** One asks the source that hangs, the next one the operator's Prometheus. */
function loudMonitor(key: RunKey, index: number): IMonitor {
  const { spec, ...rest } = monitor(key, intervalSeconds);
  const checks = Array.from({ length: 8 }, (_, check) =>
    Math.floor(index / loud.length) % 2 === 0
      ? { name: `query-${check}`, query: { source: 'hanging', expr: `vector(${check})` }, max: 1 }
      : { name: `errors-${check}`, errors: {}, window: `${check + 1}m`, max: 0.01 },
  );
  const subject = `loud-${loud.indexOf(key.namespace)}`;
  return { ...rest, spec: { ...spec, modelDeploymentRef: { name: subject }, checks } };
}

/** By how many seconds the times between evaluations differ from the interval, p99, and the share of evaluations that did not come. */
async function lateness(prometheus: Prometheus, watched: readonly RunKey[], seconds: number) {
  prometheus.forget();
  await pause(seconds * 1000);
  const deviations = watched.map(({ namespace, name }) =>
    deviationsOf(prometheus.asked.get(`${namespace}/${name}`) ?? [], intervalSeconds * 1000),
  );
  const came = deviations.reduce((sum, { length }) => sum + length + 1, 0);
  const due = watched.length * Math.floor(seconds / intervalSeconds);
  return {
    late: percentile(deviations.flat(), 0.99) / 1000,
    missed: (100 * Math.max(0, due - came)) / due,
  };
}
