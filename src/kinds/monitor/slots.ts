import { createHash } from 'node:crypto';
import { milliseconds } from '../../api/duration.ts';
import type { IMonitor } from '../../api/types.ts';
import { uidOf } from '../../api/resource.ts';
import type { Milliseconds } from '../../controller.ts';
import type { Answer } from '../../measure/measure.ts';

const minute: Milliseconds = 60_000;
const hour: Milliseconds = 3_600_000;

/**
 * Each Monitor has its own slots: the multiples of its interval, shifted by a phase that its UID gives. So a thousand Monitors
 * spread evenly, and a restart of the operator moves none. The slot that a time is in, and the one after it, by their beginnings.
 */
export function slotsOf(monitor: IMonitor, now: Date): { readonly current: Date; readonly next: Date } {
  const interval = milliseconds(monitor.spec.interval ?? '1m') ?? minute;
  const phase = phaseOf(monitor, interval);
  const current = Math.floor((now.getTime() - phase) / interval) * interval + phase;
  return { current: new Date(current), next: new Date(current + interval) };
}

/** Whether an answer is the first of the Monitor's hour: once an hour the values in status are brought up to date. */
export function opensHour(monitor: IMonitor, { at, before }: Answer): boolean {
  const phase = phaseOf(monitor, hour);
  const hourOf = (time: Date) => Math.floor((time.getTime() - phase) / hour);
  return before !== undefined && hourOf(at) > hourOf(before);
}

function phaseOf(monitor: IMonitor, length: Milliseconds): Milliseconds {
  return createHash('sha256').update(uidOf(monitor)).digest().readUInt32BE(0) % length;
}
