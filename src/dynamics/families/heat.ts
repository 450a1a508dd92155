/** How much energy quanta can hold in any sector of a family (docs/certificates.md, section 6, "Energies"). */

import { add, adjoint, multiply, scale, zeros } from "../../algebra/matrix.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import type { BosonMode } from "../../reservoir/modes.ts";
import { remembered } from "../remembered.ts";

/** Bounds on Σ |ω_k| ⟨n_k⟩ of all modes up to a time t. */
export interface Heat {
  /** Of the starts of any sector, each with its weight; and so of all that differences between sectors are made of. */
  readonly inSectors: (t: number) => number;
  /** The mean over starts that were left out since they weigh too little. */
  readonly omitted: (t: number) => number;
}

/** Modes that are filled by Λ per unit of time at most, in √energy: Λ² = ‖Σ |ω_k| L_k†L_k‖. `kept`, `omitted`: Σ |ω_k| ⟨n_k⟩ at t = 0. */
export function heatOfModes(modes: readonly BosonMode[], kept = 0, omitted = kept): Heat {
  const rate = remembered(() => {
    const n = modes[0]?.coupling.rows ?? 1;
    const squares = modes.reduce(
      (sum, { frequency, coupling: l }) => add(sum, scale(multiply(adjoint(l), l), Math.abs(frequency))),
      zeros(n),
    );
    return Math.sqrt(spectralNorm(squares));
  });
  const from = (first: number) => (t: number) => (Math.sqrt(first) + rate() * Math.abs(t)) ** 2;
  return { inSectors: from(kept), omitted: from(omitted) };
}

/** Sites of which each is taken out of its level twice at least: ω (w t)²/2 of all of them, w the width of what couples one of them. */
export function heatOfSites(size: number, largest: number, width: () => number): Heat {
  const inSectors = (t: number) => largest * Math.min(size, (width() * t) ** 2 / 2);
  return { inSectors, omitted: inSectors };
}

/** Of reservoirs side by side; undefined where nothing is known of one of them. */
export function heatOfAll(heats: readonly (Heat | undefined)[]): Heat | undefined {
  const all = heats.filter((heat) => heat !== undefined);
  if (all.length < heats.length) return undefined;
  return {
    inSectors: (t) => all.reduce((sum, heat) => sum + heat.inSectors(t), 0),
    omitted: (t) => all.reduce((sum, heat) => sum + heat.omitted(t), 0),
  };
}

/** ⟨n⟩ of a geometric distribution of ratio x ≤ 1 up to a capacity, from above; of what is beyond `last` in it, if that is given. */
export function meanQuanta(x: number, capacity: number, last = -1): number {
  return Math.min(capacity, last + 1 + x / (1 - x));
}
