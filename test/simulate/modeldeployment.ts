import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod, IService } from 'kubernetes-models/v1';
import { timestamp } from '../../src/api/condition.ts';
import type { IModelDeployment, IMonitor, ModelDeploymentSpec, ModelDeploymentStatus } from '../../src/api/types.ts';
import { keyOf, type Resource, uidOf } from '../../src/api/resource.ts';
import { deniedWrite } from '../../src/runtime/perform.ts';
import type { Action, Plan } from '../../src/controller.ts';
import { createModelDeploymentController } from '../../src/kinds/modeldeployment/index.ts';
import { trafficBackends } from '../../src/kinds/modeldeployment/traffic/index.ts';
import type { Traffic } from '../../src/kinds/modeldeployment/traffic/traffic.ts';
import { createSampler } from '../../src/measure/sampler.ts';
import { artifact } from '../builders/modeldeployment.ts';
import { knowing } from '../builders/knowing.ts';
import { modelVersion } from '../builders/modelversion.ts';
import { replicaSetOf } from '../builders/replicaset.ts';
import { planned } from '../builders/planned.ts';
import { validate } from '../builders/validate.ts';
import { type Behaviour, Kubelet } from './kubelet.ts';
import { Crash, Objects } from './objects.ts';
import { type Metrics, prometheusTelling } from './metrics.ts';
import { sizeOf, statesOf, versionOf, wordsOf } from './words.ts';

export type { Metrics } from './metrics.ts';

/**
 * A cluster with one ModelDeployment, whose controller runs only when something that it watches has changed or the time that it
 * named has come, so that a trace shows it if it relies on being called by chance.
 */
export class ServingWorld {
  readonly trace: string[] = [];
  readonly requests = { POST: 0, PATCH: 0, DELETE: 0, status: 0, queries: 0 };
  readonly behaviours = new Map<string, Behaviour>();
  readonly selectors = new Map<string, string>();
  metrics: Metrics = {};
  room = Infinity;
  startsIn = 5;
  fetchesIn: (deployment: IDeployment) => number = () => 5;
  endsIn = 0;
  now = new Date('2026-11-24T10:00:00Z');
  parent: IModelDeployment;
  /** Another one after an installation with other settings. */
  controller: ReturnType<typeof createModelDeploymentController>;
  /** Called after every second. */
  everySecond: (world: ServingWorld) => void = () => undefined;
  #sampler = this.#newSampler();
  #kubelet = new Kubelet();
  readonly #objects = new Objects();
  readonly unserved = this.#objects.unserved;
  #uids = 0;
  #dirty = true;
  #wakeAt = Infinity;
  #unready = 0;
  #callsUntilCrash = Infinity;
  #told = new Map<string, string>();
  /** What the cluster has made of Deployments. */
  #made: readonly Resource[] = [];

  /** @param backends what may divide the requests. */
  constructor(parent: IModelDeployment, backends: readonly Traffic[] = trafficBackends) {
    this.parent = parent;
    this.controller = createModelDeploymentController({
      observerImage: 'registry/flyball:1',
      provenance: 'Compare',
      backends,
    });
    this.note('user', `creates ModelDeployment ${keyOf(parent).name}`);
  }

  note(who: string, what: string): void {
    this.trace.push(`${this.now.toISOString().slice(11, 19)}  ${who.padEnd(9)} ${what}`);
  }

  text(): string {
    return `${this.trace.join('\n')}\n`;
  }

