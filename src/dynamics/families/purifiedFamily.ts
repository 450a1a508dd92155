/**
 * Finite M without an average: each site purified, |ψ⟩ = Σ_k √p_k |k⟩|k̃⟩, and only the smallest subspace kept that holds
 * ψ and is invariant under the couplings (physics section 4, "purified form").
 */

import type { Recurrence } from "../../algebra/gauss.ts";
import { addTo, adjoint, type Complex, copy, type Matrix, scale, subtract, zeros } from "../../algebra/matrix.ts";
import type { Hopping, Ladder } from "../../fock/hamiltonian.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import { soleReservoir } from "../../model/soleReservoir.ts";
import type { Model } from "../../model/types.ts";
import type { Eigenbasis } from "../../reservoir/eigenbasis.ts";
import { frequencyGap } from "../../reservoir/frequencyGap.ts";
import { frequencyGroups, widthOf } from "../../reservoir/minimal.ts";
import { type Transitions, transitions } from "../../reservoir/transitions.ts";
import { type Family, vanishes } from "./family.ts";

/** A state of a site and its mirror with a definite frequency: entry a·r + k belongs to level a and mirror level k. */
interface PurifiedState extends ComplexVector {
  readonly frequency: number;
}

/** New directions shorter than this are rounding errors. */
const shortest = 1e-10;

export function purifiedFamily(model: Model, size: number): Family {
  const t = transitions(model);
  const states = invariantSubspace(t, purifiedFrequencies(model, t).of);
  const operators = states.map((a) => states.map((b) => transferOperator(model, t, a, b)));
  const root = Math.sqrt(size);
  const ladders: Ladder[] = [];
  const hoppings: Hopping[] = [];
  for (let a = 1; a < states.length; a++) {
    if (!vanishes(operators[a][0])) ladders.push({ mode: a - 1, coupling: operators[a][0] });
    const own = scale(subtract(operators[a][a], operators[0][0]), 1 / root);
    if (!vanishes(own)) hoppings.push({ to: a - 1, from: a - 1, operator: own });
    for (let b = a + 1; b < states.length; b++) {
      if (!vanishes(operators[a][b])) {
        hoppings.push({ to: a - 1, from: b - 1, operator: scale(operators[a][b], 1 / root) });
      }
    }
  }
  const system = copy(model.system.hamiltonian);
  if (model.meanField.kept) addTo(system, model.meanField.operator, root);
  return {
    path: "purified sites",
    axes: 0,
    axis: (): { measure: Recurrence; deviation: number } => {
      throw new RangeError("purified sites have nothing to average");
    },
    hamiltonian: () => ({
      dimension: model.system.dimension,
      system,
      modes: states.slice(1).map(({ frequency }) => ({ frequency, group: 0 })),
      groups: [{ filled: 1, step: 1 / size, capacity: size }],
      ladders,
      hoppings,
    }),
    capacity: size,
    exactSectors: 1,
  };
}

/**
 * Frequencies of a site and its mirror, the one of level a and filled level k at a·r + k, and by how much they were moved at most
 * where several that hardly differ are taken as one.
 */
export function purifiedFrequencies(
  model: Model,
  { energies, populations }: Eigenbasis,
): { of: Float64Array; moved: number } {
  const start = filledLevels(populations);
  const pairs = [...energies].flatMap((energy) => start.map((k) => ({ frequency: energy - energies[k] })));
  const of = new Float64Array(pairs.length);
  const gap = frequencyGap(model, widthOf(pairs));
  const numbered = pairs.map((pair, at) => ({ ...pair, at }));
  let moved = 0;
  for (const { frequency, modes } of frequencyGroups(numbered, gap, gap)) {
    for (const one of modes) {
      of[one.at] = frequency;
      moved = Math.max(moved, Math.abs(one.frequency - frequency));
    }
  }
  return { of, moved };
}

function filledLevels(populations: Float64Array): number[] {
  return [...populations.keys()].filter((k) => populations[k] > 0);
}

