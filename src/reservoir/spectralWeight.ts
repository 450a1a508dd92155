/** The two-point data of a reservoir, and the check that two forms of F carry the same: physics section 2. */

import { adjoint, type Matrix, zeros } from "../algebra/matrix.ts";
import type { MinimalForm } from "./minimal.ts";
import { frequencyGroups } from "./minimal.ts";
import type { BosonMode } from "./modes.ts";
import type { ThermalPair } from "./thermal.ts";

/** J_ω = Σ_{modes at ω} vec(L) vec(L)†, N² × N², for one Bohr frequency. */
export interface SpectralWeight {
  readonly frequency: number;
  readonly weight: Matrix;
}

/** A list of vacuum modes that has the two-point data of the minimal form: a static field is a mode that stands still. */
export function vacuumModesOfMinimal(form: MinimalForm): BosonMode[] {
  return [...form.modes, ...form.field.map((coupling) => ({ frequency: 0, coupling }))];
}

/** The same for the thermal form: an oscillator with n̄ > 0, or a classical field, also absorbs what it emits. */
export function vacuumModesOfThermal(pairs: readonly ThermalPair[], statics: readonly Matrix[]): BosonMode[] {
  const moving = pairs.flatMap((pair) => {
    const [emission, absorption] = pair.kind === "classical" ? [1, 1] : [pair.occupation + 1, pair.occupation];
    return [
      { frequency: pair.frequency, coupling: scaled(pair.coupling, Math.sqrt(emission)) },
      { frequency: -pair.frequency, coupling: scaled(adjoint(pair.coupling), Math.sqrt(absorption)) },
    ];
  });
  return [...moving, ...statics.map((coupling) => ({ frequency: 0, coupling }))];
}

/** J_ω for every Bohr frequency of a list of vacuum modes, frequencies ascending. */
export function spectralWeights(modes: readonly BosonMode[]): SpectralWeight[] {
  return frequencyGroups(modes).map(({ frequency, modes: group }) => {
    const size = group[0].coupling.re.length;
    const weight = zeros(size);
    for (const { coupling } of group) {
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          weight.re[i * size + j] += coupling.re[i] * coupling.re[j] + coupling.im[i] * coupling.im[j];
          weight.im[i * size + j] += coupling.im[i] * coupling.re[j] - coupling.re[i] * coupling.im[j];
        }
      }
    }
    return { frequency, weight };
  });
}

/**
 * Largest modulus of an entry of J_ω by which two lists of vacuum modes differ, over all ω: 0 means the same correlation
 * functions (11), hence the same ρ_S(t).
 */
export function spectralDistance(a: readonly BosonMode[], b: readonly BosonMode[]): number {
  const minus = b.map((mode) => ({ ...mode, sign: -1 }));
  const plus = a.map((mode) => ({ ...mode, sign: 1 }));
  let largest = 0;
  for (const { modes } of frequencyGroups([...plus, ...minus])) {
    const size = modes[0].coupling.re.length;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let re = 0;
        let im = 0;
        for (const { coupling, sign } of modes) {
          re += sign * (coupling.re[i] * coupling.re[j] + coupling.im[i] * coupling.im[j]);
          im += sign * (coupling.im[i] * coupling.re[j] - coupling.re[i] * coupling.im[j]);
        }
        largest = Math.max(largest, Math.hypot(re, im));
      }
    }
  }
  return largest;
}

function scaled(a: Matrix, s: number): Matrix {
  return { ...a, re: a.re.map((x) => s * x), im: a.im.map((x) => s * x) };
}
