import type { Controller, Parent, Plan, Reader } from '../../src/controller.ts';
import { keyOf } from '../../src/api/resource.ts';
import { sizeOf } from '../../src/api/size.ts';
import { noAnswers } from '../../src/measure/measure.ts';
import { createSampler, type Sampler } from '../../src/measure/sampler.ts';
import { messageProblems } from './kubectl.ts';

export interface PlanningContext {
  readonly read: Reader;
  readonly now: Date;
  /** By default one that has no store to ask and remembers nothing. */
  readonly sampler?: Sampler;
}

/**
 * What a controller plans about an object: observe → ask → plan, as runtime/reconcile.ts has it.
 * @throws if its status is larger than 64 KiB, or holds what cannot be shown, or a message with a command that could not be run.
 */
export async function planned<P extends Parent, Facts>(
  controller: Controller<P, Facts>,
  parent: P,
  { read, now, sampler = createSampler({ prometheus: undefined, sources: [] }) }: PlanningContext,
): Promise<Plan<P>> {
  const facts = await controller.observe(parent, read);
  const questions = controller.questions?.(facts, now);
  const answers = questions ? await sampler.answers(controller.kind, parent, questions, now) : noAnswers;
  const plan = controller.plan(facts, answers, now);
  const problems = [...messageProblems(plan.status, keyOf(parent)), ...statusProblems(plan.status)];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return plan;
}

const largestStatus = 64 * 1024;

/** What acts on whoever shows it: control characters, marks of direction, what has no width, halves of characters. */
const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

export function statusProblems(status: object): string[] {
  const size = sizeOf(status);
  return [
    ...(size > largestStatus ? [`the status has ${size} bytes`] : []),
    ...textsOf(status)
      .filter((text) => acting.test(text))
      .map((text) => `the status holds what cannot be shown: ${JSON.stringify(text)}`),
  ];
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => [name, ...textsOf(inner)]);
}
