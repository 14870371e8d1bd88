import type { Place } from '../../../workload/diagnosis/place.ts';
import type { AttemptFacts } from './facts.ts';

/** Where the container of an attempt's stage is declared, and which of its pods' containers people declare beside it. */
export function placeOf({ stage, snapshot }: Pick<AttemptFacts, 'stage' | 'snapshot'>): Place {
  const { recipe, pod } = snapshot() ?? {};
  const declared = [...(recipe?.pod?.initContainers ?? []), ...(pod?.sidecars ?? [])].map(({ name }) => name);
  return declared.length === 0 ? stage.place : { ...stage.place, declared };
}
