import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from './kubectl.ts';
import { look, type LoopState } from './state.ts';
import type { Step } from './steps.ts';

export interface Reached {
  readonly step: Step;
  readonly why: string;
  readonly seconds: number;
  readonly state: LoopState;
}

const secondsBetweenLooks = 1;

/**
 * Waits for each step in order and tells of it as it is reached. Throws, with what is known of the objects' conditions, if a step
 * takes longer than it may.
 */
export async function* follow(kubectl: Kubectl, namespace: string, steps: readonly Step[]): AsyncGenerator<Reached> {
  for (const step of steps) {
    const started = performance.now();
    for (;;) {
      const state = await look(kubectl, namespace);
      const why = step.why(state);
      const seconds = (performance.now() - started) / 1000;
      if (why) {
        yield { step, why, seconds, state };
        break;
      }
      if (seconds > step.minutes * 60) {
        throw new Error(`"${step.title}" was not reached within ${step.minutes} minutes.\n${conditionsOf(state)}`);
      }
      await sleep(secondsBetweenLooks * 1000);
    }
  }
}

/** One line for each condition of each object. */
export function conditionsOf(state: LoopState): string {
  return [state.run, state.deployment, state.monitor]
    .flatMap((object) =>
      (object?.status?.conditions ?? []).map(
        ({ type, status, reason, message }) =>
          `${object?.kind} ${object?.metadata?.name}: ${type}=${status} ${reason}: ${message}`,
      ),
    )
    .join('\n');
}
