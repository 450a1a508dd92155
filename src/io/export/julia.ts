/** What the Julia scripts have in common. */

import { gaussRule, normal } from "../../algebra/gauss.ts";
import type { Matrix } from "../../algebra/matrix.ts";
import type { HandedField, HandedMode, HandedSystem } from "../../handover/handover.ts";
import { complex, flatSeries, nonzeroEntries, real, wrapped } from "./literals.ts";

/** `operator((1, 2, 0.5), …)`: the entries of an operator on S, counted from 1. */
export function juliaOperator(a: Matrix): string {
  const entries = nonzeroEntries(a).map(
    ({ row, column, re, im }) => `(${row + 1}, ${column + 1}, ${complex(re, im, "julia")})`,
  );
  const line = `operator(${entries.join(", ")})`;
  return line.length <= 100 ? line : `operator(\n${wrapped(entries)}\n)`;
}

/** `modes = […]`. */
export function juliaModes(modes: readonly HandedMode[]): string {
  if (modes.length === 0) return "modes = []  # no oscillator couples to S";
  const items = modes.map(({ frequency, coupling, occupation, levels }) => {
    const fields = [`frequency = ${real(frequency)}`, `levels = ${levels}`, `nbar = ${real(occupation)}`];
    return `    (${fields.join(", ")}, L = ${juliaOperator(coupling).replaceAll("\n", "\n    ")}),`;
  });
  return `modes = [\n${items.join("\n")}\n]`;
}

/** `field_points`: (weight, H) for each node of the average over the static field; one point if there is none. */
export function juliaField(fields: readonly HandedField[]): string {
  if (fields.length === 0) return "field_points = [(1.0, H_S)]  # no static field";
  const items = fields.map(({ operator, nodes }) => {
    const rule = gaussRule(normal, nodes);
    return [
      `    (`,
      `        A = ${juliaOperator(operator).replaceAll("\n", "\n        ")},`,
      `        nodes = [\n${wrapped(Array.from(rule.nodes, real), "            ")}\n        ],`,
      `        weights = [\n${wrapped(Array.from(rule.weights, real), "            ")}\n        ],`,
      `    ),`,
    ].join("\n");
  });
  return [
    "# A static Gaussian field: H_S + sum_r xi_r A_r with independent xi_r of mean 0 and variance 1, constant in time.",
    "# The average over it is a Gauss-Hermite sum.",
    `field = [\n${items.join("\n")}\n]`,
    "field_points = vec([",
    "    (prod(field[r].weights[i] for (r, i) in enumerate(index)), H_S + sum(field[r].nodes[i] * field[r].A for (r, i) in enumerate(index)))",
    "    for index in Iterators.product((eachindex(one.nodes) for one in field)...)",
    "])",
  ].join("\n");
}

/** times, tolerance and the reference, `reference[i, j, t]`. */
export function juliaReference({ reference, tolerance }: HandedSystem): string {
  const n = reference.dimension;
  return [
    "# ---- what has to come out ----",
    `times = Float64[\n${wrapped(reference.times.map(real))}\n]`,
    `tolerance = ${real(tolerance)}`,
    "# rho_S(t): real and imaginary part of each entry, row by row, time by time.",
    `numbers = Float64[\n${wrapped(flatSeries(reference))}\n]`,
    `reference = permutedims(reshape(complex.(numbers[1:2:end], numbers[2:2:end]), ${n}, ${n}, length(times)), (2, 1, 3))`,
  ].join("\n");
}

/** `starts`: (probability, amplitudes) of the kets that ρ_S(0) is a mixture of. */
export function juliaKets(
  kets: readonly { probability: number; ket: { readonly re: Float64Array; readonly im: Float64Array } }[],
): string {
  const items = kets.map(({ probability, ket }) => {
    const amplitudes = Array.from(ket.re, (re, i) => complex(re, ket.im[i], "julia"));
    return `    (${real(probability)}, ComplexF64[${amplitudes.join(", ")}]),`;
  });
  return `starts = [  # (probability, ket of S)\n${items.join("\n")}\n]`;
}

/** Comparison, observables, exit code; `rho[i, j, t]`. */
export function juliaVerdict(observables: readonly { readonly name: string; readonly operator: Matrix }[]): string {
  const items = observables.map(({ name, operator }) => {
    const dense = juliaOperator(operator)
      .replace(/^operator/, "entries")
      .replaceAll("\n", "\n    ");
    return `    ${JSON.stringify(name).replaceAll("$", "\\$")} => ${dense},`;
  });
  return [
    ...(observables.length === 0
      ? []
      : [
          `observables = [\n${items.join("\n")}\n]`,
          "for (name, A) in observables",
          "    values = [tr(A * rho[:, :, t]) for t in eachindex(times)]",
          '    println(name, ": ", round(values[1]; digits = 6), " at t = ", times[1], ", ", round(values[end]; digits = 6), " at t = ", times[end])',
          "end",
        ]),
    "difference = maximum(abs.(rho .- reference))",
    "passed = difference <= tolerance",
    'println(passed ? "agrees" : "DISAGREES", " with bosonize: largest difference ", difference, ", tolerance ", tolerance)',
    "exit(passed ? 0 : 1)",
  ].join("\n");
}
