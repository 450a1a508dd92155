/** How fast one site can change S, which bounds how ρ_S depends on numbers of sites (docs/certificates.md, section 6). */

import { spectralWidth } from "../../algebra/hermitian.ts";
import { addTo, copy, type Matrix, scale, subtract, zeros } from "../../algebra/matrix.ts";
import { remembered } from "../../algebra/remembered.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import type { Transitions } from "../../reservoir/transitions.ts";
import type { SiteForce } from "./missedOfCounts.ts";

/**
 * What a site changes at most, in trace norm, if it starts in level k and not in those of `rest` with their probabilities: coupled
 * once it acts on S by its mean, W_kk − Σ_l r_l W_ll, and else at least twice, by V / √M.
 */
export function rateOfLevel(
  { operators }: Transitions,
  size: number,
  k: number,
  rest: readonly { readonly level: number; readonly share: number }[],
): (t: number) => number {
  // Most families are asked for no bound.
  const widths = remembered(() => {
    return { once: spectralWidth(meanDifference(operators, k, rest)), any: spectralWidth(onSite(operators)) };
  });
  return (t) => {
    const { once, any } = widths();
    const turn = Math.abs(t) / Math.sqrt(size);
    // ‖|k⟩⟨k| − ρ_rest‖₁ ≤ 2.
    return Math.min(2, once * turn + (any * turn) ** 2, 2 * any * turn);
  };
}

/** What couples such a site to S, in the mean, differs by in the two cases. */
export function forceOfLevel(
  { operators }: Transitions,
  size: number,
  k: number,
  rest: readonly { readonly level: number; readonly share: number }[],
): (t: number) => SiteForce {
  const norms = remembered(() => ({
    still: spectralNorm(meanDifference(operators, k, rest)),
    any: spectralWidth(onSite(operators)),
  }));
  const root = Math.sqrt(size);
  return (t) => {
    const { still, any } = norms();
    return { still: still / root, moved: (any / root) * Math.min(4, (2 * any * Math.abs(t)) / root) };
  };
}

/** W_kk − Σ_l r_l W_ll. */
function meanDifference(
  operators: Transitions["operators"],
  k: number,
  rest: readonly { readonly level: number; readonly share: number }[],
): Matrix {
  const mean = copy(operators[k][k]);
  for (const { level, share } of rest) addTo(mean, operators[level][level], -share);
  return mean;
}

/** The rate of a two-level site in the state ∝ |g⟩ + ζ|e⟩, r = |ζ|², instead of one in a singlet, which S does not feel. */
export function rateOfTiltedSpin({ operators }: Transitions, size: number): (t: number) => (r: number) => number {
  const widths = remembered(() => {
    const { half, any } = onSpin(operators);
    // The width of ζ̄W + h.c. is at most 4|ζ|‖W‖.
    return { along: spectralWidth(half), across: 4 * spectralNorm(operators[1][0]), any };
  });
  return (t) => {
    const { along, across, any } = widths();
    const turn = Math.abs(t) / Math.sqrt(size);
    return (r) => Math.min(2, turn * (along + across * Math.min(1, Math.sqrt(r))) + (any * turn) ** 2 / 2);
  };
}

/**
 * How many of all such spins S lifts or lets down at most: if it acts once, by the coherence of each between its levels, and else at
 * least twice.
 */
export function gainOfTiltedSpins({ operators }: Transitions, size: number): (t: number) => (r: number) => number {
  const widths = remembered(() => {
    return { across: 2 * spectralNorm(operators[1][0]), any: onSpin(operators).any };
  });
  return (t) => {
    const { across, any } = widths();
    const way = Math.abs(t);
    return (r) => Math.min(size, across * Math.min(0.5, Math.sqrt(r)) * Math.sqrt(size) * way + (any * way) ** 2 / 2);
  };
}

/** What couples a spin beside the mean of its levels: along it, and the width of the spectrum of all of it. */
function onSpin(operators: Transitions["operators"]): { readonly half: Matrix; readonly any: number } {
  const half = scale(subtract(operators[0][0], operators[1][1]), 0.5);
  const whole = onSite([
    [half, operators[0][1]],
    [operators[1][0], scale(half, -1)],
  ]);
  return { half, any: spectralWidth(whole) };
}

/** The width of the spectrum of V, what couples a site to S but for 1/√M. */
export function widthOnSite({ operators }: Transitions): number {
  return spectralWidth(onSite(operators));
}

/** Σ_ab W_ab ⊗ |a⟩⟨b|. */
function onSite(operators: readonly (readonly Matrix[])[]): Matrix {
  const d = operators.length;
  const n = operators[0][0].rows;
  const whole = zeros(n * d);
  operators.forEach((row, a) => {
    row.forEach((w, b) => {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          whole.re[(i * d + a) * n * d + j * d + b] = w.re[i * n + j];
          whole.im[(i * d + a) * n * d + j * d + b] = w.im[i * n + j];
        }
      }
    });
  });
  return whole;
}
