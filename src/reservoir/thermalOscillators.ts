/** Pairs of vacuum modes at ±ω that are one oscillator in a thermal state: physics section 3. */

import { add, adjoint, type Matrix, maxAbs, norm, scale, traceOfProduct } from "../algebra/matrix.ts";
import type { BosonMode } from "./modes.ts";

/** The term L a† + L† a with a starting in a thermal state: population (1 − x) xⁿ of n quanta. */
export interface ThermalOscillator extends BosonMode {
  /** x = n̄/(n̄ + 1), the ratio of successive populations; 0 for the vacuum. */
  readonly ratio: number;
}

/** Couplings that differ by less, relative to themselves, are the same. */
const same = 1e-11;

/**
 * Joins modes (ω, L) and (−ω, c L†) with |c| < 1 into one oscillator (ω, √(1 − |c|²) L) with x = |c|². What has no
 * partner, or an equal one (|c| = 1: a classical field, not an oscillator), stays a mode in its vacuum.
 */
export function thermalOscillators(modes: readonly BosonMode[]): ThermalOscillator[] {
  const left = [...modes].sort((a, b) => norm(b.coupling) - norm(a.coupling));
  const joined: ThermalOscillator[] = [];
  while (left.length > 0) {
    const [strong] = left.splice(0, 1);
    const partner = left.findIndex((weak) => isReverse(strong, weak));
    if (partner < 0) {
      joined.push({ ...strong, ratio: 0 });
      continue;
    }
    const [weak] = left.splice(partner, 1);
    const ratio = (norm(weak.coupling) / norm(strong.coupling)) ** 2;
    joined.push({ frequency: strong.frequency, coupling: scale(strong.coupling, Math.sqrt(1 - ratio)), ratio });
  }
  return joined;
}

function isReverse(strong: BosonMode, weak: BosonMode): boolean {
  const width = Math.max(Math.abs(strong.frequency), Math.abs(weak.frequency));
  if (Math.abs(strong.frequency + weak.frequency) > 4 * Number.EPSILON * width || width === 0) return false;
  const size = norm(strong.coupling);
  if (norm(weak.coupling) > size * (1 - 1e-6)) return false;
  const dagger: Matrix = adjoint(strong.coupling);
  const overlap = traceOfProduct(strong.coupling, weak.coupling);
  const c = { re: overlap.re / size ** 2, im: overlap.im / size ** 2 };
  return maxAbs(add(weak.coupling, scale(dagger, c), -1)) <= same * maxAbs(weak.coupling);
}
