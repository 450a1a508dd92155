/**
 * F for ACE (Cygorek and Gauger, J. Chem. Phys. 161, 074111, 2024), which simulates S with process tensors. Known from its
 * documentation, its examples and the source that reads its parameter files, and used here: `add_single_mode {H} {ρ}` takes
 * any Hamiltonian of S ⊗ mode, so that L need not be Hermitian (unlike `Boson_…`, a bath of its own); expressions in braces
 * know |i><j|_N, Id_N, n_N, b_N, bdagger_N, `otimes` (S first), and a number a + ib as `a_ib`; energies are in meV and times in
 * ps, so that every Hamiltonian is multiplied by `hbar`; `add_Output {A}` prints tr(Aρ), real and imaginary part, after the
 * time. ACE was not at hand where bosonize is tested: the script that runs it was parsed, and run with a stand-in for ACE.
 */

import type { Matrix } from "../../algebra/matrix.ts";
import { adjoint } from "../../algebra/matrix.ts";
import type { HandedMode, Handover } from "../../handover/handover.ts";
import { nonzeroEntries, real } from "./literals.ts";
import {
  pythonField,
  pythonHeader,
  pythonObservables,
  pythonOperator,
  pythonReference,
  pythonVerdict,
} from "./python.ts";

/** A script for Python 3 with NumPy that writes ACE's parameter files, runs ACE and compares. */
export function aceScript(f: Handover): string {
  const n = f.hamiltonian.rows;
  const how =
    "The limit M = infinity of this model for ACE (process tensors), which must be on the PATH as `ACE`: this script writes its " +
    "parameter files, runs it, and halves the time step until the result agrees. The sites are replaced by the fluctuation " +
    `reservoir F, ${f.modes.length} oscillator${f.modes.length === 1 ? "" : "s"} in the ${f.form} form, each with w a^dag a + L ` +
    "a^dag + L^dag a, given to ACE by add_single_mode, which takes any coupling. ACE counts energies in meV and times in ps: " +
    "what is an angular frequency here is multiplied by its constant hbar. The numbers of Fock states are those with which " +
    `bosonize found rho_S(t) within ${f.deviation.toExponential(1)}.`;
  const parts = [
    `#!/usr/bin/env python3\n${pythonHeader(f, [how])}`,
    [
      ...(f.field.length > 0 ? ["import itertools"] : []),
      "import pathlib",
      "import subprocess",
      "import sys",
      "import tempfile",
      "",
      "import numpy as np",
    ].join("\n"),
    [
      `N = ${n}  # levels of S${f.dims.length === 1 ? "" : `, parts ${f.dims.join(" x ")}, the first of them the slowest index`}`,
      "",
      "",
      "def operator(*entries):",
      '    """The operator on S with these entries (row, column, value), counted from 0."""',
      "    matrix = np.zeros((N, N), dtype=complex)",
      "    for i, j, value in entries:",
      "        matrix[i, j] = value",
      "    return matrix",
      "",
    ].join("\n"),
    [
      "# ---- S ----",
      `H_S = ${pythonOperator(f.hamiltonian)}`,
      pythonObservables(f.observables, (operator) => operator),
    ]
      .filter((text) => text !== "")
      .join("\n"),
    [
      "# ---- S and F as ACE reads them: {H of S and the mode} {state of the mode} ----",
      `initial = ${JSON.stringify(`{${aceOperator(f.state)}}`)}`,
      `single_modes = [\n${f.modes.map((mode) => `    ${JSON.stringify(singleMode(mode))},`).join("\n")}\n]`,
    ].join("\n"),
    pythonField(f.field),
    pythonReference(f),
    run(f.field.length > 0),
    pythonVerdict(f.observables),
  ];
  return `${parts.filter((text) => text !== "").join("\n\n")}\n`;
}

