/**
 * F for dynamiqs 0.3.3 or newer (the first whose solvers take `method`). Conventions: first factor of `dq.tensor` slowest,
 * index 0 of a qubit up, hbar = 1, `@` multiplies operators; single precision unless told otherwise. Written from its
 * documentation; it could not be run where bosonize is tested, only parsed.
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
import type { WeightedKet } from "./qutip.ts";

/** A script for Python 3 with dynamiqs. `kets` is the mixture of eigenvectors that ρ_S(0) is. */
export function dynamiqsScript(f: Handover, kets: readonly WeightedKet[]): string {
  const thermal = f.modes.some(({ occupation }) => occupation > 0);
  const how =
    "The limit M = infinity of this model for dynamiqs (0.3.3 or newer): the sites are replaced by the fluctuation reservoir " +
    `F, ${f.modes.length} oscillator${f.modes.length === 1 ? "" : "s"} in the ${f.form} form, each with w a^dag a + L a^dag + ` +
    `L^dag a, starting in ${thermal ? "a thermal state or in the vacuum" : "the vacuum"}. The numbers of Fock states are ` +
    `those with which bosonize found rho_S(t) within ${f.deviation.toExponential(1)}.`;
  const amplitudes = kets.map(({ probability, ket }) => {
    const values = Array.from(ket.re, (re, i) => `[${complex(re, ket.im[i], "python")}]`);
    return `    (${probability}, dq.asqarray(np.array([${values.join(", ")}], dtype=complex), dims=dims)),`;
  });
  const parts = [
    `#!/usr/bin/env python3\n${pythonHeader(f, [how])}`,
    [
      ...(f.field.length > 0 ? ["import itertools"] : []),
      "import sys",
      "",
      "import dynamiqs as dq",
      "import numpy as np",
      "",
      'dq.set_precision("double")',
    ].join("\n"),
    [
      `dims = (${f.dims.join(", ")},)  # of the parts of S, the first of them the slowest index`,
      "",
      "",
      "def operator(*entries):",
      '    """The operator on S with these entries (row, column, value), counted from 0."""',
      "    matrix = np.zeros((np.prod(dims), np.prod(dims)), dtype=complex)",
      "    for i, j, value in entries:",
      "        matrix[i, j] = value",
      "    return dq.asqarray(matrix, dims=dims)",
      "",
    ].join("\n"),
    [
      "# ---- S ----",
      `H_S = ${pythonOperator(f.hamiltonian)}`,
      thermal ? `rho_S = ${pythonOperator(f.state)}` : `starts = [  # (probability, ket)\n${amplitudes.join("\n")}\n]`,
      pythonObservables(f.observables, (operator) => `np.asarray(${operator}.to_jax())`),
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

function evolution({ field }: Handover, thermal: boolean): string {
  return [
    "# ---- rho_S(t) ----",
    "options = dq.Options(progress_meter=False)",
    "method = dq.method.Tsit5(rtol=1e-3 * tolerance, atol=1e-3 * tolerance, max_steps=10**7)",
    'one = [dq.eye(mode["levels"]) for mode in modes]',
    "one_S = dq.eye(*dims)",
    "terms = []  # the oscillators and their coupling to S",
    "for k, mode in enumerate(modes):",
    '    a = dq.tensor(one_S, *one[:k], dq.destroy(mode["levels"]), *one[k + 1:])',
    '    L = dq.tensor(mode["L"], *one)',
    '    terms += [mode["frequency"] * (a.dag() @ a), L @ a.dag(), L.dag() @ a]',
    "S = tuple(range(len(dims)))  # what is kept by the partial trace",
    ...(thermal
      ? [
          "",
          "",
          "def thermal(levels, nbar):",
          '    """Populations (1 - x) x^n of n quanta, x = nbar/(nbar + 1), normalised over the states that are kept."""',
          "    weights = (nbar / (nbar + 1)) ** np.arange(levels)",
          "    return dq.asqarray(np.diag(weights / weights.sum()).astype(complex), dims=(levels,))",
          "",
          "",
        ]
      : []),
    "rho = np.zeros_like(reference)",
    `for weight, H in ${field.length > 0 ? "field_points()" : "[(1.0, H_S)]"}:`,
    "    H = sum(terms, dq.tensor(H, *one))",
    ...(thermal
      ? [
          '    baths = [thermal(mode["levels"], mode["nbar"]) for mode in modes]',
          "    result = dq.mesolve(H, [], dq.tensor(rho_S, *baths), times, method=method, options=options)",
          "    rho += weight * np.asarray(dq.ptrace(result.states, S).to_jax())",
        ]
      : [
          "    for probability, ket in starts:",
          '        vacuum = [dq.basis(mode["levels"], 0) for mode in modes]',
          "        result = dq.sesolve(H, dq.tensor(ket, *vacuum), times, method=method, options=options)",
          "        rho += weight * probability * np.asarray(dq.ptrace(result.states, S).to_jax())",
        ]),
  ].join("\n");
}
