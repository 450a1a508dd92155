/** What the Python scripts have in common. */

import type { Matrix } from "../../algebra/matrix.ts";
import type { HandedField, HandedMode, HandedSystem } from "../../handover/handover.ts";
import { comment, complex, flatSeries, nonzeroEntries, paragraph, real, wrapped } from "./literals.ts";

/** `operator((0, 1, 0.5), …)`: the entries of an operator on S. */
export function pythonOperator(a: Matrix): string {
  const entries = nonzeroEntries(a).map(
    ({ row, column, re, im }) => `(${row}, ${column}, ${complex(re, im, "python")})`,
  );
  const line = `operator(${entries.join(", ")})`;
  return line.length <= 100 ? line : `operator(\n${wrapped(entries)}\n)`;
}

/** The first lines: what this is, and what is meant by it. */
export function pythonHeader(system: HandedSystem, how: readonly string[]): string {
  const lines = [
    ...paragraph(system.name.replaceAll("\n", " ")),
    "",
    ...how.flatMap((text) => paragraph(text)),
    "",
    ...paragraph(
      "hbar = 1: energies are angular frequencies (no factor 2 pi), times are their inverse. Level 0 of a qubit is its " +
        "upper one, sigmaz = diag(1, -1). S stands first in every tensor product.",
    ),
    "",
    ...paragraph(
      `At the end rho_S(t) is compared with that of bosonize ${system.version}, good to ${system.referenceError.toExponential(1)}; the ` +
        `exit code is 1 if an entry differs by more than ${real(system.tolerance)}.` +
        (system.timesRemark === "" ? "" : ` Compared at ${system.timesRemark}.`),
    ),
  ];
  return comment("#", lines);
}

/** times, tolerance and the reference. */
export function pythonReference({ reference, tolerance }: HandedSystem): string {
  const n = reference.dimension;
  return [
    "# ---- what has to come out ----",
    `times = np.array([\n${wrapped(reference.times.map(real))}\n])`,
    `tolerance = ${real(tolerance)}`,
    "# rho_S(t): real and imaginary part of each entry, row by row, time by time.",
    `reference = np.array([\n${wrapped(flatSeries(reference))}\n])`,
    `reference = (reference[0::2] + 1j * reference[1::2]).reshape(len(times), ${n}, ${n})`,
  ].join("\n");
}

/** `modes = […]`. */
export function pythonModes(modes: readonly HandedMode[]): string {
  if (modes.length === 0) return "modes = []  # no oscillator couples to S";
  const items = modes.map(({ frequency, coupling, occupation, levels }) => {
    const fields = [`frequency=${real(frequency)}`, `levels=${levels}`];
    if (modes.some((mode) => mode.occupation > 0)) fields.push(`nbar=${real(occupation)}`);
    return `    dict(${fields.join(", ")}, L=${pythonOperator(coupling).replaceAll("\n", "\n    ")}),`;
  });
  return `modes = [\n${items.join("\n")}\n]`;
}

/** The loop over the static field: `field = [(operator, nodes), …]` and `field_points()`. */
export function pythonField(fields: readonly HandedField[]): string {
  if (fields.length === 0) return "";
  const items = fields.map(
    ({ operator, nodes }) => `    (${pythonOperator(operator).replaceAll("\n", "\n    ")}, ${nodes}),`,
  );
  return [
    "# A static Gaussian field: H_S + sum_r xi_r A_r with independent xi_r of mean 0 and variance 1, constant in time.",
    "# The average over it is a Gauss-Hermite sum: (A_r, number of nodes).",
    `field = [\n${items.join("\n")}\n]`,
    "",
    "",
    "def field_points():",
    '    """Each combination of nodes as (weight, H_S + sum_r xi_r A_r)."""',
    "    rules = [np.polynomial.hermite_e.hermegauss(count) for _, count in field]",
    "    for index in itertools.product(*(range(count) for _, count in field)):",
    "        weight = np.prod([rule[1][i] for rule, i in zip(rules, index)]) / np.sqrt(2 * np.pi) ** len(field)",
    "        yield weight, H_S + sum(rule[0][i] * A for rule, i, (A, _) in zip(rules, index, field))",
  ].join("\n");
}

/** Comparison, observables, exit code. `expectations` says how a script names tr(A ρ): always by dense arrays. */
export function pythonVerdict(observables: readonly { readonly name: string; readonly operator: Matrix }[]): string {
  const lines = [
    "difference = np.abs(rho - reference).max()",
    ...(observables.length === 0
      ? []
      : [
          "for name, A in observables.items():",
          '    values = np.einsum("ij,tji->t", A, rho)',
          '    print(f"{name}: {np.round(values[0], 6)} at t = {times[0]}, {np.round(values[-1], 6)} at t = {times[-1]}")',
        ]),
    "passed = difference <= tolerance",
    "print(f\"{'agrees' if passed else 'DISAGREES'} with bosonize: largest difference {difference:.2e}, tolerance {tolerance:g}\")",
    "sys.exit(0 if passed else 1)",
  ];
  return lines.join("\n");
}

/** `observables = {"sz": …}`, with `dense` applied to each operator. */
export function pythonObservables(
  observables: readonly { readonly name: string; readonly operator: Matrix }[],
  dense: (operator: string) => string,
): string {
  if (observables.length === 0) return "";
  const items = observables.map(
    ({ name, operator }) =>
      `    ${JSON.stringify(name)}: ${dense(pythonOperator(operator)).replaceAll("\n", "\n    ")},`,
  );
  return `observables = {\n${items.join("\n")}\n}`;
}
