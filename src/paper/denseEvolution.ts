/** The slow, plain way to evolve: diagonalise the whole H, multiply out, trace out everything but S. */

import { eigh } from "../algebra/hermitian.ts";
import { adjoint, inBasis, type Matrix, multiply, zeros } from "../algebra/matrix.ts";
import { type MatrixSeries, zeroSeries } from "../algebra/series.ts";

/**
 * tr_rest(e^{−iHt} ρ e^{iHt}), H and ρ on S ⊗ rest, S of dimension `system` being the slow index: (9) and (19) to the
 * letter. For a few hundred states at most.
 */
export function reducedDynamics(
  hamiltonian: Matrix,
  state: Matrix,
  system: number,
  times: readonly number[],
): MatrixSeries {
  const { values, vectors } = eigh(hamiltonian);
  const start = inBasis(state, vectors);
  const series = zeroSeries(times, system);
  times.forEach((t, at) => {
    const half = multiply(vectors, turned(start, values, t));
    traceOut(half, vectors, series, at);
  });
  return series;
}

/** e^{−iHt} for Hermitian H. */
export function propagator(hamiltonian: Matrix, t: number): Matrix {
  const { values, vectors } = eigh(hamiltonian);
  const phased = zeros(vectors.rows);
  for (let i = 0; i < phased.rows; i++) {
    for (let j = 0; j < phased.cols; j++) {
      const at = i * phased.cols + j;
      const [cos, sin] = [Math.cos(values[j] * t), -Math.sin(values[j] * t)];
      phased.re[at] = vectors.re[at] * cos - vectors.im[at] * sin;
      phased.im[at] = vectors.re[at] * sin + vectors.im[at] * cos;
    }
  }
  return multiply(phased, adjoint(vectors));
}

/** e^{−iDt} a e^{iDt} with D diagonal. */
function turned(a: Matrix, values: Float64Array, t: number): Matrix {
  const b = zeros(a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      const at = i * a.cols + j;
      const [cos, sin] = [Math.cos((values[i] - values[j]) * t), -Math.sin((values[i] - values[j]) * t)];
      b.re[at] = a.re[at] * cos - a.im[at] * sin;
      b.im[at] = a.re[at] * sin + a.im[at] * cos;
    }
  }
  return b;
}

/** The entries of half · vectors† whose indices in the rest are equal, summed into the series. */
function traceOut(half: Matrix, vectors: Matrix, series: MatrixSeries, at: number): void {
  const n = series.dimension;
  const rest = half.rows / n;
  const inner = half.cols;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let [re, im] = [0, 0];
      for (let r = 0; r < rest; r++) {
        const [x, y] = [(i * rest + r) * inner, (j * rest + r) * inner];
        for (let k = 0; k < inner; k++) {
          re += half.re[x + k] * vectors.re[y + k] + half.im[x + k] * vectors.im[y + k];
          im += half.im[x + k] * vectors.re[y + k] - half.re[x + k] * vectors.im[y + k];
        }
      }
      series.re[(at * n + i) * n + j] = re;
      series.im[(at * n + i) * n + j] = im;
    }
  }
}
