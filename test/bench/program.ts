/** A contender as a process: its time on the processor and its memory, as the kernel counts them. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Contending {
  readonly pid: number;
  /** Where its output goes. */
  readonly log: string;
  /** The time just before it was started, on the clock that the API server's audit log has too. */
  readonly startedAt: number;
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** User and system time of all threads so far, in seconds. */
  cpuSeconds(): number;
  /** Resident memory now, in MiB. */
  residentMiB(): number;
  signal(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Linux counts in these everywhere that Node runs (USER_HZ). */
const ticksPerSecond = 100;

/** Starts a program that ends when this process does. Its output goes straight to a file, so that reading it costs nothing. */
export function start({ program, args, env }: Command, log: string): Contending {
  const output = openSync(log, 'a');
  const startedAt = performance.timeOrigin + performance.now();
  const words = ['--pdeathsig', 'KILL', '--', program, ...args];
  const child = spawn('setpriv', words, { stdio: ['ignore', output, output], env: { ...process.env, ...env } });
  closeSync(output);
  const { pid } = child;
  if (pid === undefined) throw new Error('setpriv, a part of util-linux, is needed to start the contenders');
  let over = false;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() => {
    over = true;
  });
  return {
    pid,
    log,
    startedAt,
    ended,
    hasEnded: () => over,
    cpuSeconds: () => cpuSeconds(pid),
    residentMiB: () => residentMiB(pid),
    signal: async (signal) => {
      child.kill(signal);
      const insist = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(insist);
    },
  };
}

/** Fields 14 and 15 of /proc/<pid>/stat, counted after the program's name, which may contain anything. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function residentMiB(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) / 1024;
}
