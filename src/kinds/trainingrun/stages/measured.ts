/** What was measured of an attempt's artifacts on their way: what has fetched its data and saved its model tells at its end. */
import type { IPod } from 'kubernetes-models/v1';
import type { Recipe } from '../../../domain/recipe.ts';
import { isRemote } from '../../../storage/index.ts';
import { folderOf, inStorage } from '../../../storage/remote.ts';
import { type Artifact, artifactsIn, digestsIn } from '../../../workload/artifacts.ts';
import { path } from './train/environment.ts';

/** The digests of the datasets that were fetched, by their names. What a cache has, and whatever is pinned, was fetched only if it is that. */
export function fetchedDatasets(pod: IPod, { datasets = [] }: Recipe): Readonly<Record<string, string>> {
  const remote = datasets.filter(({ uri }) => isRemote(uri));
  if (remote.length === 0) return {};
  const found = new Map([...digestsIn(pod, 'fetch'), ...digestsIn(pod, 'verify')]);
  return Object.fromEntries(
    remote.flatMap(({ name, digest }) => {
      const measured = found.get(inStorage(folderOf(`${path.datasets}/${name}`))) ?? digest;
      return measured === undefined ? [] : [[name, measured] as const];
    }),
  );
}

/** What the training says of data that nobody else measures. */
export function reportedDatasets(
  reported: Readonly<Record<string, string>>,
  { datasets = [] }: Recipe,
): Readonly<Record<string, string>> {
  const remote = new Set(datasets.filter(({ uri }) => isRemote(uri)).map(({ name }) => name));
  return Object.fromEntries(Object.entries(reported).filter(([name]) => !remote.has(name)));
}

/** The model that was saved; undefined if what saves it does not say so. */
export function savedModel(pod: IPod): Artifact | undefined {
  const [model, ...others] = artifactsIn(pod, 'save') ?? [];
  return others.length === 0 && model?.path === inStorage(folderOf(path.output)) ? model : undefined;
}
