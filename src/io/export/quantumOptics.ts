/**
 * F for QuantumOptics.jl. Conventions: tensor(A, B).data = kron(B.data, A.data), the first factor is the FASTEST index, the
 * opposite of bosonize. S is therefore one GenericBasis, whose matrices are taken as they are, and only its tensor product
 * with the oscillators is the library's own. `ptrace` names what is traced out, not what is kept; FockBasis(n) has n + 1
 * states; hbar = 1. Written from its documentation; Julia was not at hand where bosonize is tested, so that its syntax was
 * checked and no more.
 */

import type { Handover } from "../../handover/handover.ts";
import { juliaField, juliaKets, juliaModes, juliaOperator, juliaReference, juliaVerdict } from "./julia.ts";
import { pythonHeader } from "./python.ts";
import type { WeightedKet } from "./qutip.ts";

/** A script for Julia with QuantumOptics. `kets` is the mixture of eigenvectors that ρ_S(0) is. */
export function quantumOpticsScript(f: Handover, kets: readonly WeightedKet[]): string {
  const thermal = f.modes.some(({ occupation }) => occupation > 0);
  const parts =
    f.dims.length === 1 ? "" : ` It has parts of dimensions ${f.dims.join(", ")}, the first the slowest index.`;
  const how =
    "The limit M = infinity of this model for QuantumOptics.jl: the sites are replaced by the fluctuation reservoir F, " +
    `${f.modes.length} oscillator${f.modes.length === 1 ? "" : "s"} in the ${f.form} form, each with w a' a + L a' + L' a, ` +
    `starting in ${thermal ? "a mixture of Fock states" : "the vacuum"}. The numbers of Fock states are those with which ` +
    `bosonize found rho_S(t) within ${f.deviation.toExponential(1)}. QuantumOptics stores tensor(A, B) as kron(B, A), so S is ` +
    `one basis here, in bosonize's order.${parts}`;
  const texts = [
    pythonHeader(f, [how]),
    "using LinearAlgebra\nusing QuantumOptics\nusing SparseArrays",
    [
      `b_S = GenericBasis(${f.hamiltonian.rows})`,
      "",
      '"""The matrix on S with these entries (row, column, value), counted from 1."""',
      "function entries(list...)",
      "    matrix = zeros(ComplexF64, length(b_S), length(b_S))",
      "    for (i, j, value) in list",
      "        matrix[i, j] = value",
      "    end",
      "    return matrix",
      "end",
      "operator(list...) = Operator(b_S, b_S, sparse(entries(list...)))",
    ].join("\n"),
    ["# ---- S ----", `H_S = ${juliaOperator(f.hamiltonian)}`, juliaKets(kets)].join("\n"),
    ["# ---- F ----", juliaModes(f.modes)].join("\n"),
    juliaField(f.field),
    juliaReference(f),
    evolution,
    juliaVerdict(f.observables),
  ];
  return `${texts.join("\n\n")}\n`;
}

const evolution = `# ---- rho_S(t) ----
bases = [FockBasis(mode.levels - 1) for mode in modes]
one_S = Operator(b_S, b_S, sparse(ComplexF64(1) * I, length(b_S), length(b_S)))
ones_F = [identityoperator(basis) for basis in bases]
joint(on_S, on_modes) = reduce(tensor, [on_S, on_modes...])

function hamiltonian(on_S)
    H = joint(on_S, ones_F)
    for (k, mode) in enumerate(modes)
        a = joint(one_S, [j == k ? destroy(bases[j]) : ones_F[j] for j in eachindex(modes)])
        L = joint(mode.L, ones_F)
        H += mode.frequency * dagger(a) * a + L * dagger(a) + dagger(L) * a
    end
    return H
end

"""Fock states in which the oscillators start, with their probabilities: (1 - x) x^n with x = nbar/(nbar + 1)."""
function fock_starts(mode)
    x = mode.nbar / (mode.nbar + 1)
    weights = [x^n for n in 0:mode.levels-1]
    return [(n, weight / sum(weights)) for (n, weight) in zip(0:mode.levels-1, weights) if weight > 1e-4 * tolerance]
end

state_of_S(psi) = isempty(modes) ? dm(psi).data : ptrace(psi, collect(2:length(modes)+1)).data

rho = zeros(ComplexF64, size(reference))
for (weight, on_S) in field_points, (probability, amplitudes) in starts
    for quanta in Iterators.product((fock_starts(mode) for mode in modes)...)
        share = weight * probability * prod((p for (_, p) in quanta); init = 1.0)
        fock = [fockstate(basis, n) for (basis, (n, _)) in zip(bases, quanta)]
        start = joint(Ket(b_S, amplitudes), fock)
        accuracy = (abstol = 1e-4 * tolerance, reltol = 1e-4 * tolerance, maxiters = 10^8)
        _, states = timeevolution.schroedinger(times, start, hamiltonian(on_S); accuracy...)
        rho .+= share .* stack(state_of_S.(states))
    end
end`;
