/** The programs of a cluster, recorded by pid and start time, so that a later run stops these and no other. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { waitFor } from '../command.ts';
import type { Layout } from './layout.ts';

/** A process as the host sees it. The start time (clock ticks since boot) tells it from a later one of the same pid. */
export interface ProcessRecord {
  readonly name: string;
  readonly pid: number;
  readonly startTime: number;
}

/** The start time of a process, or undefined when there is none of that pid or it has ended already. */
export function startTimeOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in parentheses and may hold spaces: fields count from after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}

export function isRunning(record: ProcessRecord): boolean {
  return startTimeOf(record.pid) === record.startTime;
}

/** The record of a program, also of one that has ended since. */
export function recordOf(layout: Layout, name: string): ProcessRecord | undefined {
  const path = layout.file('processes', `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ProcessRecord) : undefined;
}

export function runningProcesses(layout: Layout): readonly ProcessRecord[] {
  const directory = layout.file('processes');
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => recordOf(layout, file.slice(0, -'.json'.length)))
    .filter((record) => record !== undefined)
    .filter(isRunning);
}

function record(layout: Layout, name: string, pid: number): ProcessRecord {
  const startTime = startTimeOf(pid);
  if (startTime === undefined) throw new Error(`${name} ended at once: see ${layout.file('logs', `${name}.log`)}`);
  const entry = { name, pid, startTime };
  const path = layout.file('processes', `${name}.json`);
  writeFileSync(`${path}.partial`, JSON.stringify(entry));
  renameSync(`${path}.partial`, path);
  return entry;
}

function childOf(pid: number): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children === '' ? undefined : Number(children.split(' ')[0]);
}

/**
 * Starts a program that outlives this one, through a wrapper (unshare or nsenter) that runs it as its only child.
 * The child is what is recorded: signals to the wrapper would not reach it. Output goes to logs/<name>.log.
 */
export async function start(layout: Layout, name: string, command: readonly string[]): Promise<ProcessRecord> {
  mkdirSync(layout.file('processes'), { recursive: true });
  mkdirSync(layout.file('logs'), { recursive: true });
  const log = openSync(layout.file('logs', `${name}.log`), 'a');
  const [wrapper = '', ...args] = command;
  const child = spawn(wrapper, args, { detached: true, stdio: ['ignore', log, log], cwd: '/' });
  closeSync(log);
  const failed = new Promise<never>((_, reject) => {
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`${name} ended at once:\n${logTail(layout, name)}`)));
  });
  const found = waitFor(`${name} to start`, 10, () => (child.pid === undefined ? undefined : childOf(child.pid)));
  const pid = await Promise.race([found, failed]);
  child.removeAllListeners('exit');
  failed.catch(() => undefined);
  child.unref();
  return record(layout, name, pid);
}

/** The last lines of a program's log, for an error message. */
export function logTail(layout: Layout, name: string): string {
  const path = layout.file('logs', `${name}.log`);
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').slice(-10).join('\n') : '';
}

function signal(process_: ProcessRecord, name: NodeJS.Signals): void {
  try {
    if (isRunning(process_)) process.kill(process_.pid, name);
  } catch (error) {
    // It ended between the question and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Ends a program: asks it, waits for `graceSeconds`, then kills it. Returns when it is gone. */
export async function stop(layout: Layout, name: string, graceSeconds: number): Promise<void> {
  const found = recordOf(layout, name);
  if (!found) return;
  const gone = (): boolean => !isRunning(found);
  if (graceSeconds > 0) {
    signal(found, 'SIGTERM');
    await waitFor(`${name} to stop`, graceSeconds, gone).catch(() => undefined);
  }
  signal(found, 'SIGKILL');
  await waitFor(`${name} to be gone after SIGKILL`, 30, gone);
  rmSync(layout.file('processes', `${name}.json`), { force: true });
}
