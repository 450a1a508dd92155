/** What it costs ρ_S that h and ρ of a site are diagonal in one basis up to rounding only, and are taken to be. */

import { norm } from "../../algebra/matrix.ts";
import { soleReservoir } from "../../model/soleReservoir.ts";
import type { Model, Size } from "../../model/types.ts";
import { alone } from "../../reservoir/alone.ts";
import { eigenbasis, offEigenbasis } from "../../reservoir/eigenbasis.ts";

/**
 * At time t, at most. A site that starts in ρ + δ, tr δ = 0, changes ρ_S by ‖δ‖ at most, and the mean that is taken from v by as much
 * of ‖V‖t/√M; and as its couplings are centred S sees δ by the second order in V only, 2 (‖V‖t)²/M of it.
 */
export function siteSlips(model: Model, size: Size): (t: number) => number {
  const kinds = alone(model, size).map((one) => {
    const { site, couplings } = soleReservoir(one.model);
    const strength = couplings.reduce((sum, coupling) => sum + 2 * norm(coupling.system) * norm(coupling.site), 0);
    return { sites: one.size, strength, off: offEigenbasis(site, eigenbasis(site)) };
  });
  return (t) => {
    const way = Math.abs(t);
    return kinds.reduce((sum, { sites, strength, off }) => {
      const felt = strength * way;
      if (felt === 0) return sum;
      return sum + Math.min(sites + Math.sqrt(sites) * felt, 2 * felt * felt) * (off.state + 2 * off.hamiltonian * way);
    }, 0);
  };
}
