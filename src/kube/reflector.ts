import type { Kind, Resource } from '../api/resource.ts';
import type { Settings } from '../settings.ts';
import { backoff } from './backoff.ts';
import type { Cache } from './cache.ts';
import type { Client, WatchEvent } from './client.ts';
import { type Clock, pause } from './clock.ts';
import { errorMessage, isExpired, KubernetesError, retryAfterOf } from './errors.ts';
import type { Log } from './log.ts';

/** What to keep in the cache. */
export interface Watched {
  readonly kind: Kind;
  readonly labelSelector?: string | undefined;
}

/**
 * Keeps one kind in the cache up to date: a consistent LIST, then watches that go on where the last one ended, and a LIST again
 * where that is impossible. One loop, one signal, and no error leaves it.
 */
export class Reflector {
  readonly watched: Watched;
  /** Resolves after the first LIST. */
  readonly synced: Promise<void>;
  readonly #client: Client;
  readonly #cache: Cache;
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #markSynced: () => void;
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
    this.synced = promise;
    this.#markSynced = resolve;
    cache.add(watched.kind);
  }

  get hasSynced(): boolean {
    return this.#hasSynced;
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
    const list = await this.#client.list(kind, labelSelector, signal);
    this.#cache.replace(kind, list, newestBefore);
    this.#hasSynced = true;
    this.#markSynced();
    this.#log.debug('Listed', { plural: kind.plural, items: list.items.length });
    return list.resourceVersion;
  }

  async #watch(resourceVersion: string, signal: AbortSignal): Promise<void> {
    const { kind, labelSelector } = this.watched;
    const started = this.#clock.monotonic();
    const events = await this.#client.watch(kind, { resourceVersion, labelSelector }, signal);
    this.#failingSince = undefined;
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
    this.#cache.observe(kind, event);
    return versionOf(event.object);
  }

  async #afterFailure(error: unknown, signal: AbortSignal): Promise<void> {
    const { watchBackoffMin, watchBackoffMax } = this.#settings;
    this.#failingSince ??= this.#clock.monotonic();
    if (!mayResume(error)) this.#version = undefined;
    const wait =
      isExpired(error) && this.#failures === 0 ? 0 : backoff(this.#failures, watchBackoffMin, watchBackoffMax);
    this.#failures += 1;
    const fields = { plural: this.watched.kind.plural, error: errorMessage(error), retryIn: Math.round(wait) };
    if (this.#failures > 2) this.#log.warn('Cannot watch', fields);
    else this.#log.info('Watch ended', fields);
    await pause(Math.max(wait, retryAfterOf(error)), signal);
  }
}

function versionOf(object: Resource): string {
  const version = object.metadata?.resourceVersion;
  if (version === undefined) throw new Error('the API server sent a watch frame without resourceVersion');
  return version;
}

/**
 * After a lost or silent connection the watch goes on where it was; those errors bear a code. Not so after "410 Gone", or after
 * a frame that cannot be read: it would come again.
 */
function mayResume(error: unknown): boolean {
  return error instanceof KubernetesError ? !isExpired(error) : error instanceof Error && 'code' in error;
}
