import type { IJob } from 'kubernetes-models/batch/v1';
import { timestamp } from '../../src/api/condition.ts';
import { keyOf } from '../../src/api/resource.ts';
import type { TrainingRunSpec } from '../../src/api/types.ts';
import { isFinished } from '../../src/workload/job.ts';
import { placed, results, running, unschedulable } from '../builders/pod.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import { World } from './trainingrun.ts';

const second = 1000;
/** How often scheduler and operator look. */
const step = 5 * second;
/** How long the places of a pod that has to end are taken still. */
const grace = 30 * second;
/** How long a pod trains once all of its gang have a place. */
const trains = 4 * 60 * second;

interface Pod {
  readonly index: number;
  place?: Date;
  /** What was last told of it. */
  told?: string;
}

interface Team {
  readonly world: World;
  job: string | undefined;
  pods: Pod[];
  wholeSince?: Date | undefined;
  /** When the operator looks again, unless something changes before. */
  looks: number;
}

/** Several runs that compete for places, of which each pod needs one. The scheduler gives them to one run after the other, pod by pod. */
export class Places {
  readonly #teams: Team[];
  readonly #all: number;
  /** Those of pods that have to end, and when they are free. */
  #leaving: { readonly count: number; readonly free: number }[] = [];
  now = new Date('2026-11-24T10:00:00Z');

  constructor(all: number, runs: readonly (Partial<TrainingRunSpec> & { readonly uid: string })[]) {
    this.#all = all;
    this.#teams = runs.map(({ uid, ...spec }) => {
      const run = trainingRun({ spec });
      return {
        world: new World({ ...run, metadata: { ...run.metadata, uid } }, this.now),
        job: undefined,
        pods: [],
        looks: 0,
      };
    });
  }

  /** When each of the runs has its version, in minutes; undefined of one that has none after so many minutes. */
  async run(minutes: number): Promise<(number | undefined)[]> {
    const began = this.now.getTime();
    const ends = new Map<Team, number>();
    while (this.now.getTime() < began + minutes * 60 * second && ends.size < this.#teams.length) {
      for (const team of this.#teams) await this.#operate(team);
      for (const team of this.#teams) {
        if (team.world.versions().length > 0 && !ends.has(team)) ends.set(team, this.now.getTime() - began);
      }
      this.#schedule();
      for (const team of this.#teams) this.#live(team);
      this.now = new Date(this.now.getTime() + step);
      for (const { world } of this.#teams) world.pass(step);
    }
    return this.#teams.map((team) => {
      const end = ends.get(team);
      return end === undefined ? undefined : Math.round(end / (60 * second));
    });
  }

  /** The operator's passes, and what the Job controller makes of its writes. */
  async #operate(team: Team): Promise<void> {
    if (this.now.getTime() < team.looks) return;
    team.looks = this.now.getTime() + (await team.world.settle());
    const job = team.world.jobs().find((one) => !isFinished(one));
    const isOn = job !== undefined && job.spec?.suspend !== true;
    if (isOn && team.pods.length === 0) this.#begin(team, job);
    if (isOn || team.pods.length === 0) return;
    const held = team.pods.filter(({ place }) => place !== undefined).length;
    // Of a Job that ended the pods have ended before.
    const free = this.now.getTime() + (job === undefined ? 0 : grace);
    this.#leaving.push({ count: held, free });
    team.pods = [];
    team.wholeSince = undefined;
  }

  #begin(team: Team, job: IJob): void {
    team.job = keyOf(job).name;
    team.pods = Array.from({ length: job.spec?.parallelism ?? 1 }, (_, index) => ({ index }));
  }

  #schedule(): void {
    this.#leaving = this.#leaving.filter(({ free }) => free > this.now.getTime());
    const waiting = this.#teams.flatMap(({ pods }) => pods.filter(({ place }) => place === undefined));
    const inTurn = waiting.toSorted((one, other) => one.index - other.index);
    for (const pod of inTurn.slice(0, this.#free())) pod.place = this.now;
  }

  #free(): number {
    const held = this.#teams.flatMap(({ pods }) => pods.filter(({ place }) => place !== undefined)).length;
    return this.#all - held - this.#leaving.reduce((sum, { count }) => sum + count, 0);
  }

  /** What the kubelets report. A pod that ends leaves its place to the next one. */
  #live(team: Team): void {
    const { world, job, pods } = team;
    if (job === undefined || pods.length === 0) return;
    const isWhole = pods.every(({ place }) => place !== undefined);
    if (isWhole) team.wholeSince ??= this.now;
    const isOver = team.wholeSince !== undefined && this.now.getTime() >= team.wholeSince.getTime() + trains;
    const isGang = pods.length > 1;
    for (const pod of pods) {
      const status =
        pod.place === undefined
          ? unschedulable('0/8 nodes are available: 8 Insufficient nvidia.com/gpu.')
          : placed(isOver ? results({ f1: 0.9 }) : running(), timestamp(pod.place));
      const text = JSON.stringify(status);
      if (text === pod.told) continue;
      pod.told = text;
      team.looks = 0;
      world.podIs(job, status, isGang ? pod.index : undefined);
    }
  }
}
