import type { Actor } from '../../api/reason.ts';
import type { Finding } from './finding.ts';
import { findingReasons } from './reasons.ts';

/** Who has to act about what was found. What others put into pods is theirs, whatever the reason. */
export function actorOf({ reason, owner, move, field }: Finding): Actor {
  const { actor } = findingReasons[reason];
  if (owner !== 'User') return actor === 'Nobody' ? actor : 'Administrator';
  const isAsked = move === 'Edit' || (reason === 'Unschedulable' && field !== undefined);
  return isAsked ? 'Author' : actor;
}
