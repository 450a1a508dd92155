/** The coefficient of M^{−1/2} or M^{−1} with which finite M approaches its limit. */

export interface ApproachCoefficient {
  /** c of value(M) − value(∞) = c M^exponent + …, for each value. */
  readonly values: Float64Array;
  /** How far any of them may be off: from two orders of extrapolation, and from what the values are uncertain by. */
  readonly uncertainty: number;
  /** The sizes it was extrapolated from. */
  readonly sizes: readonly number[];
}

/** Terms of the expansion that are fitted at once. */
const terms = 3;

/**
 * Values at finite M are power series in M^{−1/2} (physics section 4), which begin at M^exponent. From `terms`
 * neighbouring sizes as many coefficients follow exactly; of all such windows the one with the least uncertainty is
 * taken: large sizes suffer from what their values are uncertain by, `noise`, small ones from the terms left out.
 * `differences[i]`, uncertain by noise[i], are the differences from the limit at sizes[i], ascending. Null for fewer than three sizes.
 */
export function approachCoefficient(
  sizes: readonly number[],
  differences: readonly Float64Array[],
  exponent: -1 | -0.5,
  noise: readonly number[],
): ApproachCoefficient | null {
  let best: ApproachCoefficient | null = null;
  for (let from = 0; from + terms <= sizes.length; from++) {
    const window = [...sizes.keys()].slice(from, from + terms);
    const used = window.map((i) => sizes[i]);
    const all = leadingWeights(used, exponent);
    const fewer = [0, ...leadingWeights(used.slice(1), exponent)];
    const amplified = all.reduce((sum, weight, w) => sum + Math.abs(weight) * noise[from + w], 0);
    const values = combination(window, all, differences);
    const rougher = combination(window, fewer, differences);
    const change = values.reduce((most, value, k) => Math.max(most, Math.abs(value - rougher[k])), 0);
    const uncertainty = change + amplified;
    if (best === null || uncertainty < best.uncertainty) best = { values, uncertainty, sizes: used };
  }
  return best;
}

/**
 * Weights w_i with Σ w_i f(M_i) = c for every f = x^lead (c + c' x + … ), x = M^{−1/2}, with as many terms as sizes:
 * Lagrange's interpolation of f/x^lead at x = 0.
 */
function leadingWeights(sizes: readonly number[], exponent: number): number[] {
  const x = sizes.map((size) => size ** -0.5);
  return x.map((own, i) => {
    const lagrange = x.reduce((product, other, j) => (j === i ? product : (product * other) / (other - own)), 1);
    return lagrange * sizes[i] ** -exponent;
  });
}

function combination(
  window: readonly number[],
  weights: readonly number[],
  differences: readonly Float64Array[],
): Float64Array {
  return differences[0].map((_, k) => window.reduce((sum, i, w) => sum + weights[w] * differences[i][k], 0));
}
