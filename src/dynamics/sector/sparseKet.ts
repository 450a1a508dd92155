/** A ket of which few amplitudes are not 0, as those in which S and bosons start. */

import { type ComplexVector, zeroVector } from "../../fock/sparse.ts";

export interface SparseKet {
  readonly states: readonly number[];
  readonly re: readonly number[];
  readonly im: readonly number[];
}

export function sparseKet(vector: ComplexVector): SparseKet {
  const states = [...vector.re.keys()].filter((i) => vector.re[i] !== 0 || vector.im[i] !== 0);
  return { states, re: states.map((i) => vector.re[i]), im: states.map((i) => vector.im[i]) };
}

/** All its n amplitudes. */
export function denseKet(ket: SparseKet, n: number): ComplexVector {
  const vector = zeroVector(n);
  ket.states.forEach((i, at) => {
    vector.re[i] = ket.re[at];
    vector.im[i] = ket.im[at];
  });
  return vector;
}

/** The ket at the t-th of `count` times. */
export function ketAt({ re, im }: ComplexVector, t: number, count: number): ComplexVector {
  const ket = zeroVector(re.length / count);
  for (let i = 0, at = t; at < re.length; i++, at += count) {
    ket.re[i] = re[at];
    ket.im[i] = im[at];
  }
  return ket;
}
