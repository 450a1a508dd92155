/** The thermal form of F: one oscillator in a thermal state for each pair of levels, instead of two in their vacuum. */

import { type Matrix, maxAbs, norm, scale } from "../algebra/matrix.ts";
import type { Model } from "../model/types.ts";
import { alone } from "./alone.ts";
import { type Transitions, transitions } from "./transitions.ts";

/** A pair of levels k, l (from 1) with p_k ≥ p_l, and what it is to S. Source: physics section 3, the paper's Sec. T. */
export interface ThermalPair {
  readonly k: number;
  readonly l: number;
  /** Index into the reservoirs of the model, from 1. */
  readonly reservoir: number;
  /** ω_kl = E_l − E_k. */
  readonly frequency: number;
  /** A mode with the term L a† + L† a; or, for p_k = p_l, a classical field z e^{iωt} W_lk + h.c. with E|z|² = p_k. */
  readonly kind: "oscillator" | "classical";
  /** √(p_k − p_l) W_lk for an oscillator, √p_k W_lk for a classical field; N × N. */
  readonly coupling: Matrix;
  /** Mean excitation of the oscillator's initial state, p_l/(p_k − p_l); Infinity for a classical field. */
  readonly occupation: number;
  /** ln(p_k/p_l)/ω_kl: the same for all pairs iff ρ is a Gibbs state, negative for inversion; NaN at ω = 0 = ln(p_k/p_l). */
  readonly beta: number;
}

/** Populations closer than this are equal: the pair is a classical field. */
const equalPopulations = 1e-12;

/**
 * The pairs (k, l), k ≠ l, through which S is coupled, reservoir by reservoir, sorted by (k, l). Where there are several
 * reservoirs, couplings are times √share.
 */
export function thermalPairs(model: Model): ThermalPair[] {
  return alone(model, Number.POSITIVE_INFINITY).flatMap((one, r) => pairsOf(transitions(one.model), r + 1));
}

function pairsOf(t: Transitions, reservoir: number): ThermalPair[] {
  const pairs: ThermalPair[] = [];
  const largest = Math.max(...t.operators.flat().map(maxAbs));
  for (let k = 0; k < t.levels; k++) {
    for (let l = 0; l < t.levels; l++) {
      const upper = t.populations[k];
      const lower = t.populations[l];
      const equal = Math.abs(upper - lower) <= equalPopulations;
      const counted = equal ? k < l && upper > 0 : upper > lower;
      if (!counted || norm(t.operators[l][k]) <= 1e-13 * largest) continue;
      const frequency = t.energies[l] - t.energies[k];
      pairs.push({
        k: k + 1,
        l: l + 1,
        reservoir,
        frequency,
        kind: equal ? "classical" : "oscillator",
        coupling: scale(t.operators[l][k], Math.sqrt(equal ? upper : upper - lower)),
        occupation: equal ? Number.POSITIVE_INFINITY : lower / (upper - lower),
        beta: (equal ? 0 : Math.log(upper / lower)) / frequency,
      });
    }
  }
  return pairs;
}
