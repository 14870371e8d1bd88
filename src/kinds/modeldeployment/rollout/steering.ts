/** Where people hold a rollout back, and how they let it go on. */
import { kubectl } from '../../../api/command.ts';
import type { Key } from '../../../api/resource.ts';
import type { ModelDeploymentSpec } from '../../../api/types.ts';
import type { Progress, Suspension } from './progress.ts';
import { isWayBack, titleOf } from './roles.ts';
import type { Named } from './roles.ts';
import { foretold, mustEndStable, type RoomFacts } from './surge.ts';
import { sentence, steer } from './words.ts';

/** What a rollout stands before. */
export interface Crossing extends RoomFacts {
  readonly key: Key;
  readonly spec: ModelDeploymentSpec;
}

/**
 * Why nothing begins. Nobody has to allow a way back, and no first revision may wait beside others, since it gets all requests. Nor does
 * what serves end for one that nobody may promote yet.
 */
export function heldBefore(crossing: Crossing, wanted: Named): Progress | undefined {
  const { key, spec, roles } = crossing;
  if (isWayBack(roles, wanted)) return undefined;
  const ends = mustEndStable(crossing) ? `. ${foretold(roles, wanted)}` : '';
  if (spec.rollout?.paused === true) return paused(key, `${titleOf(wanted)} is not deployed yet`, ends);
  const alone = roles.stable !== undefined && ends === '' ? undefined : approvalBefore(crossing, wanted, ends);
  return alone ?? (ends === '' ? undefined : nothingBeside(crossing, wanted));
}

function approvalBefore({ key, spec, roles }: Crossing, wanted: Named, ends: string): Suspension | undefined {
  if (isApproved(spec, wanted)) return undefined;
  const why = roles.stable === undefined ? 'deployed, since its pods would get requests at once' : `tried${ends}`;
  return unapproved(key, wanted, `${titleOf(wanted)} waits for approval before it is ${why}`);
}

/** What it is to be compared with would have ended. */
function nothingBeside({ key, spec }: Crossing, wanted: Named): Progress | undefined {
  const check = spec.rollout?.analysis?.find(({ against }) => against !== undefined);
  if (check === undefined || spec.rollout?.promotedRevision === wanted.revision) return undefined;
  const what =
    `${titleOf(wanted)} is not tried: check "${check.name}" compares it with what serves, which would have to be ended ` +
    'for it (spec.rollout.surge is Never)';
  const command = kubectl(key.namespace, 'edit', 'mdep', key.name);
  const remedies = [{ text: 'set max instead of against in spec.rollout.analysis', command }];
  return { type: 'Stuck', reason: 'NothingToCompare', message: sentence({ what, remedies }) };
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

/** Whether nobody has to be asked any more. */
export function isApproved({ rollout }: ModelDeploymentSpec, { revision }: Named): boolean {
  return rollout?.approval !== 'Required' || rollout.approvedRevision === revision;
}

function paused(key: Key, where: string, more = ''): Suspension {
  const remedies = [{ text: 'let it go on', command: steer(key, { paused: null }) }];
  const message = sentence({ what: `${where}: the rollout is paused by spec.rollout.paused${more}`, remedies });
  return { type: 'Suspended', reason: 'Paused', message };
}

function unapproved(key: Key, { revision }: Named, what: string): Suspension {
  const remedies = [
    { text: 'approve it', command: steer(key, { approvedRevision: revision }) },
    { text: 'reject it', command: steer(key, { abortedRevision: revision }) },
  ];
  return { type: 'Suspended', reason: 'ApprovalRequired', message: sentence({ what, remedies }) };
}
