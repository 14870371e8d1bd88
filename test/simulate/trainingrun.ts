import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { merged } from '../builders/apiserver.ts';
import { timestamp } from '../../src/api/condition.ts';
import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun, TrainingRunSpec } from '../../src/api/types.ts';
import { isOwnedBy, type Key, keyOf, type Kind, type Resource, uidOf } from '../../src/api/resource.ts';
import type { DeniedWrite } from '../../src/api/refusal.ts';
import { deniedWrite } from '../../src/runtime/perform.ts';
import type { Action, Plan, Reader } from '../../src/controller.ts';
import { createTrainingRunController } from '../../src/kinds/trainingrun/index.ts';
import type { Stage } from '../../src/kinds/trainingrun/stages/stage.ts';
import type { Provenance } from '../../src/workload/origin.ts';
import { planned } from '../builders/planned.ts';
import { podOf } from '../builders/pod.ts';
import { referring } from '../builders/reader.ts';
import { validate } from '../builders/validate.ts';
import { podWordsOf, trainingWordsOf } from './words.ts';

type PodStatus = NonNullable<IPod['status']>;

/** Thrown where a test has the operator die: between two of its calls. */
class Crash extends Error {}

/**
 * A cluster with one TrainingRun, whose controller is driven step by step. Time passes only when told to. Every object that the
 * controller writes is held against its schema, and every event goes into a trace for people to read.
 */
export class World {
  readonly trace: string[] = [];
  readonly requests = { POST: 0, PATCH: 0, DELETE: 0, GET: 0 };
  controller: ReturnType<typeof createTrainingRunController>;
  now: Date;
  run: ITrainingRun;
  #objects = new Map<string, Resource>();
  #uids = 0;
  #callsUntilCrash = Infinity;

  constructor(
    run: ITrainingRun,
    now = new Date('2026-11-24T10:00:00Z'),
    stages?: readonly Stage[],
    provenance: Provenance = 'Admission',
  ) {
    this.controller = createTrainingRunController({ provenance, ...(stages && { stages }) });
    this.run = run;
    this.now = now;
    this.note('user', `creates TrainingRun ${keyOf(run).name}`);
  }

  note(who: string, what: string): void {
    this.trace.push(`${this.now.toISOString().slice(5, 19).replace('T', ' ')}  ${who.padEnd(9)} ${what}`);
  }

  text(): string {
    return `${this.trace.join('\n')}\n`;
  }

  pass(milliseconds: number): void {
    this.now = new Date(this.now.getTime() + milliseconds);
  }

  edit(spec: Partial<TrainingRunSpec>): void {
    this.note('user', `edits spec: ${JSON.stringify(spec)}`);
    const generation = (this.run.metadata?.generation ?? 0) + 1;
    this.run = { ...this.run, metadata: { ...this.run.metadata, generation }, spec: { ...this.run.spec, ...spec } };
  }

  loseStatus(): void {
    this.note('user', 'restores the run from a backup without status');
    const { status: _status, ...restored } = this.run;
    this.run = restored;
  }

  put(object: Resource): void {
    this.#objects.set(idOf(object.kind, keyOf(object)), object);
  }

  remove(kind: string, name: string): void {
    this.note('user', `deletes ${kind} ${name}`);
    this.#delete(kind, { namespace: 'team', name });
  }

  request(monitor: string, check: string): void {
    this.note('monitor', `${monitor} asks for training: ${check} fails`);
    const requestedAt = timestamp(this.now);
    const monitorObject: IMonitor = {
      apiVersion: 'flyball.dev/v1alpha1',
      kind: 'Monitor',
      metadata: { name: monitor, namespace: 'team' },
      spec: {
        modelDeploymentRef: { name: 'fraud' },
        checks: [],
        retrain: { trainingRunRef: { name: keyOf(this.run).name }, onChecks: [check] },
      },
      status: { retrain: { trainingRun: keyOf(this.run).name, requestedAt, check, reason: `${check} fails` } },
    };
    this.put(monitorObject);
  }

  reject(version: string): void {
    this.note('rollout', `rejects ${version}`);
    const rejected = [{ revision: 'abc', version, reason: 'AnalysisFailed', message: '', time: timestamp(this.now) }];
    const deployment: IModelDeployment = {
      apiVersion: 'flyball.dev/v1alpha1',
      kind: 'ModelDeployment',
      metadata: { name: 'fraud', namespace: 'team' },
      spec: { model: {}, server: { image: 'server', port: 8080, protocol: 'HTTP' }, replicas: 1 },
      status: { rejected },
    };
    this.put(deployment);
  }

