import { type Key, keyOf } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { blockedByForged } from '../status/forged.ts';
import type { Conclusion } from './conclusion.ts';
import type { AttemptFacts } from './facts.ts';
import type { PlacedJob } from './names.ts';
import type { Problem } from './waiting.ts';

/** Why a Job cannot be made: another one of its name bears our owner, so that the API server would refuse it again and again. */
export function blockedBy(
  run: Key,
  actions: readonly Action[] | undefined,
  forged: readonly PlacedJob[],
): Problem | undefined {
  const names = actions?.flatMap((action) => (action.type === 'Create' ? [keyOf(action.object).name] : []));
  const blocking = forged.find(({ job }) => names?.includes(keyOf(job).name));
  return blocking && blockedByForged(run, keyOf(blocking.job).name);
}

/** What becomes of an attempt whose next Job cannot be made: nothing, until its name is free. */
export function withoutBlocked(
  conclusion: Conclusion,
  facts: AttemptFacts | undefined,
  forged: readonly PlacedJob[],
): Conclusion {
  const problem = facts && blockedBy(facts.key, conclusion.actions, forged);
  return facts === undefined || problem === undefined ? conclusion : { attempt: facts.attempt, problem };
}
