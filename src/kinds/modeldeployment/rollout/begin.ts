import { defined } from '../../../api/defined.ts';
import { type Command, patchCommand } from '../../../api/command.ts';
import type { Key } from '../../../api/resource.ts';
import type { CandidateStatus, ModelSource, RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import type { Target, WantedRevision } from '../revision/target.ts';
import type { Decision, Progress } from './progress.ts';
import { isDeclared } from '../revision/revision.ts';
import { renamed, roleOf, titleOf, withoutCandidate } from './roles.ts';
import type { Roles } from './roles.ts';
import { type Crossing, heldBefore } from './steering.ts';
import { foretold, mustEndStable } from './surge.ts';
import { retry, sentence, steer } from './words.ts';

/** What decides what comes next where nothing is being rolled out, or shall be any longer. */
export interface Beginning extends Crossing {
  readonly target: Target;
}

/** Decides without regard to a candidate that is there: it is replaced or goes. */
export function begun(beginning: Beginning, now: Date): Decision {
  const { roles, target } = beginning;
  if (target.type !== 'Revision') return nothingToDeploy(beginning, target);
  const { wanted } = target;
  if (roles.stable?.revision === wanted.revision) return settled(roles, roles.stable, wanted);
  const held = heldBefore(beginning, wanted);
  return held === undefined ? started(beginning, wanted, now) : { roles: withoutCandidate(roles), progress: held };
}

/** Without a target, what serves goes on serving, and what is being deployed first stays. */
function nothingToDeploy(beginning: Beginning, target: Exclude<Target, { type: 'Revision' }>): Decision {
  const { spec, roles } = beginning;
  const stay = roles.stable === undefined ? roles : withoutCandidate(roles);
  if (target.type === 'Missing') {
    const { stalled, reason, message } = target;
    return { roles: stay, progress: { type: stalled ? 'Stuck' : 'Moving', reason, message } };
  }
  const isFollowed =
    spec.model.trainingRunRef !== undefined && roles.stable !== undefined && isDeclared(roles.stable, spec);
  if (isFollowed) return { roles: stay, progress: { type: 'Settled' } };
  return { roles: withoutCandidate(roles), progress: unserved(beginning, target.rejection) };
}

/** What the spec asks for was rejected, and nobody but its author can do something about it. */
function unserved({ key, spec, roles: { stable } }: Beginning, rejection: RejectedRevision): Progress {
  const isAborted = rejection.revision === spec.rollout?.abortedRevision;
  const remedies = [
    // Who went back by hand wants what serves now. Where the server is another one as well, no command brings it back.
    ...(isAborted && stable !== undefined && isDeclared(stable, spec)
      ? [{ text: 'to stay with what serves, declare its model', command: declare(key, stable, spec.model) }]
      : []),
    ...(isAborted
      ? [{ text: 'take it out of spec.rollout.abortedRevision', command: steer(key, { abortedRevision: null }) }]
      : []),
    { text: isAborted ? 'after that try it again' : 'try it again', command: retry(key) },
    { text: 'change spec.server, or serve another model' },
  ];
  const what = `What the spec asks for, ${titleOf(rejection)}, was rejected and is not tried again by itself`;
  const message = sentence({ what, remedies, quote: { by: 'the rejection', words: rejection.message } });
  return { type: 'Stuck', reason: 'RevisionRejected', message };
}

/** Has the spec ask for the model of a revision, in place of what it asks for. */
function declare(key: Key, { version, uri, digest }: RevisionStatus, model: ModelSource): Command {
  const others = Object.keys(model).filter((field) => field !== 'delivery');
  const own = version === undefined ? defined({ uri, digest }) : { versionRef: { name: version } };
  return patchCommand('mdep', key, { model: { ...Object.fromEntries(others.map((field) => [field, null])), ...own } });
}

/** A newer version with the same artifact and server is the same revision: it only gets the newer name. */
function settled(roles: Roles, stable: RevisionStatus, wanted: WantedRevision): Decision {
  return { roles: { ...withoutCandidate(roles), stable: renamed(stable, wanted) }, progress: { type: 'Settled' } };
}

function started(beginning: Beginning, wanted: WantedRevision, now: Date): Decision {
  const { roles } = beginning;
  const endsStable = mustEndStable(beginning) || undefined;
  const role = roleOf(wanted, now);
  const candidate = defined<CandidateStatus>({ ...role, step: 0, measuredSince: role.since, endsStable });
  const what = endsStable === true ? foretold(roles, candidate) : `${titleOf(candidate)} is deployed`;
  const message = sentence({ what });
  return { roles: defined<Roles>({ ...roles, candidate }), progress: { type: 'Moving', reason: 'Deploying', message } };
}
