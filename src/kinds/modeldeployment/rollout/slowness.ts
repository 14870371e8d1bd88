import type { Milliseconds } from '../../../controller.ts';
import type { Health } from '../revision/health.ts';

/** What is told of pods that take their time. */
export interface Slowness {
  /** Absent until it has lasted for long. */
  readonly message?: string;
  /** When the words change by time alone. */
  readonly after?: Milliseconds;
  /** How long a server may still take. */
  readonly within?: Milliseconds;
}

export function slownessOf(health: Health): Slowness {
  if (health.type !== 'Starting') return {};
  const { waits, within } = health;
  const hasLasted = waits !== undefined && waits.told.what !== waits.finding?.what;
  return {
    ...(hasLasted && { message: waits.message }),
    ...(waits?.told.after !== undefined && { after: waits.told.after }),
    ...(within !== undefined && { within }),
  };
}
