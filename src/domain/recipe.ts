import type { TrainingRunSpec } from '../api/types.ts';
import type { ResultsSpec } from '../api/generated/shared.ts';
import { defined } from '../api/defined.ts';
import { filled, type RecipePod, recipePod } from './podoptions.ts';

/** Every field that can change the result. Two recipes that are equal train the same. */
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
  | 'rendezvous'
  | 'source'
  | 'datasets'
  | 'parameters'
  | 'seed'
  | 'checkpoint'
  | 'output'
  | 'results'
> & { pod?: RecipePod };

/** The recipe of a spec: what equals its default is absent, and datasets, which are a map, are sorted by name. */
export function recipeOf(spec: TrainingRunSpec): Recipe {
  return defined<Recipe>({
    image: spec.image,
    command: filled(spec.command),
    args: filled(spec.args),
    workingDir: spec.workingDir,
    env: filled(spec.env),
    envFrom: filled(spec.envFrom),
    resources: filled(spec.resources),
    accelerator: spec.accelerator,
    nodes: spec.nodes === 1 ? undefined : spec.nodes,
    rendezvous: spec.rendezvous,
    source: spec.source,
    datasets: filled(spec.datasets?.toSorted((one, other) => (one.name < other.name ? -1 : 1))),
    parameters: filled(spec.parameters),
    seed: spec.seed,
    checkpoint: spec.checkpoint,
    output:
      spec.output && defined({ uri: spec.output.uri, by: spec.output.by === 'Container' ? spec.output.by : undefined }),
    results: results(spec.results),
    pod: recipePod(spec.pod),
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

function results({ path, format }: ResultsSpec = {}): ResultsSpec | undefined {
  return filled(
    defined<ResultsSpec>({
      path: path === '/dev/termination-log' ? undefined : path,
      format: format === 'Document' ? undefined : format,
    }),
  );
}
