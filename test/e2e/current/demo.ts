/** The command `hack/demo --provider current`, as somebody types it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../../hack/cluster/cluster.ts';

const command = resolve(import.meta.dirname, '../../../hack/demo');

export interface Ended {
  readonly code: number | undefined;
  readonly said: string;
  /** The longest time in seconds in which it said nothing. */
  readonly silence: number;
}

/** Somebody's terminal: the context of its kubeconfig is the cluster, and its files are its own. */
export class Terminal {
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #state = mkdtempSync(join(tmpdir(), 'flyball-terminal-'));

  constructor(cluster: Cluster) {
    this.#env = { ...process.env, KUBECONFIG: cluster.kubeconfig, XDG_STATE_HOME: this.#state };
  }

  /** Whether the demo keeps a copy of the kubeconfig. */
  get hasCopy(): boolean {
    return existsSync(join(this.#state, 'flyball', 'current', 'flyball'));
  }

  close(): void {
    rmSync(this.#state, { recursive: true });
  }

  /** Runs it to its end, or until what it has said is answered with true: then it is killed, as by the end of the machine. */
  async demo(args: readonly string[], isEnough: (said: string) => Promise<boolean> = never): Promise<Ended> {
    const child = spawn(command, ['--provider', 'current', ...args], { env: this.#env, detached: true });
    // With all that it started.
    const kill = () => process.kill(-(child.pid ?? 0), 'SIGKILL');
    process.once('exit', kill);
    let said = '';
    let heard = performance.now();
    let silence = 0;
    const hear = (chunk: string) => {
      said += chunk;
      process.stdout.write(chunk.replace(/^(?=.)/gm, '    '));
      silence = Math.max(silence, performance.now() - heard);
      heard = performance.now();
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    const closed = once(child, 'close') as Promise<[number | null]>;
    let isOver = false;
    void closed.finally(() => (isOver = true)).catch(() => undefined);
    while (!isOver) {
      await Promise.race([closed, sleep(200)]);
      if (!isOver && (await isEnough(said))) kill();
    }
    process.off('exit', kill);
    const [code] = await closed;
    return { code: code ?? undefined, said, silence: Math.round(silence / 1000) };
  }
}

async function never(): Promise<boolean> {
  return false;
}
