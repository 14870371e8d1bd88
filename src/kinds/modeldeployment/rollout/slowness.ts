import type { Milliseconds } from '../../../controller.ts';
import type { Health } from '../revision/health.ts';
import { soonest } from './progress.ts';

/** What is told of pods that take their time, or of which something has been wrong for long. */
export interface Slowness {
  /** Absent until it has lasted for long, and where something is wrong, which is told otherwise. */
  readonly message?: string;
  /** When the words change by time alone. */
  readonly after?: Milliseconds;
  /** How long a server may still take. */
  readonly within?: Milliseconds;
}

export function slownessOf(health: Health): Slowness {
  if (health.type === 'Healthy') return {};
  if (health.type !== 'Starting') return soonest(health.told.after);
  const { waits, within } = health;
  return {
    ...(waits?.told.length !== undefined && { message: waits.message }),
    ...(waits?.told.after !== undefined && { after: waits.told.after }),
    ...(within !== undefined && { within }),
  };
}
