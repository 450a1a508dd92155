/** A second-order bound on what a cutoff costs ρ_S, at all times: flux forwards times flux backwards. */

import { eigh } from "../../src/algebra/hermitian.ts";
import { adjoint, type Matrix, multiply, zeros } from "../../src/algebra/matrix.ts";
import type { Basis } from "../../src/fock/basis.ts";
import type { ComplexVector, SparseMatrix } from "../../src/fock/sparse.ts";

/** What the space and its Hamiltonian contribute, the same for all kets and all times up to `span`. */
export interface DualFlux {
  readonly basis: Basis;
  readonly values: Float64Array;
  /** Eigenvectors of PHP in columns. */
  readonly vectors: Matrix;
  /** ∫_0^span U(τ) (QHP)†(QHP) U(τ)† dτ, U(τ) = e^{−iPHPτ}: how much of a ket leaks on its way back. */
  readonly gramian: Matrix;
  /** (QHP)†(QHP) in the eigenbasis. */
  readonly inside: Matrix;
  readonly span: number;
}

/**
 * Diagonalises PHP, dense: for spaces of a few hundred states. `matrix` is PHP, `leak` is QHP (Q = 1 − P), both without a
 * gauge; `span` is the last time, of either sign.
 */
export function dualFlux(basis: Basis, matrix: SparseMatrix, leak: SparseMatrix, span: number): DualFlux {
  const { values, vectors } = eigh(dense(matrix));
  const leaks = multiply(dense(leak), vectors);
  const inside = multiply(adjoint(leaks), leaks);
  const integral = integrated(inside, values, span);
  return { basis, values, vectors, gramian: multiply(multiply(vectors, integral), adjoint(vectors)), inside, span };
}

/** ∫_0^span U A U† for A in the eigenbasis, entry by entry. */
function integrated(a: Matrix, values: Float64Array, span: number): Matrix {
  const integral = zeros(a.rows);
  for (let j = 0; j < a.rows; j++) {
    for (let k = 0; k < a.rows; k++) {
      const wave = waveIntegral(values[j] - values[k], span);
      const at = j * a.rows + k;
      integral.re[at] = a.re[at] * wave.re - a.im[at] * wave.im;
      integral.im[at] = a.re[at] * wave.im + a.im[at] * wave.re;
    }
  }
  return integral;
}

/**
 * A proved bound on ∫_0^t ‖QHPφ‖ for |t| ≤ |span|, in closed form however long that is: √(|span| ∫‖QHPφ‖²). Half of the digits
 * are lost to rounding, so that it is never much below 1e-8; a second-order bound does not mind.
 */
export function leakedWithin(flux: DualFlux, start: ComplexVector): number {
  const { values, vectors, inside, span } = flux;
  const c = multiply(adjoint(vectors), { rows: values.length, cols: 1, ...start });
  // Forwards in time: U† A U is U A U† backwards.
  const image = multiply(integrated(inside, values, -span), c);
  let sum = 0;
  let scale = 0;
  for (let j = 0; j < values.length; j++) {
    sum += c.re[j] * image.re[j] + c.im[j] * image.im[j];
    scale += Math.abs(span) * inside.re[j * values.length + j];
  }
  return Math.sqrt(Math.abs(span) * (Math.max(0, sum) + 16 * Number.EPSILON * scale));
}

/**
 * For each of the times (all of the sign of `span`, |t| ≤ |span|) a proved bound on every entry of ρ_S from one start, never
 * larger than the first-order bound `leaked`, which holds upper bounds on ∫_0^t ‖QHPφ‖. `start` is the ket in the joint
 * basis, without a gauge. With φ_b the part of φ(t) with S in level b, an entry is off by ⟨φ_b|e_a⟩ + ⟨e_b|φ_a⟩ + ⟨e_b|e_a⟩,
 * and ⟨φ_b|e_a⟩ is what leaked forwards until s and comes back to a ⊗ φ_b: |⟨φ_b|e_a⟩| ≤ ∫ ‖QHP U(t − s)†(a ⊗ φ_b)‖ ε(s) ds.
 * Proof in docs/certificates.md, section 5.
 */
export function dualBound(
  flux: DualFlux,
  start: ComplexVector,
  times: readonly number[],
  leaked: readonly number[],
): Float64Array {
  const { basis, values, vectors, gramian } = flux;
  const coefficients = multiply(adjoint(vectors), { rows: values.length, cols: 1, ...start });
  const n = basis.system;
  return Float64Array.from(times, (t, i) => {
    const phased = zeros(values.length, 1);
    values.forEach((value, j) => {
      const [cos, sin] = [Math.cos(value * t), -Math.sin(value * t)];
      phased.re[j] = coefficients.re[j] * cos - coefficients.im[j] * sin;
      phased.im[j] = coefficients.re[j] * sin + coefficients.im[j] * cos;
    });
    const ket = multiply(vectors, phased);
    // Gauss-free Cauchy and Schwarz in time: ∫ g ε ≤ ε(t) √(t ∫ g²).
    const back = Array.from({ length: n }, (_, a) =>
      Array.from({ length: n }, (_, b) => Math.sqrt(Math.abs(t) * leakingBack(basis, gramian, ket, a, b))),
    );
    let largest = 0;
    for (let a = 0; a < n; a++) {
      for (let b = a; b < n; b++) {
        const outside = (a === b ? 1 : 0.5) * leaked[i] ** 2;
        largest = Math.max(largest, leaked[i] * (back[a][b] + back[b][a]) + outside);
      }
    }
    return Math.min(leaked[i], largest);
  });
}

/** ⟨d|G|d⟩ for d = a ⊗ φ_b, as far as it is in the space, with what rounding may have taken from it. */
function leakingBack(basis: Basis, gramian: Matrix, ket: Matrix, a: number, b: number): number {
  const n = basis.system;
  const size = gramian.rows;
  const at: number[] = [];
  const from: number[] = [];
  for (let f = 0; f < basis.fockCount; f++) {
    const [i, j] = [basis.indexOf[f * n + a], basis.indexOf[f * n + b]];
    if (i < 0 || j < 0) continue;
    at.push(i);
    from.push(j);
  }
  let sum = 0;
  let trace = 0;
  for (let x = 0; x < at.length; x++) {
    let re = 0;
    let im = 0;
    for (let y = 0; y < at.length; y++) {
      const g = at[x] * size + at[y];
      re += gramian.re[g] * ket.re[from[y]] - gramian.im[g] * ket.im[from[y]];
      im += gramian.re[g] * ket.im[from[y]] + gramian.im[g] * ket.re[from[y]];
    }
    sum += ket.re[from[x]] * re + ket.im[from[x]] * im;
    trace += gramian.re[at[x] * size + at[x]];
  }
  return Math.max(0, sum) + 16 * Number.EPSILON * trace;
}

/** ∫_0^|span| e^{−iωτ sign(span)} dτ. */
function waveIntegral(frequency: number, span: number): { re: number; im: number } {
  const way = Math.abs(span);
  const half = 0.5 * frequency * way;
  const sinc = Math.abs(half) < 1e-8 ? 1 : Math.sin(half) / half;
  const sign = span < 0 ? 1 : -1;
  return { re: way * sinc * Math.cos(half), im: sign * way * sinc * Math.sin(half) };
}

function dense(a: SparseMatrix): Matrix {
  const full = zeros(a.rows, a.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      full.re[i * a.cols + a.column[e]] += a.re[e];
      full.im[i * a.cols + a.column[e]] += a.im[e];
    }
  }
  return full;
}
