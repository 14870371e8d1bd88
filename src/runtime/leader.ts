import type { Key, Kind, Resource } from '../api/resource.ts';
import type { Client } from '../kube/client.ts';
import { backoff } from '../kube/backoff.ts';
import { type Clock, microTime, pause } from '../kube/clock.ts';
import { errorMessage, hasReason, KubernetesError } from '../kube/errors.ts';
import type { Log } from '../kube/log.ts';
import { compareVersions } from '../kube/store.ts';
import type { Settings } from '../settings.ts';

interface Lease extends Resource {
  readonly spec?: {
    readonly holderIdentity?: string | null;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly renewTime?: string;
    readonly leaseTransitions?: number;
  };
}

interface Seen {
  readonly lease: Lease;
  readonly at: number;
}

const leases: Kind<Lease> = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' };

/** Thrown instead of sending a write after the right to write has ended. */
export class NotLeading extends Error {
  readonly type = 'NotLeading';
}

/**
 * Sees to it that one replica acts at a time, by a Lease as in client-go. Other clocks are never compared with ours: a lease has
 * run out when it was not renewed for its duration on our own monotonic clock. Kubernetes has no fencing token, so that safety
 * is in time: a holder sends no write later than `renewDeadline` after the last renewal that succeeded was *sent*, every write
 * times out within leaseDuration − renewDeadline, and nobody else takes the lease before leaseDuration.
 */
export class LeaderElection {
  readonly #client: Client;
  readonly #key: Key;
  readonly #identity: string;
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #log: Log;
  /** The lease as last seen, and when its version was first seen. */
  #seen: Seen | undefined;
  #newest = '0';
  #isOutdated = false;
  #renewedAt: number | undefined;
  #contactAt: number;
  /** Whether the watch told of a release after the last try. */
  #isReleased = false;
  #wake: () => void = () => undefined;

  /** `client` must not be fenced by this election. `identity` must be unique to this process. */
  constructor(client: Client, key: Key, identity: string, settings: Settings, clock: Clock, log: Log) {
    this.#client = client;
    this.#key = key;
    this.#identity = identity;
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
    this.#contactAt = clock.monotonic() - settings.unreadyAfter;
  }

  /** Milliseconds since the API server last answered. */
  get silentFor(): number {
    return this.#clock.monotonic() - this.#contactAt;
  }

  get isLeading(): boolean {
    return this.#renewedAt !== undefined && this.#clock.monotonic() < this.#renewedAt + this.#settings.renewDeadline;
  }

  /** @throws NotLeading if no write may be sent any more. */
  readonly fence = (): void => {
    if (!this.isLeading) throw new NotLeading('this replica does not hold the lease');
  };

  /** Waits until this replica holds the lease; returns false if `signal` aborted before. */
  async acquire(signal: AbortSignal): Promise<boolean> {
    const ending = new AbortController();
    const ended = AbortSignal.any([signal, ending.signal]);
    try {
      for (let tries = 0; !signal.aborted; tries += 1) {
        if (await this.#try()) return true;
        if (tries === 0) void this.#follow(ended);
        await this.#untilNextTry(signal);
      }
      return false;
    } finally {
      ending.abort();
    }
  }

  /** Keeps the lease; returns when it is lost, or when `signal` aborts. */
  async keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.isLeading) {
      await pause(this.#settings.leaseRetryPeriod, signal);
      if (signal.aborted || !this.isLeading) return;
      const renewed = await this.#try();
      if (!renewed && (this.#isOutdated || this.#isHeldByAnother())) this.resign();
    }
  }

  /** Ends the right to write at once. */
  resign(): void {
    this.#renewedAt = undefined;
  }

  /** Empties the lease, so that the next replica need not wait for it to run out. Call after the last write has been answered. */
  async release(): Promise<void> {
    this.resign();
    const lease = this.#seen?.lease;
    if (lease === undefined || this.#isOutdated || this.#isHeldByAnother()) return;
    try {
      await this.#patch(lease, { holderIdentity: null, leaseDurationSeconds: 1, renewTime: this.#timestamp() });
      this.#log.info('Released the lease');
    } catch (error) {
      this.#log.warn('Cannot release the lease; it runs out by itself', { error: errorMessage(error) });
    }
  }

  /**
   * Watches the lease, so that each renewal is seen when it happens and a release is answered at once. Never throws: what the watch
   * misses, the tries find out.
   */
  async #follow(signal: AbortSignal): Promise<void> {
    const { namespace, name } = this.#key;
    const { watchBackoffMin, watchBackoffMax } = this.#settings;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const options = { namespace, fieldSelector: `metadata.name=${name}` };
        for await (const event of await this.#client.watch(leases, options, signal)) {
          failures = 0;
          if (event.type === 'ADDED' || event.type === 'MODIFIED') this.#hear(event.object);
        }
      } catch (error) {
        if (!signal.aborted) this.#log.debug('Cannot watch the lease', { error: errorMessage(error) });
      }
      await pause(backoff(failures, watchBackoffMin, watchBackoffMax), signal);
    }
  }

