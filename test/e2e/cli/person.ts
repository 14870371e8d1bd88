/** A person at a terminal, whose kubectl has the plug-in, and a kubeconfig for one namespace. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run } from '../../../hack/cluster/command.ts';
import type { Cluster } from '../../../hack/cluster/cluster.ts';

const built = resolve(import.meta.dirname, '../../../dist/cli');

/** What was typed, and what came of it. */
export interface Typed {
  readonly line: string;
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
  readonly seconds: number;
}

export class Person {
  readonly namespace: string;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(namespace: string, folder: string, environment: NodeJS.ProcessEnv) {
    this.namespace = namespace;
    this.#folder = folder;
    this.#environment = environment;
  }

  /** Sits down: kubectl, the plug-in as it was built, and the Node that it runs on are found by their names. */
  static async at({ kubectl, kubeconfig }: Cluster, namespace: string): Promise<Person> {
    const folder = mkdtempSync(join(tmpdir(), 'flyball-person-'));
    mkdirSync(join(folder, 'bin'));
    symlinkSync(kubectl, join(folder, 'bin', 'kubectl'));
    const own = join(folder, 'kubeconfig');
    await run('cp', [kubeconfig, own]);
    await run(kubectl, ['--kubeconfig', own, 'config', 'set-context', '--current', '--namespace', namespace]);
    const path = [join(folder, 'bin'), built, dirname(process.execPath), '/usr/bin', '/bin'].join(':');
    return new Person(namespace, folder, { PATH: path, KUBECONFIG: own, HOME: folder });
  }

  /** Types lines and waits for their end. */
  async types(lines: string): Promise<Typed> {
    const started = performance.now();
    const { output, ended } = this.starts(lines);
    const exitCode = await ended;
    return { line: lines, ...output(), exitCode, seconds: (performance.now() - started) / 1000 };
  }

  /** Types something that goes on until it is stopped, as Control-C does. */
  starts(lines: string): Running {
    const child = spawn('sh', ['-c', lines], {
      env: this.#environment,
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    const ended = new Promise<number>((done, fail) => {
      child.on('error', fail);
      child.on('close', (code) => done(code ?? 130));
    });
    return {
      output: () => ({ out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
      ended,
      stop: async () => {
        if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
        return await ended;
      },
    };
  }

  leaves(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export interface Running {
  readonly output: () => Pick<Typed, 'out' | 'err'>;
  readonly ended: Promise<number>;
  readonly stop: () => Promise<number>;
}

/** As it looked on the terminal. */
export function transcript({ line, out, err }: Pick<Typed, 'line' | 'out' | 'err'>): string {
  return `$ ${line}\n${out}${err}`;
}
