/** The kets that a run starts from. */

import { eigh } from "../../algebra/hermitian.ts";
import type { Model } from "../../model/types.ts";
import type { Ket } from "./evolution.ts";

/** The eigenvectors of ρ_S(0) with their weights, bosons in the vacuum. */
export function stateKets(model: Model, modes: number): Ket[] {
  const n = model.system.dimension;
  const { values, vectors } = eigh(model.system.state);
  const kets: Ket[] = [];
  for (let j = n - 1; j >= 0; j--) {
    if (values[j] <= 1e-15) continue;
    const levels = { re: new Float64Array(n), im: new Float64Array(n) };
    for (let i = 0; i < n; i++) {
      levels.re[i] = vectors.re[i * n + j];
      levels.im[i] = vectors.im[i * n + j];
    }
    kets.push({ weight: values[j], levels, occupations: new Array<number>(modes).fill(0) });
  }
  return kets;
}

/** Levels of S with an amplitude that is not 0. */
export function occupiedLevels(ket: Ket): number[] {
  return [...ket.levels.re.keys()].filter((s) => ket.levels.re[s] !== 0 || ket.levels.im[s] !== 0);
}
