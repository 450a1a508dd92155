/** One reservoir of several, as the only one of a model of its own: what finite sizes and the limit are made of. */

import { add, addTo, adjoint, type Matrix, scale, traceless, zeros } from "../algebra/matrix.ts";
import { fractions, siteNumbers } from "../model/siteNumbers.ts";
import type { Model, Size } from "../model/types.ts";

/** A model of one reservoir, and how many sites that one has. */
export interface Alone {
  readonly model: Model;
  readonly size: Size;
}

/**
 * What acts on S is M^{-1/2} Σ G ⊗ v over the M_r sites of a kind, that is M_r^{-1/2} Σ (√(M_r/M) G) ⊗ v: reservoir r
 * with M_r sites alone and couplings √(M_r/M) G is the same. For M → ∞ the factor is √share, so that the modes of all
 * reservoirs together are those of F (Lindeberg). Reservoirs without a site at this size are left out; a model of one
 * reservoir is itself.
 */
export function alone(model: Model, size: Size): Alone[] {
  if (model.reservoirs.length === 1) return [{ model, size }];
  const numbers = siteNumbers(model.reservoirs, size);
  const parts = fractions(model.reservoirs, size);
  const kept = model.meanField.kept || movedByRounding(model, parts);
  return model.reservoirs.flatMap((reservoir, r) => {
    if (numbers[r] === 0) return [];
    const weight = Math.sqrt(parts[r]);
    const couplings = reservoir.couplings.map((one) => ({ ...one, system: scale(one.system, weight) }));
    const mean = meanOf(couplings, model.system.dimension);
    // What is ∝ 1 was not asked for, or counts in ⟨V⟩ only.
    const operator = model.meanField.kept ? mean : traceless(mean);
    const only = { ...reservoir, share: 1, couplings };
    return [
      { model: { ...model, reservoirs: [only], meanField: { ...model.meanField, operator, kept } }, size: numbers[r] },
    ];
  });
}

/**
 * Mean fields of several reservoirs that cancel at their shares do not quite cancel once numbers of sites are rounded: what
 * is left is of order M^{-1/2}, and stays.
 */
function movedByRounding({ reservoirs, meanField }: Model, parts: readonly number[]): boolean {
  if (meanField.matters) return false;
  return reservoirs.some(
    ({ share, couplings }, r) =>
      Math.abs(parts[r] - share) > 1e-12 && couplings.some(({ offset }) => offset.re !== 0 || offset.im !== 0),
  );
}

/** Σ_q c_q G_q + h.c. */
export function meanOf(couplings: Model["reservoirs"][number]["couplings"], n: number): Matrix {
  const sum = zeros(n);
  for (const { system, offset } of couplings) addTo(sum, system, offset);
  return add(sum, adjoint(sum));
}
