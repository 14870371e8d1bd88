/** What an administrator does by Helm, each step while users train, serve and ask. */
import { setTimeout as sleep } from 'node:timers/promises';
import { definitions } from './definitions.ts';
import { differences, type Standing } from './standing.ts';
import { type Asked, count, type World } from './world.ts';

/** What a step leaves: somebody who steers, or nobody. */
export type Left = 'an operator' | 'nobody';

/** Requests that were answered and failed while Helm did something. */
interface Tally {
  readonly step: string;
  readonly answered: number;
  readonly failed: number;
  readonly seconds: number;
}

export class Story {
  readonly #world: World;
  readonly #tallies: Tally[] = [];
  /** What stood before the first step: what changes between two steps is found by the next one. */
  #first: Standing | undefined;
  #asked: Asked = { answered: {}, failed: {} };

  constructor(world: World) {
    this.#world = world;
  }

  /** Does a step and looks whether users noticed anything; an exception of the step goes on to the caller. */
  async step(title: string, left: Left, act: () => Promise<unknown>): Promise<void> {
    const { place } = this.#world;
    const before = (this.#first ??= await this.#world.standing());
    if (this.#tallies.length === 0) this.#asked = await this.#world.asked();
    const defined = await definitions(place.kubectl);
    const began = performance.now();
    await act();
    const isSteered = await this.#world.probe();
    if (left === 'an operator') await place.until(`an operator after ${title}`, isSteered);
    // As long as an operator that is there takes to see everything and to do what it would do about it.
    await sleep(5000);
    if (left === 'nobody') place.expect(`nobody steers after ${title}`, !isSteered());
    const now = await this.#world.asked();
    const tally = {
      step: title,
      answered: count(now.answered) - count(this.#asked.answered),
      failed: count(now.failed) - count(this.#asked.failed),
      seconds: Math.round((performance.now() - began) / 1000),
    };
    this.#tallies.push(tally);
    this.#asked = now;
    const requests = `${tally.answered} answered, ${tally.failed} failed in ${tally.seconds} s`;
    const isUnnoticed = tally.failed === 0 && tally.answered > 0;
    place.expect(`no request fails through ${title}`, isUnnoticed, `${requests} ${JSON.stringify(now.failed)}`);
    const found = differences(before, await this.#world.standing());
    const whole = `${before.size} objects as they were`;
    place.expect(
      `nothing is lost, made anew or started again by ${title}`,
      found.length === 0,
      found.join('\n') || whole,
    );
    const kept = (await definitions(place.kubectl)) === defined;
    place.expect(`no CustomResourceDefinition is made anew by ${title}`, kept);
    const isPaused = this.#world.isPaused;
    place.expect(`the canary holds after ${title}`, isPaused, isPaused ? '' : JSON.stringify(this.#world.deployment));
  }

  /** All requests, for the end. */
  summary(): string {
    const sum = (key: 'answered' | 'failed' | 'seconds') => this.#tallies.reduce((all, tally) => all + tally[key], 0);
    return `${this.#tallies.length} steps of Helm in ${sum('seconds')} s: ${sum('answered')} requests answered, ${sum('failed')} failed`;
  }
}
