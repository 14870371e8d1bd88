import type { Attempt } from '../../../api/types.ts';
import { defined } from '../../../api/defined.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { datasetDigest, type Outputs } from '../stages/outputs.ts';

/** The attempt with what its stages have put out. */
export function withReport(attempt: Attempt, outputs: Outputs, recipe: Recipe): Attempt {
  return defined<Attempt>({
    ...attempt,
    metrics: outputs.metrics ?? attempt.metrics,
    digest: outputs.digest ?? attempt.digest,
    image: outputs.image ?? attempt.image,
    datasets: outputs.datasets === undefined ? attempt.datasets : digests(outputs, recipe),
    gate: undefined,
  });
}

/** As reported, or else as pinned. */
function digests(outputs: Outputs, recipe: Recipe): Record<string, string> | undefined {
  const known = (recipe.datasets ?? []).flatMap(({ name, digest }) => {
    const found = datasetDigest(outputs, name) ?? digest;
    return found === undefined ? [] : [[name, found] as const];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
