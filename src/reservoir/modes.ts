/** The modes of the fluctuation reservoir F in the paper's form, (15)-(18). */

import { type Matrix, scale } from "../algebra/matrix.ts";
import type { Model } from "../model/types.ts";
import { alone } from "./alone.ts";
import { type Transitions, transitions } from "./transitions.ts";

/** One oscillator of F, starting in its vacuum, with the term L a† + L† a in H_SF. */
export interface BosonMode {
  /** ω, of either sign. */
  readonly frequency: number;
  /** L, N × N. */
  readonly coupling: Matrix;
}

/** A mode (k, l) of (16): the transition of a site from level k to level l. */
export interface Mode extends BosonMode {
  /** From 1, energies ascending. */
  readonly k: number;
  readonly l: number;
  /** Whose sites they are: index into the reservoirs of the model, from 1. */
  readonly reservoir: number;
  /** p_k, among the sites of that reservoir. */
  readonly population: number;
}

/**
 * The modes (16) with ω_kl = E_l − E_k and L_kl = √p_k W_lk, times √share where there are several reservoirs; reservoir by
 * reservoir, sorted by (k, l). The list holds every pair that (16) names: also the static ones (k = l) and those whose L
 * happens to vanish (physics section 8, number 4).
 */
export function standardModes(model: Model): Mode[] {
  return alone(model, Number.POSITIVE_INFINITY).flatMap((one, r) => modesOf(transitions(one.model), r + 1));
}

function modesOf(t: Transitions, reservoir: number): Mode[] {
  const modes: Mode[] = [];
  for (let k = 0; k < t.levels; k++) {
    if (t.populations[k] === 0) continue;
    for (let l = 0; l < t.levels; l++) {
      if (!allowed(t, k, l)) continue;
      modes.push({
        k: k + 1,
        l: l + 1,
        reservoir,
        population: t.populations[k],
        frequency: t.energies[l] - t.energies[k],
        coupling: scale(t.operators[l][k], Math.sqrt(t.populations[k])),
      });
    }
  }
  return modes;
}

/** Some v_q connects the levels k and l (from 0), in either direction. */
function allowed(t: Transitions, k: number, l: number): boolean {
  return t.site.some((v) =>
    [k * v.cols + l, l * v.cols + k].some((at) => Math.hypot(v.re[at], v.im[at]) > t.negligible),
  );
}
