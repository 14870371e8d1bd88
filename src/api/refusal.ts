import { type Command, kubectl } from './command.ts';
import { type Condition, conditions, type NewCondition } from './condition.ts';
import { label, managedSelector } from './labels.ts';
import { type Message, type Remedy, written } from './message.ts';
import { type Key, keyOf, type Kind, type Resource } from './resource.ts';
import type { RefusalReason } from './reason.ts';

/** A write that the API server denied for good: repeating it unchanged cannot help, somebody has to act. */
export interface DeniedWrite {
  readonly type: 'DeniedWrite';
  readonly verb: 'Create' | 'Patch' | 'Delete';
  readonly kind: Kind;
  readonly key: Key;
  readonly reason: Exclude<RefusalReason, 'NotServed'>;
  /** The API server's own words. */
  readonly message: string;
}

/** A kind that cannot be seen: the API server does not have it, or forbids to list or watch it. */
export interface UnservedKind {
  readonly type: 'UnservedKind';
  readonly kind: Kind;
  /** Where, if not everywhere. */
  readonly namespace?: string;
  readonly cause: 'Absent' | 'Forbidden';
  /** The API server's own words. */
  readonly message: string;
}

/** What the API server refused, so that an object cannot be brought nearer to what it declares. */
export type Refusal = DeniedWrite | UnservedKind;

/** Why a condition is what it is. */
type Why = Pick<NewCondition, 'message'> & { readonly reason: RefusalReason };

/** An object of a kind that people write. */
type Refused = Resource & { readonly status?: { readonly conditions?: readonly Condition[] } };

/**
 * What to tell the people who wrote `parent`: what is wrong, whose move it is, the next command, and only then the API server's
 * words, so that no limit cuts the remedy. `quota` is what helps against a full quota.
 */
export function explained(refusal: Refusal, parent: Resource, quota = 'raise the quota'): Why {
  const quote = { by: 'the API server', words: refusal.message };
  if (refusal.type === 'UnservedKind')
    return { reason: 'NotServed', message: written({ ...unserved(refusal), quote }) };
  const { reason } = refusal;
  // Of what stands in the way there is no more to say than that.
  const isConflict = reason === 'NameConflict' || reason === 'LabelChanged';
  const message = denied(refusal, parent, quota);
  return { reason, message: written(isConflict ? message : { ...message, quote }) };
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

function denied(refusal: DeniedWrite, parent: Resource, quota: string): Message {
  const {
    verb,
    kind: { kind },
    key: { namespace, name },
    reason,
  } = refusal;
  const child = `${kind} "${name}"`;
  const on = (action: string, ...words: readonly string[]) =>
    kubectl(namespace, action, kind.toLowerCase(), name, ...words);
  switch (reason) {
    case 'NameConflict':
      return {
        what: `${child} exists and does not belong to this ${parent.kind}, so it is left alone`,
        remedies: [
          { text: `give the ${parent.kind} another name` },
          { text: `delete the ${kind}, and it goes on by itself`, command: on('delete') },
        ],
      };
    case 'LabelChanged':
      return {
        what: `${child} lost the label ${label.managedBy} and cannot be watched without it`,
        remedies: [{ text: 'give it back', command: on('label', managedSelector, '--overwrite') }],
      };
    case 'Forbidden':
      return {
        what: `The API server forbids to ${verb.toLowerCase()} ${child}`,
        remedies: permitting(refusal, parent, quota),
      };
    case 'Invalid':
      return {
        what: `The API server refuses ${child} as invalid`,
        remedies: [{ text: `correct the ${parent.kind}'s spec`, command: editOf(parent) }],
      };
  }
}

/** Who forbids it, the API server's words tell: what is not understood is left to them. */
function permitting({ key: { namespace }, message }: DeniedWrite, parent: Resource, quota: string): Remedy[] {
  const administrator = 'ask the administrator of the namespace';
  if (message.includes('exceeded quota')) {
    return [{ text: quota, command: kubectl(namespace, 'describe', 'quota') }, { text: administrator }];
  }
  if (/(?:minimum|maximum) .{1,64} per (?:Container|Pod)/.test(message)) {
    const range = {
      text: 'keep to the LimitRange, or have it changed',
      command: kubectl(namespace, 'describe', 'limits'),
    };
    return [range, { text: administrator }];
  }
  return [
    { text: `${administrator}, or correct the ${parent.kind}'s spec so that it is allowed`, command: editOf(parent) },
  ];
}

function editOf(parent: Resource): Command {
  const { namespace, name } = keyOf(parent);
  return kubectl(namespace, 'edit', parent.kind.toLowerCase(), name);
}

function unserved({ kind: { apiVersion, kind, plural }, namespace, cause, message }: UnservedKind): Message {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const blind = `so nothing is started, changed or deleted here until it can be seen`;
  const administrator = 'the administrator of the cluster has to';
  if (cause === 'Absent') {
    return {
      what: `The API server has no ${kind} of ${apiVersion}, ${blind}`,
      remedies: [
        {
          text: `${administrator} install or enable it`,
          command: kubectl(undefined, 'api-resources', `--api-group=${group}`),
        },
      ],
    };
  }
  const [, user, verb = 'list'] = /User "([^"]{1,253})" cannot ([a-z]+) /.exec(message) ?? [];
  const resource = group === '' ? plural : `${plural}.${group}`;
  const where = namespace === undefined ? ['--all-namespaces'] : [];
  const as = user === undefined ? [] : ['--as', user];
  return {
    what: `The operator may not ${verb} ${kind} of ${apiVersion}, ${blind}`,
    remedies: [
      {
        text: `${administrator} grant it`,
        command: kubectl(namespace, 'auth', 'can-i', verb, resource, ...where, ...as),
      },
    ],
  };
}
