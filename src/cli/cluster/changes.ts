import { setTimeout as sleep } from 'node:timers/promises';
import type { Kind } from '../../api/resource.ts';
import type { Cluster } from './cluster.ts';

/** What is watched for changes. */
export interface WatchedObjects {
  readonly kind: Kind;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** How long to wait after a watch broke, and for the changes that come with a first one. */
const retryPause = 2_000;
const settling = 250;

/** Without a word of the watches: they may be forbidden, or silent. */
const longestSilence = 15_000;

/** Tells when it is worth looking again. Watches say that something is another, and nothing else: what it is, a look tells. */
export class Changes {
  readonly #cluster: Cluster;
  readonly #namespace: string;
  #notify: () => void = () => undefined;
  #hasChanged = false;

  constructor(cluster: Cluster, namespace: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
  }

  /** Watches until the signal aborts. */
  watch(all: readonly WatchedObjects[], stop: AbortSignal): void {
    for (const watched of all) void this.#watch(watched, stop);
  }

  /** Something has changed that no watch tells. */
  note(): void {
    this.#hasChanged = true;
    this.#notify();
  }

  /** Resolves when something has changed since the last time, when it was silent for long, or when the signal aborts. */
  async next(stop: AbortSignal): Promise<void> {
    if (!this.#hasChanged) {
      const noted = new Promise<void>((resolve) => (this.#notify = resolve));
      await Promise.race([noted, pause(longestSilence, stop)]);
    }
    await pause(settling, stop);
    this.#hasChanged = false;
  }

  async #watch({ kind, ...selection }: WatchedObjects, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      try {
        const events = await this.#cluster.watching.watch(kind, { ...selection, namespace: this.#namespace }, stop);
        for await (const { type } of events) if (type !== 'BOOKMARK') this.note();
      } catch {
        // Forbidden or broken: people look now and then, and the look says what is wrong.
      }
      await pause(retryPause, stop);
    }
  }
}

async function pause(time: number, signal: AbortSignal): Promise<void> {
  await sleep(time, undefined, { signal }).catch(() => undefined);
}
