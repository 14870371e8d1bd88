import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { defined } from '../api/defined.ts';
import type { Kind } from '../api/resource.ts';
import type { CountRequest } from '../kube/transport.ts';

/** What a queue tells and is asked, see WorkQueue. Times are in milliseconds on the monotonic clock. */
export interface MeasuredQueue {
  readonly depth: number;
  readonly workingSince: readonly number[];
}

/** A kind that is watched, see Reflector. */
export interface MeasuredKind {
  readonly watched: { readonly kind: Kind };
  /** Undefined if it is watched in all. */
  readonly namespace: string | undefined;
  readonly isServed: boolean;
}

const results = ['success', 'error', 'requeue', 'requeue_after'] as const;

export type ReconcileResult = (typeof results)[number];

const reconcileBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const queueBuckets = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000];

/** The operator's metrics. Names and labels are those of controller-runtime and client-go where the meaning is the same. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests = this.#counter('rest_client_requests_total', 'Requests to the API server.', [
    'code',
    'method',
    'host',
  ]);
  readonly #leader = this.#gauge('leader_election_master_status', '1 while this replica holds the lease.', ['name']);
  readonly #reconciles = this.#counter('controller_runtime_reconcile_total', 'Reconciles by result.', [
    'controller',
    'result',
  ]);
  readonly #errors = this.#counter('controller_runtime_reconcile_errors_total', 'Reconciles that failed.', [
    'controller',
  ]);
  readonly #reconcileTime = this.#histogram(
    'controller_runtime_reconcile_time_seconds',
    'Length of a reconcile.',
    ['controller'],
    reconcileBuckets,
  );
  readonly #adds = this.#counter('workqueue_adds_total', 'Keys added to the queue.', ['name', 'controller']);
  readonly #retries = this.#counter('workqueue_retries_total', 'Keys added again after a failure.', [
    'name',
    'controller',
  ]);
  readonly #waited = this.#histogram(
    'workqueue_queue_duration_seconds',
    'How long a key waited.',
    ['name', 'controller'],
    queueBuckets,
  );
  readonly #worked = this.#histogram(
    'workqueue_work_duration_seconds',
    'How long work on a key took.',
    ['name', 'controller'],
    queueBuckets,
  );
  readonly #depth = this.#gauge('workqueue_depth', 'Keys that wait.', ['name', 'controller']);
  readonly #unfinished = this.#gauge('workqueue_unfinished_work_seconds', 'Sum of the ages of work in progress.', [
    'name',
    'controller',
  ]);
  readonly #longest = this.#gauge(
    'workqueue_longest_running_processor_seconds',
    'Age of the oldest work in progress.',
    ['name', 'controller'],
  );
  readonly #served = this.#gauge(
    'flyball_kind_served',
    '1 if the API server lets a watched kind be seen, 0 if it is absent or forbidden.',
    ['api_version', 'resource', 'namespace'],
  );
  #kinds: readonly MeasuredKind[] = [];
  readonly #queues = new Map<string, MeasuredQueue>();

  /** `version` of this program. */
  constructor(version: string) {
    this.#gauge('flyball_build_info', '1; the version is the label.', ['version']).set({ version }, 1);
    collectDefaultMetrics({ register: this.registry });
  }

  readonly countRequest: CountRequest = (method, code, host) => this.#requests.inc({ method, code, host });

  leading(lease: string, isLeading: boolean): void {
    this.#leader.set({ name: lease }, isLeading ? 1 : 0);
  }

  reconciled(controller: string, result: ReconcileResult, milliseconds: number): void {
    this.#reconciles.inc({ controller, result });
    if (result === 'error') this.#errors.inc({ controller });
    this.#reconcileTime.observe({ controller }, milliseconds / 1000);
  }

  /** What the queue of a controller reports to. What has not happened yet is told as zero: else its first time would be in no rate. */
  queueMeter(controller: string) {
    const labels = { name: controller, controller };
    for (const result of results) this.#reconciles.inc({ controller, result }, 0);
    this.#errors.inc({ controller }, 0);
    this.#adds.inc(labels, 0);
    this.#retries.inc(labels, 0);
    return {
      added: () => this.#adds.inc(labels),
      retried: () => this.#retries.inc(labels),
      started: (waited: number) => this.#waited.observe(labels, waited / 1000),
      finished: (took: number) => this.#worked.observe(labels, took / 1000),
    };
  }

  /** Reads the queue's depth and work in progress at each scrape. */
  measureQueue(controller: string, queue: MeasuredQueue): void {
    this.#queues.set(controller, queue);
  }

  /** Reads at each scrape which kinds are served. */
  measureKinds(kinds: readonly MeasuredKind[]): void {
    this.#kinds = kinds;
  }

  /** The text that Prometheus scrapes. */
  async text(): Promise<string> {
    for (const { watched, namespace, isServed } of this.#kinds) {
      const { apiVersion, plural } = watched.kind;
      this.#served.set(defined({ api_version: apiVersion, resource: plural, namespace }), isServed ? 1 : 0);
    }
    const now = performance.now();
    for (const [controller, queue] of this.#queues) {
      const labels = { name: controller, controller };
      const ages = queue.workingSince.map((since) => (now - since) / 1000);
      this.#depth.set(labels, queue.depth);
      this.#unfinished.set(
        labels,
        ages.reduce((sum, age) => sum + age, 0),
      );
      this.#longest.set(labels, Math.max(0, ...ages));
    }
    return await this.registry.metrics();
  }

  #counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  #gauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  #histogram<L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }
}
