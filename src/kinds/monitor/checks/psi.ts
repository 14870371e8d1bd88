/** One bin: the share that the training data had in it, and how many samples have fallen into it since. */
export interface Bin {
  readonly expected: number;
  readonly count: number;
}

/**
 * Population stability index, Σ (q − p) · ln(q / p), the symmetrised Kullback–Leibler divergence of the two distributions.
 * q = (c + ½) / (n + B/2) is smoothed by Jeffreys' prior, so that an empty bin is no infinity; p has to be positive. Without
 * drift its expectation is about (B − 1) / n.
 */
export function populationStabilityIndex(bins: readonly Bin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce((sum, { expected, count }) => {
    const actual = (count + 0.5) / (total + bins.length / 2);
    return sum + (actual - expected) * Math.log(actual / expected);
  }, 0);
}

/** The noise (B − 1) / n is at most a tenth of the limit from here on. No number of samples can justify a limit that is not positive. */
export function fewestSamples(bins: number, limit: number): number {
  return limit > 0 ? Math.ceil((10 * (bins - 1)) / limit) : Infinity;
}

/** The size of the training data is not reported; shares are taken to be known to a thousandth. */
const nominalSize = 1000;

/** Shares smoothed by the same prior as the counts, so that a category which the training data did not have is no infinity. */
export function smoothedShares(shares: readonly number[]): readonly number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => {
    const counted = total > 0 ? (share / total) * nominalSize : 0;
    return (counted + 0.5) / ((total > 0 ? nominalSize : 0) + shares.length / 2);
  });
}
