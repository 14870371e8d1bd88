import { firstWithImageVolumes, isBefore, type ServerVersion } from '../api/serverversion.ts';
import { backoff } from '../kube/backoff.ts';
import type { Caches } from '../kube/caches.ts';
import type { Client } from '../kube/client.ts';
import { pause } from '../kube/clock.ts';
import { errorMessage } from '../kube/errors.ts';
import type { Log } from '../kube/log.ts';
import type { Settings } from '../settings.ts';

/**
 * Learns which Kubernetes the API server is: by one request, and then, as long as it lacks what objects may ask for, by one each hour,
 * since somebody may upgrade it.
 */
export class VersionWatch {
  /** Resolves after the first answer, whatever it was: nobody waits for a server that does not say it. */
  readonly asked: Promise<void>;
  readonly #client: Client;
  readonly #caches: Caches;
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #markAsked: () => void;

  constructor(client: Client, caches: Caches, settings: Settings, log: Log) {
    this.#client = client;
    this.#caches = caches;
    this.#settings = settings;
    this.#log = log;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.asked = promise;
    this.#markAsked = resolve;
  }

  /** Runs until nothing is lacking, or `signal` aborts. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const version = await this.#ask(signal);
      this.#markAsked();
      if (version !== undefined && !isBefore(version, firstWithImageVolumes)) return;
      const { watchBackoffMin, resync } = this.#settings;
      const wait = version === undefined ? backoff(failures, watchBackoffMin, resync) : resync;
      failures = version === undefined ? failures + 1 : 0;
      await pause(wait, signal);
    }
  }

  async #ask(signal: AbortSignal): Promise<ServerVersion | undefined> {
    try {
      const version = await this.#client.serverVersion(signal);
      const isNews = this.#caches.all.map((cache) => cache.learn(version)).includes(true);
      if (isNews) this.#log.info('The API server', { ...version });
      return version;
    } catch (error) {
      if (!signal.aborted) this.#log.info('Cannot ask which Kubernetes it is', { error: errorMessage(error) });
      return undefined;
    }
  }
}
