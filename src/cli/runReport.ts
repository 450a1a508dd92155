/** The tables of a result: what each size cost and how accurate it is, and the observables at a few times. */

import { type DocumentRun, modelName, type ResultDocument } from "../io/document.ts";
import { complexQuantity, duration, magnitude, quantity, sizeText } from "./quantities.ts";
import { table } from "./table.ts";

/** Observables and times that fit on a screen; everything is in the files. */
const mostObservables = 4;
const mostTimes = 6;

export function runReport(document: ResultDocument): string {
  const { times } = document;
  const span = times.length === 1 ? `t = ${quantity(times[0])}` : `${times.length} times`;
  const range = times.length === 1 ? "" : ` from ${quantity(Math.min(...times))} to ${quantity(Math.max(...times))}`;
  const runs = [...document.runs, ...(document.meanField === undefined ? [] : [document.meanField])];
  if (runs.length === 0) return `${modelName(document)}: no size was finished.`;
  return [
    `${modelName(document)}: ρ_S(t) at ${span}${range}`,
    accuracyTable(runs),
    ...observableTables(document, runs),
    ...warnings(runs),
  ].join("\n\n");
}

function accuracyTable(runs: readonly DocumentRun[]): string {
  const limit = runs.find((run) => run.size === "inf" && run.method !== "mean-field");
  const rows = runs.map((run) => {
    const { modes, cutoff, dimension, sectors, seconds } = run.cost;
    return [
      runName(run),
      limit === undefined || run === limit ? "" : magnitude(distance(run, limit)),
      magnitude(run.error.estimate) + (run.error.converged ? "  " : " !"),
      magnitude(run.error.bound),
      run.method,
      ...(run.method === "fock" ? [modes, cutoff, dimension, sectors].map(String) : ["", "", "", ""]),
      duration(seconds),
    ];
  });
  const columns = [
    { title: "M" },
    { title: "max|ρ-ρ∞|" },
    { title: "error  " },
    { title: "bound" },
    { title: "method", align: "left" as const },
    { title: "modes" },
    { title: "cutoff" },
    { title: "dimension" },
    { title: "sectors" },
    { title: "time" },
  ];
  const tolerance = runs[0].error.tolerance;
  const failed = runs.some((run) => !run.error.converged);
  const unproved = runs.some((run) => run.error.bound === null);
  return [
    table(columns, rows),
    "",
    `  max|ρ-ρ∞|: distance of ρ_S(t) from the limit, largest entry. error: how far any entry may be off, estimated;`,
    `  bound: proved. ${failed ? `!: the tolerance ${magnitude(tolerance)} was not met.` : `The tolerance ${magnitude(tolerance)} was met.`}`,
    ...(unproved ? ["  none: nothing is proved of it as it was run; --certified proves what can be."] : []),
  ].join("\n");
}

function observableTables(document: ResultDocument, runs: readonly DocumentRun[]): string[] {
  const names = Object.keys(document.observables);
  const at = fewTimes(document.times);
  const tables = names.slice(0, mostObservables).map((name) =>
    table(
      [{ title: name, align: "left" }, ...at.map((t) => ({ title: `t = ${quantity(document.times[t])}` }))],
      runs.map((run) => [runLabel(run), ...at.map((t) => valueText(run.observables[name]?.[t]))]),
    ),
  );
  const rest = names.length - mostObservables;
  return rest > 0 ? [...tables, `  and ${names.slice(mostObservables).join(", ")} in the files`] : tables;
}

function warnings(runs: readonly DocumentRun[]): string[] {
  const lines = runs.flatMap((run) => run.warnings.map((warning) => `  ${runLabel(run)}: ${warning}`));
  return lines.length === 0 ? [] : [lines.join("\n")];
}

function runName(run: DocumentRun): string {
  if (run.method === "mean-field") return "mean field";
  return sizeText(run.size === "inf" ? Number.POSITIVE_INFINITY : run.size);
}

function runLabel(run: DocumentRun): string {
  return run.method === "mean-field" ? runName(run) : `M = ${runName(run)}`;
}

/** Largest modulus of an entry of ρ_S(t) by which two runs differ, over all times. */
function distance(a: DocumentRun, b: DocumentRun): number {
  // Squares, since Math.hypot for every entry takes longer than writing the files.
  let largest = 0;
  for (let t = 0; t < a.rho.length; t++) {
    for (let i = 0; i < a.rho[t].length; i++) {
      const [row, other] = [a.rho[t][i], b.rho[t][i]];
      for (let j = 0; j < row.length; j++) {
        const re = row[j][0] - other[j][0];
        const im = row[j][1] - other[j][1];
        largest = Math.max(largest, re * re + im * im);
      }
    }
  }
  return Math.sqrt(largest);
}

function valueText(value: number | readonly [number, number] | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return quantity(rounded(value), 5);
  return complexQuantity({ re: rounded(value[0]), im: rounded(value[1]) });
}

/** On a screen, what is below 1e-8 is zero. */
function rounded(x: number): number {
  return Math.abs(x) < 1e-8 ? 0 : x;
}

/** Indices of some times, evenly spread over the list and with its ends. */
function fewTimes(times: readonly number[]): number[] {
  if (times.length <= mostTimes) return [...times.keys()];
  return Array.from({ length: mostTimes }, (_, i) => Math.round((i * (times.length - 1)) / (mostTimes - 1)));
}
