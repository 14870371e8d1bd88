import { timestamp } from '../../src/api/condition.ts';
import { isOwnedBy, type Key, keyOf, type Kind, type Resource, uidOf } from '../../src/api/resource.ts';
import type { Action, Controller, Parent, Plan, Reader, Refusal, Status } from '../../src/controller.ts';
import { isObject, mergePatch } from '../../src/kube/mergepatch.ts';
import { referring } from '../builders/reader.ts';
import type { Step } from './explore.ts';
import { Interned } from './interned.ts';

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
  /** What the operator wrote without an answer, and has to read before it plans again. */
  readonly unanswered?: string | undefined;
  readonly extra: E;
}

export interface ClusterOptions<P extends Parent, O, E> {
  readonly parent: P;
  readonly secondsPerStep: number;
  /** A new one for each pass: what an operator holds in memory is gone after a crash. */
  readonly controller: (told: string) => Controller<P, O>;
  /** What lies outside the cluster and the operator asks for in a pass. */
  readonly told: (extra: E) => string;
  /** Called for each write that the API server commits; says what is wrong with it, and remembers it. */
  readonly committed: (write: Write<E>) => { readonly extra: E; readonly violation?: string | undefined };
}

export interface Write<E> {
  readonly type: Action['type'] | 'Status';
  readonly world: World<E>;
  readonly id: string;
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
  readonly told: string;
}

const began = Date.parse('2026-11-24T10:00:00Z');

/** The rules of the API server and of the operator's runtime around one parent. */
export class Cluster<P extends Parent, O, E> {
  readonly options: ClusterOptions<P, O, E>;
  readonly parentID: string;
  #objects = new Interned<Resource>();
  #plans = new Interned<Plan<P>>();
  #statuses = new Interned<object>();
  #planned = new Map<
    string,
    { readonly live: readonly (readonly [string, number | undefined])[]; readonly plan: number }[]
  >();

  constructor(options: ClusterOptions<P, O, E>) {
    this.options = options;
    this.parentID = idOf(options.parent.kind, keyOf(options.parent));
  }

  initial(objects: readonly Resource[], extra: E): World<E> {
    const all = Object.fromEntries(
      [this.options.parent, ...objects].map((object) => [nameOf(object), this.number(object)]),
    );
    return { now: 0, server: all, cache: all, version: { server: 0, cache: 0 }, made: {}, extra };
  }

  number(object: Resource): number {
    return this.#objects.number(object);
  }

  get(objects: Objects, id: string): Resource | undefined {
    const number = objects[id];
    return number === undefined ? undefined : this.#objects.value(number);
  }

  parent(world: World<E>): P {
    return this.get(world.server, this.parentID) as P;
  }

  all<R extends Resource>(objects: Objects, kind: string): R[] {
    const ids = Object.keys(objects).filter((id) => id.startsWith(`${kind}/`));
    return ids.map((id) => this.get(objects, id) as R);
  }

  /** The time of the world. */
  date(world: World<E>): Date {
    return new Date(began + world.now * this.options.secondsPerStep * 1000);
  }

  key({ now, server, cache, version, made, pass, unanswered, extra }: World<E>): string {
    const during = pass && [pass.plan, pass.at, pass.version === version.server, pass.denied, pass.told];
    const current = version.server === version.cache;
    const operator = `${String(during)} ${unanswered}`;
    return `${now} ${textOf(server)} ${textOf(cache)} ${current} ${textOf(made)} ${operator} ${JSON.stringify(extra)}`;
  }

  /** Somebody else than the operator writes; the cache does not see it yet. */
  put(world: World<E>, object: Resource): World<E> {
    const id = nameOf(object);
    const version = id === this.parentID ? { ...world.version, server: nextVersion(world) } : world.version;
    return { ...world, server: { ...world.server, [id]: this.number(object) }, version };
  }

  /** Dependents go with their owner, as the garbage collector has it. */
  remove(world: World<E>, id: string): World<E> {
    const gone = this.get(world.server, id);
    if (gone === undefined) return world;
    const { [id]: _, ...server } = world.server;
    const dependents = Object.keys(server).filter((other) => isOwnedBy(this.get(server, other) ?? gone, uidOf(gone)));
    return dependents.reduce((rest, other) => this.remove(rest, other), { ...world, server });
  }

