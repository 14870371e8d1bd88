import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';

/** A program that a test started and must end. */
export interface Program {
  readonly name: string;
  readonly pid: number;
  /** Resolves when the program has ended. */
  readonly ended: Promise<void>;
  /** Asks the program to end, insists after `graceMs`, and waits for its end. */
  stop(graceMs?: number): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/**
 * Starts a program whose output goes to `log`. Where the kernel can do so, the program ends with this process, so that a
 * test that is killed leaves nothing behind. Without `environment` it has ours.
 */
export function startProgram(
  path: string,
  args: readonly string[],
  log: string,
  environment: NodeJS.ProcessEnv = process.env,
): Program {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const [command, ...words] =
    process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'KILL', '--', path, ...args] : [path, ...args];
  const output = createWriteStream(log, { flags: 'a' });
  const child = spawn(command ?? path, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid === undefined) throw new Error(`${name} does not start: is ${command} installed?`);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      output.end();
      void finished(output).then(resolve, () => resolve());
    });
  });
  const signal = async (which: NodeJS.Signals): Promise<void> => {
    child.kill(which);
    await ended;
  };
  return {
    name,
    pid: child.pid,
    ended,
    kill: () => signal('SIGKILL'),
    stop: async (graceMs = 5000) => {
      const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await signal('SIGTERM');
      clearTimeout(insist);
    },
  };
}

/** The last lines of a log, for an error that says why a program did not start. */
export function tailOf(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-10).join('\n');
}

/** Asks again and again until `probe` says yes, at most for `limitMs`; whether it did. */
export async function eventually(
  probe: () => Promise<boolean>,
  { limitMs, everyMs = 100 }: { readonly limitMs: number; readonly everyMs?: number },
): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (performance.now() < end) {
    if (await probe()) return true;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return false;
}
