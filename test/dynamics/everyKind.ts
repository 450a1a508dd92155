/** Small models of every kind, each kind at least once. */

import type { ModelKind, SiteState } from "../oracle/randomModel.ts";

const states: readonly SiteState[] = ["pure", "mixed", "rank-deficient", "infinite-temperature"];

/** State of the site × degenerate × centring, the other properties taken in turn. */
export const everyKind: readonly (Partial<ModelKind> & { readonly about: string })[] = states.flatMap((state) =>
  [false, true].flatMap((degenerate) =>
    (["centred", "subtract", "keep"] as const).map((centring, i) => ({
      about: `${state}${degenerate ? ", degenerate" : ""}, ${centring}`,
      state,
      degenerate,
      centring,
      rotated: (i + (degenerate ? 1 : 0)) % 2 === 0,
      hermitian: i === 1,
      pureSystem: i !== 2,
      dims: [2],
      siteDimension: state === "rank-deficient" ? 3 : 2 + ((i + (degenerate ? 1 : 0)) % 2),
      couplings: 1 + (i % 2),
      nondemolition: false,
    })),
  ),
);
