/** What people change of a spec to steer, and what comes of it. */
import { type Command, kubectl } from '../../api/command.ts';
import { type Message, written } from '../../api/message.ts';
import type { Resource } from '../../api/resource.ts';

/** One field of an object, by its path, and what becomes of it; undefined is a field that is not there. */
export interface Change {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Whether it has come to what was asked for; `message` says how it goes, or how it ended. */
export interface Outcome {
  readonly type: 'Waiting' | 'Good' | 'Bad';
  readonly message: string;
}

/** What a command decided of what it saw. */
export type Steering<R extends Resource = Resource> =
  | {
      readonly type: 'Patch';
      readonly changes: readonly Change[];
      /** What follows. */
      readonly next: string;
      /** What people may not expect of it. */
      readonly warnings: readonly string[];
      /** How the object, as it is read afterwards, has fared. */
      readonly outcome: (object: R) => Outcome;
    }
  /** It makes no sense now. */
  | { readonly type: 'Refused'; readonly message: string };

export function refused(message: Message): { readonly type: 'Refused'; readonly message: string } {
  return { type: 'Refused', message: written(message) };
}

/** A command of ours. A flag before the name of a plugin is none of kubectl's, so the namespace comes last. */
export function flyball(namespace: string, ...words: readonly string[]): Command {
  return kubectl(undefined, 'flyball', ...words, '-n', namespace);
}

/** A field of an object that shall become something else. */
export function changed(object: object, path: readonly string[], after: unknown): Change {
  return { path, before: valueAt(object, path), after };
}

export function valueAt(object: unknown, [field, ...rest]: readonly string[]): unknown {
  if (field === undefined) return object;
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, field)) return undefined;
  return valueAt((object as Record<string, unknown>)[field], rest);
}

/** The changes as a JSON merge patch, by which null takes a field away. */
export function patchOf(changes: readonly Change[]): Record<string, unknown> {
  const patch = {};
  for (const { path, after } of changes) set(patch, path, after ?? null);
  return patch;
}

/** The fields that the changes leave, as a manifest has them. */
export function manifestOf(changes: readonly Change[]): Record<string, unknown> {
  const manifest = {};
  for (const { path, after } of changes) if (after !== undefined) set(manifest, path, after);
  return manifest;
}

function set(object: Record<string, unknown>, [field = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    object[field] = value;
    return;
  }
  const inner = (object[field] ??= {}) as Record<string, unknown>;
  set(inner, rest, value);
}

/** Whether two decisions change the same in the same way, so that one may stand for the other. */
export function isSameChange(one: readonly Change[], other: readonly Change[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

type Observed = Resource & { readonly status?: { readonly observedGeneration?: number } };

/** Whether the operator has seen the newest edit. */
export function isObserved({ metadata, status }: Observed): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
}

export const unseen: Outcome = { type: 'Waiting', message: 'The operator has not seen it yet' };
