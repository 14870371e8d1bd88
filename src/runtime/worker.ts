import { randomUUID } from 'node:crypto';
import { type Key, keyOf, type Kind, type Resource } from '../api/resource.ts';
import type { Controller, Parent, Watch } from '../controller.ts';
import { type Cache, kindID } from '../kube/cache.ts';
import type { Caches } from '../kube/caches.ts';
import type { Clock } from '../kube/clock.ts';
import { errorMessage, KubernetesError, retryAfterOf } from '../kube/errors.ts';
import type { Log } from '../kube/log.ts';
import type { Metrics, ReconcileResult } from '../server/metrics.ts';
import type { Settings } from '../settings.ts';
import { NotLeading } from './leader.ts';
import { StaleCache } from './perform.ts';
import { reconcile, type ReconcileContext } from './reconcile.ts';
import { type Occasion, QueueClosed, WorkQueue } from './workqueue.ts';

/** What all reconciles of a controller share; each gets the cache of its object's namespace. */
export type WorkerContext = Omit<ReconcileContext, 'cache'> & { readonly caches: Caches };

/** Any controller. What it observes is known to itself alone. */
export type AnyController = Controller<Parent, unknown>;

/** Feeds the objects of one controller through `reconcile`: changes in the cache → queue → reconcile → when to look again. */
export class Worker {
  readonly #controller: AnyController;
  readonly #context: WorkerContext;
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  readonly #log: Log;
  readonly #queue: WorkQueue;
  /** What fills the cache at the start has not changed. */
  #occasion: Occasion = 'Sweep';
  #cancelResync: () => void = () => undefined;

  constructor(
    controller: AnyController,
    context: Omit<WorkerContext, 'aside'>,
    environment: { readonly settings: Settings; readonly clock: Clock; readonly metrics: Metrics; readonly log: Log },
  ) {
    this.#controller = controller;
    this.#settings = environment.settings;
    this.#clock = environment.clock;
    this.#metrics = environment.metrics;
    this.#log = environment.log.child({ kind: controller.kind.kind });
    this.#queue = new WorkQueue(this.#clock, this.#settings, this.#metrics.queueMeter(this.#name));
    this.#context = { ...context, aside: (key, waiting) => this.#queue.aside(key, waiting) };
    this.#metrics.measureQueue(this.#name, this.#queue);
    for (const cache of context.caches.all) this.#subscribe(cache);
  }

  /** Whether the controller's objects cannot be reconciled before it is known what there is of a kind. */
  needs(kind: Kind): boolean {
    const { kind: own, watches } = this.#controller;
    return [own, ...watches.map((watch) => watch.kind)].some((other) => kindID(other) === kindID(kind));
  }

  /** Works until `stop`; resolves when the last reconcile has ended. The queue hands out no more keys than there are workers. */
  async run(): Promise<void> {
    this.#occasion = 'Change';
    this.#resyncLater();
    const passes = new Set<Promise<void>>();
    for (let key = await this.#queue.take(); key !== undefined; key = await this.#queue.take()) {
      const pass = this.#pass(key).finally(() => passes.delete(pass));
      passes.add(pass);
    }
    await Promise.all(passes);
  }

  /** Takes no more keys. */
  stop(): void {
    this.#cancelResync();
    this.#queue.close();
  }

  get #name(): string {
    return this.#controller.kind.kind.toLowerCase();
  }

  #subscribe(cache: Cache): void {
    cache.subscribe(this.#controller.kind, (old, changed) => {
      const parent = changed ?? old;
      if (parent !== undefined) this.#queue.add(keyOf(parent), this.#occasion);
    });
    cache.subscribeServed((kind) => {
      if (this.needs(kind)) this.#sweep(cache);
    });
    cache.subscribeVersion(() => this.#sweep(cache));
    for (const watch of this.#controller.watches) {
      cache.subscribe(watch.kind, (old, changed) => {
        for (const object of [old, changed]) if (object !== undefined) this.#addParents(watch, object, cache);
      });
    }
  }

  /** Has all objects of the kind in a cache looked at, after those that have changed. */
  #sweep(cache: Cache): void {
    for (const key of cache.keys(this.#controller.kind)) this.#queue.add(key, 'Sweep');
  }

  /** A watch that throws on an object must not keep other objects from being seen. */
  #addParents(watch: Watch, object: Resource, cache: Cache): void {
    try {
      for (const key of watch.parents(object, cache)) this.#queue.add(key, this.#occasion);
    } catch (error) {
      const fields = { childKind: watch.kind.kind, child: keyOf(object), error: stackOf(error) };
      this.#log.error('Cannot tell the parents of an object', fields);
    }
  }

  #resyncLater(): void {
    this.#cancelResync = this.#clock.after(this.#settings.resync, () => {
      for (const cache of this.#context.caches.all) this.#sweep(cache);
      this.#resyncLater();
    });
  }

  async #pass(key: Key): Promise<void> {
    const started = this.#clock.monotonic();
    const result = await this.#process(key);
    this.#metrics.reconciled(this.#name, result, this.#clock.monotonic() - started);
    this.#queue.done(key);
  }

  async #process(key: Key): Promise<ReconcileResult> {
    const log = this.#log.child({ namespace: key.namespace, name: key.name, reconcileID: randomUUID() });
    try {
      const context = { ...this.#context, cache: this.#context.caches.of(key.namespace) };
      const requeueAfter = await reconcile(this.#controller, key, context, log);
      this.#queue.forget(key);
      if (requeueAfter === undefined) return 'success';
      this.#queue.addAfter(key, Math.max(0, requeueAfter));
      return 'requeue_after';
    } catch (error) {
      return this.#afterFailure(key, error, log);
    }
  }

  #afterFailure(key: Key, error: unknown, log: Log): ReconcileResult {
    if (error instanceof NotLeading || error instanceof QueueClosed) return 'requeue';
    const retryIn = Math.round(this.#queue.retry(key, retryAfterOf(error)));
    if (error instanceof StaleCache) {
      log.debug('The cache was behind', { error: error.message, retryIn });
      return 'requeue';
    }
    log.error('Reconcile failed', { error: stackOf(error), retryIn });
    return 'error';
  }
}

/** The stack for our own mistakes; one line for answers of the API server. */
function stackOf(error: unknown): string {
  if (error instanceof KubernetesError || !(error instanceof Error)) return errorMessage(error);
  return error.cause === undefined ? (error.stack ?? error.message) : errorMessage(error);
}
