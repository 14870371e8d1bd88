/** A contender's turn on a fresh cluster, and what every scenario does in one. */
import { readFileSync } from 'node:fs';
import { type Cluster, type Schemas, namespaces, startCluster } from './cluster.ts';
import type { Contender } from './contenders/index.ts';
import { type RunKey, driverConnections } from './driver.ts';
import type { JobFacts, Outcome } from './objects.ts';
import { atRate, atWidth, pause } from './pace.ts';
import { type Contending, start } from './program.ts';

/** How long nothing may happen until a contender is taken for stuck. */
const stuckAfter = 60_000;

/** The names that a scenario gives to its runs: `a-0`, `a-1`, … spread over the namespaces, or all in one. */
export function runKeys(prefix: string, count: number, within: readonly string[] = namespaces): readonly RunKey[] {
  return Array.from({ length: count }, (_, index) => ({
    namespace: within[index % within.length] ?? '',
    name: `${prefix}-${index}`,
  }));
}

export class Turn {
  readonly cluster: Cluster;
  readonly #contender: Contender;
  readonly #started: Contending[] = [];

  constructor(cluster: Cluster, contender: Contender) {
    this.cluster = cluster;
    this.#contender = contender;
  }

  /** @param variables more of the environment than the contender has anyway. */
  start(replica = 0, variables: Readonly<Record<string, string>> = {}): Contending {
    const command = this.#contender.command(this.cluster, replica);
    const program = start(
      { ...command, env: { ...command.env, ...variables } },
      this.cluster.file(`contender-${replica}-${this.#started.length}.log`),
    );
    this.#started.push(program);
    return program;
  }

  /** Ends what still runs. */
  async end(): Promise<void> {
    for (const program of this.#started) if (!program.hasEnded()) await program.signal('SIGKILL');
  }

  /** Creates runs under constant pressure. */
  async create(keys: readonly RunKey[]): Promise<void> {
    await atWidth(keys.length, driverConnections, async (index) => this.#createAt(keys, index));
  }

  /** Creates runs at a fixed rate. */
  async createAtRate(keys: readonly RunKey[], perSecond: number): Promise<void> {
    await atRate(keys.length, perSecond, async (index) => this.#createAt(keys, index));
  }

  /** Lets the Jobs of these runs complete at a fixed rate, every second one with results. */
  async complete(keys: readonly RunKey[], perSecond: number, jobs: ReadonlyMap<string, JobFacts>): Promise<void> {
    await atRate(keys.length, perSecond, async (index) => {
      const { namespace, name } = keys[index] ?? { namespace: '', name: '' };
      const job = jobs.get(`${namespace}/${name}-1-train`);
      if (job === undefined) throw new Error(`${this.#contender.name} made no Job ${name}-1-train`);
      await this.cluster.driver.complete(job, outcomeOf(index));
    });
  }

  /** Waits until the status of each of these runs was written so many times. @throws if nothing happens any more. */
  async settled(keys: readonly RunKey[], times: number): Promise<void> {
    const { ledger } = this.cluster;
    const left = (): number =>
      keys.filter((key) => (ledger.statuses.get(`${key.namespace}/${key.name}`)?.length ?? 0) < times).length;
    await this.until(left, `status write ${times} of ${keys.length} runs`);
  }

  /**
   * Waits until an event tells of each of these runs, or none has come for a minute: nobody waits for events, so they may come long
   * after the rest. Returns of how many runs none tells.
   */
  async told(keys: readonly RunKey[]): Promise<number> {
    const { told } = this.cluster.ledger;
    return await this.atRest(() => keys.filter(({ namespace, name }) => !told.has(`${namespace}/${name}`)).length);
  }

  /** Waits until a count is 0. @throws if it does not change for a minute, or the contender has ended. */
  async until(left: () => number | Promise<number>, what: string): Promise<void> {
    const missing = await this.atRest(left);
    if (missing === 0) return;
    const tail = this.#tail(this.#started.at(-1));
    throw new Error(`${this.#contender.name}: waited in vain for ${what}, ${missing} are missing\n${tail}`);
  }

  /** Waits until a count is 0, or does not change for a minute, or the contender has ended. Returns the count. */
  async atRest(left: () => number | Promise<number>): Promise<number> {
    let before = Infinity;
    let changedAt = performance.now();
    for (;;) {
      this.cluster.ledger.read();
      const now = await left();
      if (now !== before) changedAt = performance.now();
      const isStuck = performance.now() - changedAt > stuckAfter || this.#started.at(-1)?.hasEnded() === true;
      if (now === 0 || isStuck) return now;
      before = now;
      await pause(100);
    }
  }

  async #createAt(keys: readonly RunKey[], index: number): Promise<void> {
    const key = keys[index];
    if (key !== undefined) await this.cluster.driver.createRun(key);
  }

  #tail(program: Contending | undefined): string {
    if (program === undefined) return '';
    return readFileSync(program.log, 'utf8').split('\n').slice(-20).join('\n');
  }
}

/** Every second run reports results. */
export function outcomeOf(index: number): Outcome {
  return index % 2 === 0 ? 'Results' : 'NoResults';
}

/** Gives a contender a turn of its own and ends all that belongs to it, also when this program is interrupted. */
export async function inTurn<T>(
  contender: Contender,
  scenario: (turn: Turn) => Promise<T>,
  schemas: Schemas = 'Ours',
): Promise<T> {
  const cluster = await startCluster(schemas);
  const turn = new Turn(cluster, contender);
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => (ending ??= turn.end().then(() => cluster.stop()));
  const interrupted = (): void => void end().finally(() => process.exit(130));
  for (const signal of signals) process.once(signal, interrupted);
  try {
    return await scenario(turn);
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
    await end();
  }
}

const signals = ['SIGINT', 'SIGTERM'] as const;
