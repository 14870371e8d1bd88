import type { Place } from '../../../workload/diagnosis/place.ts';
import { transferContainers } from '../../../workload/transfers.ts';
import type { AttemptFacts } from './facts.ts';

/** Where the container of an attempt's stage is declared, and which of its pods' containers people declare beside it. */
export function placeOf({ stage, snapshot }: Pick<AttemptFacts, 'stage' | 'snapshot'>): Place {
  const { recipe, pod, installation } = snapshot() ?? {};
  const declared = [...(recipe?.pod?.initContainers ?? []), ...(pod?.sidecars ?? [])].map(({ name }) => name);
  const place = installation === undefined ? stage.place : { ...stage.place, ours: transferContainers };
  return declared.length === 0 ? place : { ...place, declared };
}