  /** A version of the run fraud passed its gate. */
  register(number: number, fields: Parameters<typeof modelVersion>[1] = {}, at?: Date): void {
    this.note('training', `registers fraud-${number}`);
    const version = modelVersion(number, { ...artifact(number), ...fields });
    const metadata = { ...version.metadata, ...(at && { creationTimestamp: timestamp(at) }) };
    this.put({ ...version, metadata });
    this.put(knowing(this.#objects.get('TrainingRun', { namespace: 'team', name: 'fraud' }), version));
  }

  edit(spec: Partial<ModelDeploymentSpec>): void {
    this.note('user', `edits spec: ${JSON.stringify(spec)}`);
    const generation = (this.parent.metadata?.generation ?? 0) + 1;
    this.parent = {
      ...this.parent,
      metadata: { ...this.parent.metadata, generation },
      spec: { ...this.parent.spec, ...spec },
    };
    this.#dirty = true;
  }

  scale(replicas: number): void {
    this.note('HPA', `scales to ${replicas}`);
    this.parent = { ...this.parent, spec: { ...this.parent.spec, replicas } };
    this.#dirty = true;
  }

  /** The Monitor's controller rejects the revision that is stable, or another one. */
  reject(check: string, revision = this.parent.status?.stable?.revision ?? ''): void {
    this.note('monitor', `rejects ${revision}: ${check} fails`);
    const before =
      this.#objects.get<IMonitor>('Monitor', { namespace: 'team', name: 'watch' })?.status?.rejections ?? [];
    const rejection = { revision, check, time: timestamp(this.now), message: `${check} is over its limit.` };
    const monitor: IMonitor = {
      apiVersion: 'flyball.dev/v1alpha1',
      kind: 'Monitor',
      metadata: { name: 'watch', namespace: 'team' },
      spec: { modelDeploymentRef: { name: 'fraud' }, checks: [] },
      status: { rejections: [...before, rejection] },
    };
    this.put(monitor);
  }

  put(object: Resource): void {
    this.#objects.put(object);
    this.#dirty = true;
  }

  remove(kind: string, name: string): void {
    this.note('user', `deletes ${kind} ${name}`);
    this.#objects.remove(kind, { namespace: 'team', name });
    this.#dirty = true;
  }

  all = <R extends Resource>(kind: string): R[] => this.#objects.all<R>(kind);
  deployments = (): IDeployment[] => this.#objects.all<IDeployment>('Deployment');
  pods = (): IPod[] => this.#objects.all<IPod>('Pod');
  services = (): IService[] => this.#objects.all<IService>('Service');

  scaleByHand(name: string, replicas: number): void {
    this.note('user', `scales Deployment ${name} to ${replicas} by hand`);
    const deployment = this.#objects.get<IDeployment>('Deployment', { namespace: 'team', name });
    if (deployment?.spec !== undefined)
      this.put({ ...deployment, spec: { ...deployment.spec, replicas } } as IDeployment);
  }

  names(kind: string): string[] {
    return this.#objects.all(kind).map((object) => keyOf(object).name);
  }

  /** Pods of a version that are ready. */
  ready(version?: string): number {
    return this.deployments()
      .filter((deployment) => version === undefined || versionOf(deployment) === version)
      .reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0);
  }

  /** Pods of any version that have been ready for long enough. */
  available(): number {
    return this.deployments().reduce((sum, { status }) => sum + (status?.availableReplicas ?? 0), 0);
  }

  condition(type: string) {
    return this.parent.status?.conditions?.find((condition) => condition.type === type);
  }

  /** So many pods do not answer their probes at the moment, the oldest; below 0, the newest. */
  unready(pods: number): void {
    this.#unready = pods;
  }

  /** Time goes by, second by second. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.now = new Date(this.now.getTime() + 1000);
      this.#tick();
      await this.settle();
      this.everySecond(this);
    }
  }

  /** Passes of the controller for as long as there is a reason for one. */
  async settle(): Promise<void> {
    for (let passes = 0; this.#dirty || this.now.getTime() >= this.#wakeAt; passes += 1) {
      if (passes > 20) throw new Error(`the controller does not come to rest:\n${this.text()}`);
      await this.reconcile();
    }
  }

  /** The operator dies after this many more writes; a new one starts at once. */
  crashAfter(calls: number): void {
    this.#callsUntilCrash = calls;
  }

  async reconcile(): Promise<Plan<IModelDeployment> | undefined> {
    this.#dirty = false;
    this.#wakeAt = Infinity;
    try {
      const context = { read: this.#objects.reader(), now: this.now, sampler: this.#sampler };
      const plan = await planned(this.controller, this.parent, context);
      if (plan.requeueAfter !== undefined) this.#wakeAt = this.now.getTime() + plan.requeueAfter;
      const { made, refusal } = this.#perform(plan.actions);
      const told = this.controller.made?.(plan.status, made) ?? plan.status;
      this.#writeStatus(refusal ? this.controller.refused(told, refusal, this.parent, this.now) : told);
      return plan;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.note('operator', 'is killed; another takes over');
      this.#callsUntilCrash = Infinity;
      this.#sampler = this.#newSampler();
      this.#dirty = true;
      return undefined;
    }
  }

  /** What an operator remembers; a new one remembers nothing. */
  #newSampler() {
    const prometheus = prometheusTelling(() => {
      this.requests.queries += 1;
      return this.metrics;
    });
    return createSampler({ prometheus, sources: [] });
  }

  #tick(): void {
    const deployments = this.deployments();
    const { startsIn, fetchesIn, endsIn, room } = this;
    const behaviourOf = (deployment: IDeployment) => this.behaviours.get(versionOf(deployment)) ?? 'Works';
    const options = { behaviourOf, startsIn, fetchesIn, endsIn, room, unready: this.#unready };
    const after = this.#kubelet.tick(deployments, this.now, options);
    const before = statesOf([...deployments, ...this.#made.filter((one): one is IPod => one.kind === 'Pod')]);
    if (statesOf([...after.deployments, ...after.pods]) === before) return;
    for (const object of this.#made) this.#objects.remove(object.kind, keyOf(object));
    this.#made = [...after.deployments.map(replicaSetOf), ...after.pods];
    for (const object of [...after.deployments, ...this.#made]) this.put(object);
    for (const deployment of after.deployments) this.#tell(deployment);
  }

  #tell(deployment: IDeployment): void {
    const { name } = keyOf(deployment);
    const what = `${deployment.status?.readyReplicas} of ${deployment.status?.replicas} pods of ${versionOf(deployment)} are ready`;
    if (this.#told.get(name) === what) return;
    this.#told.set(name, what);
    this.note('cluster', what);
  }

  #perform(actions: readonly Action[]) {
    const made: Resource[] = [];
    for (const action of actions) {
      this.#call();
      const refusal = this.#performOne(action);
      if (refusal !== undefined) {
        this.note('API', `denies ${action.type} of ${action.kind.kind}: ${refusal.reason}`);
        return { made, refusal };
      }
      const object = action.type === 'Create' && this.#objects.get(action.kind.kind, keyOf(action.object));
      if (object) made.push(object);
    }
    return { made };
  }

  #performOne(action: Action) {
    const key = action.type === 'Create' ? keyOf(action.object) : action.key;
    const existing = this.#objects.get(action.kind.kind, key);
    switch (action.type) {
      case 'Create':
        this.requests.POST += 1;
        if (existing !== undefined) return deniedWrite(action, 'NameConflict', `${key.name} already exists`);
        this.put({ ...action.object, metadata: { ...action.object.metadata, uid: `uid-${(this.#uids += 1)}` } });
        this.note('operator', `POST ${action.kind.kind} ${key.name}${sizeOf(action.object)}`);
        return undefined;
      case 'Patch': {
        this.requests.PATCH += 1;
        if (existing === undefined || uidOf(existing) !== action.uid) throw new Error(`patch of a foreign ${key.name}`);
        const deployment = existing as IDeployment;
        this.put({ ...deployment, spec: { ...deployment.spec, ...(action.patch['spec'] as object) } } as IDeployment);
        this.note('operator', `PATCH ${action.kind.kind} ${key.name} ${JSON.stringify(action.patch)}`);
        return undefined;
      }
      case 'Delete':
        this.requests.DELETE += 1;
        if (existing !== undefined && uidOf(existing) !== action.uid) throw new Error(`delete of foreign ${key.name}`);
        this.#objects.remove(action.kind.kind, key);
        this.#dirty = true;
        this.note('operator', `DELETE ${action.kind.kind} ${key.name}`);
        return undefined;
    }
  }

  #writeStatus(status: ModelDeploymentStatus): void {
    if (JSON.stringify(status) === JSON.stringify(this.parent.status)) return;
    this.#call();
    this.requests.status += 1;
    const before = this.parent.status === undefined ? '' : wordsOf(this.parent.status);
    this.parent = { ...this.parent, status };
    validate(this.parent);
    this.#dirty = true;
    if (wordsOf(status) !== before) this.note('operator', `status ${wordsOf(status)}`);
  }

  #call(): void {
    if (this.#callsUntilCrash <= 0) throw new Crash();
    this.#callsUntilCrash -= 1;
  }
}
