import type { PodOptions } from '../api/generated/shared.ts';
import type { TrainingRunSpec } from '../api/types.ts';
import { defined } from '../api/defined.ts';

/** Every field that reaches a pod. Two recipes that are equal train the same. */
export type Recipe = Pick<
  TrainingRunSpec,
  | 'image'
  | 'command'
  | 'args'
  | 'workingDir'
  | 'env'
  | 'envFrom'
  | 'resources'
  | 'accelerator'
  | 'nodes'
  | 'source'
  | 'datasets'
  | 'parameters'
  | 'seed'
  | 'checkpoint'
  | 'output'
  | 'results'
> & { pod?: Pick<PodOptions, 'volumes' | 'initContainers'> };

/** The recipe of a spec: what equals its default is absent, and datasets, which are a map, are sorted by name. */
export function recipeOf(spec: TrainingRunSpec): Recipe {
  return defined<Recipe>({
    image: spec.image,
    command: filled(spec.command),
    args: filled(spec.args),
    env: filled(spec.env),
    resources: filled(spec.resources),
    accelerator: spec.accelerator,
    nodes: spec.nodes === 1 ? undefined : spec.nodes,
    source: spec.source,
    datasets: filled(spec.datasets?.toSorted((one, other) => (one.name < other.name ? -1 : 1))),
    parameters: filled(spec.parameters),
    seed: spec.seed,
    checkpoint: spec.checkpoint,
    output: spec.output,
  });
}

/** Whether several pods train together; they fail together too. */
export function isGang(recipe: Recipe): boolean {
  return (recipe.nodes ?? 1) > 1;
}

/** Whether training again could read other data: a dataset that is not pinned by digest may have changed; without datasets, nothing is known. */
export function isDataPinned(recipe: Recipe): boolean {
  const datasets = recipe.datasets ?? [];
  return datasets.length > 0 && datasets.every((dataset) => dataset.digest !== undefined);
}

function filled<T extends object>(value: T | undefined): T | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}
