/**
 * F for QuTiP, 4.7 and 5: sesolve with the oscillators in their vacuum, mesolve where one starts in a thermal state.
 * QuTiP's conventions are bosonize's: first factor of `tensor` slowest, index 0 of a qubit up, hbar = 1.
 */

import type { Handover } from "../../handover/handover.ts";
import { complex } from "./literals.ts";
import {
  pythonField,
  pythonHeader,
  pythonModes,
  pythonObservables,
  pythonOperator,
  pythonReference,
  pythonVerdict,
} from "./python.ts";

/** Kets of S with their probabilities, as `Handover.state` is their mixture. */
export interface WeightedKet {
  readonly probability: number;
  readonly ket: { readonly re: Float64Array; readonly im: Float64Array };
}

/** A script for Python 3 with QuTiP. `kets` is the mixture of eigenvectors that ρ_S(0) is. */
export function qutipScript(f: Handover, kets: readonly WeightedKet[]): string {
  const thermal = f.modes.some(({ occupation }) => occupation > 0);
  const how = [
    "The limit M = infinity of this model for QuTiP (runs with 4.7 and 5): the sites are replaced by the fluctuation reservoir F,",
    `${f.modes.length} oscillator${f.modes.length === 1 ? "" : "s"} in the ${f.form} form, each with w a^dag a + L a^dag + L^dag a, ` +
      (thermal ? "starting in a thermal state or in the vacuum." : "starting in the vacuum."),
    `The numbers of Fock states are those with which bosonize found rho_S(t) within ${f.deviation.toExponential(1)}.`,
  ];
  const parts = [
    `#!/usr/bin/env python3\n${pythonHeader(f, [how.join(" ")])}`,
    [
      ...(f.field.length > 0 ? ["import itertools"] : []),
      "import sys",
      "",
      "import numpy as np",
      "import qutip as qt",
    ].join("\n"),
    operatorFunction(f.dims),
    [
      "# ---- S ----",
      `H_S = ${pythonOperator(f.hamiltonian)}`,
      thermal ? `rho_S = ${pythonOperator(f.state)}` : ketLines(kets, f.dims),
      pythonObservables(f.observables, (operator) => `${operator}.full()`),
    ]
      .filter((text) => text !== "")
      .join("\n"),
    ["# ---- F ----", pythonModes(f.modes)].join("\n"),
    pythonField(f.field),
    pythonReference(f),
    evolution(f, thermal),
    pythonVerdict(f.observables),
  ];
  return `${parts.filter((text) => text !== "").join("\n\n")}\n`;
}

/** The function that makes an operator on S of its entries. */
export function operatorFunction(dims: readonly number[]): string {
  const shown = `[${dims.join(", ")}]`;
  return [
    `dims = ${shown}  # of the parts of S, the first of them the slowest index`,
    "",
    "",
    "def operator(*entries):",
    '    """The operator on S with these entries (row, column, value), counted from 0."""',
    "    matrix = np.zeros((np.prod(dims), np.prod(dims)), dtype=complex)",
    "    for i, j, value in entries:",
    "        matrix[i, j] = value",
    "    return qt.Qobj(matrix, dims=[dims, dims])",
    "",
  ].join("\n");
}

function ketLines(kets: readonly WeightedKet[], dims: readonly number[]): string {
  const one = dims.map(() => "1").join(", ");
  const items = kets.map(({ probability, ket }) => {
    const amplitudes = Array.from(ket.re, (re, i) => `[${complex(re, ket.im[i], "python")}]`);
    return `    (${probability}, qt.Qobj(np.array([${amplitudes.join(", ")}]), dims=[dims, [${one}]])),`;
  });
  const remark = kets.length === 1 ? "" : "  # a mixture: (probability, ket)";
  return `starts = [${remark}\n${items.join("\n")}\n]`;
}

function evolution({ field, modes }: Handover, thermal: boolean): string {
  const points = field.length > 0 ? "field_points()" : "[(1.0, H_S)]";
  // A partial trace over nothing, of a ket, is wrong in QuTiP 4.7.
  const reduced = modes.length === 0 ? "qt.ket2dm(state)" : "state.ptrace(S)";
  return [
    "# ---- rho_S(t) ----",
    `unknowns = ${thermal ? "(" : ""}np.prod(dims) * np.prod([mode["levels"] for mode in modes])${thermal ? ") ** 2" : ""}`,
    "# QuTiP's integrator controls the mean over all unknowns, so that many of them need a smaller tolerance.",
    "precision = max(1e-2 * tolerance / unknowns, 1e-13)",
    'options = {"nsteps": 10**6, "atol": precision, "rtol": precision}',
    'if qt.__version__.startswith("4"):',
    "    options = qt.Options(**options)",
    "else:",
    '    options["progress_bar"] = ""',
    'one = [qt.qeye(mode["levels"]) for mode in modes]',
    "one_S = qt.Qobj(np.eye(np.prod(dims)), dims=[dims, dims])",
    "H_F = 0  # the oscillators and their coupling to S",
    "for k, mode in enumerate(modes):",
    '    a = qt.tensor(one_S, *one[:k], qt.destroy(mode["levels"]), *one[k + 1:])',
    '    L = qt.tensor(mode["L"], *one)',
    '    H_F += mode["frequency"] * a.dag() * a + L * a.dag() + L.dag() * a',
    "S = list(range(len(dims)))  # what is kept by the partial trace",
    "rho = np.zeros_like(reference)",
    `for weight, H in ${points}:`,
    "    H = qt.tensor(H, *one) + H_F",
    ...(thermal
      ? [
          '    baths = [qt.thermal_dm(mode["levels"], mode["nbar"]) for mode in modes]',
          "    result = qt.mesolve(H, qt.tensor(rho_S, *baths), times, options=options)",
          "    rho += weight * np.array([state.ptrace(S).full() for state in result.states])",
        ]
      : [
          "    for probability, ket in starts:",
          '        vacuum = [qt.basis(mode["levels"], 0) for mode in modes]',
          "        result = qt.sesolve(H, qt.tensor(ket, *vacuum), times, options=options)",
          `        rho += weight * probability * np.array([${reduced}.full() for state in result.states])`,
        ]),
  ].join("\n");
}
