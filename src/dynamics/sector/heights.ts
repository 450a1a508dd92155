/** Which populations are expected beyond the cutoff, where modes weigh differently. */

import { grain } from "../../fock/simplexBasis.ts";

/** Populations below this are rounding errors. */
const noise = 1e-16;

/** The highest occupation of a mode that is filled. */
export function lastFilled(populations: Float64Array): number {
  return Math.max(
    0,
    populations.findLastIndex((population) => population > noise),
  );
}

/**
 * By how much populations of a mode fall from one occupation to the next, farther out than they are known. Near the edge they fall
 * faster and faster: a slow fall at few quanta says little about many.
 */
export function fallBeyond(populations: Float64Array): number {
  const last = lastFilled(populations);
  return last === 0 ? noise : Math.min(0.5, populations[last] / populations[last - 1]);
}

/** From each occupation to the next. */
export function fallsOf(populations: Float64Array): Float64Array {
  const last = lastFilled(populations);
  const beyond = fallBeyond(populations);
  return populations.map((population, n) => (n < last ? populations[n + 1] / Math.max(population, noise) : beyond));
}

/** Heights are counted in these. */
const unit = 4 * grain;

/** What is followed no further. */
const negligible = 1e-20;

/** The population beyond each height if modes were filled independently of each other, with the populations modeShells[k][n]. */
export class Heights {
  /** Beyond h units, and that is the last place. */
  private readonly beyondUnits: Float64Array;

  constructor(modeShells: readonly Float64Array[], weights: readonly number[]) {
    const units = weights.map((weight) => Math.max(1, Math.floor(weight / unit)));
    const chains = modeShells.map(chainOf);
    const highest = Math.max(0, ...chains.map((chain, k) => units[k] * chain.length));
    let filled = new Float64Array(2 * highest + 1);
    filled[0] = 1;
    chains.forEach((chain, k) => {
      const next = new Float64Array(filled.length);
      chain.forEach((share, n) => {
        for (let h = n * units[k]; h < next.length; h++) next[h] += share * filled[h - n * units[k]];
      });
      filled = next;
    });
    this.beyondUnits = new Float64Array(filled.length);
    for (let h = filled.length - 2; h >= 0; h--) this.beyondUnits[h] = this.beyondUnits[h + 1] + filled[h + 1];
  }

  beyond(height: number): number {
    return this.beyondUnits[Math.min(this.beyondUnits.length - 1, Math.floor(height / unit + 1e-9))];
  }

  /** The lowest height beyond which there is no more than `target`. */
  heightFor(target: number): number {
    const found = this.beyondUnits.findIndex((population) => population <= target);
    return unit * (found < 0 ? this.beyondUnits.length - 1 : found);
  }
}

/** Populations of a mode in units of its vacuum's, as far as they are not negligible. */
function chainOf(populations: Float64Array): number[] {
  const falls = fallsOf(populations);
  const chain = [1];
  for (let n = 0; ; n++) {
    const share = chain[n] * (n < falls.length ? falls[n] : fallBeyond(populations));
    if (!(share > negligible)) return chain;
    chain.push(share);
  }
}
