/** What drives of S ask of the windows by which kets go. */

import { gaussRule, uniform } from "../algebra/gauss.ts";
import { applySparse, euclidean, type SparseMatrix, zeroVector } from "../fock/sparse.ts";
import { envelopeBreaks } from "../model/envelope.ts";
import type { Protocol } from "../model/types.ts";
import { type Window, windowAt } from "./taylorWindows.ts";

/** 16 nodes integrate ‖leak φ‖² over a window, a phase of some 10, to far below its rounding. */
const leakRule = gaussRule(uniform, 16);

/** Where the Hamiltonian jumps or bends. */
export function breaksOf({ drives }: Protocol): number[] {
  return [...new Set(drives.flatMap(({ envelope }) => envelopeBreaks(envelope)))].sort((a, b) => a - b);
}

/** ∫ ‖leak φ‖ over a window, from above: √(length ∫ ‖leak φ‖²). */
export function leakOfWindow(leak: SparseMatrix, window: Window): number {
  const coefficients = window.coefficients.map((c) => {
    const outside = zeroVector(leak.rows);
    applySparse(leak, c, outside);
    return outside;
  });
  let square = 0;
  leakRule.nodes.forEach((node, q) => {
    const outside = windowAt({ ...window, coefficients }, 0.5 * window.end * (node + 1));
    square += leakRule.weights[q] * euclidean(outside) ** 2;
  });
  return window.end * Math.abs(window.unit) * Math.sqrt(square);
}
