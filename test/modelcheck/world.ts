import { timestamp } from '../../src/api/condition.ts';
import { type Key, keyOf, type Resource } from '../../src/api/resource.ts';
import type { Action, Controller, Parent } from '../../src/controller.ts';
import { isObject } from '../../src/kube/mergepatch.ts';
import type { PrometheusClient } from '../../src/measure/prometheus.ts';
import type { Step } from './explore.ts';

/** Objects by `Kind/name`, each as its number among all objects that ever were. */
export type Objects = Readonly<Record<string, number>>;

/** A pass of the operator between two of its writes. */
export interface Pass {
  readonly plan: number;
  /** How many of the plan's actions are done. */
  readonly at: number;
  /** The parent's resourceVersion that the pass began with. */
  readonly version: number;
  /** What the API server denied, and so the status that says it, if it did. */
  readonly denied?: number;
  /** The objects that the pass has made. */
  readonly made?: readonly number[];
  /** What the operator was told from outside the cluster as the pass began. */
  readonly told: string;
}

/** The API server, the operator's cache and where the operator is. `E` is what the rest of the world remembers. */
export interface World<E> {
  /** In steps of the clock. */
  readonly now: number;
  readonly server: Objects;
  readonly cache: Objects;
  /** The parent's resourceVersions. Only whether they are equal counts. */
  readonly version: { readonly server: number; readonly cache: number };
  /** How often the operator made an object of a name, which its UID tells. */
  readonly made: Objects;
  readonly pass?: Pass | undefined;
  /** What the operator wrote without an answer or met a conflict over, and has to read before it plans again. */
  readonly unread?: string | undefined;
  readonly extra: E;
}

export interface ClusterOptions<P extends Parent, O, E> {
  readonly parent: P;
  readonly secondsPerStep: number;
  readonly controller: Controller<P, O>;
  /** What answers the operator's questions, if it has any. */
  readonly prometheus?: (told: string) => PrometheusClient;
  /** What lies outside the cluster and the operator asks for in a pass. */
  readonly told: (extra: E) => string;
  /** Called for each write that the API server commits; says what is wrong with it, and remembers it. */
  readonly committed: (write: Write<E>) => { readonly extra: E; readonly violation?: string | undefined };
  /** The bug of an operator that goes on without having read what it wrote without an answer. */
  readonly neverReads?: boolean;
}

export interface Write<E> {
  readonly type: Action['type'] | 'Status';
  readonly world: World<E>;
  readonly id: string;
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
  readonly told: string;
}

/** The cache as the API server is now: of one kind, or of all. */
export function caughtUp<E>(world: World<E>, kind?: string, withParent = true): World<E> {
  const isSeen = (id: string) => kind === undefined || kindOf(id) === kind;
  const cache = Object.fromEntries([
    ...Object.entries(world.cache).filter(([id]) => !isSeen(id)),
    ...Object.entries(world.server).filter(([id]) => isSeen(id)),
  ]);
  const version = withParent ? { ...world.version, cache: world.version.server } : world.version;
  return { ...world, cache, version };
}

/** What the cache may see next. Each kind has a watch of its own, so that one may be ahead of the other. */
export function watches<E>(world: World<E>, parentID: string): Step<World<E>>[] {
  const ids = new Set([...Object.keys(world.server), ...Object.keys(world.cache)]);
  const behind = [...ids].filter((id) => world.server[id] !== world.cache[id]).map(kindOf);
  if (world.version.server !== world.version.cache) behind.push(kindOf(parentID));
  return [...new Set(behind)].map((kind) => ({
    label: `cache     sees the newest of kind ${kind}`,
    next: caughtUp(world, kind, kind === kindOf(parentID)),
  }));
}

export function created(object: Resource, uid: string, now: Date): Resource {
  return { ...object, metadata: { ...object.metadata, uid, creationTimestamp: timestamp(now) } };
}

export function patched(from: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(from) ? { ...from } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = patched(result[name], value);
  }
  return result;
}

export function nextVersion<E>({ version, pass }: World<E>): number {
  return 1 + Math.max(version.server, version.cache, pass?.version ?? 0);
}

/** Worlds with one text are one. */
export function identityOf<E>({ now, server, cache, version, made, pass, unread, extra }: World<E>): string {
  const during = pass && [pass.plan, pass.at, pass.version === version.server, pass.denied, pass.told, pass.made];
  const current = version.server === version.cache;
  const operator = `${String(during)} ${unread}`;
  return `${now} ${textOf(server)} ${textOf(cache)} ${current} ${textOf(made)} ${operator} ${JSON.stringify(extra)}`;
}

export function withMade(pass: Pass, number: number | undefined): Pass {
  return number === undefined ? pass : { ...pass, made: [...(pass.made ?? []), number] };
}

export function without(objects: Objects, id: string): Objects {
  const { [id]: _, ...rest } = objects;
  return rest;
}

export function textOf(objects: Objects): string {
  const parts = Object.keys(objects).map((id) => `${id}=${objects[id]}`);
  return parts.toSorted().join(',');
}

export function idOf(kind: string, { name }: Key): string {
  return `${kind}/${name}`;
}

export function nameOf(object: Resource): string {
  return idOf(object.kind, keyOf(object));
}

export function kindOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

export function titleOf(action: Action): string {
  const { name } = action.type === 'Create' ? keyOf(action.object) : action.key;
  const what = action.type === 'Patch' ? ` ${JSON.stringify(action.patch)}` : '';
  return `${action.type === 'Create' ? 'POST' : action.type.toUpperCase()} ${action.kind.kind} ${name}${what}`;
}

export function titlesOf({ actions }: { readonly actions: readonly Action[] }): string {
  return actions.length === 0 ? 'no action' : actions.map(titleOf).join(', ');
}

export function summaryOf(status: Parent['status']): string {
  return (status?.conditions ?? []).map(({ type, reason }) => `${type}: ${reason}`).join(', ');
}
