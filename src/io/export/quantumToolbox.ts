/**
 * F for QuantumToolbox.jl. Conventions: first factor of `tensor` slowest, as in QuTiP; `basis` counts from 0, but `ptrace`
 * keeps subsystems counted from 1; index 0 of a qubit up; hbar = 1. Written from its documentation; Julia was not at hand
 * where bosonize is tested, so that its syntax was checked and no more.
 */

import type { Handover } from "../../handover/handover.ts";
import { juliaField, juliaKets, juliaModes, juliaOperator, juliaReference, juliaVerdict } from "./julia.ts";
import { pythonHeader } from "./python.ts";
import type { WeightedKet } from "./qutip.ts";

/** A script for Julia with QuantumToolbox. `kets` is the mixture of eigenvectors that ρ_S(0) is. */
export function quantumToolboxScript(f: Handover, kets: readonly WeightedKet[]): string {
  const thermal = f.modes.some(({ occupation }) => occupation > 0);
  const how =
    "The limit M = infinity of this model for QuantumToolbox.jl: the sites are replaced by the fluctuation reservoir F, " +
    `${f.modes.length} oscillator${f.modes.length === 1 ? "" : "s"} in the ${f.form} form, each with w a' a + L a' + L' a, ` +
    `starting in ${thermal ? "a thermal state or in the vacuum" : "the vacuum"}. The numbers of Fock states are those with ` +
    `which bosonize found rho_S(t) within ${f.deviation.toExponential(1)}.`;
  const parts = [
    pythonHeader(f, [how]),
    "using LinearAlgebra\nusing QuantumToolbox\nusing SparseArrays",
    [
      `dims = (${f.dims.join(", ")},)  # of the parts of S, the first of them the slowest index`,
      "",
      '"""The matrix on S with these entries (row, column, value), counted from 1."""',
      "function entries(list...)",
      "    matrix = zeros(ComplexF64, prod(dims), prod(dims))",
      "    for (i, j, value) in list",
      "        matrix[i, j] = value",
      "    end",
      "    return matrix",
      "end",
      "operator(list...) = Qobj(sparse(entries(list...)); dims = dims)",
    ].join("\n"),
    [
      "# ---- S ----",
      `H_S = ${juliaOperator(f.hamiltonian)}`,
      thermal
        ? `rho_S = Qobj(${juliaOperator(f.state).replace(/^operator/, "entries")}; dims = dims)`
        : juliaKets(kets),
    ].join("\n"),
    ["# ---- F ----", juliaModes(f.modes)].join("\n"),
    juliaField(f.field),
    juliaReference(f),
    evolution(thermal),
    juliaVerdict(f.observables),
  ];
  return `${parts.join("\n\n")}\n`;
}

function evolution(thermal: boolean): string {
  return [
    "# ---- rho_S(t) ----",
    "one_S = Qobj(sparse(ComplexF64(1) * I, prod(dims), prod(dims)); dims = dims)",
    "ones_F = [qeye(mode.levels) for mode in modes]",
    "joint(on_S, on_modes) = isempty(on_modes) ? on_S : tensor(on_S, on_modes...)",
    "kept = Tuple(1:length(dims))  # what the partial trace keeps, counted from 1",
    "solver = (abstol = 1e-4 * tolerance, reltol = 1e-4 * tolerance, maxiters = 10^8, progress_bar = Val(false))",
    "",
    "function hamiltonian(on_S)",
    "    H = joint(on_S, ones_F)",
    "    for (k, mode) in enumerate(modes)",
    "        a = joint(one_S, [j == k ? destroy(mode.levels) : ones_F[j] for j in eachindex(modes)])",
    "        L = joint(mode.L, ones_F)",
    "        H += mode.frequency * a' * a + L * a' + L' * a",
    "    end",
    "    return H",
    "end",
    "",
    "state_of_S(state) = isempty(modes) ? Matrix(mixed(state).data) : Matrix(ptrace(state, kept).data)",
    "mixed(state) = isket(state) ? ket2dm(state) : state",
    "",
    ...(thermal
      ? [
          '"""Populations (1 - x) x^n of n quanta, x = nbar/(nbar + 1), normalised over the states that are kept."""',
          "function thermal(mode)",
          "    weights = [(mode.nbar / (mode.nbar + 1))^n for n in 0:mode.levels-1]",
          "    return Qobj(Matrix{ComplexF64}(diagm(weights / sum(weights))))",
          "end",
          "",
          "rho = zeros(ComplexF64, size(reference))",
          "for (weight, on_S) in field_points",
          "    start = joint(rho_S, [thermal(mode) for mode in modes])",
          "    result = mesolve(hamiltonian(on_S), start, times; solver...)",
          "    rho .+= weight .* stack(state_of_S.(result.states))",
          "end",
        ]
      : [
          "rho = zeros(ComplexF64, size(reference))",
          "for (weight, on_S) in field_points, (probability, amplitudes) in starts",
          "    start = joint(Qobj(amplitudes; dims = dims), [basis(mode.levels, 0) for mode in modes])",
          "    result = sesolve(hamiltonian(on_S), start, times; solver...)",
          "    rho .+= weight .* probability .* stack(state_of_S.(result.states))",
          "end",
        ]),
  ].join("\n");
}
