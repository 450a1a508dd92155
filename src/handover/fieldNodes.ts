/** How many Gauss-Hermite nodes the average over a static Gaussian field takes. */

import { gaussRule, normal, type Rule } from "../algebra/gauss.ts";
import { spectralWidth } from "../algebra/hermitian.ts";
import type { Matrix } from "../algebra/matrix.ts";
import { isFelt } from "../reservoir/felt.ts";

/** The operators that act on S. */
export function actingFields(field: readonly Matrix[]): Matrix[] {
  return field.filter(isFelt);
}

/**
 * The fewest nodes that average every e^{isξ}, |s| ≤ width · time, to within `tolerance`, width being the distance of the
 * extreme eigenvalues of A. ρ_S(t) is made of such functions of ξ: it is entire, and bounded by e^{width · t · |Im ξ|}.
 * Gives Infinity where 300 nodes are too few.
 */
export function fieldNodes(a: Matrix, time: number, tolerance: number): number {
  const reach = spectralWidth(a) * time;
  for (let count = 1; count <= 300; count++) {
    if (averageError(gaussRule(normal, count), reach) <= tolerance) return count;
  }
  return Number.POSITIVE_INFINITY;
}

/** Largest error of the rule for E cos(sξ) = e^{−s²/2}, 0 ≤ s ≤ reach. */
function averageError({ nodes, weights }: Rule, reach: number): number {
  let largest = 0;
  for (let k = 1; k <= 64; k++) {
    const s = (reach * k) / 64;
    let sum = -Math.exp((-s * s) / 2);
    for (let i = 0; i < nodes.length; i++) sum += weights[i] * Math.cos(s * nodes[i]);
    largest = Math.max(largest, Math.abs(sum));
  }
  return largest;
}

/** A value of each static random number, and its weight. */
export interface FieldPoint {
  readonly weight: number;
  readonly values: readonly number[];
}

/** The product of the Gauss-Hermite rules with these numbers of nodes; one point of weight 1 if there are none. */
export function fieldPoints(counts: readonly number[]): FieldPoint[] {
  return counts.reduce<FieldPoint[]>(
    (points, count) => {
      const { nodes, weights } = gaussRule(normal, count);
      return points.flatMap(({ weight, values }) =>
        Array.from(nodes, (node, i) => ({ weight: weight * weights[i], values: [...values, node] })),
      );
    },
    [{ weight: 1, values: [] }],
  );
}
