import { createHash } from 'node:crypto';
import type { TrainingRunSpec } from '../api/types.ts';
import { defined } from '../api/defined.ts';

/** Every field that reaches a pod. Two recipes that are equal train the same. */
export type Recipe = Pick<
  TrainingRunSpec,
  | 'image'
  | 'command'
  | 'args'
  | 'env'
  | 'resources'
  | 'accelerator'
  | 'nodes'
  | 'source'
  | 'datasets'
  | 'parameters'
  | 'seed'
  | 'checkpoint'
  | 'output'
>;

/**
 * The recipe of a spec in canonical form: what equals the default is absent, and datasets, which are a map, are sorted. The order
 * of env stays, because `$(NAME)` sees only the variables before it.
 */
export function recipeOf(spec: TrainingRunSpec): Recipe {
  return defined<Recipe>({
    image: spec.image,
    command: filled(spec.command),
    args: filled(spec.args),
    env: filled(spec.env),
    resources: canonicalResources(spec.resources),
    accelerator: spec.accelerator,
    nodes: spec.nodes === 1 ? undefined : spec.nodes,
    source: spec.source,
    datasets: filled(spec.datasets?.toSorted((one, other) => (one.name < other.name ? -1 : 1))),
    parameters: Object.keys(spec.parameters ?? {}).length === 0 ? undefined : spec.parameters,
    seed: spec.seed,
    checkpoint: spec.checkpoint,
    output: spec.output,
  });
}

/** `sha256:` and the hash of the recipe's canonical JSON. An operator that knows more fields digests older recipes the same. */
export function recipeDigest(recipe: Recipe): string {
  return `sha256:${createHash('sha256').update(canonicalJSON(recipe)).digest('hex')}`;
}

/** JSON with sorted keys and without undefined fields. */
export function canonicalJSON(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** Whether training again could read other data: a dataset that is not pinned by digest may have changed; without datasets, nothing is known. */
export function isDataPinned(recipe: Recipe): boolean {
  const datasets = recipe.datasets ?? [];
  return datasets.length > 0 && datasets.every((dataset) => dataset.digest !== undefined);
}

function filled<T>(list: T[] | undefined): T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

/** `cpu: 4` and `cpu: "4"` are the same quantity to Kubernetes. */
function canonicalResources(resources: Recipe['resources']): Recipe['resources'] | undefined {
  if (resources?.cpu === undefined && resources?.memory === undefined) return undefined;
  return defined<NonNullable<Recipe['resources']>>({
    cpu: resources.cpu === undefined ? undefined : String(resources.cpu),
    memory: resources.memory === undefined ? undefined : String(resources.memory),
  });
}
