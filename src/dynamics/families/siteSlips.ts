/**
 * What it costs ρ_S that h and ρ of a site are diagonal in one basis up to rounding only, and are taken to be, and that frequencies
 * which hardly differ are taken as one.
 */

import { soleReservoir } from "../../model/soleReservoir.ts";
import type { Model, Size } from "../../model/types.ts";
import { alone } from "../../reservoir/alone.ts";
import { eigenbasis, offEigenbasis } from "../../reservoir/eigenbasis.ts";
import { strengthOf } from "../../reservoir/frequencyGap.ts";
import { minimalForm } from "../../reservoir/minimal.ts";
import { purifiedFrequencies } from "./purifiedFamily.ts";

/**
 * At time t, at most. A site that starts in ρ + δ, tr δ = 0, changes ρ_S by ‖δ‖ at most, and the mean that is taken from v by as much
 * of ‖V‖t/√M; and as its couplings are centred S sees δ by the second order in V only, 2 (‖V‖t)²/M of it.
 */
export function siteSlips(model: Model, size: Size): (t: number) => number {
  const limit = size === Number.POSITIVE_INFINITY;
  const movedInLimit = limit ? minimalForm(model).moved : 0;
  const kinds = alone(model, size).map((one) => {
    const reservoir = soleReservoir(one.model);
    const basis = eigenbasis(reservoir.site);
    const strength = strengthOf(reservoir);
    const moved = limit ? movedInLimit : purifiedFrequencies(one.model, basis).moved;
    return { sites: one.size, strength, off: offEigenbasis(reservoir.site, basis), moved };
  });
  return (t) => {
    const way = Math.abs(t);
    return kinds.reduce((sum, { sites, strength, off, moved }) => {
      const felt = strength * way;
      if (felt === 0) return sum;
      return (
        sum +
        Math.min(sites + Math.sqrt(sites) * felt, 2 * felt * felt) * (off.state + 2 * (off.hamiltonian + moved) * way)
      );
    }, 0);
  };
}
