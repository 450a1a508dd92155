/** Sparse random Hermitian matrices, and kets propagated by them without Krylov spaces. */

import { norm } from "../../src/algebra/matrix.ts";
import { applySparse, type ComplexVector, euclidean, type SparseMatrix, zeroVector } from "../../src/fock/sparse.ts";
import { dense, sparse } from "../fock/dense.ts";
import type { Ket } from "./cholesky.ts";
import { random, randomHermitian, randomMatrix } from "./random.ts";
import { taylorEvolve } from "./taylor.ts";

/** A Hermitian matrix with about `perRow` entries in a row. */
export function thinHermitian(seed: number, n: number, perRow: number, real = false): SparseMatrix {
  const from = random(seed);
  const a = randomHermitian(from, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (from.uniform() < perRow / n) continue;
      for (const at of [i * n + j, j * n + i]) a.re[at] = a.im[at] = 0;
    }
  }
  if (real) a.im.fill(0);
  return sparse(a);
}

export function unitVector(seed: number, n: number, real = false): ComplexVector {
  const { re, im } = randomMatrix(random(seed), n, 1);
  if (real) im.fill(0);
  const length = euclidean({ re, im });
  return { re: re.map((x) => x / length), im: im.map((x) => x / length) };
}

/** The ket at each of ascending times, by Taylor series. */
export function slow(h: SparseMatrix, start: ComplexVector, times: readonly number[]): ComplexVector[] {
  const states = times.map(() => zeroVector(h.rows));
  const apply = (psi: Ket, out: Ket) => applySparse(h, psi, out);
  taylorEvolve(apply, norm(dense(h)), start, times, (t, psi) => {
    states[t].re.set(psi.re);
    states[t].im.set(psi.im);
  });
  return states;
}

export function distance(a: ComplexVector, b: ComplexVector): number {
  return Math.hypot(...a.re.map((x, i) => Math.hypot(x - b.re[i], a.im[i] - b.im[i])));
}
