/** M = ∞ with F as a chain: S at its first sites, quanta hop along it (physics section 3). */

import { entry, identity, type Matrix, scale } from "../../algebra/matrix.ts";
import type { Hopping } from "../../fock/hamiltonian.ts";
import type { Model } from "../../model/types.ts";
import type { Chain } from "../../reservoir/chain.ts";
import type { Family } from "./family.ts";
import { modesFamily } from "./limitFamily.ts";

/** The sectors of a chain, whole or cut off, with the static field that goes with it. */
export function chainFamily(model: Model, { chain, field }: { chain: Chain; field: readonly Matrix[] }): Family {
  const { hamiltonian: h, couplings, blocks } = chain;
  const still = modesFamily(model, { modes: [], field });
  const one = identity(model.system.dimension);
  const hoppings: Hopping[] = [];
  for (let a = 0; a < h.rows; a++) {
    for (let b = a + 1; b < h.rows; b++) {
      const amplitude = entry(h, a, b);
      if (amplitude.re === 0 && amplitude.im === 0) continue;
      hoppings.push({ to: a, from: b, operator: scale(one, amplitude) });
    }
  }
  return {
    ...still,
    path: still.path.replace("vacuum modes", `a chain of ${blocks.length} ${blocks.length === 1 ? "block" : "blocks"}`),
    hamiltonian: (point) => ({
      ...still.hamiltonian(point),
      modes: Array.from({ length: h.rows }, (_, a) => ({ frequency: entry(h, a, a).re, group: 0 })),
      ladders: couplings.map((coupling, mode) => ({ mode, coupling })),
      hoppings,
    }),
  };
}
