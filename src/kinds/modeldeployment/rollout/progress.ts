import type { Milliseconds } from '../../../controller.ts';
import type { ModelDeploymentStatus } from '../../../api/types.ts';
import type { Roles } from './roles.ts';
import type { DeploymentReason } from '../status/reasons.ts';

/** What is going on, for conditions. */
export type Progress =
  /** What the spec asks for serves. */
  | { readonly type: 'Settled' }
  /** It goes on by itself. */
  | { readonly type: 'Moving'; readonly reason: DeploymentReason; readonly message: string }
  | Suspension
  /** It goes on by itself once the cluster has room. */
  | { readonly type: 'Blocked'; readonly reason: DeploymentReason; readonly message: string }
  /** A user has to act. */
  | { readonly type: 'Stuck'; readonly reason: DeploymentReason; readonly message: string };

/** People have stopped it, or have to let it go on. Nothing is wrong. */
export interface Suspension {
  readonly type: 'Suspended';
  readonly reason: DeploymentReason;
  readonly message: string;
}

export interface Decision extends Pick<ModelDeploymentStatus, 'outage' | 'lastOutage'> {
  readonly roles: Roles;
  readonly progress: Progress;
  /** When time alone may change the decision. */
  readonly after?: Milliseconds;
}

/** The shortest of those that are known. */
export function soonest(...waits: readonly (Milliseconds | undefined)[]): { readonly after?: Milliseconds } {
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === 0 ? {} : { after: Math.min(...known) };
}
