/** Measures of ρ_S(t) by name, for `observe`: what is understood, what is suggested and what is documented. */

import type { Measure } from "./types.ts";

export interface MeasureName {
  readonly name: string;
  readonly usage: string;
  readonly meaning: string;
  readonly elsewhere?: readonly string[];
  /** What its arguments are: parts of S, a state, or indices of an entry of ρ_S. */
  readonly takes: "parts" | "state" | "indices";
  readonly arity: readonly [number, number];
  /** The measure it is; none for the two that are an expectation value. */
  readonly measure?: Measure["measure"];
}

const anyNumber = Number.POSITIVE_INFINITY;

export const measures: readonly MeasureName[] = [
  {
    name: "purity",
    usage: "purity() or purity(k)",
    meaning: "tr ρ_S², or that of part k of S (from 0; several parts: k, l, …)",
    takes: "parts",
    arity: [0, anyNumber],
    measure: "purity",
  },
  {
    name: "entropy",
    usage: "entropy() or entropy(k)",
    meaning: "von Neumann entropy -tr ρ_S ln ρ_S, or that of part k",
    elsewhere: ["von_neumann", "entropy_vn"],
    takes: "parts",
    arity: [0, anyNumber],
    measure: "entropy",
  },
  {
    name: "populations",
    usage: "populations() or populations(k)",
    meaning: "all diagonal entries of ρ_S, or of the state of part k",
    elsewhere: ["diagonal", "probabilities"],
    takes: "parts",
    arity: [0, anyNumber],
    measure: "populations",
  },
  {
    name: "population",
    usage: "population(a)",
    meaning: "the diagonal entry [a][a] of ρ_S (from 0)",
    takes: "indices",
    arity: [1, 1],
  },
  {
    name: "coherence",
    usage: "coherence(a, b)",
    meaning: "the entry [a][b] of ρ_S (from 0), a complex number",
    takes: "indices",
    arity: [2, 2],
  },
  {
    name: "bloch",
    usage: "bloch() or bloch(k)",
    meaning: "Bloch vector of a qubit, or of part k if that is one",
    takes: "parts",
    arity: [0, 1],
    measure: "bloch",
  },
  {
    name: "negativity",
    usage: "negativity() or negativity(k)",
    meaning: "sum of |negative eigenvalues| of the partial transpose; part 0, or k (or k, l, …), against the rest",
    elsewhere: ["log_negativity"],
    takes: "parts",
    arity: [0, anyNumber],
    measure: "negativity",
  },
  {
    name: "concurrence",
    usage: "concurrence() or concurrence(k, l)",
    meaning: "Wootters' concurrence of two qubits, or of parts k and l if those are qubits",
    takes: "parts",
    arity: [0, 2],
    measure: "concurrence",
  },
  {
    name: "fidelity",
    usage: "fidelity() or fidelity(state)",
    meaning: "fidelity (tr √(√σ ρ_S √σ))² with the initial state σ, or with another; |<ψ|φ>|² for kets",
    elsewhere: ["overlap", "survival"],
    takes: "state",
    arity: [0, 1],
    measure: "fidelity",
  },
  {
    name: "trace_distance",
    usage: "trace_distance() or trace_distance(state)",
    meaning: "½‖ρ_S(t) - σ‖₁ from the initial state σ, or from another",
    elsewhere: ["tracedist", "distance"],
    takes: "state",
    arity: [0, 1],
    measure: "trace-distance",
  },
];
