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

/** What an entry of ρ_S is off by at time t. */
export interface SiteSlips {
  /**
   * At most. A site that starts in ρ + δ, tr δ = 0, changes ρ_S by ‖δ‖ at most, and the mean that is taken from v by as much of
   * ‖V‖t/√M; one whose h is off by δ by 2‖δ‖t. And as couplings are centred S sees either by the second order in V only, 2 (‖V‖t)²/M
   * of it.
   */
  readonly atMost: (t: number) => number;
  /**
   * In practice: S, which goes on being turned, does not add up all that it has seen. A mean that is taken from v by mistake turns it
   * all the time; a wrong phase counts as often as there are quanta that have it, of which few are ever felt at once.
   */
  readonly likely: (t: number) => number;
}

export function siteSlips(model: Model, size: Size): SiteSlips {
  const limit = size === Number.POSITIVE_INFINITY;
  const movedInLimit = limit ? minimalForm(model).moved : 0;
  const kinds = alone(model, size).map((one) => {
    const reservoir = soleReservoir(one.model);
    const basis = eigenbasis(reservoir.site);
    const strength = strengthOf(reservoir);
    const moved = limit ? movedInLimit : purifiedFrequencies(one.model, basis).moved;
    return { sites: one.size, strength, off: offEigenbasis(reservoir.site, basis), moved };
  });
  const slips = (seen: (felt: number, sites: number) => { readonly state: number; readonly phase: number }) => {
    return (t: number) => {
      const way = Math.abs(t);
      return kinds.reduce((sum, { sites, strength, off, moved }) => {
        const felt = strength * way;
        if (felt === 0) return sum;
        const { state, phase } = seen(felt, sites);
        return sum + state * off.state + phase * 2 * (off.hamiltonian + moved) * way;
      }, 0);
    };
  };
  const atMost = (felt: number, sites: number) => ({
    state: Math.min(sites + Math.sqrt(sites) * felt, 2 * felt * felt),
    phase: Math.min(sites, 2 * felt * felt),
  });
  const likely = (felt: number, sites: number) => {
    const { state, phase } = atMost(felt, sites);
    return { state: Math.min(felt, state), phase: Math.min(1 + Math.sqrt(felt), phase) };
  };
  return { atMost: slips(atMost), likely: slips(likely) };
}
