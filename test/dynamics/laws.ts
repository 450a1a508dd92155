/** Laws over random models: few of them in every run, many with BOSONIZE_LAWS=many. */

import fc from "fast-check";

export const many = process.env.BOSONIZE_LAWS === "many";

/** Checks the law for seeds drawn by fast-check, always the same ones; a failure names its seed. */
export function forSeeds(few: number, most: number, law: (seed: number) => void): void {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000 }), law), {
    numRuns: many ? most : few,
    seed: 20261123,
    // A smaller seed is not a simpler model.
    endOnFailure: true,
  });
}

/** The sizes M at which the full tensor product has at most `states` states. */
export function affordableSizes(system: number, site: number, states: number): number[] {
  const sizes: number[] = [];
  for (let size = 1; system * site ** size <= states; size++) sizes.push(size);
  return sizes;
}
