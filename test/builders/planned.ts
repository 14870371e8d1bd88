import type { Controller, Parent, Plan, Reader } from '../../src/controller.ts';
import { keyOf } from '../../src/api/resource.ts';
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
 * @throws if its status holds a message with a command that could not be run.
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
  const problems = messageProblems(plan.status, keyOf(parent));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return plan;
}
