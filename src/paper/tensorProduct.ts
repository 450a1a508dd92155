/** The paper's model as it stands in (1)-(9), on the whole tensor product: what everything fast is held against. */

import { add, adjoint, identity, kron, type Matrix, scale, zeros } from "../algebra/matrix.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import type { Model } from "../model/types.ts";
import { reducedDynamics } from "./denseEvolution.ts";

/** x^[m] of (4), m from 1 to M: 1 ⊗ … ⊗ x ⊗ … ⊗ 1. */
export function atSite(x: Matrix, m: number, size: number): Matrix {
  return kron(kron(identity(x.rows ** (m - 1)), x), identity(x.rows ** (size - m)));
}

/** Σ_m x^[m], as in (3). */
export function overSites(x: Matrix, size: number): Matrix {
  let sum = zeros(x.rows ** size);
  for (let m = 1; m <= size; m++) sum = add(sum, atSite(x, m, size));
  return sum;
}

/** x ⊗ … ⊗ x, as in (6). */
export function tensorPower(x: Matrix, size: number): Matrix {
  let power = identity(1);
  for (let m = 0; m < size; m++) power = kron(power, x);
  return power;
}

/** V_M of (5) without its "+ H.c."; v_q centred. */
export function halfInteraction(model: Model, size: number): Matrix {
  let sum = zeros(model.system.dimension * model.reservoirs[0].site.dimension ** size);
  for (const { system, site } of model.reservoirs[0].couplings) {
    sum = add(sum, kron(system, overSites(site, size)), 1 / Math.sqrt(size));
  }
  return sum;
}

/** H of (2). */
export function totalHamiltonian(model: Model, size: number): Matrix {
  const reservoir = model.reservoirs[0].site.dimension ** size;
  const half = halfInteraction(model, size);
  const free = add(
    kron(model.system.hamiltonian, identity(reservoir)),
    kron(identity(model.system.dimension), overSites(model.reservoirs[0].site.hamiltonian, size)),
  );
  return add(free, add(half, adjoint(half)));
}

/** ρ_S(t) of (9) at finite M. N d^M should not be much more than 100. */
export function tensorProductDynamics(model: Model, size: number, times: readonly number[]): MatrixSeries {
  const start = kron(model.system.state, tensorPower(model.reservoirs[0].site.state, size));
  return reducedDynamics(totalHamiltonian(model, size), start, model.system.dimension, times);
}

/** M^{−1/2} Σ_m x^[m]. */
export function fluctuationOperator(x: Matrix, size: number): Matrix {
  return scale(overSites(x, size), 1 / Math.sqrt(size));
}