  /** A new operator lists everything; a pass that was under way is lost. */
  restarted(world: World<E>): World<E> {
    return { ...caughtUp(world), pass: undefined, unanswered: undefined };
  }

  /** What the operator and its faults may do next. */
  async steps(world: World<E>): Promise<Step<World<E>>[]> {
    const { pass } = world;
    if (pass === undefined) return [await this.begin(world), ...this.#watches(world)];
    const write = this.write(world, pass);
    const unanswered = this.#targetOf(pass);
    return [
      write,
      { label: 'operator  is killed, the next one lists all', next: this.restarted(world) },
      { label: `API       answers 500 to: ${write.label}`, next: { ...world, pass: undefined, unanswered } },
      this.#unanswered(world, write, unanswered),
    ];
  }

  /** One pass after the other until nothing is written, at most `limit`. Undefined if that does not suffice. */
  async rest(world: World<E>, limit: number): Promise<World<E> | undefined> {
    let at = this.restarted(world);
    for (let passes = 0; passes < limit; passes += 1) {
      const { server } = at;
      at = (await this.begin(caughtUp(at))).next;
      while (at.pass !== undefined) at = this.write(at, at.pass).next;
      if (textOf(server) === textOf(at.server)) return at;
    }
    return undefined;
  }

  /** Observes and plans. A pass that has nothing to write is over at once. */
  async begin(before: World<E>): Promise<Step<World<E>>> {
    const world = this.#readUnanswered(before);
    const read = before.unanswered === undefined ? '' : `reads ${before.unanswered}, `;
    const told = this.options.told(world.extra);
    const plan = await this.#plan(world, told);
    const pass = { plan, at: 0, version: world.version.cache, told };
    return { label: `operator  ${read}plans ${this.#titles(plan)}`, next: this.#ended({ ...world, pass }, pass) };
  }

  /** The next write of a pass, committed and answered. */
  write(world: World<E>, pass: Pass): Step<World<E>> {
    const action = this.#actionOf(pass);
    if (action === undefined) return this.#writeStatus(world, pass);
    const label = `operator  ${titleOf(action)}`;
    const id = this.#targetOf(pass);
    const before = this.get(world.server, id);
    const next = { ...pass, at: pass.at + 1 };
    if (action.type === 'Create' && before !== undefined) return this.#conflict(world, pass, action, before, label);
    if (action.type !== 'Create' && (before === undefined || uidOf(before) !== action.uid)) {
      const isDone = action.type === 'Delete' && before === undefined;
      const after = isDone ? this.#ended({ ...world, pass: next, cache: without(world.cache, id) }, next) : undefined;
      return { label: `${label}: ${isDone ? '404' : '409'}`, next: after ?? { ...world, pass: undefined } };
    }
    const changed = this.#changed(world, action, id, before);
    const { extra, violation } = this.options.committed({
      type: action.type,
      world,
      id,
      before,
      after: this.get(changed.server, id),
      told: pass.told,
    });
    return { label, next: this.#ended({ ...changed, extra, pass: next }, next), violation };
  }

  #changed(world: World<E>, action: Action, id: string, before: Resource | undefined): World<E> {
    if (action.type === 'Delete') {
      const { server } = this.remove(world, id);
      return { ...world, server, cache: without(world.cache, id) };
    }
    const made = action.type === 'Create' ? { ...world.made, [id]: (world.made[id] ?? 0) + 1 } : world.made;
    const object =
      action.type === 'Create'
        ? this.#created(world, action.object, `${id}#${made[id]}`)
        : (patched(before, action.patch) as Resource);
    const number = this.number(object);
    return { ...world, made, server: { ...world.server, [id]: number }, cache: { ...world.cache, [id]: number } };
  }

  #created(world: World<E>, object: Resource, uid: string): Resource {
    return { ...object, metadata: { ...object.metadata, uid, creationTimestamp: timestamp(this.date(world)) } };
  }

  /** As runtime/perform.ts has it: ours means that the cache was behind, else the plan is told that it was denied. */
  #conflict(world: World<E>, pass: Pass, action: Action, existing: Resource, label: string): Step<World<E>> {
    const id = nameOf(existing);
    const cached = this.get(world.cache, id);
    const isOwnerless = action.type === 'Create' && action.object.metadata?.ownerReferences === undefined;
    const isOurs = isOwnerless
      ? cached === undefined || uidOf(cached) !== uidOf(existing)
      : isOwnedBy(existing, uidOf(this.options.parent));
    if (isOurs) {
      const cache = { ...world.cache, [id]: this.number(existing) };
      return { label: `${label}: 409, it is in the cache now`, next: { ...world, cache, pass: undefined } };
    }
    const plan = this.#plans.value(pass.plan);
    const refusal: Refusal = { action, reason: 'NameConflict', message: `${id} already exists` };
    const denied = this.#statuses.number(this.options.controller(pass.told).refused(plan.status, refusal));
    const next = { ...pass, at: plan.actions.length, denied };
    return { label: `${label}: 409, it is foreign`, next: this.#ended({ ...world, pass: next }, next) };
  }

  #writeStatus(world: World<E>, pass: Pass): Step<World<E>> {
    const label = 'operator  PATCH status';
    if (pass.version !== world.version.server) return { label: `${label}: 409`, next: { ...world, pass: undefined } };
    const before = this.parent(world);
    const after = { ...before, status: this.#statusOf(pass) };
    const number = this.number(after);
    const version = nextVersion(world);
    const { extra, violation } = this.options.committed({
      type: 'Status',
      world,
      id: this.parentID,
      before,
      after,
      told: pass.told,
    });
    const server = { ...world.server, [this.parentID]: number };
    const cache = { ...world.cache, [this.parentID]: number };
    return {
      label: `${label} ${summaryOf(after.status)}`,
      next: { ...world, server, cache, version: { server: version, cache: version }, extra, pass: undefined },
      violation,
    };
  }

  /** The write is committed, but nothing tells the operator so yet. */
  #unanswered(world: World<E>, write: Step<World<E>>, unanswered: string): Step<World<E>> {
    const { cache } = world;
    const version = { server: write.next.version.server, cache: world.version.cache };
    const next = { ...write.next, cache, version, pass: undefined, unanswered };
    return { label: `${write.label}, but the answer is lost`, next, violation: write.violation };
  }

