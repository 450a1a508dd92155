/** Questions of every kind that takes a path of its own through an average over sectors. */

import type { Question } from "../../src/crew/question.ts";
import { withReference } from "../../src/dynamics/experiments/dynamicalMap.ts";
import type { ModelSpec } from "../../src/model/spec.ts";
import { defineModel } from "../../src/model/validate.ts";
import { randomModel } from "../oracle/randomModel.ts";

const infinity = Number.POSITIVE_INFINITY;

const qubit = {
  system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
  reservoir: { hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
  couplings: [{ system: "0.3 * sigmam", site: "sigmap" }],
  times: { from: 0, to: 12, points: 25 },
  tolerance: 1e-6,
};

/** v has a part diagonal in h: a static field. */
const field = defineModel({
  ...qubit,
  couplings: [{ system: "0.2 * sigmax", site: "sigmax + 2 * (sigmaz + 0.4 * qeye(2))", hc: "included" }],
});

/** Two couplings diagonal in h, which do not commute on S: two static fields. */
const twoFields = defineModel({
  ...qubit,
  reservoir: { hamiltonian: 'jmat(1, "z")', state: "thermal(0.3)" },
  couplings: [
    { system: "0.3 * sigmax", site: 'jmat(1, "z")', hc: "included" },
    { system: "0.3 * sigmaz", site: 'jmat(1, "z") * jmat(1, "z")', hc: "included" },
    { system: "0.1 * sigmam", site: 'jmat(1, "+")' },
  ],
  center: "subtract",
  times: [0, 1, 3],
  tolerance: 1e-4,
});

/** Nothing is known of S, and modes are not few: one sector, four kets, each of which takes a while. */
const fourKets = defineModel({
  system: {
    dims: [2, 2],
    hamiltonian: "0.5 * kron(sigmaz, qeye(2)) + 0.55 * kron(qeye(2), sigmaz) + 0.1 * kron(sigmax, sigmax)",
    state: "0.25 * qeye(4)",
  },
  reservoir: { dims: 3, hamiltonian: "num(3) - 0.1 * num(3) * num(3)", state: "thermal(0.7)" },
  couplings: [
    {
      system: "0.1 * kron(sigmax, qeye(2)) + 0.1 * kron(qeye(2), sigmax)",
      site: "(destroy(3) + create(3)) / 2",
      hc: "added",
    },
  ],
  times: { from: 0, to: 12, points: 13 },
  tolerance: 1e-5,
});

const controlled = {
  ...qubit,
  reservoir: { hamiltonian: "proj(up)", state: "0.9 * proj(down) + 0.1 * proj(up)" },
  decay: [{ T1: 20 }],
  drive: [{ operator: "sigmax", envelope: "0.2 * cos(t)" }],
  pulses: [{ at: 2, unitary: "sigmax" }],
  times: [0, 1.5, 3],
};

const state = (model: Question["model"], size: Question["size"], options: Question["options"] = {}): Question => ({
  model,
  size,
  options: { forms: "fock", ...options },
});

export const questions: Readonly<Record<string, Question>> = {
  "a lattice over a static field": state(field, infinity),
  "a product over two static fields": state(twoFields, infinity),
  "a lattice over numbers of sites": state(defineModel(qubit), 400),
  "blocks of spins whose weights end abruptly, by Gauss rules": state(
    defineModel({ ...qubit, reservoir: { ...qubit.reservoir, state: "0.5 * qeye(2)" }, tolerance: 1e-5 }),
    4000,
  ),
  "purified sites, which are one sector": state(
    randomModel(4, { dims: [2], siteDimension: 3, state: "mixed", degenerate: false, tolerance: 1e-4, times: [0, 1] })
      .model,
    6,
  ),
  "kets of a single sector": state(fourKets, infinity),
  "kets of purified sites": state({ ...fourKets, tolerance: 1e-4 }, 6),
  "many kets": state(defineModel({ ...qubit, system: { ...qubit.system, state: "0.5 * qeye(2)" } }), 60),
  "a proved bound": state(field, infinity, { certified: true, tolerance: 1e-4 }),
  "pulses and a drive": state(defineModel({ ...controlled, decay: [] }), 30),
  "decay, by the joint density matrix": state(defineModel({ ...controlled, tolerance: 1e-4 }), 12),
  "decay, by trajectories with a seed": state(
    defineModel({ ...controlled, tolerance: 0.09, trajectories: { seed: 5, most: 200, always: true } }),
    12,
  ),
  "trajectories of a single sector": state(
    defineModel({
      ...controlled,
      reservoir: { hamiltonian: "proj(up)", state: "down" },
      tolerance: 0.05,
      trajectories: { seed: 5, most: 600, always: true },
    }),
    infinity,
  ),
  "the dynamical map": state(withReference(defineModel(qubit)), 100),
  energies: { ...state(field, infinity), instead: { kind: "energies" } },
  "two-time correlations": {
    ...state(defineModel(qubit), 50),
    instead: { kind: "twoTime", first: { operator: field.system.hamiltonian, at: 1 } },
  },
  "the mean field": { ...state(defineModel(qubit), infinity), instead: { kind: "meanField" } },
};

/** Takes some tenths of a second and more, so that a crew shares its sectors. */
export const longSpec: ModelSpec = {
  ...qubit,
  couplings: [{ system: "0.2 * sigmax", site: "sigmax + 2 * (sigmaz + 0.4 * qeye(2))", hc: "included" }],
  times: { from: 0, to: 120, points: 1201 },
  tolerance: 1e-8,
};

/** Six modes that a strong coupling fills: some fifty thousand joint states, one ket. */
const largeSpace = defineModel({
  system: { hamiltonian: "0.5 * sigmaz + 0.2 * sigmax", state: "plus" },
  reservoir: { dims: 3, hamiltonian: diagonalOf(0, 0.8, 1.9), state: "thermal(1)" },
  couplings: [
    {
      system: "sigmaz + 0.5 * sigmax",
      site: [
        [0, 0.5, 0.5],
        [0.5, 0, 0.5],
        [0.5, 0.5, 0],
      ],
      hc: "included",
    },
  ],
  times: { from: 0, to: 6, points: 31 },
  tolerance: 1e-6,
});

function diagonalOf(...values: readonly number[]): number[][] {
  return values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
}

export const longQuestions: Readonly<Record<string, Question>> = {
  "a single ket in a large space": state(largeSpace, infinity),
  "kets of a single sector that is proved": state({ ...fourKets, tolerance: 1e-4 }, infinity, { certified: true }),
  "many sectors over a static field": state(defineModel(longSpec), infinity),
  "many numbers of sites": state(
    defineModel({ ...qubit, couplings: [{ system: "0.3 * sigmax", site: "sigmax", hc: "included" }], tolerance: 1e-9 }),
    20_000,
  ),
};
