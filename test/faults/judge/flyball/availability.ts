/** A revision is good when its pods stayed ready, and what serves gives way to nothing less. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import { deployments, modelDeployments, pods } from '../../../../src/api/kinds.ts';
import { label } from '../../../../src/api/labels.ts';
import { keyOf, type Resource, uidOf } from '../../../../src/api/resource.ts';
import type { IModelDeployment } from '../../../../src/api/types.ts';
import type { Request } from '../../contract.ts';
import { isForged } from '../../forged.ts';
import type { Change } from '../../history.ts';
import {
  type Evidence,
  isDone,
  lives,
  nameOf,
  objectWrites,
  type Rule,
  targetOf,
  titleOf,
  versionOf,
} from '../evidence.ts';

export const availabilityRules: readonly Rule[] = [
  promotedStayedReady,
  brokenNeverServes,
  servingStays,
  neverMoreThanDeclared,
  wayBackIsARejection,
];

/** Times of conditions are whole seconds, so that up to one is counted that was none; and the rig may be told late, too. In milliseconds. */
const rounding = 1_500;

interface Promotion {
  readonly object: IModelDeployment;
  readonly before: IModelDeployment;
  readonly revision: string;
  readonly at: number;
}

/** Each time that another revision became stable, or the first one did. */
function promotions({ changes }: Evidence): readonly Promotion[] {
  return [...lives(changes, modelDeployments.plural).values()].flatMap((states) =>
    states.slice(1).flatMap(({ object: told, at }, index) => {
      const object = told as IModelDeployment;
      const before = (states[index]?.object ?? told) as IModelDeployment;
      const revision = object.status?.stable?.revision;
      const isNew = revision !== undefined && revision !== before.status?.stable?.revision;
      return isNew ? [{ object, before, revision, at }] : [];
    }),
  );
}

/** By a pod of its own, for as long as its Deployment wants. */
function promotedStayedReady(evidence: Evidence): readonly string[] {
  return promotions(evidence).flatMap(({ object, revision, at }) => {
    const wanted = minReadyOf(evidence, revision);
    const longest = Math.max(0, ...podsOf(evidence, revision).map((states) => longestReady(states, at)));
    if (wanted === undefined || object.spec.replicas === 0 || longest >= wanted - rounding) return [];
    return [
      `I6: ${nameOf(object)} promoted revision ${revision}, of which no pod was ready for longer than ${Math.round(longest)} of ${wanted} ms`,
    ];
  });
}

function minReadyOf({ changes }: Evidence, revision: string): number | undefined {
  const found = changes.find(({ plural, object }) => plural === deployments.plural && isOf(object, revision));
  return found === undefined ? undefined : ((found.object as IDeployment).spec?.minReadySeconds ?? 0) * 1_000;
}

function podsOf({ changes }: Evidence, revision: string): readonly (readonly Change[])[] {
  return [...lives(changes, pods.plural).values()].filter(
    ([first]) => first && isOf(first.object, revision) && !isForged(first.object),
  );
}

function isOf({ metadata }: Resource, revision: string): boolean {
  return metadata?.labels?.[label.revision] === revision;
}

/** The longest time that a pod was ready without a break by then, in milliseconds. */
function longestReady(states: readonly Change[], until: number): number {
  let longest = 0;
  let since: number | undefined;
  for (const { object, type, at } of states) {
    if (at > until) break;
    if (since !== undefined) longest = Math.max(longest, at - since);
    since = type !== 'Deleted' && isReady(object as IPod) ? (since ?? at) : undefined;
  }
  return since === undefined ? longest : Math.max(longest, until - since);
}

function isReady({ status }: IPod): boolean {
  return status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') === true;
}

/** What the world knows not to work does not take over what does. */
function brokenNeverServes(evidence: Evidence): readonly string[] {
  return promotions(evidence).flatMap(({ object, before, revision }) => {
    const own = podsOf(evidence, revision).flatMap(([first]) => first ?? []);
    const isBroken = own.length > 0 && own.every((pod) => evidence.deeds.isBroken(pod.object as IPod));
    return isBroken && before.status?.stable !== undefined
      ? [`I7: ${nameOf(object)} promoted revision ${revision}, which does not work`]
      : [];
  });
}

/**
 * Pods that serve are given up only for pods that have been available. The operator may see late, but not what never was, so each
 * revision is taken for what it was at best, and the declared number for the smallest that there was.
 */
function servingStays(evidence: Evidence): readonly string[] {
  return objectWrites(evidence.requests).flatMap((request) => {
    const shrunk = shrinking(evidence, request);
    if (shrunk === undefined) return [];
    const { parent, revision, to } = shrunk;
    const told = evidence.changes.filter(({ object }) => versionOf(object) < versionOf(request.answer as Resource));
    if (isDeclaredToEnd(told, shrunk)) return [];
    const declared = Math.min(...statesOf<IModelDeployment>(told, parent).map(({ spec }) => spec.replicas ?? 1));
    const others = [...bestOf(told, parent)].filter(([other]) => other !== revision);
    const left = others.reduce((sum, [, available]) => sum + available, to);
    return left >= declared
      ? []
      : [`I6: ${titleOf(request)} leaves ${left} of ${declared} pods: no more of the others were ever available`];
  });
}

