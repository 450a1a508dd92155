/** The Liouvillian of S and bosons, with Lindblad terms on S, on joint density matrices (rows one after the other). */

import type { Basis } from "../../fock/basis.ts";
import type { ComplexVector, SparseMatrix } from "../../fock/sparse.ts";
import { envelopeSeries } from "../../model/envelope.ts";
import { envelopeRemainder } from "../../model/envelopeRemainder.ts";
import { envelopeRounding } from "../../model/envelopeRounding.ts";
import type { Protocol } from "../../model/types.ts";
import { largestEigenvalue, lossOperator, rowNorm, spectralDisc } from "./ketGenerator.ts";
import { systemOperator } from "./systemOperator.ts";
import type { DrivenTerm, Generator } from "./taylorWindows.ts";

/**
 * ρ → −i[H(t), ρ] + Σ rate (LρL† − ½{L†L, ρ}) for Hermitian ρ. Its evolution is a contraction in the trace norm, half of
 * which bounds each entry of what is off: hence the weight √D/2 of the Euclidean norm.
 */
export function densityGenerator(basis: Basis, matrix: SparseMatrix, { drives, decays }: Protocol): Generator {
  const d = basis.dimension;
  const loss = decays.length === 0 ? null : systemOperator(basis, lossOperator(decays, basis.system));
  const jumps = decays.map(({ operator, rate }) => ({ l: systemOperator(basis, operator), rate }));
  const work: ComplexVector = { re: new Float64Array(d * d), im: new Float64Array(d * d) };
  const { radius } = spectralDisc(matrix);
  const jumpSize = jumps.reduce((sum, { l, rate }) => sum + rate * rowNorm(l) ** 2, 0);
  return {
    rows: d * d,
    size: 2 * radius + 2 * jumpSize,
    weight: Math.sqrt(d) / 2,
    multiply: (rho, out) => {
      work.re.fill(0);
      work.im.fill(0);
      addProduct(matrix, 0, -1, rho, work, d);
      if (loss !== null) addProduct(loss, -1, 0, rho, work, d);
      addAdjoint(work, out, d);
      for (const { l, rate } of jumps) {
        work.re.fill(0);
        work.im.fill(0);
        addProduct(l, rate, 0, rho, work, d);
        addHermitianProduct(work, l, out, d);
      }
    },
    terms: drives.map(({ operator, envelope }): DrivenTerm => {
      const a = systemOperator(basis, operator);
      return {
        size: 2 * largestEigenvalue(operator),
        series: (t, length, inside) => envelopeSeries(envelope, t, length, inside),
        remainder: (t, degree, inside) => envelopeRemainder(envelope, t, degree, inside),
        rounding: (t, inside) => envelopeRounding(envelope, t, inside),
        multiply: (rho, out) => {
          work.re.fill(0);
          work.im.fill(0);
          addProduct(a, 0, -1, rho, work, d);
          addAdjoint(work, out, d);
        },
      };
    }),
  };
}

/** A ρ A† of a Hermitian ρ, Hermitian to the last bit. */
export function conjugated(a: SparseMatrix, rho: ComplexVector, d: number): ComplexVector {
  const left: ComplexVector = { re: new Float64Array(d * d), im: new Float64Array(d * d) };
  const out: ComplexVector = { re: new Float64Array(d * d), im: new Float64Array(d * d) };
  addProduct(a, 1, 0, rho, left, d);
  addHermitianProduct(left, a, out, d);
  return out;
}

/** out += (sr + i si) a ρ. */
function addProduct(a: SparseMatrix, sr: number, si: number, rho: ComplexVector, out: ComplexVector, d: number): void {
  const real = a.im.length === 0;
  const { re: xr, im: xi } = rho;
  const { re: yr, im: yi } = out;
  for (let i = 0; i < d; i++) {
    const to = i * d;
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      const ai = real ? 0 : a.im[e];
      const re = sr * a.re[e] - si * ai;
      const im = sr * ai + si * a.re[e];
      const from = a.column[e] * d;
      if (im === 0) {
        for (let k = 0; k < d; k++) {
          yr[to + k] += re * xr[from + k];
          yi[to + k] += re * xi[from + k];
        }
      } else if (re === 0) {
        for (let k = 0; k < d; k++) {
          yr[to + k] -= im * xi[from + k];
          yi[to + k] += im * xr[from + k];
        }
      } else {
        for (let k = 0; k < d; k++) {
          yr[to + k] += re * xr[from + k] - im * xi[from + k];
          yi[to + k] += re * xi[from + k] + im * xr[from + k];
        }
      }
    }
  }
}

/** out = x + x†. */
function addAdjoint(x: ComplexVector, out: ComplexVector, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      const a = i * d + j;
      const b = j * d + i;
      const re = x.re[a] + x.re[b];
      const im = x.im[a] - x.im[b];
      out.re[a] = re;
      out.re[b] = re;
      out.im[a] = im;
      out.im[b] = -im;
    }
  }
}

/**
 * out += x a†, which is Hermitian but for rounding: one half is found, and the other is its mirror image. An anti-Hermitian part, however
 * small, would grow without bound, since the generator holds for Hermitian ρ only: jumps would feed it, and no loss take from it.
 */
function addHermitianProduct(x: ComplexVector, a: SparseMatrix, out: ComplexVector, d: number): void {
  const real = a.im.length === 0;
  for (let i = 0; i < d; i++) {
    const row = i * d;
    for (let j = i; j < d; j++) {
      let re = 0;
      let im = 0;
      for (let e = a.rowStart[j]; e < a.rowStart[j + 1]; e++) {
        const k = row + a.column[e];
        const ar = a.re[e];
        const ai = real ? 0 : -a.im[e];
        re += x.re[k] * ar - x.im[k] * ai;
        im += x.re[k] * ai + x.im[k] * ar;
      }
      out.re[row + j] += re;
      if (j === i) continue;
      out.im[row + j] += im;
      out.re[j * d + i] += re;
      out.im[j * d + i] -= im;
    }
  }
}
