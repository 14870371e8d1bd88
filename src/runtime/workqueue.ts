import { idOf, type Key } from '../api/resource.ts';
import { Tally } from '../api/tally.ts';
import { backoff } from '../kube/backoff.ts';
import type { Clock } from '../kube/clock.ts';
import type { Settings } from '../settings.ts';

/** Told about what happens in the queue, for metrics. Durations are in milliseconds. */
export interface QueueMeter {
  added(): void;
  started(waited: number): void;
  finished(took: number): void;
  retried(): void;
}

interface Work {
  readonly since: number;
  /** It waits for others, and holds no worker. Called when the queue is closed. */
  readonly aside?: (closed: QueueClosed) => void;
}

/** Nobody goes on with work that waited for others. */
export class QueueClosed extends Error {
  override readonly name = 'QueueClosed';
}

interface Delayed {
  readonly due: number;
  readonly cancel: () => void;
}

/** Whether something is known to have happened to an object, or it is only to be looked at like all others. */
export type Occasion = 'Change' | 'Sweep';

/** The names of one namespace that wait, in the order of arrival, with the time of arrival. */
interface Line extends Readonly<Record<Occasion, Map<string, number>>> {
  /** How to go on with work that has waited for others, and needs a worker again. */
  readonly back: (() => void)[];
}

/** setTimeout takes no more than 2^31 − 1 milliseconds; an early look costs nothing. */
const longestDelay = 24 * 3_600_000;

/**
 * The objects to reconcile. A key waits at most once, however often it is added, and is never handed out while it is being
 * worked on: what is added meanwhile waits until `done`. One namespace with thousands of objects does not keep the others waiting:
 * namespaces take turns, and none has more than half of the workers. Within a namespace changes go first, so that a start among
 * thousands of objects keeps nobody waiting who changes one. Work that waits for others, such as a metrics store, holds no worker.
 */
export class WorkQueue {
  /** By namespace, in the order of turns. */
  readonly #waiting = new Map<string, Line>();
  readonly #working = new Map<string, Work>();
  readonly #again = new Map<string, Key>();
  readonly #delayed = new Map<string, Delayed>();
  readonly #failures = new Map<string, number>();
  /** How many workers the namespaces have. */
  readonly #workersOf = new Tally();
  readonly #takers: ((key: Key | undefined) => void)[] = [];
  readonly #clock: Clock;
  readonly #settings: Pick<Settings, 'reconcileBackoffMin' | 'reconcileBackoffMax' | 'workers'>;
  readonly #meter: QueueMeter;
  #closed = false;

  constructor(
    clock: Clock,
    settings: Pick<Settings, 'reconcileBackoffMin' | 'reconcileBackoffMax' | 'workers'>,
    meter: QueueMeter,
  ) {
    this.#clock = clock;
    this.#settings = settings;
    this.#meter = meter;
  }

  /** Keys that wait to be taken, without delayed ones. */
  get depth(): number {
    return [...this.#waiting.values()].reduce((sum, line) => sum + lengthOf(line), 0);
  }

  /** When work that is not done began, on the monotonic clock. */
  get workingSince(): readonly number[] {
    return [...this.#working.values()].map(({ since }) => since);
  }

  /** Of several occasions for a key a change wins. */
  add(key: Key, occasion: Occasion = 'Change'): void {
    const id = idOf(key);
    const line = this.#waiting.get(key.namespace);
    if (this.#closed || this.#again.has(id) || line?.Change.has(key.name)) return;
    const isWaiting = line?.Sweep.has(key.name) === true;
    if (isWaiting && occasion === 'Sweep') return;
    if (!isWaiting) this.#meter.added();
    if (this.#working.has(id)) this.#again.set(id, key);
    else this.#enqueue(key, occasion);
  }

  /** Adds after `delay`. Of several delays for a key the earliest wins. */
  addAfter(key: Key, delay: number): void {
    const id = idOf(key);
    const due = this.#clock.monotonic() + delay;
    const before = this.#delayed.get(id);
    if (this.#closed || (before !== undefined && before.due <= due)) return;
    before?.cancel();
    const cancel = this.#clock.after(Math.min(delay, longestDelay), () => {
      this.#delayed.delete(id);
      this.add(key);
    });
    this.#delayed.set(id, { due, cancel });
  }

  /** Adds after a wait that doubles with each retry until `forget`, but at least `atLeast`. Returns the wait. */
  retry(key: Key, atLeast = 0): number {
    const id = idOf(key);
    const failures = this.#failures.get(id) ?? 0;
    this.#failures.set(id, failures + 1);
    this.#meter.retried();
    const { reconcileBackoffMin, reconcileBackoffMax } = this.#settings;
    const wait = Math.max(atLeast, backoff(failures, reconcileBackoffMin, reconcileBackoffMax));
    this.addAfter(key, wait);
    return wait;
  }

  /** Ends the series of failures. */
  forget(key: Key): void {
    this.#failures.delete(idOf(key));
  }

  /** The next key, as soon as there is one; undefined once the queue is closed. Call `done` after the work. */
  take(): Promise<Key | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#takers.push(resolve);
      this.#handOut();
    });
  }

