import type { Forged, Counts, Disturbed, DisturbOptions, Injection, Measurement, Request } from './contract.ts';
import { Interference } from './interference.ts';
import { Processes } from './processes.ts';

/** Starts an operator behind a proxy that disturbs it as told. Does not wait until it leads. */
export async function disturb(options: DisturbOptions): Promise<Disturbed> {
  const disturbance = new Disturbance(options);
  await disturbance.start();
  return disturbance;
}

class Disturbance implements Disturbed {
  readonly #processes: Processes;
  readonly #interference: Interference;

  constructor(options: DisturbOptions) {
    this.#processes = new Processes({ ...options, open: (number) => this.#interference.proxy.open(number) });
    this.#interference = new Interference(options, this.#processes);
  }

  start(): Promise<void> {
    return this.#processes.start();
  }

  get requests(): readonly Request[] {
    return this.#interference.proxy.requests;
  }

  get measurements(): readonly Measurement[] {
    return this.#interference.measurements;
  }

  get forged(): Forged {
    return this.#interference.forged;
  }

  get refusedConnections(): readonly number[] {
    return this.#interference.proxy.refusedConnections;
  }

  get counts(): Counts {
    return this.#interference.counts;
  }

  get struck(): number {
    return this.#interference.struck;
  }

  get peakMemory(): number {
    return this.#processes.peakMemory;
  }

  get endings(): readonly string[] {
    return this.#processes.endings;
  }

  log(): string {
    return this.#processes.log();
  }

  begin(injections: readonly Injection[]): void {
    this.#interference.begin(injections);
  }

  async heal(): Promise<void> {
    this.#interference.heal();
    await this.#processes.ensure();
  }

  async stop(): Promise<void> {
    this.#interference.stop();
    await this.#processes.stop();
  }
}