function singleMode({ frequency, coupling, occupation, levels }: HandedMode): string {
  const n = coupling.rows;
  const x = occupation / (occupation + 1);
  const weights = Array.from({ length: levels }, (_, q) => x ** q);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const state = weights
    .map((weight, q) =>
      weight === 0 ? "" : `${weight === total ? "" : `${real(weight / total)}*`}|${q}><${q}|_${levels}`,
    )
    .filter((term) => term !== "")
    .join(" + ");
  const terms = [
    `${signed(frequency)}*(Id_${n} otimes n_${levels})`,
    `((${aceOperator(coupling)}) otimes bdagger_${levels})`,
    `((${aceOperator(adjoint(coupling))}) otimes b_${levels})`,
  ];
  return `{hbar*(${terms.join(" + ")})} {${state}}`;
}

/**
 * Σ c |i><j|_N. A minus sign stands before the term, never inside a complex number: ACE reads `-a_ib` at the beginning of
 * an expression as −(a + ib).
 */
export function aceOperator(a: Matrix): string {
  const text = nonzeroEntries(a).map(({ row, column, re, im }, at) => {
    const negative = re < 0 || (re === 0 && im < 0);
    const [x, y] = negative ? [-re, -im] : [re, im];
    const number = y === 0 ? real(x) : `${real(x)}_i${real(y)}`;
    return `${negative ? (at === 0 ? "-" : " - ") : at === 0 ? "" : " + "}${number}*|${row}><${column}|_${a.rows}`;
  });
  return text.length === 0 ? `0*Id_${a.rows}` : text.join("");
}

function signed(x: number): string {
  return x < 0 ? `-${real(-x)}` : real(x);
}

function run(hasField: boolean): string {
  return `# ---- rho_S(t) ----
def ace_operator(matrix):
    """A Hermitian matrix in ACE's notation; a minus sign stands before a term, never inside a number."""
    text = ""
    for (i, j), value in np.ndenumerate(matrix):
        if value != 0:
            sign = -1 if value.real < 0 or (value.real == 0 and value.imag < 0) else 1
            text += f"{' - ' if sign < 0 else ' + ' if text else ''}"
            text += f"{abs(value.real):.17g}_i{sign * value.imag:.17g}*|{i}><{j}|_{N}"
    return text or f"0*Id_{N}"


def run_ace(H, dt, threshold):
    """rho_S at \`times\` for one Hamiltonian of S."""
    entries = [(i, j) for i in range(N) for j in range(N)]
    with tempfile.TemporaryDirectory() as folder:
        lines = [
            f"dt {dt:.17g}",
            f"te {times[-1]:.17g}",
            f"threshold {threshold:g}",
            f"initial {initial}",
            f"add_Hamiltonian {{hbar*({ace_operator(H)})}}",
            *(f"add_single_mode {mode}" for mode in single_modes),
            *(f"add_Output {{|{j}><{i}|_{N}}}" for i, j in entries),  # tr(|j><i| rho) = rho_ij
            "set_precision 15",
            "outfile rho.out",
        ]
        pathlib.Path(folder, "model.param").write_text("\\n".join(lines) + "\\n")
        subprocess.run(["ACE", "model.param"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        table = np.loadtxt(pathlib.Path(folder, "rho.out"))
    rows = [np.argmin(np.abs(table[:, 0] - t)) for t in times]
    if np.abs(table[rows, 0] - times).max() > 0.01 * dt:
        sys.exit("ACE did not print the times that are to be compared")
    numbers = table[rows, 1::2] + 1j * table[rows, 2::2]
    return numbers[:, :N * N].reshape(len(times), N, N)


steps = int(np.ceil((times[1] - times[0]) / 0.05))  # of ACE between two times
for attempt in range(6):
    dt, threshold = (times[1] - times[0]) / steps, 1e-3 * tolerance / 4**attempt
    rho = np.zeros_like(reference)
    for weight, H in ${hasField ? "field_points()" : "[(1.0, H_S)]"}:
        rho += weight * run_ace(H, dt, threshold)
    print(f"dt = {dt:.3g}, threshold = {threshold:.1e}: largest difference {np.abs(rho - reference).max():.2e}")
    if np.abs(rho - reference).max() <= tolerance:
        break
    steps *= 2`;
}
