import { defined } from '../api/defined.ts';
import type { UnservedKind } from '../api/refusal.ts';
import type { Kind, Resource } from '../api/resource.ts';
import type { Settings } from '../settings.ts';
import { backoff } from './backoff.ts';
import type { Cache } from './cache.ts';
import type { Client, WatchEvent } from './client.ts';
import { type Clock, pause } from './clock.ts';
import { errorMessage, isExpired, KubernetesError, retryAfterOf } from './errors.ts';
import type { Log } from './log.ts';
import { causeOf, Refusals } from './refusals.ts';

/** What to keep in the cache. */
export interface Watched {
  readonly kind: Kind;
  readonly labelSelector?: string | undefined;
}

/**
 * Keeps one kind in a cache up to date, in the cache's namespaces: a consistent LIST, then watches that go on where the last one ended, and a LIST again
 * where that is impossible. A kind that is not served is hidden in the cache, and asked for now and then until it is. One loop, one
 * signal, and no error leaves it.
 */
export class Reflector {
  readonly watched: Watched;
  /** Resolves after the first LIST, or when it is certain that the kind is not served. */
  readonly decided: Promise<void>;
  readonly #client: Client;
  readonly #cache: Cache;
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #markDecided: () => void;
  readonly #refusals: Refusals;
  /** Where to go on watching; undefined if only a LIST helps. */
  #version: string | undefined;
  #failures = 0;
  #failingSince: number | undefined;
  #hasSynced = false;

  constructor(watched: Watched, client: Client, cache: Cache, settings: Settings, clock: Clock, log: Log) {
    this.watched = watched;
    this.#client = client;
    this.#cache = cache;
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
    this.#failingSince = clock.monotonic();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.decided = promise;
    this.#markDecided = resolve;
    this.#refusals = new Refusals(watched.kind, settings, clock);
    cache.add(watched.kind);
  }

  /** Where it looks; undefined is everywhere. */
  get namespace(): string | undefined {
    return this.#cache.namespace;
  }

  /** Whether the kind was listed, at least once. */
  get hasSynced(): boolean {
    return this.#hasSynced;
  }

  /** Whether the API server has the kind and lets us see it, as far as is certain. */
  get isServed(): boolean {
    return this.#cache.isServed(this.watched.kind);
  }

  /** Whether the API server answers, but refuses to let the kind be seen. */
  get isRefused(): boolean {
    return this.#refusals.isRefused;
  }

  /** How long nothing could be seen, in milliseconds; 0 while a watch is open. */
  blindFor(): number {
    return this.#failingSince === undefined ? 0 : this.#clock.monotonic() - this.#failingSince;
  }

  /** Runs until `signal` aborts. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.#version ??= await this.#list(signal);
        await this.#watch(this.#version, signal);
      } catch (error) {
        if (!signal.aborted) await this.#afterFailure(error, signal);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const { kind, labelSelector } = this.watched;
    const newestBefore = this.#cache.newest(kind);
    const { namespace } = this;
    const list = await this.#client.list(kind, { namespace, labelSelector }, signal);
    this.#cache.replace(kind, list, newestBefore);
    this.#hasSynced = true;
    this.#markDecided();
    this.#log.debug('Listed', { ...this.#what, items: list.items.length });
    return list.resourceVersion;
  }

  async #watch(resourceVersion: string, signal: AbortSignal): Promise<void> {
    const { kind, labelSelector } = this.watched;
    const started = this.#clock.monotonic();
    const { namespace } = this;
    const events = await this.#client.watch(kind, { resourceVersion, namespace, labelSelector }, signal);
    this.#failingSince = undefined;
    this.#refusals.end();
    if (this.#cache.show(kind)) {
      // What was cached is old, and planned with again: if only a LIST helps, it must not wait.
      this.#failures = 0;
      this.#log.info('Served', { ...this.#what, apiVersion: kind.apiVersion });
    }
    let frames = 0;
    for await (const event of events) {
      this.#version = this.#take(event);
      this.#failures = 0;
      frames += 1;
    }
    if (frames === 0 && this.#clock.monotonic() - started < 1_000) {
      throw new Error('the API server ended the watch at once');
    }
  }

  /** Brings one frame into the cache and tells its version. */
  #take(event: WatchEvent): string {
    const { kind } = this.watched;
    if (event.type === 'ERROR') {
      this.#version = undefined;
      throw KubernetesError.fromStatus(event.object, 500);
    }
    this.#cache.follow(kind, event);
    return versionOf(event.object);
  }

  async #afterFailure(error: unknown, signal: AbortSignal): Promise<void> {
    this.#failingSince ??= this.#clock.monotonic();
    if (!mayResume(error)) this.#version = undefined;
    const wait = this.#waitAfter(error);
    this.#failures += 1;
    const fields = { ...this.#what, error: errorMessage(error), retryIn: Math.round(wait) };
    if (this.#failures > 2) this.#log.warn('Cannot watch', fields);
    else this.#log.info('Watch ended', fields);
    this.#consider(error);
    await pause(Math.max(wait, retryAfterOf(error)), signal);
  }

  #waitAfter(error: unknown): number {
    const { watchBackoffMin, watchBackoffMax, unservedRetry } = this.#settings;
    if (isExpired(error) && this.#failures === 0) return 0;
    if (causeOf(error) !== undefined && this.#refusals.areOld) return unservedRetry;
    return backoff(this.#failures, watchBackoffMin, watchBackoffMax);
  }

  /** Hides the kind once it is certain that it is not served. */
  #consider(error: unknown): void {
    const unserved = this.#refusals.add(error, this.#hasSynced);
    if (unserved === undefined) return;
    const { kind, cause, message } = unserved;
    if (this.#cache.hide(defined<UnservedKind>({ ...unserved, namespace: this.namespace }))) {
      this.#log.warn('Not served', { ...this.#what, apiVersion: kind.apiVersion, cause, error: message });
    }
    this.#markDecided();
  }

  /** What the log calls it. */
  get #what(): object {
    return { plural: this.watched.kind.plural, ...defined({ namespace: this.namespace }) };
  }
}

function versionOf(object: Resource): string {
  const version = object.metadata?.resourceVersion;
  if (version === undefined) throw new Error('the API server sent a watch frame without resourceVersion');
  return version;
}

/**
 * After a lost or silent connection the watch goes on where it was; those errors bear a code. Not so after "410 Gone", when
 * the kind is absent, or after a frame that cannot be read: it would come again.
 */
function mayResume(error: unknown): boolean {
  if (error instanceof KubernetesError) return !isExpired(error) && causeOf(error) !== 'Absent';
  return error instanceof Error && 'code' in error;
}
