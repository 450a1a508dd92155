/** Models drawn at random, the same in every run. */

import { eigh } from "../algebra/hermitian.ts";
import {
  add,
  adjoint,
  diagonal,
  hermitianPart,
  identity,
  type Matrix,
  multiply,
  scale,
  trace,
  traceOfProduct,
  zeros,
} from "../algebra/matrix.ts";
import type { Model } from "../model/types.ts";
import { defineModel } from "../model/validate.ts";

/** Numbers in (0, 1), by the minimal standard generator (Park and Miller, Commun. ACM 31, 1192, 1988). */
export function uniform(seed: number): () => number {
  let state = 1 + ((seed * 7919) % 2147483646);
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let i = 0; i < 8; i++) next();
  return next;
}

export interface Draw {
  readonly seed: number;
  /** N, d, Q. */
  readonly system: number;
  readonly site: number;
  readonly couplings: number;
  /** Of ρ; default d. */
  readonly rank?: number;
  /** G and v are Hermitian; default false. */
  readonly hermitian?: boolean;
  /** ⟨χ_k|v|χ_k⟩ = 0 for all k; default false. */
  readonly offDiagonal?: boolean;
  /** Largest modulus of the entries of G, about; default 0.3. */
  readonly strength?: number;
  readonly times: readonly number[];
}

/** A model of that shape, everything in a random basis; v_q is made centred. */
export function seededModel(draw: Draw): Model {
  const next = uniform(draw.seed);
  const { site: d, rank = d, strength = 0.3 } = draw;
  const basis = eigh(hermitianPart(randomMatrix(next, d))).vectors;
  const inRandomBasis = (a: Matrix): Matrix => multiply(multiply(basis, a), adjoint(basis));
  const weights = Array.from({ length: d }, (_, k) => (k < rank ? 0.3 + next() : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const energies = weights.map(() => 2 * next());
  const state = inRandomBasis(diagonal(weights.map((weight) => weight / total)));
  const hermitian = (a: Matrix): Matrix => (draw.hermitian === true ? hermitianPart(a) : a);
  return defineModel({
    name: `random model ${draw.seed}`,
    system: {
      dims: draw.system,
      hamiltonian: hermitianPart(randomMatrix(next, draw.system)),
      state: randomState(next, draw.system),
    },
    reservoir: { dims: d, hamiltonian: inRandomBasis(diagonal(energies)), state },
    couplings: Array.from({ length: draw.couplings }, () => {
      const v = hermitian(randomMatrix(next, d));
      if (draw.offDiagonal === true) for (let k = 0; k < d; k++) v.re[k * d + k] = v.im[k * d + k] = 0;
      const g = scale(hermitian(randomMatrix(next, draw.system)), strength);
      return { system: g, site: centred(inRandomBasis(v), state) };
    }),
    times: draw.times,
    tolerance: 1e-11,
  });
}

/** v − tr(ρ v), (8). */
export function centred(v: Matrix, state: Matrix): Matrix {
  const { re, im } = traceOfProduct(state, v);
  return add(v, identity(v.rows), { re: -re, im: -im });
}

/** Entries in the square |Re|, |Im| < 1. */
export function randomMatrix(next: () => number, n: number): Matrix {
  const a = zeros(n);
  for (let i = 0; i < n * n; i++) {
    a.re[i] = 2 * next() - 1;
    a.im[i] = 2 * next() - 1;
  }
  return a;
}

function randomState(next: () => number, n: number): Matrix {
  const a = randomMatrix(next, n);
  const positive = multiply(a, adjoint(a));
  return scale(positive, 1 / trace(positive).re);
}
