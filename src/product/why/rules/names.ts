/** The rule about an object of others that has the name of one that the operator has to make. */
import { controllerOf, keyOf, type Resource } from '../../../api/resource.ts';
import { label } from '../../../api/labels.ts';
import type { Rule } from '../case.ts';
import type { Standing } from '../explanation.ts';

export interface Taken {
  readonly kind: 'Job' | 'Deployment' | 'Service' | 'PodDisruptionBudget';
  readonly name: string;
}

/** What the condition says is in the way. */
export function takenIn({ reason, why }: Standing): Taken | undefined {
  const [, kind, name] = /^(Job|Deployment|Service|PodDisruptionBudget) "([^"]+)" exists/.exec(why) ?? [];
  if (reason !== 'NameConflict' || kind === undefined || name === undefined) return undefined;
  return { kind: kind as Taken['kind'], name };
}

export const nameTaken: Rule = ({ standing, evidence }) => {
  const { taken } = evidence.seen;
  if (taken === undefined || takenIn(standing) === undefined) return undefined;
  const { kind } = taken;
  const { name } = keyOf(taken);
  return {
    why: `${kind} ${name} is there already and not of this ${evidence.asked.kind}: ${makerOf(taken)}`,
    actor: 'Author',
    proofs: [{ source: `${kind} ${name}`, words: labelsOf(taken), at: taken.metadata?.creationTimestamp ?? '' }],
  };
};

function makerOf(taken: Resource): string {
  const owner = controllerOf(taken);
  if (owner !== undefined) return `it belongs to ${owner.kind} ${owner.name}`;
  const manager = taken.metadata?.labels?.[label.managedBy];
  return manager === undefined ? 'it belongs to nothing, so somebody has made it by hand' : `${manager} manages it`;
}

function labelsOf({ metadata }: Resource): string {
  const labels = Object.entries(metadata?.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return labels.length === 0 ? 'no labels' : labels.join(', ');
}