  /** Each kind has a watch of its own, so that one may be ahead of the other. */
  #watches(world: World<E>): Step<World<E>>[] {
    const ids = new Set([...Object.keys(world.server), ...Object.keys(world.cache)]);
    const behind = [...ids].filter((id) => world.server[id] !== world.cache[id]).map(kindOf);
    if (world.version.server !== world.version.cache) behind.push(kindOf(this.parentID));
    return [...new Set(behind)].map((kind) => ({
      label: `cache     sees the newest of kind ${kind}`,
      next: caughtUp(world, kind, kind === kindOf(this.parentID)),
    }));
  }

  /** As runtime/earlier.ts has it. */
  #readUnanswered(world: World<E>): World<E> {
    const { unanswered: id, server, version } = world;
    const number = id === undefined ? undefined : server[id];
    const read = { ...world, unanswered: undefined };
    if (id === undefined || number === undefined) return read;
    const cache = { ...world.cache, [id]: number };
    return { ...read, cache, version: id === this.parentID ? { ...version, cache: version.server } : version };
  }

  /** What the next write of a pass is about. */
  #targetOf(pass: Pass): string {
    const action = this.#actionOf(pass);
    if (action === undefined) return this.parentID;
    return idOf(action.kind.kind, action.type === 'Create' ? keyOf(action.object) : action.key);
  }

  #actionOf({ plan, at, denied }: Pass): Action | undefined {
    return denied === undefined ? this.#plans.value(plan).actions[at] : undefined;
  }

  #statusOf({ plan, denied }: Pass): Status<P> {
    return denied === undefined ? this.#plans.value(plan).status : (this.#statuses.value(denied) as Status<P>);
  }

  #ended(world: World<E>, pass: Pass): World<E> {
    if (this.#actionOf(pass) !== undefined) return world;
    // The status that the pass began with is unchanged in the cache: nothing but the pass itself writes there meanwhile.
    const parent = this.get(world.cache, this.parentID) as P;
    const isSame = mergePatch(parent.status, { ...this.#statusOf(pass) }) === undefined;
    return isSame ? { ...world, pass: undefined } : world;
  }

  /** The production code's observe and plan. What they ask the API server itself is part of the answer's identity. */
  async #plan(world: World<E>, told: string): Promise<number> {
    const key = `${world.now} ${textOf(world.cache)} ${told}`;
    const before = this.#planned.get(key) ?? [];
    const same = before.find(({ live }) => live.every(([id, number]) => world.server[id] === number));
    if (same !== undefined) return same.plan;
    const live: [string, number | undefined][] = [];
    const controller = this.options.controller(told);
    const parent = this.get(world.cache, this.parentID) as P;
    const observed = await controller.observe(parent, this.#reader(world, live), this.date(world));
    const plan = this.#plans.number(controller.plan(observed, this.date(world)));
    this.#planned.set(key, [...before, { live, plan }]);
    return plan;
  }

  #reader({ cache, server }: World<E>, live: [string, number | undefined][]): Reader {
    return {
      get: <R extends Resource>(kind: Kind<R>, key: Key) => this.get(cache, idOf(kind.kind, key)) as R | undefined,
      referring: (kind, to, key) => referring(this.all(cache, kind.kind), kind, to, key),
      ownedBy: <R extends Resource>(kind: Kind<R>, uid: string) =>
        this.all<R>(cache, kind.kind).filter((object) => isOwnedBy(object, uid)),
      live: <R extends Resource>(kind: Kind<R>, key: Key) => {
        const id = idOf(kind.kind, key);
        live.push([id, server[id]]);
        return Promise.resolve(this.get(server, id) as R | undefined);
      },
    };
  }

  #titles(plan: number): string {
    const titles = this.#plans.value(plan).actions.map(titleOf);
    return titles.length === 0 ? 'no action' : titles.join(', ');
  }
}