/** An orthonormal basis of the subspace, ψ first. */
function invariantSubspace(t: Transitions, frequencies: Float64Array): PurifiedState[] {
  const start = filledLevels(t.populations);
  const r = start.length;
  const psi: PurifiedState = { re: new Float64Array(t.levels * r), im: new Float64Array(t.levels * r), frequency: 0 };
  start.forEach((k, i) => {
    psi.re[k * r + i] = Math.sqrt(t.populations[k]);
  });
  const steps = t.site.flatMap((v) => [v, adjoint(v)]);
  const states = [psi];
  for (let next = 0; next < states.length; next++) {
    for (const v of steps) {
      for (const part of byFrequency(actOnSite(v, states[next], r), frequencies)) {
        // States of other frequencies live on other pairs of levels.
        const alike = states.filter(({ frequency }) => frequency === part.frequency);
        const fresh = orthonormalised(part, alike);
        if (fresh !== null) states.push(fresh);
      }
    }
  }
  return states;
}

function actOnSite(v: Matrix, x: ComplexVector, r: number): ComplexVector {
  const d = v.rows;
  const y = { re: new Float64Array(d * r), im: new Float64Array(d * r) };
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const vr = v.re[a * d + b];
      const vi = v.im[a * d + b];
      for (let k = 0; k < r; k++) {
        y.re[a * r + k] += vr * x.re[b * r + k] - vi * x.im[b * r + k];
        y.im[a * r + k] += vr * x.im[b * r + k] + vi * x.re[b * r + k];
      }
    }
  }
  return y;
}

/** The parts of a state that have a definite frequency. */
function byFrequency(x: ComplexVector, frequencies: Float64Array): PurifiedState[] {
  const parts = new Map<number, PurifiedState>();
  frequencies.forEach((frequency, at) => {
    const size = frequencies.length;
    const part = parts.get(frequency) ?? { re: new Float64Array(size), im: new Float64Array(size), frequency };
    parts.set(frequency, part);
    part.re[at] = x.re[at];
    part.im[at] = x.im[at];
  });
  return [...parts.values()];
}

/** What is left of x beside the states, normalised, or null if that is nothing. Done twice, for orthogonality. */
function orthonormalised(x: PurifiedState, states: readonly PurifiedState[]): PurifiedState | null {
  const re = x.re.slice();
  const im = x.im.slice();
  for (let pass = 0; pass < 2; pass++) {
    for (const state of states) {
      const c = overlap(state, { re, im });
      for (let i = 0; i < re.length; i++) {
        re[i] -= c.re * state.re[i] - c.im * state.im[i];
        im[i] -= c.re * state.im[i] + c.im * state.re[i];
      }
    }
  }
  const length = Math.sqrt(overlap({ re, im }, { re, im }).re);
  if (length < shortest) return null;
  return { frequency: x.frequency, re: re.map((value) => value / length), im: im.map((value) => value / length) };
}

function overlap(x: ComplexVector, y: ComplexVector): Complex {
  let re = 0;
  let im = 0;
  for (let i = 0; i < x.re.length; i++) {
    re += x.re[i] * y.re[i] + x.im[i] * y.im[i];
    im += x.re[i] * y.im[i] - x.im[i] * y.re[i];
  }
  return { re, im };
}

/** Σ_q (G_q ⟨a|v_q⊗1|b⟩ + G_q† conj⟨b|v_q⊗1|a⟩). */
function transferOperator(model: Model, t: Transitions, a: PurifiedState, b: PurifiedState): Matrix {
  const r = a.re.length / t.levels;
  const { couplings } = soleReservoir(model);
  const w = zeros(model.system.dimension);
  const significant = (c: Complex): Complex => (Math.hypot(c.re, c.im) > t.negligible ? c : { re: 0, im: 0 });
  t.site.forEach((v, q) => {
    const ab = significant(overlap(a, actOnSite(v, b, r)));
    const ba = significant(overlap(b, actOnSite(v, a, r)));
    addTo(w, couplings[q].system, ab);
    addTo(w, adjoint(couplings[q].system), { re: ba.re, im: -ba.im });
  });
  return w;
}
