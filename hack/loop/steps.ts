import { findCondition } from '../../src/api/condition.ts';
import type { LoopState } from './state.ts';

/** One step of the loop: reached once `why` has something to say about it. */
export interface Step {
  readonly title: string;
  /** How long it may take before the loop counts as stuck. */
  readonly minutes: number;
  why(state: LoopState): string | undefined;
}

const attempt = (state: LoopState, number: number) => state.run?.status?.attempts?.find((one) => one.number === number);
const version = (state: LoopState, number: number) => state.versions.find((one) => one.spec.number === number);
const check = (state: LoopState, name: string) => state.monitor?.status?.checks?.find((one) => one.name === name);
const metrics = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** The loop of the example, in order; `drift` is the check whose failure starts the retraining. */
export const steps: readonly Step[] = [
  {
    title: 'Training starts',
    minutes: 3,
    why: (state) => attempt(state, 1) && `attempt ${attempt(state, 1)?.name}: ${attempt(state, 1)?.trigger.type}`,
  },
  {
    title: 'Version 1 is registered',
    minutes: 6,
    why: (state) => version(state, 1) && metrics(version(state, 1)?.spec.metrics ?? {}),
  },
  {
    title: 'Version 1 is served',
    minutes: 5,
    why: (state) =>
      findCondition(state.deployment?.status?.conditions, 'Ready')?.status === 'True'
        ? `${state.deployment?.status?.stable?.version} on ${state.deployment?.status?.replicas} replicas at ${state.deployment?.status?.url}`
        : undefined,
  },
  {
    title: 'The monitor sees it',
    minutes: 8,
    why: (state) =>
      check(state, 'drift')?.verdict === 'Passing' ? `drift ${check(state, 'drift')?.value} passes` : undefined,
  },
  {
    title: 'Drift is noticed',
    minutes: 15,
    why: (state) =>
      check(state, 'drift')?.verdict === 'Failing' || attempt(state, 2)
        ? (state.monitor?.status?.retrain?.reason ?? check(state, 'drift')?.message)
        : undefined,
  },
  {
    title: 'Retraining starts',
    minutes: 5,
    why: (state) =>
      attempt(state, 2) &&
      `attempt ${attempt(state, 2)?.name}: ${attempt(state, 2)?.trigger.type}, ${attempt(state, 2)?.trigger.reason}`,
  },
  {
    title: 'Version 2 is registered',
    minutes: 6,
    why: (state) =>
      version(state, 2)
        ?.spec.gate?.map((verdict) => verdict.message)
        .join('; '),
  },
  {
    title: 'A quarter of the load goes to version 2',
    minutes: 5,
    why: (state) => weightReached(state, 25),
  },
  {
    title: 'Half of the load goes to version 2',
    minutes: 5,
    why: (state) => weightReached(state, 50),
  },
  {
    title: 'Version 2 is promoted',
    minutes: 5,
    why: (state) => {
      const status = state.deployment?.status;
      return isSecondStable(state) && !status?.candidate
        ? findCondition(status?.conditions, 'Ready')?.message
        : undefined;
    },
  },
  {
    title: 'The drift is gone: the loop is closed',
    minutes: 10,
    why: (state) => {
      const drift = check(state, 'drift');
      return isSecondStable(state) &&
        drift?.verdict === 'Passing' &&
        drift.revision === state.deployment?.status?.stable?.revision
        ? `drift ${drift.value} passes for ${state.deployment?.status?.stable?.version}`
        : undefined;
    },
  },
];

function isSecondStable(state: LoopState): boolean {
  const second = version(state, 2)?.metadata?.name;
  return second !== undefined && state.deployment?.status?.stable?.version === second;
}

function weightReached(state: LoopState, percent: number): string | undefined {
  const status = state.deployment?.status;
  const second = version(state, 2)?.metadata?.name;
  if (second === undefined) return undefined;
  if (status?.stable?.version === second) return 'it was, before this was looked at';
  const isReached = status?.candidate?.version === second && (status.weight ?? 0) >= percent;
  return isReached ? `status.weight ${status.weight}, ${second}` : undefined;
}
