/** Which Fock states a Hamiltonian leads to from one of a basis, and how strongly at most. */

import { eigh } from "../algebra/hermitian.ts";
import { adjoint, type Matrix, multiply } from "../algebra/matrix.ts";
import { rememberedOf } from "../algebra/remembered.ts";
import { ladderAmplitudes } from "./assemble.ts";
import type { Basis } from "./basis.ts";
import type { BosonHamiltonian } from "./hamiltonian.ts";

/** The neighbours of one Fock state at a time: written over by the next. */
export interface Neighbours {
  readonly fock: Int32Array;
  /** sizes[i] ≥ ‖⟨fock[i]| H |f⟩‖, the norm of an operator on S. */
  readonly sizes: Float64Array;
  /** Takes those of Fock state f, and returns how many there are. */
  of(f: number): number;
}

export function neighboursIn(basis: Basis, h: BosonHamiltonian): Neighbours {
  const { modes, occupations: n, raised, lowered } = basis;
  const amplitudes = ladderAmplitudes(basis, h);
  const ladders = h.ladders
    .map(({ mode, coupling }) => ({ mode, norm: normOf(coupling) }))
    .filter(({ norm }) => norm > 0);
  const hops = h.hoppings
    .map(({ to, from, operator }, t) => ({
      ...{ to, from, norm: normOf(operator) },
      ...{ forth: basis.hopped[t], back: basis.returned[t] },
    }))
    .filter(({ to, from, norm }) => to !== from && norm > 0);
  const most = 2 * (ladders.length + hops.length);
  const fock = new Int32Array(most);
  const sizes = new Float64Array(most);
  let count = 0;
  const add = (g: number, size: number) => {
    if (g < 0 || size === 0) return;
    fock[count] = g;
    sizes[count++] = size;
  };
  const of = (f: number) => {
    const at = f * modes;
    count = 0;
    for (const { mode, norm } of ladders) {
      const down = lowered[at + mode];
      add(raised[at + mode], norm * amplitudes[at + mode]);
      if (down >= 0) add(down, norm * amplitudes[down * modes + mode]);
    }
    for (const { to, from, norm, forth, back } of hops) {
      add(forth[f], norm * Math.sqrt(n[at + from] * (n[at + to] + 1)));
      add(back[f], norm * Math.sqrt(n[at + to] * (n[at + from] + 1)));
    }
    return count;
  };
  return { fock, sizes, of };
}

/** Largest singular value of an operator on S, from above. */
export const normOf = rememberedOf((operator: Matrix): number => {
  const { values } = eigh(multiply(adjoint(operator), operator));
  return Math.sqrt(Math.max(0, values[values.length - 1])) * (1 + 1e-14);
});