/** The cache as the API server is now: of one kind, or of all. */
function caughtUp<E>(world: World<E>, kind?: string, withParent = true): World<E> {
  const isSeen = (id: string) => kind === undefined || kindOf(id) === kind;
  const cache = Object.fromEntries([
    ...Object.entries(world.cache).filter(([id]) => !isSeen(id)),
    ...Object.entries(world.server).filter(([id]) => isSeen(id)),
  ]);
  const version = withParent ? { ...world.version, cache: world.version.server } : world.version;
  return { ...world, cache, version };
}

function patched(from: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(from) ? { ...from } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = patched(result[name], value);
  }
  return result;
}

function nextVersion<E>({ version, pass }: World<E>): number {
  return 1 + Math.max(version.server, version.cache, pass?.version ?? 0);
}

function without(objects: Objects, id: string): Objects {
  const { [id]: _, ...rest } = objects;
  return rest;
}

function textOf(objects: Objects): string {
  const parts = Object.keys(objects).map((id) => `${id}=${objects[id]}`);
  return parts.toSorted().join(',');
}

export function idOf(kind: string, { name }: Key): string {
  return `${kind}/${name}`;
}

function nameOf(object: Resource): string {
  return idOf(object.kind, keyOf(object));
}

function kindOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

function titleOf(action: Action): string {
  const { name } = action.type === 'Create' ? keyOf(action.object) : action.key;
  const what = action.type === 'Patch' ? ` ${JSON.stringify(action.patch)}` : '';
  return `${action.type === 'Create' ? 'POST' : action.type.toUpperCase()} ${action.kind.kind} ${name}${what}`;
}

function summaryOf(status: Parent['status']): string {
  return (status?.conditions ?? []).map(({ type, reason }) => `${type}: ${reason}`).join(', ');
}