  jobs(): IJob[] {
    return this.#all<IJob>('Job');
  }

  versions(): IModelVersion[] {
    return this.#all<IModelVersion>('ModelVersion');
  }

  /** The kubelet's and the Job controller's part: a Job has begun, its pods are in this state; `main` differs from its template by this. */
  podIs(jobName: string, status: PodStatus, index?: number, main: object = {}): void {
    const found = this.#jobNamed(jobName);
    const job: IJob = { ...found, status: { startTime: timestamp(this.now), ...found.status } };
    if (found.status?.startTime === undefined) this.put(job);
    const pod = podOf(job, status, index);
    const containers = (pod.spec?.containers ?? []).map((container) => ({ ...container, ...main }));
    this.put({ ...pod, spec: { ...pod.spec, containers } } as IPod);
    if (status.phase === 'Succeeded' && this.#succeeded(job) >= (job.spec?.completions ?? 1)) {
      this.#finish(job, 'Complete', undefined);
    }
    if (status.phase === 'Failed') this.#finish(job, 'Failed', 'BackoffLimitExceeded');
    this.note('cluster', `pod of ${jobName} is ${podWordsOf(status)}`);
  }

  timeIsOver(jobName: string): void {
    const job = this.#jobNamed(jobName);
    this.note('cluster', `${jobName} has had its ${job.spec?.activeDeadlineSeconds} seconds`);
    this.#endPods(job);
    this.#finish(job, 'Failed', 'DeadlineExceeded');
  }

  /** One pass of the controller. Returns its plan, or undefined if the operator died in it. */
  async reconcile(callsUntilCrash = Infinity): Promise<Plan<ITrainingRun> | undefined> {
    this.#callsUntilCrash = callsUntilCrash;
    try {
      const plan = await planned(this.controller, this.run, { read: this.#reader(), now: this.now });
      const { made, refusal } = this.#perform(plan.actions);
      const told = this.controller.made?.(plan.status, made) ?? plan.status;
      this.#writeStatus(refusal ? this.controller.refused(told, refusal, this.run, this.now) : told);
      return plan;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.note('operator', 'is killed');
      return undefined;
    }
  }

  /** Passes until nothing is written any more and nothing is due at once. Returns when it is to be looked again, in milliseconds. */
  async settle(): Promise<number> {
    for (let pass = 0; pass < 20; pass += 1) {
      const before = JSON.stringify(this.requests);
      const plan = await this.reconcile();
      if (JSON.stringify(this.requests) === before && (plan?.requeueAfter ?? Infinity) > 10) {
        return plan?.requeueAfter ?? Infinity;
      }
    }
    throw new Error(`the controller does not come to rest:\n${this.text()}`);
  }

  #perform(actions: readonly Action[]): { made: Resource[]; refusal?: DeniedWrite } {
    const made: Resource[] = [];
    for (const action of actions) {
      this.#call();
      const refusal = this.#performOne(action);
      if (refusal !== undefined) {
        this.note('API', `denies ${action.type} of ${action.kind.kind}: ${refusal.reason}`);
        return { made, refusal };
      }
      const object = action.type === 'Create' ? this.#get(action.kind, keyOf(action.object)) : undefined;
      if (object !== undefined) made.push(object);
    }
    return { made };
  }

  #performOne(action: Action): DeniedWrite | undefined {
    const key = action.type === 'Create' ? keyOf(action.object) : action.key;
    const existing = this.#objects.get(idOf(action.kind.kind, key));
    switch (action.type) {
      case 'Create': {
        this.requests.POST += 1;
        if (existing !== undefined) return deniedWrite(action, 'NameConflict', `${key.name} already exists`);
        if (action.object.kind === 'ModelVersion') validate(action.object as IModelVersion);
        const uid = `uid-${(this.#uids += 1)}`;
        const creationTimestamp = timestamp(this.now);
        this.put({ ...action.object, metadata: { ...action.object.metadata, uid, creationTimestamp } });
        this.note('operator', `POST ${action.kind.kind} ${key.name}`);
        return undefined;
      }
      case 'Patch': {
        this.requests.PATCH += 1;
        if (existing === undefined || uidOf(existing) !== action.uid) throw new Error(`patch of a foreign ${key.name}`);
        const after = heeded(merged(existing, action.patch) as IJob, timestamp(this.now));
        this.put(after);
        this.note('operator', `PATCH ${action.kind.kind} ${key.name} ${JSON.stringify(action.patch)}`);
        if (after.spec?.suspend === true) this.#endPods(after);
        return undefined;
      }
      case 'Delete': {
        this.requests.DELETE += 1;
        if (existing !== undefined && uidOf(existing) !== action.uid)
          throw new Error(`delete of a foreign ${key.name}`);
        this.#delete(action.kind.kind, key);
        this.note('operator', `DELETE ${action.kind.kind} ${key.name}`);
        return undefined;
      }
    }
  }

