import type { Counts } from './contract.ts';
import type { Description } from './descriptions/description.ts';
import type { End } from './end.ts';
import type { Ground } from './ground.ts';
import type { Created } from './judge/counts.ts';
import { run } from './run.ts';

/** How a scenario goes when nothing disturbs it. */
export interface Reference {
  readonly end: End;
  readonly created: Created;
  readonly counts: Counts;
}

/** @throws if the operator breaks an invariant even so: then there is nothing to compare with. */
export async function referenceOf(scenario: string, description: Description, ground: Ground): Promise<Reference> {
  const { violations, end, created, counts, log } = await run({ scenario, injections: [] }, description, ground);
  if (violations.length === 0) return { end, created, counts };
  throw new Error(`${scenario} fails without any disturbance:\n${violations.join('\n')}\n${log}`);
}
