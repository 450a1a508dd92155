/** The shortest chain that is certified to a tolerance up to a time. */

import type { Matrix } from "../algebra/matrix.ts";
import type { Model } from "../model/types.ts";
import { type Chain, chainOf, firstBlocks, normalModes } from "./chain.ts";
import { formDistance, formDistanceUntil, quickToCompare } from "./formDistance.ts";
import { minimalForm } from "./minimal.ts";

export interface TruncatedChain {
  readonly chain: Chain;
  readonly field: readonly Matrix[];
  /** Sites of the whole chain. */
  readonly whole: number;
  /** Proved bound on what is missing in every entry of ρ_S(t), |t| ≤ time; 0 for the whole chain. */
  readonly bound: number;
  /** The same up to any |t| ≤ time. */
  readonly boundAt: (t: number) => number;
}

const nothing = () => 0;

/**
 * The first blocks of the chain, as few as are proved to change no entry of ρ_S(t), |t| ≤ time, by more than `tolerance`
 * (formDistance). A chain cut after n blocks has the first 2n moments of the spectrum: its correlation function is wrong by
 * a power of t that grows with n. Where S turns so often until `time` that the comparison itself would take long, the whole
 * chain. Source: physics section 3, docs/certificates.md.
 */
export function truncatedChain(model: Model, time: number, tolerance: number): TruncatedChain {
  const { modes, field } = minimalForm(model);
  const chain = chainOf(modes);
  const whole = chain.hamiltonian.rows;
  const most = chain.blocks.length;
  if (!quickToCompare(modes, time)) return { chain, field, whole, bound: 0, boundAt: nothing };
  const boundOf = (blocks: number) => formDistance(modes, normalModes(firstBlocks(chain, blocks)), time);
  // Longer and longer until one does, then the shortest between that and the last that does not.
  let fails = 0;
  let does = 1;
  let bound = Number.POSITIVE_INFINITY;
  while (does < most) {
    bound = boundOf(does);
    if (bound <= tolerance) break;
    fails = does;
    does = Math.ceil(1.6 * does);
  }
  if (does >= most) {
    does = most;
    bound = 0;
  }
  while (does - fails > 1) {
    const middle = Math.floor((fails + does) / 2);
    const here = boundOf(middle);
    if (here <= tolerance) {
      does = middle;
      bound = here;
    } else fails = middle;
  }
  const cut = firstBlocks(chain, does);
  const boundAt = bound === 0 ? nothing : formDistanceUntil(modes, normalModes(cut), time);
  return { chain: cut, field, whole, bound, boundAt };
}
