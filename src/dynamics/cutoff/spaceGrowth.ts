/** How the space grows with its cutoff. */

import type { Pattern } from "../../fock/hamiltonian.ts";
import { simplexStates } from "../stage/spaceMemory.ts";

interface Built {
  readonly cutoff: number;
  readonly dimension: number;
}

/** Knows the last two spaces that were built. */
export class SpaceGrowth {
  private smaller: Built = { cutoff: 0, dimension: 0 };
  private larger: Built = { cutoff: 0, dimension: 0 };

  built(cutoff: number, dimension: number): void {
    if (dimension !== this.larger.dimension) this.smaller = this.larger;
    this.larger = { cutoff, dimension };
  }

  /** By how much the space grows: as it did between the last two, or else as a simplex does. */
  between(pattern: Pattern, from: number, to: number): number {
    const { smaller, larger } = this;
    if (smaller.dimension === 0 || smaller.cutoff >= larger.cutoff) {
      return simplexStates(pattern, 1, to) / simplexStates(pattern, 1, from);
    }
    const power = Math.log(larger.dimension / smaller.dimension) / Math.log((larger.cutoff + 1) / (smaller.cutoff + 1));
    return ((to + 1) / (from + 1)) ** power;
  }
}
