import type { MonitorCheck } from '../../../api/types.ts';
import { milliseconds } from '../../../api/duration.ts';
import type { Milliseconds } from '../../../controller.ts';
import type { Revision } from './subject.ts';
import type { Blind } from './measure.ts';

/** The window of latency and errors, by default five minutes. */
export function windowOf({ window = '5m' }: MonitorCheck): {
  readonly window: Milliseconds;
  readonly windowText: string;
} {
  return { window: milliseconds(window) ?? 300_000, windowText: window };
}

/** What latency and errors rest on at least, by default. */
export const fewestRequests = 100;

/** Nothing counts the requests of a deployment without an observer. */
export function withoutObserver({ signals, modelDeployment, namespace }: Revision): Blind | undefined {
  if (signals !== undefined) return undefined;
  const message =
    `ModelDeployment "${modelDeployment}" has no spec.observe, so nothing counts its requests. Add it, at least ` +
    `"observe: {}", which rolls out a new revision: kubectl edit modeldeployment ${modelDeployment} -n ${namespace}`;
  return { type: 'Blind', reason: 'NoObserver', message };
}
