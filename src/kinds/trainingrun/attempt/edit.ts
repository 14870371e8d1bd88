import type { Attempt } from '../../../api/types.ts';
import { canonicalJSON } from '../../../domain/canonical.ts';
import { surroundings } from '../../../domain/podoptions.ts';
import type { Making, Snapshot } from '../start/snapshot.ts';

/** What a run declares otherwise by now than the attempt started with. */
export type Edit =
  | { readonly type: 'Recipe' }
  /** What cannot change the result: by the names of the fields of `spec.pod`. */
  | { readonly type: 'Pod'; readonly options: readonly string[] }
  /** How artifacts are reached and kept: `spec.storage`. */
  | { readonly type: 'Storage' };

/** What a run declares, and why that cannot start. */
export type DeclaredMaking = Pick<Making, 'recipeDigest' | 'pod' | 'storage'> & {
  readonly problem: object | undefined;
};

/**
 * Undefined if nothing was edited, or into what cannot start. A profile that was edited since is no edit of the run.
 * @param snapshot of the attempt's Job: status does not tell the options of its pods.
 */
export function editOf(
  { problem, recipeDigest, pod, storage }: DeclaredMaking,
  attempt: Attempt,
  snapshot: () => Snapshot | undefined,
): Edit | undefined {
  if (problem !== undefined) return undefined;
  if (attempt.recipeDigest !== recipeDigest) return { type: 'Recipe' };
  const found = snapshot();
  if (found === undefined) return undefined;
  // Another release may have left other defaults out.
  const [before, after] = [new Map(optionsIn(found.pod)), new Map(optionsIn(pod))];
  const names = new Set([...before.keys(), ...after.keys()]);
  const options = [...names].filter((name) => before.get(name) !== after.get(name)).toSorted();
  if (options.length > 0) return { type: 'Pod', options };
  return canonicalJSON(found.storage ?? {}) === canonicalJSON(storage ?? {}) ? undefined : { type: 'Storage' };
}

function optionsIn(pod: Snapshot['pod']): (readonly [string, string])[] {
  return Object.entries(surroundings(pod) ?? {}).map(([name, value]) => [name, canonicalJSON({ [name]: value })]);
}