  /** Ends the work on a key; it waits again if it was added meanwhile. */
  done(key: Key): void {
    const id = idOf(key);
    const work = this.#working.get(id);
    if (work === undefined) return;
    this.#working.delete(id);
    if (work.aside === undefined) this.#workersOf.less(key.namespace);
    this.#meter.finished(this.#clock.monotonic() - work.since);
    if (this.#again.delete(id) && !this.#closed) this.#enqueue(key, 'Change');
    this.#handOut();
  }

  /**
   * Waits for what the work on a key needs from others, and then for a worker.
   * @throws QueueClosed at once when the queue is closed, since nobody should wait then.
   */
  aside<T>(key: Key, waiting: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const id = idOf(key);
      const work = this.#working.get(id);
      if (this.#closed || work === undefined) {
        reject(new QueueClosed());
        return;
      }
      this.#working.set(id, { ...work, aside: reject });
      this.#workersOf.less(key.namespace);
      this.#handOut();
      // Who is told of a failure ends the work, for which no worker is needed.
      waiting.then((value) => this.#comeBack(key, work, () => resolve(value)), reject);
    });
  }

  /** Hands out nothing any more. */
  close(): void {
    this.#closed = true;
    this.#waiting.clear();
    for (const { aside } of this.#working.values()) aside?.(new QueueClosed());
    for (const { cancel } of this.#delayed.values()) cancel();
    this.#delayed.clear();
    for (const resolve of this.#takers.splice(0)) resolve(undefined);
  }

  #enqueue(key: Key, occasion: Occasion): void {
    const line = this.#lineOf(key);
    line[occasion].set(key.name, line.Sweep.get(key.name) ?? this.#clock.monotonic());
    if (occasion === 'Change') line.Sweep.delete(key.name);
    this.#handOut();
  }

  #comeBack(key: Key, work: Work, goOn: () => void): void {
    if (this.#closed) return;
    this.#lineOf(key).back.push(() => {
      this.#working.set(idOf(key), work);
      this.#workersOf.more(key.namespace);
      goOn();
    });
    this.#handOut();
  }

  #lineOf({ namespace }: Key): Line {
    const line = this.#waiting.get(namespace) ?? { Change: new Map(), Sweep: new Map(), back: [] };
    this.#waiting.set(namespace, line);
    return line;
  }

  #handOut(): void {
    while (this.#giveNext());
  }

  /**
   * Gives a worker to the namespace whose turn it is, which then goes to the end of the line: to work that is to go on, else to its
   * first key, if somebody takes it. Returns whether it did.
   */
  #giveNext(): boolean {
    const { workers } = this.#settings;
    if (this.#workersOf.total >= workers) return false;
    for (const [namespace, line] of this.#waiting) {
      if (this.#workersOf.of(namespace) >= Math.ceil(workers / 2)) continue;
      const goOn = line.back.shift();
      const first = goOn === undefined && this.#takers.length > 0 ? takeFirst(line) : undefined;
      if (goOn === undefined && first === undefined) continue;
      this.#waiting.delete(namespace);
      if (lengthOf(line) + line.back.length > 0) this.#waiting.set(namespace, line);
      goOn?.();
      if (first !== undefined) this.#takers.shift()?.(this.#start({ namespace, name: first.name }, first.since));
      return true;
    }
    return false;
  }

  /** A look that was planned for later is dropped, since this work decides anew when to look again. */
  #start(key: Key, since: number): Key {
    const id = idOf(key);
    const now = this.#clock.monotonic();
    this.#delayed.get(id)?.cancel();
    this.#delayed.delete(id);
    this.#working.set(id, { since: now });
    this.#workersOf.more(key.namespace);
    this.#meter.started(now - since);
    return key;
  }
}

function takeFirst(line: Line): { readonly name: string; readonly since: number } | undefined {
  for (const names of [line.Change, line.Sweep]) {
    for (const [name, since] of names) {
      names.delete(name);
      return { name, since };
    }
  }
  return undefined;
}

function lengthOf(line: Line): number {
  return line.Change.size + line.Sweep.size;
}