/**
 * Whether status said before that what serves is ended for another revision, as spec.rollout.surge: Never has it, or what is ended is not
 * what serves. Of several pods one is kept.
 */
function isDeclaredToEnd(told: readonly Change[], { parent, revision, to }: Shrinking): boolean {
  const { spec, status } = statesOf<IModelDeployment>(told, parent).at(-1) ?? {};
  if (spec?.rollout?.surge !== 'Never') return false;
  return status?.stable?.revision !== revision || to > 0 || status.candidate?.endsStable === true;
}

interface Shrinking {
  /** The UID of the ModelDeployment. */
  readonly parent: string;
  readonly revision: string;
  readonly to: number;
}

function shrinking({ changes }: Evidence, request: Request): Shrinking | undefined {
  const { plural, name } = targetOf(request) ?? {};
  const to = (request.body as { readonly spec?: { readonly replicas?: number } } | undefined)?.spec?.replicas;
  if (request.method !== 'PATCH' || plural !== deployments.plural || to === undefined || !isDone(request))
    return undefined;
  const written = versionOf(request.answer as Resource);
  const before = changes.findLast(
    ({ plural: kind, object }) =>
      kind === deployments.plural && keyOf(object).name === name && versionOf(object) < written,
  )?.object as IDeployment | undefined;
  const parent = before?.metadata?.ownerReferences?.[0]?.uid;
  const revision = before?.metadata?.labels?.[label.revision];
  const isLess = to < (before?.spec?.replicas ?? 0);
  return parent !== undefined && revision !== undefined && isLess ? { parent, revision, to } : undefined;
}

function statesOf<R extends Resource>(changes: readonly Change[], uid: string): readonly R[] {
  return changes.filter(({ object }) => uidOf(object) === uid).map(({ object }) => object as R);
}

/** By revision of a parent: how many of its pods have been available at once. */
function bestOf(changes: readonly Change[], parent: string): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (const { plural, object } of changes) {
    const owner = object.metadata?.ownerReferences?.[0]?.uid;
    const revision = object.metadata?.labels?.[label.revision];
    if (plural !== deployments.plural || owner !== parent || revision === undefined) continue;
    const available = (object as IDeployment).status?.availableReplicas ?? 0;
    best.set(revision, Math.max(best.get(revision) ?? 0, available));
  }
  return best;
}

/** Where spec.rollout.surge is Never, there never are more pods than declared, those that end included; made or wanted by the operator. */
function neverMoreThanDeclared(evidence: Evidence): readonly string[] {
  return objectWrites(evidence.requests).flatMap((request) => {
    const to = (request.body as { readonly spec?: { readonly replicas?: number } } | undefined)?.spec?.replicas;
    if (targetOf(request)?.plural !== deployments.plural || to === undefined || to === 0 || !isDone(request)) return [];
    const answer = request.answer as IDeployment;
    const told = evidence.changes.filter(({ object }) => versionOf(object) < versionOf(answer));
    const parent = answer.metadata?.ownerReferences?.[0]?.uid ?? '';
    const declared = statesOf<IModelDeployment>(told, parent).at(-1)?.spec;
    const own = isOwn(answer);
    const others = [...lives(told, pods.plural).values()].filter((states) => {
      const last = states.at(-1);
      return last !== undefined && last.type !== 'Deleted' && holds(last.object as IPod) && !own(last.object);
    });
    const most = declared?.replicas ?? 1;
    return declared?.rollout?.surge !== 'Never' || to + others.length <= most
      ? []
      : [`I6: ${titleOf(request)} wants ${to} pods beside ${others.length} that are there, and ${most} are declared`];
  });
}

function isOwn({ metadata }: IDeployment): (pod: Resource) => boolean {
  return (pod) => pod.metadata?.labels?.[label.revision] === metadata?.labels?.[label.revision];
}

function holds(pod: IPod): boolean {
  return !isForged(pod) && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed';
}

/** Who goes back without having been asked for it says of what was left that it was no good. */
function wayBackIsARejection(evidence: Evidence): readonly string[] {
  const all = promotions(evidence);
  return all.flatMap(({ object, before, revision }) => {
    const left = before.status?.stable?.revision;
    const wasPromoted = all.findLast((other) => other.revision === left && uidOf(other.object) === uidOf(object));
    const isBack = revision === before.status?.previous?.revision;
    if (!isBack || wasPromoted?.object.metadata?.generation !== object.metadata?.generation) return [];
    const isRejected = object.status?.rejected?.some((one) => one.revision === left) === true;
    return isRejected
      ? []
      : [`I9: ${nameOf(object)} went back to ${revision} and does not say that it rejected ${left}`];
  });
}
