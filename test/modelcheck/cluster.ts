import { isOwnedBy, keyOf, type Resource, uidOf } from '../../src/api/resource.ts';
import type { Action, Parent, Plan, Status } from '../../src/controller.ts';
import { mergePatch } from '../../src/kube/mergepatch.ts';
import { createSampler } from '../../src/measure/sampler.ts';
import { deniedWrite } from '../../src/runtime/perform.ts';
import { planned } from '../builders/planned.ts';
import type { Step } from './explore.ts';
import { Interned } from './interned.ts';
import { readerOf } from './reader.ts';
import {
  caughtUp,
  created,
  type ClusterOptions,
  identityOf,
  idOf,
  nameOf,
  nextVersion,
  type Objects,
  type Pass,
  patched,
  summaryOf,
  textOf,
  titleOf,
  titlesOf,
  watches,
  withMade,
  without,
  type World,
} from './world.ts';

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

  /** A state of another such cluster, which must be between two passes. */
  adopted(world: World<E>, other: Cluster<P, O, E>): World<E> {
    const own = (objects: Objects) =>
      Object.fromEntries(
        Object.entries(objects).map(([id, number]) => [id, this.number(other.#objects.value(number))]),
      );
    return { ...world, server: own(world.server), cache: own(world.cache) };
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

  key(world: World<E>): string {
    return identityOf(world);
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
    return { ...caughtUp(world), pass: undefined, unread: undefined };
  }

  /** What the operator and its faults may do next. */
  async steps(world: World<E>): Promise<Step<World<E>>[]> {
    const { pass } = world;
    if (pass === undefined) return [await this.begin(world), ...watches(world, this.parentID)];
    const write = this.write(world, pass);
    const unread = this.#targetOf(pass);
    return [
      write,
      { label: 'operator  is killed, the next one lists all', next: this.restarted(world) },
      { label: `API       answers 500 to: ${write.label}`, next: { ...world, pass: undefined, unread } },
      this.#unanswered(world, write, unread),
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
    const world = this.#readAgain(before);
    const read = before.unread === undefined ? '' : `reads ${before.unread}, `;
    const told = this.options.told(world.extra);
    const plan = await this.#plan(world, told);
    const pass = { plan, at: 0, version: world.version.cache, told };
    return {
      label: `operator  ${read}plans ${titlesOf(this.#plans.value(plan))}`,
      next: this.#ended({ ...world, pass }, pass),
    };
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
    const after = this.get(changed.server, id);
    const { extra, violation } = this.options.committed({
      type: action.type,
      world,
      id,
      before,
      after,
      told: pass.told,
    });
    const made = action.type === 'Create' ? withMade(next, changed.server[id]) : next;
    return { label, next: this.#ended({ ...changed, extra, pass: made }, made), violation };
  }

  #changed(world: World<E>, action: Action, id: string, before: Resource | undefined): World<E> {
    if (action.type === 'Delete') {
      const { server } = this.remove(world, id);
      return { ...world, server, cache: without(world.cache, id) };
    }
    const made = action.type === 'Create' ? { ...world.made, [id]: (world.made[id] ?? 0) + 1 } : world.made;
    const object =
      action.type === 'Create'
        ? created(action.object, `${id}#${made[id]}`, this.date(world))
        : (patched(before, action.patch) as Resource);
    const number = this.number(object);
    return { ...world, made, server: { ...world.server, [id]: number }, cache: { ...world.cache, [id]: number } };
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
    const refusal = deniedWrite(action, 'NameConflict', `${id} already exists`);
    const parent = this.get(world.cache, this.parentID) as P;
    const { controller } = this.options;
    const status = this.#statusOf(pass);
    const denied = this.#statuses.number(controller.refused(status, refusal, parent, this.date(world)));
    const next = { ...pass, at: plan.actions.length, denied };
    return { label: `${label}: 409, it is foreign`, next: this.#ended({ ...world, pass: next }, next) };
  }

  #writeStatus(world: World<E>, pass: Pass): Step<World<E>> {
    const label = 'operator  PATCH status';
    if (pass.version !== world.version.server) {
      return { label: `${label}: 409`, next: { ...world, pass: undefined, unread: this.parentID } };
    }
    const before = this.parent(world);
    const after = { ...before, status: this.#statusOf(pass) };
    const number = this.number(after);
    const version = nextVersion(world);
    const write = { type: 'Status', world, id: this.parentID, before, after, told: pass.told } as const;
    const { extra, violation } = this.options.committed(write);
    const server = { ...world.server, [this.parentID]: number };
    const cache = { ...world.cache, [this.parentID]: number };
    return {
      label: `${label} ${summaryOf(after.status)}`,
      next: { ...world, server, cache, version: { server: version, cache: version }, extra, pass: undefined },
      violation,
    };
  }

  /** The write is committed, but nothing tells the operator so yet. */
  #unanswered(world: World<E>, write: Step<World<E>>, unread: string): Step<World<E>> {
    const { cache } = world;
    const version = { server: write.next.version.server, cache: world.version.cache };
    const next = { ...write.next, cache, version, pass: undefined, unread };
    return { label: `${write.label}, but the answer is lost`, next, violation: write.violation };
  }

  /** As runtime/earlier.ts has it. */
  #readAgain(world: World<E>): World<E> {
    const { unread: id, server, version } = world;
    const number = id === undefined ? undefined : server[id];
    const read = { ...world, unread: undefined };
    if (id === undefined || number === undefined || this.options.neverReads) return read;
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

  /** The planned status with what the pass has made, or that which tells of a denial. */
  #statusOf({ plan, denied, made = [] }: Pass): Status<P> {
    if (denied !== undefined) return this.#statuses.value(denied) as Status<P>;
    const { status } = this.#plans.value(plan);
    const objects = made.map((number) => this.#objects.value(number));
    return this.options.controller.made?.(status, objects) ?? status;
  }

  #ended(world: World<E>, pass: Pass): World<E> {
    if (this.#actionOf(pass) !== undefined) return world;
    // The status that the pass began with is unchanged in the cache: nothing but the pass itself writes there meanwhile.
    const parent = this.get(world.cache, this.parentID) as P;
    const isSame = mergePatch(parent.status, { ...this.#statusOf(pass) }) === undefined;
    return isSame ? { ...world, pass: undefined } : world;
  }

  /**
   * The production code's observe and plan. What they ask the API server itself is part of the answer's identity. Each pass has a
   * new sampler, since what an operator holds in memory is gone after a crash.
   */
  async #plan(world: World<E>, told: string): Promise<number> {
    const key = `${world.now} ${textOf(world.cache)} ${told}`;
    const before = this.#planned.get(key) ?? [];
    const same = before.find(({ live }) => live.every(([id, number]) => world.server[id] === number));
    if (same !== undefined) return same.plan;
    const live: [string, number | undefined][] = [];
    const { controller, prometheus } = this.options;
    const parent = this.get(world.cache, this.parentID) as P;
    const sampler = createSampler({ prometheus: prometheus?.(told), sources: [] });
    const read = readerOf(this, world, live);
    const plan = this.#plans.number(await planned(controller, parent, { read, now: this.date(world), sampler }));
    this.#planned.set(key, [...before, { live, plan }]);
    return plan;
  }
}
