import type { IModelVersion } from '../../../api/types.ts';
import { canonicalJSON } from '../../../domain/canonical.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { compareVersions, identityOf } from '../../../domain/versions.ts';
import { datasetDigest, type Outputs } from '../stages/outputs.ts';
import type { ChampionReference } from '../start/snapshot.ts';
import { defined } from '../../../api/defined.ts';

/** What the gate may compare an attempt with. */
export type Champion =
  | { readonly type: 'None' }
  | { readonly type: 'Comparable'; readonly name: string; readonly metrics: Readonly<Record<string, string>> }
  | { readonly type: 'NotComparable'; readonly name: string; readonly why: string };

/** The newest version of a run that no deployment has rejected; fixed for an attempt when its Job is made. */
export function chooseChampion(
  versions: readonly IModelVersion[],
  rejected: ReadonlySet<string>,
): ChampionReference | undefined {
  const standing = versions.filter((version) => !rejected.has(version.metadata?.name ?? ''));
  const newest = standing.toSorted((one, other) =>
    compareVersions(one.spec.trainingRun, identityOf(other), identityOf(one)),
  )[0];
  if (newest === undefined) return undefined;
  const { uri, digest, digestSource } = newest.spec;
  const measured = digestSource === 'Measured' ? digest : undefined;
  return defined<ChampionReference>({ name: newest.metadata?.name ?? '', uri, digest: measured });
}

/**
 * Two models are comparable if they were measured on the same data: the attempt measured the champion beside its own model, or
 * image, command, args and the digests of all datasets are equal. An unknown digest equals nothing.
 */
export function compareWith(
  reference: ChampionReference | undefined,
  versions: readonly IModelVersion[],
  recipe: Recipe,
  outputs: Outputs,
): Champion {
  if (reference === undefined) return { type: 'None' };
  const { name } = reference;
  if (outputs.championMetrics !== undefined) return { type: 'Comparable', name, metrics: outputs.championMetrics };
  const version = versions.find((candidate) => candidate.metadata?.name === name);
  if (version === undefined) return { type: 'NotComparable', name, why: `ModelVersion ${name} was deleted` };
  const why = difference(version, recipe, outputs);
  return why === undefined
    ? { type: 'Comparable', name, metrics: version.spec.metrics }
    : { type: 'NotComparable', name, why };
}

function difference(version: IModelVersion, recipe: Recipe, outputs: Outputs): string | undefined {
  if (version.spec.image !== recipe.image) return 'it was measured by another image';
  const isSameProgram =
    canonicalJSON([version.spec.command ?? [], version.spec.args ?? []]) ===
    canonicalJSON([recipe.command ?? [], recipe.args ?? []]);
  if (!isSameProgram) return 'it was measured with another command or args';
  const mine = new Map(recipe.datasets?.map(({ name, digest }) => [name, datasetDigest(outputs, name) ?? digest]));
  const theirs = new Map(version.spec.datasets?.map(({ name, digest }) => [name, digest]));
  const names = [...new Set([...mine.keys(), ...theirs.keys()])];
  const unknown = names.find((name) => mine.get(name) === undefined || theirs.get(name) === undefined);
  if (unknown !== undefined) return `the digest of dataset ${unknown} is not known for both`;
  const other = names.find((name) => mine.get(name) !== theirs.get(name));
  return other === undefined ? undefined : `it was measured on another dataset ${other}`;
}
