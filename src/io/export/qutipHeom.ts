/**
 * F for QuTiP's hierarchical equations of motion, 4.7 and 5. Each bath has one Hermitian operator Q and C(t) = Σ g²
 * e^{−iωt}; QuTiP wants the real and the imaginary part of C apart, as sums of c e^{−νt}, here with ν = ±iω: no damping.
 */

import type { HierarchyHandover } from "../../handover/handover.ts";
import { real } from "./literals.ts";
import {
  pythonField,
  pythonHeader,
  pythonObservables,
  pythonOperator,
  pythonReference,
  pythonVerdict,
} from "./python.ts";
import { operatorFunction } from "./qutip.ts";

export function qutipHeomScript(f: HierarchyHandover): string {
  const how =
    "The limit M = infinity of this model for QuTiP's hierarchical equations of motion (runs with 4.7 and 5). The fluctuation " +
    `reservoir F is ${f.baths.length === 1 ? "one bath" : `${f.baths.length} baths`} V = Q X with a Hermitian Q each and ` +
    "<X(t) X(0)> = sum g^2 exp(-i w t), without damping. The depth of the hierarchy is the one with which bosonize " +
    `found rho_S(t) within ${f.deviation.toExponential(1)}.`;
  const baths = f.baths.map(({ operator, exponents }) => {
    const list = exponents.map(({ frequency, weight }) => `(${real(frequency)}, ${real(weight)})`).join(", ");
    return `    (${pythonOperator(operator).replaceAll("\n", "\n    ")}, [${list}]),`;
  });
  const parts = [
    `#!/usr/bin/env python3\n${pythonHeader(f, [how])}`,
    [
      ...(f.field.length > 0 ? ["import itertools"] : []),
      "import sys",
      "",
      "import numpy as np",
      "import qutip as qt",
      "",
      'if qt.__version__.startswith("4"):',
      "    from qutip.nonmarkov.heom import BosonicBath, HEOMSolver",
      "else:",
      "    from qutip.solver.heom import BosonicBath, HEOMSolver",
    ].join("\n"),
    operatorFunction(f.dims),
    [
      "# ---- S ----",
      `H_S = ${pythonOperator(f.hamiltonian)}`,
      `rho_S = ${pythonOperator(f.state)}`,
      pythonObservables(f.observables, (operator) => `${operator}.full()`),
    ]
      .filter((text) => text !== "")
      .join("\n"),
    [
      "# ---- F: (Q, [(w, g^2), ...]) ----",
      `baths = [\n${baths.join("\n")}\n]`,
      `depth = ${f.depth}`,
      "",
      "",
      "def bosonic_bath(Q, lines):",
      '    """Re C = sum g^2 cos(w t), Im C = -sum g^2 sin(w t), written with exp(-i w t) and exp(i w t)."""',
      "    w, g2 = np.array(lines).T",
      "    exponents = np.concatenate([1j * w, -1j * w])",
      "    return BosonicBath(",
      "        Q,",
      "        np.concatenate([g2, g2]) / 2, exponents,",
      "        np.concatenate([-1j * g2, 1j * g2]) / 2, exponents,",
      "    )",
    ].join("\n"),
    pythonField(f.field),
    pythonReference(f),
    [
      "# ---- rho_S(t) ----",
      'options = {"nsteps": 10**6, "atol": 1e-4 * tolerance, "rtol": 1e-4 * tolerance}',
      'if qt.__version__.startswith("4"):',
      "    options = qt.Options(**options)",
      "else:",
      '    options["progress_bar"] = ""',
      "rho = np.zeros_like(reference)",
      `for weight, H in ${f.field.length > 0 ? "field_points()" : "[(1.0, H_S)]"}:`,
      "    solver = HEOMSolver(H, [bosonic_bath(*bath) for bath in baths], max_depth=depth, options=options)",
      "    result = solver.run(rho_S, times)",
      "    rho += weight * np.array([state.full() for state in result.states])",
    ].join("\n"),
    pythonVerdict(f.observables),
  ];
  return `${parts.filter((text) => text !== "").join("\n\n")}\n`;
}
