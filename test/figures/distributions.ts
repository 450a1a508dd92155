/** Distributions of M^{-1/2} Σ v^[m], by repeated convolution: independent of the library's. */

import type { DistributionAt } from "../../src/figures/fluctuations.ts";

/** A site's v takes these values with these probabilities; the mean must be 0. */
export function sumOfSites(values: readonly number[], probabilities: readonly number[], M: number): DistributionAt {
  let sum = new Map<number, number>([[0, 1]]);
  for (let m = 0; m < M; m++) {
    const next = new Map<number, number>();
    for (const [value, p] of sum) {
      values.forEach((v, i) => {
        // Sums that are equal but for rounding are one value.
        const key = Number((value + v).toPrecision(12));
        next.set(key, (next.get(key) ?? 0) + p * probabilities[i]);
      });
    }
    sum = next;
  }
  const sorted = [...sum].sort(([a], [b]) => a - b);
  return {
    M,
    values: Float64Array.from(sorted, ([value]) => value / Math.sqrt(M)),
    probabilities: Float64Array.from(sorted, ([, p]) => p),
  };
}
