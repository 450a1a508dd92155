/** What leaks out of a truncated space along a joint density matrix: proved, though the matrix is computed. */

import type { ComplexVector, SparseMatrix } from "../../fock/sparse.ts";
import { zeroVector } from "../../fock/sparse.ts";
import { normAlong } from "./driven.ts";
import type { Window } from "./taylorWindows.ts";

/** ∫‖leak ρ‖₁ over a window, and ∫√tr(leak ρ leak†), for the exact ρ of the truncated space: from above. */
export type DensityFlux = (window: Window, off: number) => { readonly leaked: number; readonly purified: number };

/**
 * The computed matrix is off by `off`, half its trace norm, and need not even be positive. Of what is linear in it, −i[leak ρ − h.c.], the
 * trace norm is at most √rank times the Euclidean one, whatever it is. tr(leak ρ leak†) is off by ‖leak‖² · off, and bounds that trace
 * norm as well: √tr(leak ρ leak†) of a state.
 */
export function densityFlux(leak: SparseMatrix, d: number): DensityFlux {
  const rank = Math.min(leak.rows, new Set(leak.column).size);
  const norm = schurNorm(leak);
  return (window, off) => {
    const length = Math.abs(window.end * window.unit);
    const purified = (1 + off) * (leakOfDensity(leak, window, d) + norm * Math.sqrt(off) * length);
    const coefficients = window.coefficients.map((c) => takenOut(leak, c, d));
    const euclidean = normAlong({ ...window, coefficients });
    return { leaked: Math.min(purified, Math.sqrt(rank) * euclidean), purified };
  };
}

/** leak ρ, rows × d. */
function takenOut(leak: SparseMatrix, { re, im }: ComplexVector, d: number): ComplexVector {
  const out = zeroVector(leak.rows * d);
  for (let r = 0; r < leak.rows; r++) {
    for (let e = leak.rowStart[r]; e < leak.rowStart[r + 1]; e++) {
      const from = leak.column[e] * d;
      const [x, y] = [leak.re[e], leak.im.length === 0 ? 0 : leak.im[e]];
      for (let j = 0; j < d; j++) {
        out.re[r * d + j] += x * re[from + j] - y * im[from + j];
        out.im[r * d + j] += x * im[from + j] + y * re[from + j];
      }
    }
  }
  return out;
}

/** At least the largest singular value (Schur's test). */
function schurNorm(a: SparseMatrix): number {
  const columns = new Float64Array(a.cols);
  let most = 0;
  for (let i = 0; i < a.rows; i++) {
    let row = 0;
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      const size = Math.hypot(a.re[e], a.im.length === 0 ? 0 : a.im[e]);
      row += size;
      columns[a.column[e]] += size;
    }
    most = Math.max(most, row);
  }
  return Math.sqrt(most * columns.reduce((largest, sum) => Math.max(largest, sum), 0));
}

/**
 * ∫ √tr(leak ρ leak†) over a window, which bounds ∫‖leak ρ‖₁: at most √(length ∫ tr(…)), and the trace is a polynomial.
 */
function leakOfDensity(leak: SparseMatrix, { coefficients, end, unit }: Window, d: number): number {
  let integral = 0;
  let power = end;
  coefficients.forEach(({ re, im }, k) => {
    let flux = 0;
    for (let r = 0; r < leak.rows; r++) {
      for (let e = leak.rowStart[r]; e < leak.rowStart[r + 1]; e++) {
        for (let g = leak.rowStart[r]; g < leak.rowStart[r + 1]; g++) {
          const at = leak.column[e] * d + leak.column[g];
          const pr = leak.re[e] * leak.re[g] + leak.im[e] * leak.im[g];
          const pi = leak.im[e] * leak.re[g] - leak.re[e] * leak.im[g];
          flux += pr * re[at] - pi * im[at];
        }
      }
    }
    integral += (flux * power) / (k + 1);
    power *= end;
  });
  // Rounding may make it negative, but not larger than it is unsure of.
  return Math.abs(unit) * Math.sqrt(end * Math.abs(integral));
}