  #writeStatus(status: NonNullable<ITrainingRun['status']>): void {
    if (JSON.stringify(status) === JSON.stringify(this.run.status)) return;
    this.#call();
    this.requests.PATCH += 1;
    this.run = { ...this.run, status };
    validate(this.run);
    this.note('operator', `status ${trainingWordsOf(status)}`);
  }

  #call(): void {
    if (this.#callsUntilCrash <= 0) throw new Crash();
    this.#callsUntilCrash -= 1;
  }

  #reader(): Reader {
    return {
      get: (kind, key) => this.#get(kind, key),
      referring: (kind, to, key) => referring(this.#all(kind.kind), kind, to, key),
      ownedBy: <R extends Resource>(kind: Kind<R>, uid: string) =>
        this.#all<R>(kind.kind).filter((object) => isOwnedBy(object, uid)),
      isServed: () => true,
      live: async (kind, key) => {
        this.requests.GET += 1;
        return this.#get(kind, key);
      },
    };
  }

  #get<R extends Resource>(kind: Kind<R>, key: Key): R | undefined {
    return this.#objects.get(idOf(kind.kind, key)) as R | undefined;
  }

  #all<R extends Resource>(kind: string): R[] {
    return [...this.#objects.values()].filter((object) => object.kind === kind) as R[];
  }

  /** Dependents go with their owner, as the garbage collector has it. */
  #delete(kind: string, key: Key): void {
    const gone = this.#objects.get(idOf(kind, key));
    if (gone === undefined) return;
    this.#objects.delete(idOf(kind, key));
    const dependents = [...this.#objects.values()].filter((object) => isOwnedBy(object, uidOf(gone)));
    for (const dependent of dependents) this.#delete(dependent.kind, keyOf(dependent));
  }

  /** As the Job controller does with what is suspended. */
  #endPods(job: IJob): void {
    const pods = this.#all<IPod>('Pod').filter((pod) => isOwnedBy(pod, uidOf(job)));
    if (pods.length > 0) this.note('cluster', `ends the ${pods.length} pods of ${keyOf(job).name}`);
    for (const pod of pods) this.#delete('Pod', keyOf(pod));
  }

  #jobNamed(name: string): IJob {
    const job = this.jobs().find((candidate) => keyOf(candidate).name === name);
    if (job === undefined) throw new Error(`there is no Job ${name}`);
    return job;
  }

  #succeeded(job: IJob): number {
    const own = this.#all<IPod>('Pod').filter((pod) => isOwnedBy(pod, uidOf(job)));
    return own.filter(({ status }) => status?.phase === 'Succeeded').length;
  }

  #finish(job: IJob, type: string, reason: string | undefined): void {
    const time = timestamp(this.now);
    const condition = { type, status: 'True', lastTransitionTime: time, ...(reason && { reason }) };
    const completion = type === 'Complete' ? { completionTime: time } : {};
    this.put({ ...job, status: { startTime: time, ...completion, conditions: [condition] } } as IJob);
  }
}

/** The Job controller's part in a suspension: who goes on starts anew. */
function heeded(job: IJob, time: string): IJob {
  const isSuspended = job.spec?.suspend === true;
  const condition = { type: 'Suspended', status: isSuspended ? 'True' : 'False', lastTransitionTime: time };
  return { ...job, status: { ...(!isSuspended && { startTime: time }), conditions: [condition] } };
}

function idOf(kind: string, { namespace, name }: Key): string {
  return `${kind}/${namespace}/${name}`;
}
