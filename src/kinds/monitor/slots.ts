import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { milliseconds } from '../../api/duration.ts';
import type { IMonitor } from '../../api/types.ts';
import { uidOf } from '../../api/resource.ts';
import type { Milliseconds } from '../../controller.ts';

const minute: Milliseconds = 60_000;

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

function phaseOf(monitor: IMonitor, length: Milliseconds): Milliseconds {
  return new DataView(sha256(utf8ToBytes(uidOf(monitor))).buffer).getUint32(0) % length;
}
