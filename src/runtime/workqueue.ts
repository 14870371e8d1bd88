import { idOf, type Key } from '../api/resource.ts';
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
  readonly namespace: string;
  readonly since: number;
}

interface Delayed {
  readonly due: number;
  readonly cancel: () => void;
}

/** Whether something is known to have happened to an object, or it is only to be looked at like all others. */
export type Occasion = 'Change' | 'Sweep';

/** The names of one namespace that wait, in the order of arrival, with the time of arrival. */
type Line = Readonly<Record<Occasion, Map<string, number>>>;

/** setTimeout takes no more than 2^31 − 1 milliseconds; an early look costs nothing. */
const longestDelay = 24 * 3_600_000;

/**
 * The objects to reconcile. A key waits at most once, however often it is added, and is never handed out while it is being
 * worked on: what is added meanwhile waits until `done`. One namespace with thousands of objects does not keep the others waiting:
 * namespaces take turns, and none has more than half of the workers. Within a namespace changes go first, so that a start among
 * thousands of objects keeps nobody waiting who changes one.
 */
export class WorkQueue {
  /** By namespace, in the order of turns. */
  readonly #waiting = new Map<string, Line>();
  readonly #working = new Map<string, Work>();
  readonly #again = new Map<string, Key>();
  readonly #delayed = new Map<string, Delayed>();
  readonly #failures = new Map<string, number>();
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
    const key = this.#next();
    if (key !== undefined) return Promise.resolve(key);
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  /** Ends the work on a key; it waits again if it was added meanwhile. */
  done(key: Key): void {
    const id = idOf(key);
    const work = this.#working.get(id);
    if (work === undefined) return;
    this.#working.delete(id);
    this.#meter.finished(this.#clock.monotonic() - work.since);
    if (this.#again.delete(id) && !this.#closed) this.#enqueue(key, 'Change');
    this.#handOut();
  }

  /** Hands out nothing any more. */
  close(): void {
    this.#closed = true;
    this.#waiting.clear();
    for (const { cancel } of this.#delayed.values()) cancel();
    this.#delayed.clear();
    for (const resolve of this.#takers.splice(0)) resolve(undefined);
  }

  #enqueue(key: Key, occasion: Occasion): void {
    const line = this.#waiting.get(key.namespace) ?? {
      Change: new Map<string, number>(),
      Sweep: new Map<string, number>(),
    };
    line[occasion].set(key.name, line.Sweep.get(key.name) ?? this.#clock.monotonic());
    if (occasion === 'Change') line.Sweep.delete(key.name);
    this.#waiting.set(key.namespace, line);
    this.#handOut();
  }

  /** To those who wait for a key already. */
  #handOut(): void {
    while (this.#takers.length > 0) {
      const key = this.#next();
      if (key === undefined) return;
      this.#takers.shift()?.(key);
    }
  }

  /** The first key of the namespace whose turn it is; that namespace then goes to the end of the line. */
  #next(): Key | undefined {
    for (const [namespace, line] of this.#waiting) {
      if (this.#workersOf(namespace) >= Math.ceil(this.#settings.workers / 2)) continue;
      for (const names of [line.Change, line.Sweep]) {
        for (const [name, since] of names) {
          names.delete(name);
          this.#waiting.delete(namespace);
          if (lengthOf(line) > 0) this.#waiting.set(namespace, line);
          return this.#start({ namespace, name }, since);
        }
      }
    }
    return undefined;
  }

  #workersOf(namespace: string): number {
    let workers = 0;
    for (const work of this.#working.values()) if (work.namespace === namespace) workers += 1;
    return workers;
  }

  /** A look that was planned for later is dropped, since this work decides anew when to look again. */
  #start(key: Key, since: number): Key {
    const id = idOf(key);
    const now = this.#clock.monotonic();
    this.#delayed.get(id)?.cancel();
    this.#delayed.delete(id);
    this.#working.set(id, { namespace: key.namespace, since: now });
    this.#meter.started(now - since);
    return key;
  }
}

function lengthOf(line: Line): number {
  return line.Change.size + line.Sweep.size;
}
