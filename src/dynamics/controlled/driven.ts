/** What drives of S ask of the windows by which kets go. */

import { gaussRule, uniform } from "../../algebra/gauss.ts";
import { applySparse, euclidean, type SparseMatrix, zeroVector } from "../../fock/sparse.ts";
import { envelopeBreaks } from "../../model/envelope.ts";
import type { Protocol } from "../../model/types.ts";
import { type Window, windowAt } from "./taylorWindows.ts";

const leakRule = gaussRule(uniform, 20);

/** Where the Hamiltonian jumps or bends. */
export function breaksOf({ drives }: Protocol): number[] {
  return [...new Set(drives.flatMap(({ envelope }) => envelopeBreaks(envelope)))].sort((a, b) => a - b);
}

/** ∫ ‖leak φ‖ over a window, from above. */
export function leakOfWindow(leak: SparseMatrix, window: Window): number {
  const coefficients = window.coefficients.map((c) => {
    const outside = zeroVector(leak.rows);
    applySparse(leak, c, outside);
    return outside;
  });
  return normAlong({ ...window, coefficients });
}

/** ∫ ‖y‖ over a window, from above: √(length ∫ ‖y‖²), with what the quadrature may miss. */
export function normAlong(window: Window): number {
  const { coefficients } = window;
  let square = 0;
  leakRule.nodes.forEach((node, q) => {
    const y = windowAt(window, 0.5 * window.end * (node + 1));
    square += leakRule.weights[q] * euclidean(y) ** 2;
  });
  const missed = missedByRule(coefficients.map(euclidean), window.end);
  return window.end * Math.abs(window.unit) * Math.sqrt(square + missed);
}

/**
 * What n Gauss nodes miss of the mean of ‖Σ_k c_k x^k‖² over 0 ≤ x ≤ end, at most: (32/15) m ρ^{−2n}/(1 − ρ^{−2}) where m bounds it on
 * the ellipse about the interval that has ρ for the sum of its half axes (Trefethen, SIAM Rev. 50, 67, 2008, theorem 4.5).
 */
function missedByRule(norms: readonly number[], end: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const rho of ellipses) {
    const farthest = end * (0.5 + 0.25 * (rho + 1 / rho));
    let [sum, power] = [0, 1];
    for (const norm of norms) {
      sum += norm * power;
      power *= farthest;
    }
    least = Math.min(least, ((32 / 15) * sum ** 2 * rho ** (-2 * leakRule.nodes.length)) / (1 - rho ** -2));
  }
  return least;
}

const ellipses = [3, 4, 6, 8, 12];
