import { setTimeout as sleep } from 'node:timers/promises';
import { during } from '../cluster/progress.ts';
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
    yield await during(`waiting for "${step.title}"`, (note) => reach(kubectl, namespace, step, note));
  }
}

async function reach(kubectl: Kubectl, namespace: string, step: Step, note: (text: string) => void): Promise<Reached> {
  const started = performance.now();
  for (;;) {
    const state = await look(kubectl, namespace);
    const why = step.why(state);
    const seconds = (performance.now() - started) / 1000;
    if (why) return { step, why, seconds, state };
    if (seconds > step.minutes * 60) {
      throw new Error(`"${step.title}" was not reached within ${step.minutes} minutes.\n${conditionsOf(state)}`);
    }
    note(soFar(state));
    await sleep(secondsBetweenLooks * 1000);
  }
}

/** The part of the state that moves. */
function soFar({ run, deployment, monitor }: LoopState): string {
  const attempt = run?.status?.attempts?.at(-1);
  const drift = monitor?.status?.checks?.find(({ name }) => name === 'drift');
  const { readyReplicas, replicas } = deployment?.status ?? {};
  return [
    ...(attempt ? [`${attempt.name}: ${attempt.verdict ?? 'runs'}`] : []),
    ...(!replicas ? [] : [`${readyReplicas ?? 0} of ${replicas} servers ready`]),
    ...(drift?.value === undefined ? [] : [`drift ${drift.value}`]),
  ].join(', ');
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
