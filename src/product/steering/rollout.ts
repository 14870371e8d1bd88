/** How people hold a rollout back, and let it go on. */
import { timestamp } from '../../api/condition.ts';
import { type Remedy, written } from '../../api/message.ts';
import { keyOf } from '../../api/resource.ts';
import type { IModelDeployment } from '../../api/types.ts';
import { titleOf } from '../../kinds/modeldeployment/rollout/roles.ts';
import { goesBack, incoming, rejectionOfAsked, type RolloutFacts, targetNow, wayBack } from './facts.ts';
import { pausedOutcome, rejectedOutcome, resumedOutcome, servesOutcome } from './outcome.ts';
import { type Change, changed, flyball, refused, type Steering } from './steering.ts';

type Steered = Steering<IModelDeployment>;

export function pause(facts: RolloutFacts): Steered {
  const { deployment } = facts;
  const { name } = keyOf(deployment);
  if (deployment.spec.rollout?.paused === true) {
    return refused({ what: `ModelDeployment "${name}" is paused already`, remedies: [remedy(facts, 'resume')] });
  }
  const coming = incoming(facts);
  const what =
    coming === undefined
      ? 'no rollout begins any more'
      : goesBack(facts, coming)
        ? `${titleOf(coming)} goes on taking over, since a way back is not held; nothing else begins`
        : `${titleOf(coming)} goes no further, and is still rejected if it fails`;
  const next = written({ what, remedies: [remedy(facts, 'resume')] });
  return patched([field(facts, 'paused', true)], next, pausedOutcome);
}

export function resumeRollout(facts: RolloutFacts): Steered {
  const { deployment } = facts;
  const { name } = keyOf(deployment);
  const coming = incoming(facts);
  if (deployment.spec.rollout?.paused !== true) {
    const remedies = coming !== undefined && lacksApproval(facts, coming.revision) ? [remedy(facts, 'approve')] : [];
    return refused({ what: `ModelDeployment "${name}" is not paused`, remedies });
  }
  const next = coming === undefined ? 'rollouts begin again' : `${titleOf(coming)} goes on from where it is`;
  return patched([field(facts, 'paused', undefined)], next, (object) => resumedOutcome(object, coming));
}

/** Takes the rest of its steps, holds and checks from a candidate, and whatever else people hold it back by. */
export function promote(facts: RolloutFacts): Steered {
  const { deployment } = facts;
  const { rollout } = deployment.spec;
  const coming = incoming(facts);
  if (coming === undefined) return nothingComes(facts, 'promote');
  if (goesBack(facts, coming)) {
    return refused({ what: `${titleOf(coming)} is the way back from what was rejected, which takes no steps` });
  }
  const isWatched = (rollout?.steps ?? []).length > 0 || (rollout?.analysis ?? []).length > 0;
  const skips = deployment.status?.stable !== undefined && isWatched;
  const changes = [
    ...(skips && rollout?.promotedRevision !== coming.revision
      ? [field(facts, 'promotedRevision', coming.revision)]
      : []),
    ...(lacksApproval(facts, coming.revision) ? [field(facts, 'approvedRevision', coming.revision)] : []),
    ...(rollout?.paused === true ? [field(facts, 'paused', undefined)] : []),
  ];
  if (changes.length === 0) {
    const what = `${titleOf(coming)} takes over by itself as soon as its pods are ready: nothing else holds it`;
    return refused({ what, remedies: [{ text: 'see what it waits for', command: command(facts, 'why') }] });
  }
  const next = `${titleOf(coming)} takes over as soon as its pods are ready${skips ? ', without the rest of its steps and checks' : ''}`;
  return patched(changes, next, (object) => servesOutcome(object, coming));
}

export function approve(facts: RolloutFacts): Steered {
  const { deployment } = facts;
  const { rollout } = deployment.spec;
  const { name } = keyOf(deployment);
  const coming = incoming(facts);
  if (rollout?.approval !== 'Required') {
    const remedies = coming === undefined ? [] : [remedy(facts, 'promote')];
    const what = `ModelDeployment "${name}" asks for no approval (spec.rollout.approval is not Required)`;
    return refused({ what, remedies });
  }
  if (coming === undefined) return nothingComes(facts, 'approve');
  if (goesBack(facts, coming)) {
    return refused({ what: `${titleOf(coming)} is the way back from what was rejected, which needs no approval` });
  }
  if (!lacksApproval(facts, coming.revision)) {
    const remedies = rollout.paused === true ? [remedy(facts, 'resume')] : [remedy(facts, 'promote')];
    return refused({ what: `${titleOf(coming)} is approved already`, remedies });
  }
  const first = deployment.status?.candidate === undefined ? 'is deployed' : 'is promoted';
  const next = written({
    what: `${titleOf(coming)} ${first} as soon as it has passed all that is asked of it`,
    remedies: rollout.paused === true ? [{ ...remedy(facts, 'resume'), text: 'it is paused; let it go on' }] : [],
  });
  const changes = [field(facts, 'approvedRevision', coming.revision)];
  return patched(changes, next, (object) => servesOutcome(object, coming));
}

