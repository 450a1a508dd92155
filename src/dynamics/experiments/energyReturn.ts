/**
 * A second-order bound on what a cutoff costs energies along a spectral evolution. With e = ψ − φ, ⟨A⟩ is off by
 * 2 Re⟨e|A|φ⟩ + ⟨e|A|e⟩. The part of e in the space is what has leaked and come back, |⟨d|Pe⟩| ≤ ε √t Σ_i |d_i| √⟨i|G|i⟩ as for
 * ρ_S, here with d = PAφ; the part outside meets what only V takes there, ε ‖QVPφ‖. Proof in docs/certificates.md, section 5
 * ("Energies").
 */

import type { Basis } from "../../fock/basis.ts";
import type { SparseMatrix } from "../../fock/sparse.ts";
import { largestAmplitudes, type ReturningFlux } from "../spectral/returnBound.ts";
import type { Expansion } from "../spectral/spectral.ts";
import type { EnergyParts } from "./energyParts.ts";

/** At least |⟨A⟩_ψ − ⟨A⟩_φ| of a ket for the worst A of the energies after a time, if no more than `leaked` has left until then. */
export type EnergyError = (time: number, leaked: number) => number;

/** `rate`: no more ever leaks per time. `squared`: |⟨δ|A|δ⟩| at most for δ of norm 1 that has leaked. */
export function energyReturn(
  { system, interaction, heat }: EnergyParts,
  basis: Basis,
  { returns }: ReturningFlux,
  expansion: readonly Expansion[],
  rate: number,
  squared: (t: number) => number,
): EnergyError {
  const largest = largestAmplitudes(basis, expansion);
  const still = Math.max(
    comingBack(system, largest, returns),
    ...heat.map((energies) => energies.reduce((sum, energy, i) => sum + Math.abs(energy) * largest[i] * returns[i], 0)),
  );
  const moving = comingBack(interaction, largest, returns);
  return (time, leaked) => {
    const way = Math.sqrt(Math.abs(time));
    return 2 * leaked * Math.max(way * still, way * moving + rate) + squared(time) * leaked ** 2;
  };
}

/** Σ_i |A φ|_i returns_i, from above, for a ket whose components are no larger than `largest`. */
function comingBack(a: SparseMatrix, largest: Float64Array, returns: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.rows; i++) {
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      sum += returns[i] * Math.hypot(a.re[e], a.im.length === 0 ? 0 : a.im[e]) * largest[a.column[e]];
    }
  }
  return sum;
}
