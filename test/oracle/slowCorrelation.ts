/** Correlation functions of S_q(t) on the M sites themselves, and Wick's theorem by listing the pairings. */

import type { Complex, Matrix } from "../../src/algebra/matrix.ts";
import {
  add,
  adjoint,
  identity,
  inBasis,
  kron,
  multiply,
  scale,
  traceOfProduct,
  zeros,
} from "../../src/algebra/matrix.ts";
import type { Letter, Word } from "../../src/limits/word.ts";
import type { Model } from "../../src/model/types.ts";
import { commonEigenbasis } from "./jacobi.ts";

/** tr(ρ^{⊗M} Π M^{−1/2} Σ_m v^[m](t)) with matrices d^M × d^M. */
export function correlationOnSites(model: Model, word: Word, size: number): Complex {
  const d = model.reservoirs[0].site.dimension;
  let state = identity(1);
  for (let m = 0; m < size; m++) state = kron(state, model.reservoirs[0].site.state);
  let product = identity(d ** size);
  for (const letter of word) {
    const v = heisenberg(model, letter);
    let sum = zeros(d ** size);
    for (let m = 0; m < size; m++) {
      sum = add(sum, kron(kron(identity(d ** m), v), identity(d ** (size - 1 - m))));
    }
    product = multiply(product, scale(sum, 1 / Math.sqrt(size)));
  }
  return traceOfProduct(state, product);
}

/** Σ over all ways to put the letters into pairs, each pair in the order of the word, (12). */
export function wick(model: Model, word: Word): Complex {
  const pairing = (rest: readonly Matrix[]): Complex => {
    if (rest.length === 0) return { re: 1, im: 0 };
    const [first, ...others] = rest;
    let re = 0;
    let im = 0;
    others.forEach((other, i) => {
      const two = traceOfProduct(model.reservoirs[0].site.state, multiply(first, other));
      const more = pairing(others.filter((_, j) => j !== i));
      re += two.re * more.re - two.im * more.im;
      im += two.re * more.im + two.im * more.re;
    });
    return { re, im };
  };
  return pairing(word.map((letter) => heisenberg(model, letter)));
}

/** v(t) = e^{iht} v e^{−iht} on one site, in the given basis. */
export function heisenberg(model: Model, { coupling, dagger, time }: Letter): Matrix {
  const { site } = model.reservoirs[0].couplings[coupling - 1];
  const { a: energies, vectors } = commonEigenbasis(
    model.reservoirs[0].site.hamiltonian,
    model.reservoirs[0].site.state,
  );
  const phases = zeros(energies.length);
  energies.forEach((energy, k) => {
    phases.re[k * energies.length + k] = Math.cos(energy * time);
    phases.im[k * energies.length + k] = Math.sin(energy * time);
  });
  const forward = inBasis(phases, adjoint(vectors));
  return multiply(multiply(forward, dagger ? adjoint(site) : site), adjoint(forward));
}