export function abort(facts: RolloutFacts): Steered {
  const coming = incoming(facts);
  if (coming === undefined) return nothingComes(facts, 'abort');
  if (goesBack(facts, coming)) {
    return refused({ what: `${titleOf(coming)} is the way back from what was rejected, and there is no other` });
  }
  const { stable } = facts.deployment.status ?? {};
  const rest = stable === undefined ? 'nothing serves' : `${titleOf(stable)} goes on serving`;
  const next = written({
    what: `${titleOf(coming)} is rejected, and ${rest}`,
    remedies: [{ ...remedy(facts, 'retry'), text: 'try it again later' }],
  });
  const changes = [field(facts, 'abortedRevision', coming.revision), ...withoutPromotion(facts, coming.revision)];
  return patched(changes, next, (object) => rejectedOutcome(object, coming));
}

/** What was promoted without its steps is not to be so once more when it is tried again. */
export function withoutPromotion(facts: RolloutFacts, revision: string): Change[] {
  const isPromoted = facts.deployment.spec.rollout?.promotedRevision === revision;
  return isPromoted ? [field(facts, 'promotedRevision', undefined)] : [];
}

/** Forgives what the spec asks for that it was rejected. */
export function retry(facts: RolloutFacts, now: Date): Steered {
  const { deployment } = facts;
  const rejection = rejectionOfAsked(facts);
  if (rejection === undefined) {
    const coming = incoming(facts);
    const going = coming === undefined ? [] : [{ text: 'see how it goes', command: command(facts, 'why') }];
    return refused({ what: 'nothing of what the spec asks for was rejected', remedies: going });
  }
  const retryAt = timestamp(new Date(Math.max(now.getTime(), Date.parse(rejection.time))));
  const isAborted = deployment.spec.rollout?.abortedRevision === rejection.revision;
  const changes = [
    field(facts, 'retryAt', retryAt),
    ...(isAborted ? [field(facts, 'abortedRevision', undefined)] : []),
    ...withoutPromotion(facts, rejection.revision),
  ];
  const next = `${titleOf(rejection)} is tried once more. It was rejected (${rejection.reason}): ${rejection.message}`;
  return patched(changes, next, (object) => servesOutcome(object, rejection));
}

/** Why there is nothing to steer. */
export function nothingComes(facts: RolloutFacts, verb: string): Steered {
  const { deployment } = facts;
  const { name } = keyOf(deployment);
  const { stable } = deployment.status ?? {};
  const what = `nothing is being rolled out by ModelDeployment "${name}", so there is nothing to ${verb}`;
  const rejection = rejectionOfAsked(facts);
  if (rejection !== undefined) {
    const quote = { by: 'the rejection', words: rejection.message };
    return refused({ what: `${what}: ${titleOf(rejection)} was rejected`, remedies: [remedy(facts, 'retry')], quote });
  }
  const target = targetNow(facts);
  if (stable === undefined || target.type === 'Missing') {
    const words = target.type === 'Missing' ? target.message : undefined;
    return refused({ what, remedies: [remedy(facts, 'why')], quote: { by: 'the operator', words } });
  }
  const back = verb === 'abort' && wayBack(facts) !== undefined ? [remedy(facts, 'rollback')] : [];
  return refused({ what: `${what}: ${titleOf(stable)} serves, and is what shall serve`, remedies: back });
}

function lacksApproval({ deployment }: RolloutFacts, revision: string): boolean {
  const { rollout } = deployment.spec;
  return rollout?.approval === 'Required' && rollout.approvedRevision !== revision;
}

const remedies = {
  approve: 'approve what waits',
  promote: 'let it take over without the rest of its steps',
  resume: 'let it go on',
  retry: 'try it again',
  rollback: 'go back to what served before',
  why: 'see what it waits for',
} as const;

type Verb = keyof typeof remedies;

function remedy(facts: RolloutFacts, verb: Verb): Remedy {
  return { text: remedies[verb], command: command(facts, verb) };
}

export function command({ deployment }: RolloutFacts, verb: Verb) {
  const { namespace, name } = keyOf(deployment);
  return flyball(namespace, verb, `mdep/${name}`);
}

export function field({ deployment }: RolloutFacts, name: string, after: unknown): Change {
  return changed(deployment, ['spec', 'rollout', name], after);
}

export function patched(
  changes: readonly Change[],
  next: string,
  outcome: Extract<Steered, { type: 'Patch' }>['outcome'],
  warnings: readonly string[] = [],
): Steered {
  return { type: 'Patch', changes, next, warnings, outcome };
}
