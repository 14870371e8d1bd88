import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Startable, Surroundings } from './contract.ts';
import { portPair } from '../integration/ports.ts';

/** Where a process reaches the API server and Prometheus. */
export interface Gate {
  readonly url: string;
  readonly prometheusUrl: string;
  close(): Promise<void>;
}

export interface ProcessesOptions {
  readonly namespace: string;
  readonly token: string;
  readonly directory: string;
  startable(surroundings: Surroundings): Startable;
  /** Opens a way to the API server for the process of this number. */
  open(number: number): Promise<Gate>;
}

interface OperatorProcess {
  readonly number: number;
  readonly child: ChildProcess;
  readonly startedAt: number;
  readonly log: string;
  readonly ended: Promise<void>;
  /** A preload can be reached by signals only once it runs. */
  isUp: boolean;
}

/** From the end of a process to the start of the next one; doubled while they end at once, up to the second. */
const restartPause = { shortest: 100, longest: 2_000, shortLife: 1_000 } as const;

/** How often the memory is looked at; the kernel keeps the peak. */
const memoryPeriod = 1_000;

/** The processes of one operator, of which at least one is kept running as a kubelet does. */
export class Processes {
  readonly endings: string[] = [];
  readonly #options: ProcessesOptions;
  readonly #running = new Map<number, OperatorProcess>();
  readonly #clock: string;
  readonly #memoryTimer: NodeJS.Timeout;
  #started = 0;
  #lastLog: string | undefined;
  #peak = 0;
  #pause: number = restartPause.shortest;
  #restart: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(options: ProcessesOptions) {
    this.#options = options;
    this.#clock = join(options.directory, 'clock');
    this.#memoryTimer = setInterval(() => this.#lookAtMemory(), memoryPeriod);
    this.#memoryTimer.unref();
  }

  /** Those that run, the oldest first. */
  get running(): readonly number[] {
    return [...this.#running.keys()];
  }

  /** In MiB. */
  get peakMemory(): number {
    this.#lookAtMemory();
    return this.#peak;
  }

  /** Starts another process, beside those that run. */
  async start(): Promise<void> {
    this.#started += 1;
    const number = this.#started;
    const gate = await this.#options.open(number);
    if (this.#isStopping) return gate.close();
    const { path, args, environment } = this.#options.startable(await this.#surroundings(number, gate));
    const log = join(this.#options.directory, `operator-${number}.log`);
    const output = openSync(log, 'a');
    // The process ends with the rig, however that ends.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', path, ...args], {
      env: { ...environment, FAULTS_CLOCK: this.#clock },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    this.#lastLog = log;
    const ended = new Promise<void>((resolve) => {
      child.once('error', (error) => this.#afterEnd(number, error.message, gate).then(resolve, resolve));
      child.once('exit', (code, signal) =>
        this.#afterEnd(number, signal ?? `exit ${code}`, gate).then(resolve, resolve),
      );
    });
    this.#running.set(number, { number, child, startedAt: performance.now(), log, ended, isUp: false });
  }

  /** Starts a process if none runs, without waiting for the kubelet's pause. */
  async ensure(): Promise<void> {
    if (this.#running.size > 0) return;
    clearTimeout(this.#restart);
    this.#restart = undefined;
    await this.start();
  }

  /** Told when a process has sent its first request. */
  markUp(number: number): void {
    const operator = this.#running.get(number);
    if (operator !== undefined) operator.isUp = true;
  }

  signal(number: number, signal: NodeJS.Signals): void {
    this.#lookAtMemory();
    this.#running.get(number)?.child.kill(signal);
  }

  /** Shifts the calendar clock of all processes, also of later ones. Those that are no Node programs do not notice. */
  shiftClock(milliseconds: number): void {
    writeFileSync(this.#clock, String(milliseconds));
    for (const { child, isUp } of this.#running.values()) if (isUp) child.kill('SIGUSR2');
  }

  /** The last lines of the log of the process that was started last. */
  log(): string {
    if (this.#lastLog === undefined) return '';
    return readFileSync(this.#lastLog, 'utf8').trimEnd().split('\n').slice(-200).join('\n');
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#lookAtMemory();
    clearTimeout(this.#restart);
    clearInterval(this.#memoryTimer);
    const running = [...this.#running.values()];
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
  }

  async #surroundings(number: number, gate: Gate): Promise<Surroundings> {
    const { directory, namespace, token } = this.#options;
    const kubeconfig = join(directory, `operator-${number}.kubeconfig`);
    writeFileSync(kubeconfig, kubeconfigOf(gate.url, token));
    const podName = `operator-${number}`;
    return { kubeconfig, namespace, podName, prometheusUrl: gate.prometheusUrl, ports: await portPair() };
  }

  async #afterEnd(number: number, ending: string, gate: Gate): Promise<void> {
    const ended = this.#running.get(number);
    this.#running.delete(number);
    await gate.close();
    if (this.#isStopping) return;
    this.endings.push(ending);
    const lived = performance.now() - (ended?.startedAt ?? 0);
    this.#pause =
      lived > restartPause.shortLife ? restartPause.shortest : Math.min(2 * this.#pause, restartPause.longest);
    if (this.#running.size > 0 || this.#restart !== undefined) return;
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      void this.ensure();
    }, this.#pause);
  }

  #lookAtMemory(): void {
    for (const { child } of this.#running.values()) this.#peak = Math.max(this.#peak, peakOf(child.pid));
  }
}

function kubeconfigOf(server: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'operator', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'operator' } }],
    'current-context': 'test',
  });
}

/** The largest resident memory that the kernel saw of a process, in MiB; 0 if it has ended. */
function peakOf(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return 0;
  }
}
