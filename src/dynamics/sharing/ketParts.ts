/** One sector whose kets were evolved in parts, wherever each of them was. */

import type { Basis } from "../../fock/basis.ts";
import type { Evolution } from "../sector/evolution.ts";
import { evolutionOf } from "../sector/evolutionOf.ts";
import { BasisFilling } from "../sector/filling.ts";
import { emptyInfo, proveAt, type Wanted } from "../sector/problem.ts";
import { type Part, sumOfParts } from "./part.ts";
import { SectorSum } from "./sectorSum.ts";

/** What an evolution of some of the kets gives, as data. */
export function ketsPart(evolution: Evolution, how: string): Part {
  const { rho, info } = evolution;
  const sum = new SectorSum(rho.times, rho.dimension);
  // Kets have their weights already, and what starts are left out is not theirs to tell.
  sum.add(evolution, 1, 0, info.applications);
  return { ...sum.finish(how), peaks: info.filling().peaks };
}

/** The evolution of all kets, from the parts of all ranges of them. */
export function evolutionOfParts(basis: Basis, parts: readonly Part[], { bound }: Wanted): Evolution {
  const { rho, applications, propagation, leaked, boundAt, peaks = new Float64Array(0) } = sumOfParts(parts);
  const info = { ...emptyInfo(() => new BasisFilling(basis, peaks)), applications, propagation, leaked };
  if (bound === true) proveAt(info, boundAt);
  return evolutionOf(rho, info);
}
