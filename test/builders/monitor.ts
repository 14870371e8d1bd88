import type {
  Attempt,
  IModelDeployment,
  IModelVersion,
  IMonitor,
  ITrainingRun,
  ModelDeploymentSpec,
  ModelDeploymentStatus,
  MonitorSpec,
  MonitorStatus,
} from '../../src/api/types.ts';
import { type Key, keyOf, type Kind, type Resource } from '../../src/api/resource.ts';
import type { Reader } from '../../src/controller.ts';
import { createMonitorController } from '../../src/kinds/monitor/index.ts';
import type { QuerySource } from '../../src/kinds/monitor/index.ts';
import type { Sample } from '../../src/measure/prometheus.ts';
import type { MetricsStore } from '../../src/measure/turns.ts';
import { createSampler } from '../../src/measure/sampler.ts';
import type { MetricsStores } from '../../src/measure/sampler.ts';
import { planned } from './planned.ts';
import { FakePrometheus } from './prometheus.ts';
import { referring } from './reader.ts';
import { validate } from './validate.ts';

/** A Monitor of the ModelDeployment fraud with one check, as the API server would hold it. */
export function monitor(spec: Partial<MonitorSpec> = {}, status?: MonitorStatus): IMonitor {
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'Monitor',
    metadata: { name: 'fraud', namespace: 'team', uid: 'uid-monitor', generation: 1 },
    spec: {
      modelDeploymentRef: { name: 'fraud' },
      checks: [{ name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '1h' }, max: 0.2 }],
      ...spec,
    },
    ...(status && { status }),
  };
}

/** A ModelDeployment that follows the run fraud and observes the signal amount; revision 11111111 is stable. */
export function watchedDeployment(
  spec: Partial<ModelDeploymentSpec> = {},
  status: ModelDeploymentStatus = { stable: stable('11111111', 1, '2026-11-24T00:00:00Z') },
): IModelDeployment {
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name: 'fraud', namespace: 'team', uid: 'uid-deployment', generation: 1 },
    spec: {
      model: { trainingRunRef: { name: 'fraud' } },
      server: { image: 'registry/serve:1', port: 8080, protocol: 'OpenInference' },
      observe: { signals: [{ name: 'amount', from: 'Request', pointer: '/inputs/0/data/0', type: 'Number' }] },
      ...spec,
    },
    status,
  };
}

export function stable(revision: string, version: number, since: string) {
  return { revision, version: `fraud-${version}`, uri: `pvc://models/fraud/fraud-${version}`, since };
}

export function attempt(number: number, fields: Partial<Attempt> = {}): Attempt {
  return {
    name: `fraud-${number}`,
    number,
    recipeDigest: 'sha256:recipe',
    trigger: { type: 'Created', time: '2026-11-24T00:00:00Z' },
    coversUntil: '2026-11-24T00:00:00Z',
    startTime: '2026-11-24T00:00:00Z',
    ...fields,
  };
}

/** The answer of signalCounts for ten equal bins, or those given. */
export function binCounts(counts: readonly number[] = Array.from({ length: 10 }, () => 500)): readonly Sample[] {
  return counts.map((value, bin) => ({ labels: { signal: 'amount', bin: String(bin) }, value }));
}

/** All traffic in the upper half of the deciles. */
export const shiftedCounts = binCounts([0, 0, 0, 0, 0, 1000, 1000, 1000, 1000, 1000]);

/** A namespace with one Monitor, which its controller reconciles while time goes by. */
export class MonitorWorld {
  readonly prometheus = new FakePrometheus();
  now = new Date('2026-11-24T12:00:00Z');
  monitor: IMonitor;
  deployment: IModelDeployment | undefined = watchedDeployment();
  run: ITrainingRun | undefined;
  versions: readonly IModelVersion[] = [];
  /** How many statuses were written. */
  writes = 0;
  /** What is held against the schema, without what the schema cannot know. */
  known: (monitor: IMonitor) => IMonitor = (monitor) => monitor;
  readonly #stores: MetricsStores;
  readonly #controller: ReturnType<typeof createMonitorController>;
  #sampler: ReturnType<typeof createSampler>;

  constructor(monitor: IMonitor, sources: readonly (QuerySource & { readonly store: MetricsStore })[] = []) {
    this.monitor = monitor;
    this.#stores = { prometheus: this.prometheus, sources };
    this.#controller = createMonitorController({ sources });
    this.#sampler = createSampler(this.#stores);
  }

  /** What the operator remembers of this Monitor. */
  get sampler() {
    return this.#sampler;
  }

  get status(): MonitorStatus {
    return this.monitor.status ?? {};
  }

  condition(type: string) {
    const found = this.status.conditions?.find((condition) => condition.type === type);
    return found && `${found.status} ${found.reason}`;
  }

  verdict(name = 'drift') {
    const found = this.status.checks?.find((check) => check.name === name);
    return found && `${found.verdict} ${found.reason}`;
  }

  restartOperator(): void {
    this.#sampler = createSampler(this.#stores);
  }

  /** One reconcile, of which the status has to be as the schema allows; returns when the next is due. */
  async reconcile(): Promise<number> {
    const context = { read: this.#reader, now: this.now, sampler: this.#sampler };
    const plan = await planned(this.#controller, this.monitor, context);
    if (JSON.stringify(plan.status) !== JSON.stringify(this.monitor.status)) {
      this.writes += 1;
      this.monitor = { ...this.monitor, status: plan.status };
      validate(this.known(this.monitor));
    }
    return plan.requeueAfter ?? Infinity;
  }

  /** Reconciles as often as the controller asks for, until the time has gone by. */
  async pass(minutes: number): Promise<void> {
    const end = this.now.getTime() + minutes * 60_000;
    for (;;) {
      const next = this.now.getTime() + (await this.reconcile());
      if (next > end) break;
      this.now = new Date(next);
    }
    this.now = new Date(end);
    await this.reconcile();
  }

  #objects(): readonly Resource[] {
    return [this.monitor, this.deployment, this.run, ...this.versions].filter((object) => object !== undefined);
  }

  readonly #reader: Reader = {
    get: <R extends Resource>(kind: Kind<R>, { namespace, name }: Key) =>
      this.#objects().find(
        (object): object is R =>
          object.kind === kind.kind && keyOf(object).namespace === namespace && keyOf(object).name === name,
      ),
    referring: (kind, to, key) => referring(this.#objects(), kind, to, key),
    ownedBy: () => [],
    isServed: () => true,
    live: () => Promise.resolve(undefined),
  };
}