  /** The watch may be behind what the tries have read. */
  #hear(lease: Lease): void {
    if (compareVersions(versionOf(lease), this.#newest) <= 0) return;
    this.#see(lease);
    if (isHeld(lease)) return;
    this.#isReleased = true;
    this.#wake();
  }

  /** Until the lease is released or runs out, but a retry period at most, since that may pass unseen. */
  async #untilNextTry(signal: AbortSignal): Promise<void> {
    if (this.#isReleased) return;
    const waking = new AbortController();
    this.#wake = () => waking.abort();
    const left = this.#seen === undefined ? 0 : this.#untilRunOut(this.#seen);
    const retry = this.#settings.leaseRetryPeriod * (1 + Math.random() / 5);
    // A lease that has run out and was not taken could not be: the next try waits.
    await pause(left > 0 ? Math.min(left, retry) : retry, AbortSignal.any([signal, waking.signal]));
  }

  /** Takes or renews the lease if that is due to us. Never throws. */
  async #try(): Promise<boolean> {
    this.#isReleased = false;
    const sentAt = this.#clock.monotonic();
    try {
      const held = await this.#takeOrRenew();
      if (held) this.#renewedAt = sentAt;
      this.#contactAt = this.#clock.monotonic();
      return held;
    } catch (error) {
      if (error instanceof KubernetesError && error.code < 500) this.#contactAt = this.#clock.monotonic();
      if (hasReason(error, 'Conflict', 'AlreadyExists')) this.#seen = undefined;
      else this.#log.warn('Cannot reach the lease', { error: errorMessage(error) });
      return false;
    }
  }

  async #takeOrRenew(): Promise<boolean> {
    const known = this.#seen?.lease;
    if (known !== undefined && this.#isOurs(known)) {
      await this.#patch(known, { renewTime: this.#timestamp() });
      return true;
    }
    const lease = await this.#client.get(leases, this.#key);
    if (lease === undefined) {
      // Its holder may not know yet that somebody deleted it.
      if (known !== undefined && !this.#hasRunOut(known)) return false;
      await this.#create();
      return true;
    }
    this.#see(lease);
    if (!this.#isOurs(lease) && !this.#hasRunOut(lease)) return false;
    const transitions = (lease.spec?.leaseTransitions ?? 0) + (this.#isOurs(lease) ? 0 : 1);
    await this.#patch(lease, { ...this.#claim(), leaseTransitions: transitions });
    return true;
  }

  async #create(): Promise<void> {
    const { apiVersion, kind } = leases;
    const spec = { ...this.#claim(), leaseTransitions: 0 };
    this.#see(await this.#client.create(leases, { apiVersion, kind, metadata: this.#key, spec }));
  }

  async #patch(lease: Lease, spec: object): Promise<void> {
    const { uid, resourceVersion } = lease.metadata ?? {};
    this.#see(await this.#client.patch(leases, this.#key, { metadata: { uid, resourceVersion }, spec }));
  }

  #claim(): NonNullable<Lease['spec']> {
    const time = this.#timestamp();
    const leaseDurationSeconds = Math.ceil(this.#settings.leaseDuration / 1000);
    return { holderIdentity: this.#identity, leaseDurationSeconds, acquireTime: time, renewTime: time };
  }

  /**
   * A version that goes back means that etcd was restored from a backup. Watches would stay silent until its versions have
   * caught up with theirs, and what was cached never happened: this replica steps down, and a new process lists everything.
   */
  #see(lease: Lease): void {
    const version = versionOf(lease);
    if (this.#renewedAt !== undefined && compareVersions(version, this.#newest) < 0) {
      this.#log.error('The API server went back in time; was etcd restored from a backup?', {
        from: this.#newest,
        to: version,
      });
      this.#isOutdated = true;
      throw new NotLeading('what this replica knows is outdated');
    }
    this.#newest = version;
    const isSame = this.#seen?.lease.metadata?.resourceVersion === lease.metadata?.resourceVersion;
    if (!isSame) this.#seen = { lease, at: this.#clock.monotonic() };
  }

  #hasRunOut(lease: Lease): boolean {
    if (!isHeld(lease)) return true;
    return this.#seen !== undefined && this.#untilRunOut(this.#seen) <= 0;
  }

  #untilRunOut({ lease, at }: Seen): number {
    const duration = Math.max(this.#settings.leaseDuration, (lease.spec?.leaseDurationSeconds ?? 0) * 1000);
    return at + duration - this.#clock.monotonic();
  }

  #isOurs(lease: Lease): boolean {
    return lease.spec?.holderIdentity === this.#identity;
  }

  #isHeldByAnother(): boolean {
    const lease = this.#seen?.lease;
    return lease !== undefined && !this.#isOurs(lease);
  }

  #timestamp(): string {
    return microTime(this.#clock.now());
  }
}

function versionOf(lease: Lease): string {
  return lease.metadata?.resourceVersion ?? '0';
}

function isHeld(lease: Lease): boolean {
  return !!lease.spec?.holderIdentity;
}
