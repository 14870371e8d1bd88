/** How far the training data of two versions are apart. */
import type { FeatureProfile } from '../../api/types.ts';
import { categoriesOf } from '../../domain/profile.ts';
import { populationStabilityIndex, smoothedShares } from '../../kinds/monitor/checks/psi.ts';

/** Shares are told to a thousandth, so that a distribution is taken for so many samples. */
const nominalSize = 1000;

/**
 * The population stability index of the one distribution seen from the other, as a Monitor computes it of what is observed; undefined where they
 * cannot be compared. Of numbers the deciles alone are known, so that it is an estimate.
 */
export function profileDrift(expected: FeatureProfile, actual: FeatureProfile): number | undefined {
  const shares = bothCategories(expected, actual) ?? bothDeciles(expected, actual);
  if (shares === undefined) return undefined;
  return populationStabilityIndex(
    shares.map(([before, after]) => ({ expected: before, count: Math.round(after * nominalSize) })),
  );
}

type Shares = readonly (readonly [expected: number, actual: number])[];

function bothCategories(expected: FeatureProfile, actual: FeatureProfile): Shares | undefined {
  const [one, other] = [categoriesOf(expected), categoriesOf(actual)];
  if (one === undefined || other === undefined) return undefined;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other), 'Other'])];
  const shares = smoothedShares(names.map((name) => Number(one[name] ?? 0)));
  return names.map((name, index) => [shares[index] ?? 0, Number(other[name] ?? 0)]);
}

/** A tenth lies between two edges, evenly as far as anybody knows. */
function bothDeciles({ edges: before }: FeatureProfile, { edges: after }: FeatureProfile): Shares | undefined {
  const [one, other] = [before?.map(Number), after?.map(Number)];
  if (one === undefined || other === undefined || !isAscending(one) || !isAscending(other)) return undefined;
  const below = [0, ...one.map((edge) => shareBelow(edge, other)), 1];
  return below.slice(1).map((share, index) => [1 / (one.length + 1), share - (below[index] ?? 0)]);
}

function isAscending(edges: readonly number[]): boolean {
  return edges.every((edge, index) => Number.isFinite(edge) && edge > (edges[index - 1] ?? -Infinity));
}

/** The first and the last tenth are taken to be as wide as their neighbours. */
function shareBelow(value: number, edges: readonly number[]): number {
  const [first = 0, second = 0] = edges;
  const [last = 0, beforeLast = 0] = edges.toReversed();
  const bounds = [first - (second - first), ...edges, last + (last - beforeLast)];
  const tenth = 1 / (edges.length + 1);
  const passed = bounds.findIndex((bound) => value < bound);
  if (passed === -1) return 1;
  if (passed === 0) return 0;
  const [low = 0, high = 0] = [bounds[passed - 1], bounds[passed]];
  return (passed - 1 + (value - low) / (high - low)) * tenth;
}
