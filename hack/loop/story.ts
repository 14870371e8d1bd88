/** What the loop has done so far and what stands now, as lines for people. */
import { findCondition } from '../../src/api/condition.ts';
import type { LoopState } from './state.ts';
import type { Step } from './steps.ts';

export interface Past {
  readonly step: Step;
  /** Why it counts as reached, or that a later step shows it. Undefined: not reached. */
  readonly why: string | undefined;
}

/** Steps that passed may show no more; they count as reached where a later one does. */
export function pastOf(state: LoopState, steps: readonly Step[]): readonly Past[] {
  const now = steps.map((step) => step.why(state));
  const last = now.findLastIndex((why) => why !== undefined);
  return steps.map((step, index) => ({ step, why: now[index] ?? (index < last ? 'passed' : undefined) }));
}

/** One line for each object, whoever changed it since. */
export function present(state: LoopState): readonly string[] {
  const { run, deployment, monitor, versions } = state;
  return [
    told('TrainingRun biopsy', run?.status?.conditions, 'Succeeded', run !== undefined),
    ...versions.map(({ metadata, spec }) => {
      const values = Object.entries(spec.metrics).map(([name, value]) => `${name} ${value}`);
      return `ModelVersion ${metadata?.name}: by ${spec.trigger.type}, ${values.join(', ')}`;
    }),
    told('ModelDeployment biopsy', deployment?.status?.conditions, 'Ready', deployment !== undefined),
    told('Monitor biopsy', monitor?.status?.conditions, 'ChecksPassed', monitor !== undefined),
  ];
}

type Conditions = Parameters<typeof findCondition>[0];

function told(name: string, conditions: Conditions, type: string, isThere: boolean): string {
  if (!isThere) return `${name} is gone`;
  const condition = findCondition(conditions, type);
  return condition ? `${name}: ${type} ${condition.status}, ${condition.message}` : `${name}: says nothing yet`;
}
