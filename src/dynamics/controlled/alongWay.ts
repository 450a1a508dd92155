/** Kets on their way through pulses and drives, from piece to piece. */

import type { Basis } from "../../fock/basis.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import type { KetErrors } from "./jointKets.ts";
import type { KetCarrier, OnWindow, ShowKets } from "./ketCarriers.ts";
import type { Piece, Way } from "./schedule.ts";
import { actOnSystem } from "./systemOperator.ts";

/** What wants to see the kets on the way. */
export interface Onlooker {
  /** At the times asked for. */
  readonly show: ShowKets;
  /** What the way up to such a time is proved to cost each ket in norm; after all of a piece's times were shown. */
  readonly errors?: (place: number, errors: readonly ProvedErrors[]) => void;
  /** The same, where a piece ends. */
  readonly ended?: (to: number, errors: readonly ProvedErrors[]) => void;
  /** Before they set out on a piece. */
  readonly begin?: (kets: readonly ComplexVector[], piece: Piece) => void;
  readonly window?: OnWindow;
  /** Before and after the pulse at the end of a piece. */
  readonly pulse?: (before: readonly ComplexVector[], after: readonly ComplexVector[], piece: Piece) => void;
}

export type ProvedErrors = Pick<KetErrors, "leaked" | "propagation">;

/** The kets where the way ends, and the errors of each. Unitaries act on S, in the phases of `gauge`. */
export function ketsAlong(
  way: Way,
  starts: readonly ComplexVector[],
  carrier: KetCarrier,
  { basis, gauge }: { readonly basis: Basis; readonly gauge: ComplexVector | null },
  { show, errors: tell, ended, begin, window, pulse }: Onlooker,
): { readonly ends: readonly ComplexVector[]; readonly errors: readonly KetErrors[] } {
  let kets = starts;
  const errors = starts.map(() => ({ leaked: 0, propagation: 0, applications: 0 }));
  for (const piece of way) {
    begin?.(kets, piece);
    const done = carrier.carry(kets, piece, show, window);
    piece.places.forEach((place, t) => {
      tell?.(
        place,
        errors.map(({ leaked, propagation }, k) => ({
          leaked: leaked + done.errorAt[k].leaked[t],
          propagation: propagation + done.errorAt[k].propagation[t],
        })),
      );
    });
    errors.forEach((error, k) => {
      error.leaked += done.leaked[k];
      error.propagation += done.propagation[k];
      error.applications += done.applications / starts.length;
    });
    ended?.(piece.to, errors);
    const { unitary } = piece;
    kets = unitary === null ? done.ends : done.ends.map((ket) => actOnSystem(basis, unitary, ket, gauge));
    if (unitary !== null) pulse?.(done.ends, kets, piece);
  }
  return { ends: kets, errors };
}
