import { setTimeout as sleep } from 'node:timers/promises';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../../../src/api/types.ts';
import type { Kubectl } from '../../../hack/loop/kubectl.ts';

type Seen = ITrainingRun | IModelVersion | IModelDeployment | IMonitor | IJob | IPod;

/** What one look at the cluster showed of one namespace. */
export interface Sight {
  readonly runs: readonly ITrainingRun[];
  readonly versions: readonly IModelVersion[];
  readonly deployments: readonly IModelDeployment[];
  readonly monitors: readonly IMonitor[];
  readonly jobs: readonly IJob[];
  readonly pods: readonly IPod[];
}

/** Gives what was awaited, or nothing while it is not there. */
export type Satisfied<T> = (sight: Sight) => T | undefined | false | Promise<T | undefined | false>;

const plurals = 'trainingruns,modelversions,modeldeployments,monitors,jobs,pods';
/** Seconds. Nothing is asserted about times: this is for a machine that has much else to do. */
const patience = 420;
const nothing: Sight = { runs: [], versions: [], deployments: [], monitors: [], jobs: [], pods: [] };

/** While the API server is away nothing new is seen, and whoever waits for something waits on: the run goes on to its end. */
const noLook = () => undefined;

/** Looks at all namespaces once a second, for all who wait for something, and remembers what the conditions said. */
export class Observations {
  readonly #kubectl: Kubectl;
  readonly #stories = new Map<string, Set<string>>();
  #seen: readonly Seen[] = [];
  #stopped = false;
  #looking: Promise<void>;

  constructor(kubectl: Kubectl) {
    this.#kubectl = kubectl;
    this.#looking = this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#looking;
  }

  of(namespace: string): Sight {
    const objects = this.#seen.filter(({ metadata }) => metadata?.namespace === namespace);
    const ofKind = <T extends Seen>(kind: T['kind']) => objects.filter((object): object is T => object.kind === kind);
    if (objects.length === 0) return nothing;
    return {
      runs: ofKind<ITrainingRun>('TrainingRun'),
      versions: ofKind<IModelVersion>('ModelVersion'),
      deployments: ofKind<IModelDeployment>('ModelDeployment'),
      monitors: ofKind<IMonitor>('Monitor'),
      jobs: ofKind<IJob>('Job'),
      pods: ofKind<IPod>('Pod'),
    };
  }

  /** All that the conditions of a namespace's objects said, in full, in the order in which it was first seen. */
  story(namespace: string): readonly string[] {
    return [...(this.#stories.get(namespace) ?? [])];
  }

  /** Waits until a look at the namespace satisfies; throws, naming what was awaited, when it takes too long. */
  async until<T>(what: string, namespace: string, satisfied: Satisfied<T>): Promise<T> {
    const deadline = Date.now() + patience * 1000;
    for (;;) {
      const answer = await satisfied(this.of(namespace));
      if (answer !== undefined && answer !== false) return answer;
      if (Date.now() > deadline) throw new Error(`waited ${patience} s in vain: ${what}`);
      await sleep(250);
    }
  }

  async #look(): Promise<void> {
    while (!this.#stopped) {
      const text = await this.#kubectl.run(['get', plurals, '--all-namespaces', '--output', 'json']).catch(noLook);
      if (text !== undefined) this.#see((JSON.parse(text) as { items: Seen[] }).items);
      await sleep(1000);
    }
  }

  #see(objects: readonly Seen[]): void {
    this.#seen = objects;
    for (const object of objects) this.#remember(object);
  }

  #remember(object: Seen): void {
    if (object.kind !== 'TrainingRun' && object.kind !== 'ModelDeployment') return;
    const namespace = object.metadata?.namespace ?? '';
    const story = this.#stories.get(namespace) ?? new Set();
    this.#stories.set(namespace, story);
    for (const { type, status, reason, message } of object.status?.conditions ?? []) {
      story.add(`${object.kind} ${object.metadata?.name}: ${type}=${status} ${reason}: ${message}`);
    }
  }
}
