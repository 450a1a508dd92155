/** F as the paper writes it, (15)-(18), symbol by symbol: not the list of pairs (ω, L) that the program works with. */

import { add, adjoint, entry, identity, kron, type Matrix, scale, zeros } from "../algebra/matrix.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import type { Model } from "../model/types.ts";
import { type Eigenbasis, eigenbasis, inEigenbasis } from "../reservoir/eigenbasis.ts";
import { reducedDynamics } from "./denseEvolution.ts";
import { type FockSpace, fockSpace, oscillatorEnergy, vacuum } from "./oscillators.ts";

/** Matrix elements below this are rounding errors. */
const negligible = 1e-13;

/** F of a model: the set (16), and v_q in the eigenbasis (13). */
export interface PaperReservoir {
  /** (k, l), from 0. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly basis: Eigenbasis;
  readonly site: readonly Matrix[];
}

/** The set of modes (16). */
export function paperReservoir(model: Model): PaperReservoir {
  const basis = eigenbasis(model.reservoirs[0].site);
  const site = model.reservoirs[0].couplings.map((coupling) => inEigenbasis(coupling.site, basis));
  const d = model.reservoirs[0].site.dimension;
  const modulus = (v: Matrix, k: number, l: number): number => Math.hypot(v.re[k * d + l], v.im[k * d + l]);
  const pairs: [number, number][] = [];
  for (let k = 0; k < d; k++) {
    for (let l = 0; l < d; l++) {
      const allowed = site.some((v) => modulus(v, k, l) > negligible || modulus(v, l, k) > negligible);
      if (basis.populations[k] > 0 && allowed) pairs.push([k, l]);
    }
  }
  return { pairs, basis, site };
}

/** X_q of (18). */
export function interactionOperator({ pairs, basis, site }: PaperReservoir, q: number, space: FockSpace): Matrix {
  let x = zeros(space.states.length);
  pairs.forEach(([k, l], mode) => {
    const root = Math.sqrt(basis.populations[k]);
    const [up, down] = [entry(site[q], l, k), entry(site[q], k, l)];
    x = add(x, adjoint(space.lower[mode]), { re: root * up.re, im: root * up.im });
    x = add(x, space.lower[mode], { re: root * down.re, im: root * down.im });
  });
  return x;
}

/** H_F, with ω_kl = E_l − E_k. */
export function reservoirHamiltonian({ pairs, basis }: PaperReservoir, space: FockSpace): Matrix {
  return oscillatorEnergy(
    space,
    pairs.map(([k, l]) => basis.energies[l] - basis.energies[k]),
  );
}

/** H_SF of (17). */
export function paperHamiltonian(model: Model, reservoir: PaperReservoir, space: FockSpace): Matrix {
  let h = add(
    kron(model.system.hamiltonian, identity(space.states.length)),
    kron(identity(model.system.dimension), reservoirHamiltonian(reservoir, space)),
  );
  model.reservoirs[0].couplings.forEach(({ system }, q) => {
    const term = kron(system, interactionOperator(reservoir, q, space));
    h = add(h, add(term, adjoint(term)));
  });
  return h;
}

/** H_S + H_F + G ⊗ x, for the derivation's case of one Hermitian coupling. */
export function fieldHamiltonian(model: Model, reservoir: PaperReservoir, space: FockSpace, x: Matrix): Matrix {
  const free = add(
    kron(model.system.hamiltonian, identity(space.states.length)),
    kron(identity(model.system.dimension), reservoirHamiltonian(reservoir, space)),
  );
  return add(free, kron(model.reservoirs[0].couplings[0].system, x));
}

/** φ(0) = Σ √p_k v_kl a†_kl + H.c. as printed in the derivation, with v_kl where (18) has v_lk. */
export function printedField({ pairs, basis, site }: PaperReservoir, q: number, space: FockSpace): Matrix {
  let x = zeros(space.states.length);
  pairs.forEach(([k, l], mode) => {
    const { re, im } = entry(site[q], k, l);
    const root = Math.sqrt(basis.populations[k]);
    const raising = scale(adjoint(space.lower[mode]), { re: root * re, im: root * im });
    x = add(x, add(raising, adjoint(raising)));
  });
  return x;
}

/** ρ_S(t) of (19), with at most `most` quanta in F. */
export function paperDynamics(model: Model, most: number, times: readonly number[]): MatrixSeries {
  const reservoir = paperReservoir(model);
  const space = fockSpace(reservoir.pairs.length, most);
  const start = kron(model.system.state, vacuum(space));
  return reducedDynamics(paperHamiltonian(model, reservoir, space), start, model.system.dimension, times);
}
