/** Operators on S in the joint basis of S and bosons. */

import type { Matrix } from "../../algebra/matrix.ts";
import type { Basis } from "../../fock/basis.ts";
import type { ComplexVector, SparseMatrix } from "../../fock/sparse.ts";
import { zeroVector } from "../../fock/sparse.ts";

/** A ⊗ 1. What A leads to must be in the basis. */
export function systemOperator(basis: Basis, a: Matrix): SparseMatrix {
  const { system: n, dimension, indexOf, fock, level } = basis;
  const rowStart = new Int32Array(dimension + 1);
  const column: number[] = [];
  const re: number[] = [];
  const im: number[] = [];
  for (let i = 0; i < dimension; i++) {
    const row = level[i] * n;
    for (let s = 0; s < n; s++) {
      const j = indexOf[fock[i] * n + s];
      if (j < 0 || (a.re[row + s] === 0 && a.im[row + s] === 0)) continue;
      column.push(j);
      re.push(a.re[row + s]);
      im.push(a.im[row + s]);
    }
    rowStart[i + 1] = column.length;
  }
  const real = im.every((x) => x === 0);
  return {
    rows: dimension,
    cols: dimension,
    rowStart,
    column: Int32Array.from(column),
    re: Float64Array.from(re),
    im: real ? new Float64Array(0) : Float64Array.from(im),
  };
}

/** (A ⊗ 1)ψ; with a gauge, ψ_i = u_i ψ′_i, of and to the amplitudes ψ′. */
export function actOnSystem(basis: Basis, a: Matrix, psi: ComplexVector, gauge: ComplexVector | null): ComplexVector {
  const { system: n, dimension, indexOf, fock, level } = basis;
  const out = zeroVector(dimension);
  for (let i = 0; i < dimension; i++) {
    let re = 0;
    let im = 0;
    for (let s = 0; s < n; s++) {
      const j = indexOf[fock[i] * n + s];
      const ar = a.re[level[i] * n + s];
      const ai = a.im[level[i] * n + s];
      if (j < 0 || (ar === 0 && ai === 0)) continue;
      const xr = gauge === null ? psi.re[j] : psi.re[j] * gauge.re[j] - psi.im[j] * gauge.im[j];
      const xi = gauge === null ? psi.im[j] : psi.re[j] * gauge.im[j] + psi.im[j] * gauge.re[j];
      re += ar * xr - ai * xi;
      im += ar * xi + ai * xr;
    }
    out.re[i] = gauge === null ? re : re * gauge.re[i] + im * gauge.im[i];
    out.im[i] = gauge === null ? im : im * gauge.re[i] - re * gauge.im[i];
  }
  return out;
}
