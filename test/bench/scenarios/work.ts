/** Time, latency, requests, memory and CPU of the work itself, and the restart after it. */
import { isWrite } from '../../../hack/cluster/audit.ts';
import type { Measured } from '../figures.ts';
import { isWork, runOf } from '../ledger.ts';
import type { RunKey } from '../driver.ts';
import { pause } from '../pace.ts';
import { type Contending, cpuSeconds } from '../program.ts';
import { percentile } from '../statistics.ts';
import { type Turn, outcomeOf, runKeys } from '../turn.ts';

export interface WorkSize {
  /** Runs that are created at once. */
  readonly runs: number;
  /** Runs that are created at a fixed rate. */
  readonly paced: number;
  readonly perSecond: number;
  /** Runs that complete. */
  readonly completed: number;
  readonly idleSeconds: number;
  /** How long a contender may come to rest before its memory is read. */
  readonly settleSeconds: number;
  readonly restarts: boolean;
}

const warmUp = 50;

/** How fast Jobs complete, per second: three requests of the driver each. */
const completionRate = 25;

/**
 * Warms the contender up, floods it, lets it rest, asks it at a fixed rate, and lets Jobs complete. CPU is that of the flood with its
 * events; memory is that of the rest, when collectors of garbage have had their turn. The warm-up has run through every path before,
 * so that what happens only once is not counted. `warmed` is called after it.
 */
export async function work(
  turn: Turn,
  size: WorkSize,
  warmed: () => Promise<void> = () => Promise.resolve(),
): Promise<Measured> {
  const program = turn.start();
  await warm(turn, size);
  await warmed();
  const before = { cpu: program.cpuSeconds(), memory: program.residentMiB(), server: await serverUse(turn) };

  const counted = turn.cluster.ledger.requests.length;
  const keys = runKeys('burst', size.runs);
  await turn.create(keys);
  await turn.settled(keys, 1);
  const untold = await turn.told(keys);
  const cpu = ((program.cpuSeconds() - before.cpu) / size.runs) * 1000;
  const server = await serverUse(turn);
  await pause(size.settleSeconds * 1000);
  turn.cluster.ledger.read();
  const requestsSteady = turn.cluster.ledger.requests.slice(counted).filter(isWork).length / size.runs;
  const idle = await rest(turn, size.idleSeconds * 1000);
  const memory = program.residentMiB();
  const latency = await paced(turn, size);
  const completion = await complete(turn, keys.slice(0, size.completed));
  return {
    burst: burstSeconds(turn, keys),
    untold,
    ...latency,
    requestsSteady,
    ...completion,
    idle,
    memorySlope: ((memory - before.memory) / size.runs) * 1000,
    memory,
    cpu,
    serverCpu: ((server.cpu - before.server.cpu) / size.runs) * 1000,
    serverMemory: (server.allocated - before.server.allocated) / size.runs / 1024,
    ...(size.restarts ? await restart(turn, program, size) : {}),
  };
}

/** What the API server has used so far: CPU seconds, and bytes of its heap, which do not depend on what else the machine does. */
async function serverUse({ cluster: { environment } }: Turn): Promise<{ cpu: number; allocated: number }> {
  const cpu = cpuSeconds(environment.apiServerPid());
  const { body } = await environment.request('GET', '/metrics');
  return { cpu, allocated: Number(/^go_memstats_alloc_bytes_total (.+)$/m.exec(String(body))?.[1]) };
}

/** Runs that go all the way, so that what is loaded or compiled at first use is. */
export async function warm(turn: Turn, { settleSeconds }: Pick<WorkSize, 'settleSeconds'>): Promise<void> {
  const keys = runKeys('warm', warmUp);
  await turn.create(keys);
  await turn.settled(keys, 1);
  await turn.complete(keys, completionRate, await turn.cluster.driver.jobs());
  await turn.settled(keys, 2);
  await pause(settleSeconds * 1000);
}

/** From the first run that the API server had to the last status that it had, on its own clock. */
export function burstSeconds({ cluster: { ledger } }: Turn, keys: readonly RunKey[]): number {
  const names = keys.map(({ namespace, name }) => `${namespace}/${name}`);
  const first = Math.min(...names.map((name) => ledger.created.get(name) ?? NaN));
  const last = Math.max(...names.map((name) => ledger.statuses.get(name)?.[0] ?? NaN));
  return (last - first) / 1000;
}

/** From the answer to the creation of a run to the arrival of the request that creates its Job, in milliseconds. */
export function latencies({ cluster: { ledger } }: Turn, keys: readonly RunKey[]): number[] {
  return keys.map(({ namespace, name }) => {
    const key = `${namespace}/${name}`;
    return (ledger.started.get(key) ?? NaN) - (ledger.created.get(key) ?? NaN);
  });
}

async function paced(turn: Turn, size: WorkSize): Promise<Measured> {
  const keys = runKeys('paced', size.paced);
  await turn.createAtRate(keys, size.perSecond);
  await turn.settled(keys, 1);
  const waited = latencies(turn, keys);
  return { latencyP50: percentile(waited, 0.5), latencyP99: percentile(waited, 0.99) };
}

/** Requests while nothing happens, beyond the lease and the watches. */
export async function rest(turn: Turn, milliseconds: number): Promise<number> {
  const { ledger } = turn.cluster;
  ledger.read();
  const before = ledger.requests.length;
  await pause(milliseconds);
  ledger.read();
  return ledger.requests.slice(before).filter((request) => request.resource !== 'leases' && request.verb !== 'watch')
    .length;
}

async function complete(turn: Turn, keys: readonly RunKey[]): Promise<Measured> {
  await turn.complete(keys, completionRate, await turn.cluster.driver.jobs());
  await turn.settled(keys, 2);
  await pause(2_000);
  turn.cluster.ledger.read();
  const mean = (counted: readonly RunKey[], counts: ReadonlyMap<string, number>): number =>
    counted.reduce((sum, { namespace, name }) => sum + (counts.get(`${namespace}/${name}`) ?? 0), 0) / counted.length;
  const requests = countByRun(turn, 'work');
  return {
    requestsVersion: mean(
      keys.filter((_, index) => outcomeOf(index) === 'Results'),
      requests,
    ),
    requestsPlain: mean(
      keys.filter((_, index) => outcomeOf(index) === 'NoResults'),
      requests,
    ),
    events: mean(keys, countByRun(turn, 'events')),
  };
}

/** Requests that name a run, its Job or its version, whatever their verb and however they ended. */
function countByRun({ cluster: { ledger } }: Turn, what: 'work' | 'events'): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const request of ledger.requests) {
    if (what === 'work' ? !isWork(request) : request.resource !== 'events') continue;
    const key = `${request.namespace}/${runOf(request)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Ends the contender, makes one run behind its back, and starts it again among thousands that need nothing. */
async function restart(turn: Turn, program: Contending, size: WorkSize): Promise<Measured> {
  const { ledger } = turn.cluster;
  await program.signal('SIGTERM');
  const keys = runKeys('behind', 1);
  await turn.create(keys);
  ledger.read();
  const before = ledger.requests.length;
  const again = turn.start();
  await turn.settled(keys, 1);
  const repaired = Math.max(...keys.map(({ namespace, name }) => ledger.started.get(`${namespace}/${name}`) ?? NaN));
  await pause(2000 * size.settleSeconds);
  ledger.read();
  const others = ledger.requests
    .slice(before)
    .filter((request) => isWork(request) && isWrite(request) && runOf(request) !== keys[0]?.name);
  return { restart: (repaired - again.startedAt) / 1000, restartWrites: others.length };
}
