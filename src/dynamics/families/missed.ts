/** What an average over one variable is proved to miss, by how little ρ_S can depend on it (docs/certificates.md, section 6). */

import type { Rule } from "../../algebra/gauss.ts";

/**
 * How large the numbers are that are averaged, beside entries of a state: where something is proved of m-th differences or derivatives
 * of a state, theirs are at most (whole + m · each) times that, and they themselves at most `whole`.
 */
export interface Magnitude {
  readonly whole: number;
  readonly each: number;
  /**
   * How many times they hold what the variable that is averaged does to S: the mean of ξA, of a field, of which `whole` has what that is
   * for |ξ| = 1, or what couples the sites that are counted to S, of which `whole` has nothing that depends on their number. Not at all, if
   * left out.
   */
  readonly forces?: number;
}

/** At every t. */
export type Magnitudes = (t: number) => Magnitude;

/** The same where variables before the one that is averaged have these values. */
export type MagnitudesAt = (before: readonly number[]) => Magnitudes;

export const ofStates: Magnitudes = () => ({ whole: 1, each: 0 });

/** Bounds on the error of any entry of ρ_S(t), or of other numbers, as functions of t; Infinity where nothing is proved. */
export interface Missed {
  /** Of a rule whose weights sum to 1. Its nodes are values that the variable can have. */
  byRule(rule: Rule, magnitudes?: Magnitudes): (t: number) => number;
  /** Of a lattice with the variable's own weights, normalised; left out where nothing is proved of any. */
  byLattice?(spacing: number, magnitudes?: Magnitudes): (t: number) => number;
}

/**
 * For H + ξA, ξ standard normal and `width` that of A's spectrum: with x = width · t all derivatives satisfy |∂ʲρ| ≤ xʲ, so that n
 * Gauss nodes miss at most x^{2n} n!/(2n)!; and ρ(ξ + iy) ≤ e^{x|y|}, so that a lattice of step h misses at most
 * 2 Σ_j exp(−(2πj/h − x)²/2). `norm`: of A, which numbers that hold ξA themselves have one derivative less of.
 */
export function fieldMissed(width: number, norm: number): Missed {
  return {
    byRule:
      ({ nodes }, magnitudes = ofStates) =>
      (t) => {
        const { whole, forces = 0 } = magnitudes(t);
        const turns = width * Math.abs(t);
        const [n, missed] = [nodes.length, gaussHermiteBound(turns, nodes.length)];
        return whole * missed + (missed === 0 ? 0 : (forces * norm * missed * 2 * n) / turns);
      },
    byLattice:
      (spacing, magnitudes = ofStates) =>
      (t) => {
        const { whole, forces = 0 } = magnitudes(t);
        const turns = width * Math.abs(t);
        const beyond = forces === 0 ? 0 : forces * norm * latticeBound(turns, spacing, true);
        return whole * latticeBound(turns, spacing) + beyond;
      },
  };
}

/** What rounding does to a sum of weighted entries, and a lattice's ends that are beyond it. */
export const roundedSums = 4e-15;

function gaussHermiteBound(turns: number, nodes: number): number {
  if (turns === 0) return 0;
  let logarithm = 2 * nodes * Math.log(turns);
  for (let k = nodes + 1; k <= 2 * nodes; k++) logarithm -= Math.log(k);
  return Math.exp(logarithm);
}

/** `shifted`: what is averaged grows with the distance in the complex plane. */
function latticeBound(turns: number, step: number, shifted = false): number {
  const beyond = (2 * Math.PI) / step - turns;
  if (beyond <= 0) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let j = 1; j <= 8; j++) {
    const y = (2 * Math.PI * j) / step - turns;
    sum += 2 * Math.exp(-0.5 * y * y) * (shifted ? y : 1);
  }
  return normalised(sum) + roundedSums;
}

/**
 * What a lattice misses at most that is normalised, in units of the numbers: as it stands it misses `sum` of them, and of 1 no more,
 * by which it is divided.
 */
export function normalised(sum: number): number {
  return sum < 1 ? (2 * sum) / (1 - sum) : Number.POSITIVE_INFINITY;
}
