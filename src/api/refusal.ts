import { type Condition, conditions, type NewCondition, quoting } from './condition.ts';
import { label, managedSelector } from './labels.ts';
import { type Key, keyOf, type Kind, type Resource } from './resource.ts';

/** A write that the API server denied for good: repeating it unchanged cannot help, somebody has to act. */
export interface DeniedWrite {
  readonly type: 'DeniedWrite';
  readonly verb: 'Create' | 'Patch' | 'Delete';
  readonly kind: Kind;
  readonly key: Key;
  readonly reason: 'Forbidden' | 'Invalid' | 'NameConflict' | 'LabelChanged';
  /** The API server's own words. */
  readonly message: string;
}

/** A kind that cannot be seen: the API server does not have it, or forbids to list or watch it. */
export interface UnservedKind {
  readonly type: 'UnservedKind';
  readonly kind: Kind;
  readonly cause: 'Absent' | 'Forbidden';
  /** The API server's own words. */
  readonly message: string;
}

/** What the API server refused, so that an object cannot be brought nearer to what it declares. */
export type Refusal = DeniedWrite | UnservedKind;

/** Why a condition is what it is. */
type Why = Pick<NewCondition, 'reason' | 'message'>;

/** An object of a kind that people write. */
type Refused = Resource & { readonly status?: { readonly conditions?: readonly Condition[] } };

/**
 * What to tell the people who wrote `parent`: what is wrong, whose move it is, the next command, and only then the API server's
 * words, so that no limit cuts the remedy. `quota` is what helps against a full quota, as the beginning of a sentence.
 */
export function explained(refusal: Refusal, parent: Resource, quota = 'Raise the quota'): Why {
  const quote = { by: 'the API server', words: refusal.message };
  if (refusal.type === 'UnservedKind') return { reason: 'NotServed', message: quoting(unserved(refusal), quote) };
  const { reason } = refusal;
  // Of what stands in the way there is no more to say than that.
  const isConflict = reason === 'NameConflict' || reason === 'LabelChanged';
  return { reason, message: quoting(denied(refusal, parent, quota), isConflict ? undefined : quote) };
}

/**
 * The conditions of `parent` where its plan could not be carried out: `summaries` instead of those that were planned, and Stalled;
 * nothing is under way. Each that has the status of before has it since then.
 */
export function stalled(
  parent: Refused,
  planned: readonly Condition[] | undefined,
  summaries: readonly NewCondition[],
  why: Why,
  now: Date,
): Condition[] {
  const told: NewCondition[] = [...summaries, { type: 'Stalled', status: 'True', ...why, ...generationOf(parent) }];
  const replaced = ['Reconciling', ...told.map(({ type }) => type)];
  const others = (planned ?? []).filter(({ type }) => !replaced.includes(type));
  return conditions(parent.status?.conditions, [...told, ...others], now);
}

/** The generation that a condition of `parent` is about. */
export function generationOf({ metadata }: Resource): Pick<NewCondition, 'observedGeneration'> {
  return metadata?.generation === undefined ? {} : { observedGeneration: metadata.generation };
}

function denied({ verb, kind: { kind }, key, reason }: DeniedWrite, parent: Resource, quota: string) {
  const { namespace, name } = key;
  const child = `${kind} "${name}"`;
  switch (reason) {
    case 'NameConflict':
      return (
        `${child} exists and does not belong to this ${parent.kind}, so it is left alone. Give the ${parent.kind} another name, ` +
        `or delete the ${kind}, and it goes on by itself: kubectl -n ${namespace} delete ${kind.toLowerCase()} ${name}`
      );
    case 'LabelChanged':
      return (
        `${child} lost the label ${label.managedBy} and cannot be watched without it. Give it back: ` +
        `kubectl -n ${namespace} label ${kind.toLowerCase()} ${name} ${managedSelector} --overwrite`
      );
    case 'Forbidden':
      return (
        `The API server forbids to ${verb.toLowerCase()} ${child}. ${quota} or ask the administrator of the namespace ` +
        `(kubectl -n ${namespace} describe quota)`
      );
    case 'Invalid':
      return (
        `The API server refuses ${child} as invalid. Correct the ${parent.kind}'s spec ` +
        `(kubectl -n ${namespace} get ${parent.kind.toLowerCase()} ${keyOf(parent).name} -o yaml)`
      );
  }
}

function unserved({ kind: { apiVersion, kind, plural }, cause, message }: UnservedKind): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const blind = `so nothing is started, changed or deleted here until it can be seen`;
  if (cause === 'Absent') {
    return (
      `The API server has no ${kind} of ${apiVersion}, ${blind}. The administrator of the cluster has to install or enable it ` +
      `(kubectl api-resources --api-group=${group})`
    );
  }
  const [, user, verb = 'list'] = /User "([^"]+)" cannot (\w+) /.exec(message) ?? [];
  const as = user === undefined ? '' : ` --as ${user}`;
  const resource = group === '' ? plural : `${plural}.${group}`;
  return (
    `The operator may not ${verb} ${kind} of ${apiVersion}, ${blind}. The administrator of the cluster has to grant it ` +
    `(kubectl auth can-i ${verb} ${resource} --all-namespaces${as})`
  );
}
