/**
 * A site that is drawn at random from the sites of several reservoirs: its space is the direct sum of theirs, its state
 * ⊕ share ρ_r. A single reservoir of such sites has the limit of the several ones, and at finite M their average over the
 * multinomial numbers of sites.
 */

import { type Matrix, scale, zeros } from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";

/** Couplings must be centred in each reservoir by itself. */
export function directSum(model: Model): Model {
  const dimensions = model.reservoirs.map(({ site }) => site.dimension);
  const dimension = dimensions.reduce((sum, d) => sum + d, 0);
  const from = dimensions.map((_, r) => dimensions.slice(0, r).reduce((sum, d) => sum + d, 0));
  const placed = (a: Matrix, r: number, whole: Matrix = zeros(dimension)): Matrix => {
    for (let i = 0; i < a.rows; i++) {
      for (let j = 0; j < a.cols; j++) {
        const at = (from[r] + i) * dimension + from[r] + j;
        whole.re[at] = a.re[i * a.cols + j];
        whole.im[at] = a.im[i * a.cols + j];
      }
    }
    return whole;
  };
  const hamiltonian = zeros(dimension);
  const state = zeros(dimension);
  model.reservoirs.forEach(({ site, share }, r) => {
    placed(site.hamiltonian, r, hamiltonian);
    placed(scale(site.state, share), r, state);
  });
  const couplings = model.reservoirs.flatMap((one, r) =>
    one.couplings.map((coupling) => ({ ...coupling, site: placed(coupling.site, r) })),
  );
  return { ...model, reservoirs: [{ share: 1, site: { dimension, hamiltonian, state }, couplings, entry: 0 }] };
}
