/** One namespace has thousands of runs waiting; how long does a run of another one wait? */
import type { Measured } from '../figures.ts';
import { atRate, pause } from '../pace.ts';
import { percentile } from '../statistics.ts';
import { type Turn, runKeys } from '../turn.ts';
import { latencies, warm } from './work.ts';

export interface FloodSize {
  readonly runs: number;
  readonly paced: number;
  readonly settleSeconds: number;
}

const perSecond = 10;

/** The flood waits in the API server before the contender starts, so that it is the contender's queue that decides. */
export async function flood(turn: Turn, size: FloodSize): Promise<Measured> {
  const { ledger } = turn.cluster;
  const program = turn.start();
  await warm(turn, size);
  const quiet = runKeys('quiet', size.paced, ['team-1']);
  await turn.createAtRate(quiet, perSecond);
  await turn.settled(quiet, 1);
  await program.signal('SIGTERM');
  const flooding = runKeys('flood', size.runs, ['team-0']);
  await turn.create(flooding);

  turn.start();
  const waiting = (): number => flooding.filter(({ name }) => !ledger.started.has(`team-0/${name}`)).length;
  await turn.until(() => (waiting() < size.runs ? 0 : 1), 'the first Job of the flood');
  const others = runKeys('other', size.paced, ['team-1']);
  const created: (typeof others)[number][] = [];
  await atRate(others.length, perSecond, async (index) => {
    const key = others[index];
    ledger.read();
    if (key === undefined || waiting() === 0) return;
    created.push(key);
    await turn.cluster.driver.createRun(key);
  });
  await turn.settled([...flooding, ...created], 1);
  await pause(size.settleSeconds * 1000);
  const quietP99 = percentile(latencies(turn, quiet), 0.99);
  const floodedP99 = percentile(latencies(turn, created), 0.99);
  return { quietP99, floodedP99, flood: floodedP99 / quietP99 };
}
