/** Which frequencies of a model may be taken as one. */

import { maxAbs, norm } from "../algebra/matrix.ts";
import { farthestOf } from "../algebra/timeParts.ts";
import type { Model, Reservoir } from "../model/types.ts";

/** Frequencies closer than this, relative to the largest energy, differ by the rounding of the levels they are made of. */
const roundingOfFrequencies = 1e-13;

/** Those farther apart than this are not what rounded numbers of a user leave of a single one. */
const roundingOfUsers = 1e-10;

/** The share of the tolerance that one frequency for several may cost. */
const gapShare = 0.01;

/** Σ_q ‖G_q ⊗ v_q + H.c.‖ of the sites of one kind, at most. */
export function strengthOf({ couplings }: Pick<Reservoir, "couplings">): number {
  return couplings.reduce((sum, { system, site }) => sum + 2 * norm(system) * norm(site), 0);
}

/**
 * What a shift of a site's energies by 1 at most may change in ρ_S(t), a coupling of `strength` in all: as couplings are centred, S
 * sees it by the second order in V only.
 */
function feltShift(strength: number, t: number): number {
  return 2 * (strength * t) ** 2 * 2 * Math.abs(t);
}

/**
 * How far apart frequencies of at most `width` may be that are taken as one: no farther than is proved not to matter up to the
 * last of the model's times, however small that is beside the frequencies themselves.
 */
export function frequencyGap({ reservoirs, times, tolerance }: Model, width: number): number {
  const last = farthestOf(times);
  const felt = reservoirs.reduce((sum, one) => sum + one.share * feltShift(strengthOf(one), last), 0);
  const allowed = felt > 0 ? (gapShare * tolerance) / felt : Number.POSITIVE_INFINITY;
  // Levels that differ by rounding need not be small.
  const largest = reservoirs.reduce((most, { site }) => Math.max(most, maxAbs(site.hamiltonian)), width);
  return Math.max(roundingOfFrequencies * largest, Math.min(roundingOfUsers * largest, allowed));
}
