/** Where people hold a rollout back, and how they let it go on. */
import type { Key } from '../../../api/resource.ts';
import type { ModelDeploymentSpec } from '../../../api/types.ts';
import type { Suspension } from './progress.ts';
import { isWayBack, titleOf } from './roles.ts';
import type { Named, Roles } from './roles.ts';
import { sentence, steer } from './words.ts';

/** What a rollout stands before. */
export interface Crossing {
  readonly key: Key;
  readonly spec: ModelDeploymentSpec;
  readonly roles: Roles;
}

/** Why nothing begins. Nobody has to allow a way back, and no first revision may wait beside others, since it gets all requests. */
export function heldBefore(crossing: Crossing, wanted: Named): Suspension | undefined {
  const { spec, roles } = crossing;
  if (isWayBack(roles, wanted)) return undefined;
  if (spec.rollout?.paused === true) return paused(crossing.key, `${titleOf(wanted)} is not deployed yet`);
  if (roles.stable !== undefined || isApproved(spec, wanted)) return undefined;
  const what = `${titleOf(wanted)} waits for approval before it is deployed, since its pods would get requests at once`;
  return unapproved(crossing.key, wanted, what);
}

/** Why nothing advances to another step, or to the promotion. */
export function heldAt(crossing: Crossing, candidate: Named): Suspension | undefined {
  const { spec, roles, key } = crossing;
  if (spec.rollout?.paused !== true || isWayBack(roles, candidate)) return undefined;
  return paused(key, `${titleOf(candidate)} could go on`);
}

/** Why a candidate that has passed everything is not promoted. */
export function heldBehind({ spec, roles, key }: Crossing, candidate: Named): Suspension | undefined {
  if (isApproved(spec, candidate) || isWayBack(roles, candidate)) return undefined;
  return unapproved(key, candidate, `${titleOf(candidate)} has passed all that was asked of it and waits for approval`);
}

/** What the condition Suspended says of a rollout that goes on to where it has to wait. */
export function pauseOf({ key, spec, roles }: Crossing): Suspension | undefined {
  const { candidate } = roles;
  if (spec.rollout?.paused !== true || candidate === undefined || isWayBack(roles, candidate)) return undefined;
  return paused(key, `${titleOf(candidate)} stays at its step`);
}

function isApproved({ rollout }: ModelDeploymentSpec, { revision }: Named): boolean {
  return rollout?.approval !== 'Required' || rollout.approvedRevision === revision;
}

function paused(key: Key, where: string): Suspension {
  const remedies = [{ text: 'let it go on', command: steer(key, { paused: null }) }];
  const message = sentence({ what: `${where}: the rollout is paused by spec.rollout.paused`, remedies });
  return { type: 'Suspended', reason: 'Paused', message };
}

function unapproved(key: Key, { revision }: Named, what: string): Suspension {
  const remedies = [
    { text: 'approve it', command: steer(key, { approvedRevision: revision }) },
    { text: 'reject it', command: steer(key, { abortedRevision: revision }) },
  ];
  return { type: 'Suspended', reason: 'ApprovalRequired', message: sentence({ what, remedies }) };
}
