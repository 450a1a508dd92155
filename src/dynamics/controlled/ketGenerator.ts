/** −i (H + Σ f_j(t) A_j − ½ i Σ rate L†L) on kets of S and bosons. */

import { eigh } from "../../algebra/hermitian.ts";
import { add, adjoint, type Matrix, multiply, scale } from "../../algebra/matrix.ts";
import type { Basis } from "../../fock/basis.ts";
import { applySparse, type ComplexVector, type SparseMatrix, zeroVector } from "../../fock/sparse.ts";
import { envelopeSeries } from "../../model/envelope.ts";
import { envelopeRemainder } from "../../model/envelopeRemainder.ts";
import { envelopeRounding } from "../../model/envelopeRounding.ts";
import type { Protocol } from "../../model/types.ts";
import { systemOperator } from "./systemOperator.ts";
import type { DrivenTerm, Generator } from "./taylorWindows.ts";

/** The generator; with decays it makes norms shrink, as between the jumps of a trajectory. */
export function ketGenerator(basis: Basis, matrix: SparseMatrix, { drives, decays }: Protocol): Generator {
  const { centre, radius } = spectralDisc(matrix);
  const loss = decays.length === 0 ? null : systemOperator(basis, lossOperator(decays, basis.system));
  const h = withoutPhases(matrix);
  const work = zeroVector(basis.dimension);
  return {
    rows: basis.dimension,
    size: radius + (loss === null ? 0 : rowNorm(loss)),
    weight: 1,
    multiply: (y, out) => {
      applySparse(h, y, work);
      // A common energy is a phase of the ket, which ρ_S does not see.
      for (let i = 0; i < out.re.length; i++) {
        out.re[i] = work.im[i] - centre * y.im[i];
        out.im[i] = centre * y.re[i] - work.re[i];
      }
      if (loss === null) return;
      applySparse(loss, y, work);
      for (let i = 0; i < out.re.length; i++) {
        out.re[i] -= work.re[i];
        out.im[i] -= work.im[i];
      }
    },
    terms: drives.map(({ operator, envelope }): DrivenTerm => {
      const a = systemOperator(basis, operator);
      return {
        size: largestEigenvalue(operator),
        series: (t, length, inside) => envelopeSeries(envelope, t, length, inside),
        remainder: (t, degree, inside) => envelopeRemainder(envelope, t, degree, inside),
        rounding: (t, inside) => envelopeRounding(envelope, t, inside),
        multiply: (y, out) => minusI(a, y, out),
      };
    }),
  };
}

/** ½ Σ rate L†L. */
export function lossOperator(decays: Protocol["decays"], n: number): Matrix {
  let sum: Matrix = { rows: n, cols: n, re: new Float64Array(n * n), im: new Float64Array(n * n) };
  for (const { operator, rate } of decays) sum = add(sum, scale(multiply(adjoint(operator), operator), rate / 2));
  return sum;
}

function minusI(a: SparseMatrix, y: ComplexVector, out: ComplexVector): void {
  applySparse(a, y, out);
  for (let i = 0; i < out.re.length; i++) {
    const re = out.re[i];
    out.re[i] = out.im[i];
    out.im[i] = -re;
  }
}

export function largestEigenvalue(a: Matrix): number {
  return eigh(a).values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
}

/** A real matrix without its zero imaginary parts, which halves the work. */
function withoutPhases(a: SparseMatrix): SparseMatrix {
  return a.im.every((x) => x === 0) ? { ...a, im: new Float64Array(0) } : a;
}

/** Where the spectrum lies, by Gershgorin: centre ± radius. */
export function spectralDisc(a: SparseMatrix): { centre: number; radius: number } {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < a.rows; i++) {
    let diagonal = 0;
    let beside = 0;
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      const size = Math.hypot(a.re[e], a.im.length === 0 ? 0 : a.im[e]);
      if (a.column[e] === i) diagonal += a.re[e];
      else beside += size;
    }
    lowest = Math.min(lowest, diagonal - beside);
    highest = Math.max(highest, diagonal + beside);
  }
  return { centre: 0.5 * (lowest + highest), radius: 0.5 * (highest - lowest) };
}

/** Largest sum of moduli in a row: at least the norm of a Hermitian matrix. */
export function rowNorm(a: SparseMatrix): number {
  let most = 0;
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      sum += Math.hypot(a.re[e], a.im.length === 0 ? 0 : a.im[e]);
    }
    most = Math.max(most, sum);
  }
  return most;
}
