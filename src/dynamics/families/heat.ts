/** How much energy quanta can hold in any sector of a family (docs/certificates.md, section 6, "Energies"). */

import { add, adjoint, type Matrix, multiply, scale, zeros } from "../../algebra/matrix.ts";
import { remembered } from "../../algebra/remembered.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import type { BosonMode } from "../../reservoir/modes.ts";

/** A bound at time t, for what starts in one way or the other. */
export interface Filled {
  /** Of the starts of any sector, each with its weight; and so of all that differences between sectors are made of. */
  readonly inSectors: (t: number) => number;
  /** The mean over starts that were left out since they weigh too little. */
  readonly omitted: (t: number) => number;
}

/** Bounds on Σ |ω_k| ⟨n_k⟩ of all modes. */
export interface Heat extends Filled {
  /**
   * On ⟨Σ L_k a_k† + h.c.⟩ and the means of fields' operators together, fields of strength 1; of a family that counts sites, on what they do
   * to S less what they do as long as they are as they started. Left out where nothing is known.
   */
  readonly force?: Filled;
}

/** Quanta at t = 0 of the one mode that is warm. */
export interface Warm {
  readonly frequency: number;
  readonly inSectors: number;
  readonly omitted: number;
}

/**
 * √energy of all modes together grows by Λ per unit of time at most, Λ² = ‖Σ |ω_k| L_k†L_k‖, and √quanta by as much without the ω_k, which
 * 2Λ turns into the force. `fields`: the operators A_r of a family of fields.
 */
export function heatOfModes(modes: readonly BosonMode[], warm?: Warm, fields?: readonly Matrix[]): Heat {
  const first = { inSectors: warm?.inSectors ?? 0, omitted: warm?.omitted ?? 0 };
  const energy = Math.abs(warm?.frequency ?? 0);
  const heatRate = remembered(() => rateOf(modes, ({ frequency }) => Math.abs(frequency)));
  const heat = (quanta: number) => (t: number) => (Math.sqrt(energy * quanta) + heatRate() * Math.abs(t)) ** 2;
  const found = { inSectors: heat(first.inSectors), omitted: heat(first.omitted) };
  if (fields === undefined) return found;
  const rate = remembered(() => rateOf(modes, () => 1));
  const still = remembered(() => fields.reduce((sum, a) => sum + spectralNorm(a), 0));
  const force = (quanta: number) => (t: number) => still() + 2 * rate() * (Math.sqrt(quanta) + rate() * Math.abs(t));
  return { ...found, force: { inSectors: force(first.inSectors), omitted: force(first.omitted) } };
}

/** ‖Σ weight L†L‖^{1/2}. */
function rateOf(modes: readonly BosonMode[], weight: (mode: BosonMode) => number): number {
  const squares = modes.reduce(
    (sum, mode) => add(sum, scale(multiply(adjoint(mode.coupling), mode.coupling), weight(mode))),
    zeros(modes[0]?.coupling.rows ?? 1),
  );
  return Math.sqrt(spectralNorm(squares));
}

/**
 * Sites of which each is taken out of its level twice at least: ω (w t)²/2 of all of them, w the width of what couples one of them. What
 * couples them to S differs by w · w|t| from what it is in the mean of how they start, as each has acted on S before.
 */
export function heatOfSites(size: number, largest: number, width: () => number): Heat {
  const inSectors = (t: number) => largest * Math.min(size, (width() * t) ** 2 / 2);
  const force = (t: number) => width() * Math.min(width() * Math.abs(t), 2 * Math.sqrt(size));
  return { inSectors, omitted: inSectors, force: { inSectors: force, omitted: force } };
}

/** Of reservoirs side by side; undefined where nothing is known of one of them. */
export function heatOfAll(heats: readonly (Heat | undefined)[]): Heat | undefined {
  const all = sumOf(heats);
  const force = sumOf(heats.map((heat) => heat?.force));
  return all && (force === undefined ? all : { ...all, force });
}

function sumOf(parts: readonly (Filled | undefined)[]): Filled | undefined {
  const all = parts.filter((part) => part !== undefined);
  if (all.length < parts.length) return undefined;
  return {
    inSectors: (t) => all.reduce((sum, part) => sum + part.inSectors(t), 0),
    omitted: (t) => all.reduce((sum, part) => sum + part.omitted(t), 0),
  };
}

/** ⟨n⟩ of a geometric distribution of ratio x ≤ 1 up to a capacity, from above; of what is beyond `last` in it, if that is given. */
export function meanQuanta(x: number, capacity: number, last = -1): number {
  return Math.min(capacity, last + 1 + x / (1 - x));
}
