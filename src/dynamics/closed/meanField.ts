/** Coupling ∝ 1/M instead of 1/√M: S evolves alone, under the mean of the couplings (physics section 5). */

import { eigh } from "../../algebra/hermitian.ts";
import { add, adjoint, inBasis, multiply, zeros } from "../../algebra/matrix.ts";
import { type MatrixSeries, zeroSeries } from "../../algebra/series.ts";
import type { Model } from "../../model/types.ts";
import type { Family } from "../families/family.ts";
import { lostOfRotations } from "./dephasingRounding.ts";

/**
 * ρ_S(t) under H_S + Σ_q (tr(ρ v_q) G_q + h.c.) with v_q as the user wrote it, before any centring; and at each time what
 * rounding may change: rotations into the eigenbasis and back, and phases that are off by ulps of the energies.
 */
export function meanField(model: Model): { rho: MatrixSeries; boundAt: Float64Array } {
  const n = model.system.dimension;
  const { values, vectors } = eigh(add(model.system.hamiltonian, model.meanField.operator));
  const start = inBasis(model.system.state, vectors);
  const series = zeroSeries(model.times, n);
  model.times.forEach((t, at) => {
    const rho = zeros(n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const cos = Math.cos((values[i] - values[j]) * t);
        const sin = -Math.sin((values[i] - values[j]) * t);
        const e = i * n + j;
        rho.re[e] = start.re[e] * cos - start.im[e] * sin;
        rho.im[e] = start.re[e] * sin + start.im[e] * cos;
      }
    }
    const back = multiply(multiply(vectors, rho), adjoint(vectors));
    series.re.set(back.re, at * n * n);
    series.im.set(back.im, at * n * n);
  });
  const largest = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
  const lost = (t: number) => lostOfRotations(n, 0) + 8 * Number.EPSILON * n * largest * Math.abs(t);
  return { rho: series, boundAt: Float64Array.from(model.times, lost) };
}

/** The same as a family without bosons, for S that something is done to from outside. */
export function aloneFamily(model: Model): Family {
  return {
    path: "S alone in the mean field",
    axes: 0,
    axis: () => {
      throw new RangeError("S alone has nothing to average");
    },
    hamiltonian: () => ({
      dimension: model.system.dimension,
      system: add(model.system.hamiltonian, model.meanField.operator),
      modes: [],
      groups: [],
      ladders: [],
      hoppings: [],
    }),
    capacity: 0,
    exactSectors: 1,
  };
}
