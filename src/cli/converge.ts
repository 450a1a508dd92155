/** `bosonize converge`: how far the limit M = ∞ is from a finite M, and from which M on it is good enough. */

import type { Command } from "commander";
import { convergenceFigure } from "../figures/convergence.ts";
import { fluctuationsFigure } from "../figures/fluctuations.ts";
import { requiredSizesFigure } from "../figures/requiredSizes.ts";
import type { PowerLaw } from "../limits/convergence.ts";
import type { Fluctuations } from "../limits/fluctuations.ts";
import type { RequiredSize } from "../limits/requiredSize.ts";
import type { RequiredSizeAt } from "../limits/requiredSizeAt.ts";
import type { Model, Observable } from "../model/types.ts";
import { type Approach, approach } from "./approach.ts";
import type { Draw } from "./figureFiles.ts";
import { type OutputOptions, tell } from "./findings.ts";
import { KeptRuns } from "./keptRuns.ts";
import { loadModel, modelName } from "./loadModel.ts";
import {
  memoryOption,
  number,
  numberList,
  outputOptions,
  sizeList,
  threadsOption,
  timesOption,
  toleranceOption,
  withOptions,
} from "./options.ts";
import { outputFolder } from "./outputFolder.ts";
import { magnitude, quantity, sizeText } from "./quantities.ts";
import { setQuiet } from "./say.ts";
import { startSolver } from "./solver.ts";
import { exitCode, Stop } from "./stop.ts";
import { table } from "./table.ts";

const help = `
The distance is the trace distance of ρ_S(t) at M from that at M = ∞, the largest over the model's times; with
--observable it is how far that observable is off. M*(ε) is the M from which on it is at most ε: predicted from the
fit, then verified by computing. M*(ε, t) is the same for the times up to t, between the sizes that were measured.

Examples:
  bosonize converge model.yaml                          distances, fitted exponent, M* for ε = 0.1, 0.01
  bosonize converge model.yaml --epsilon 1e-3           from which M on the limit is within 0.001
  bosonize converge model.yaml --time 20                at t = 20 instead of all times
  bosonize converge model.yaml --sizes 1,2,4,8,16,32    where to measure
  bosonize converge model.yaml --observable sz          how far sz is off instead of ρ_S
  bosonize converge model.yaml --json                   the numbers, and no file`;

interface Options extends OutputOptions {
  readonly sizes: readonly (number | string)[];
  readonly epsilon: readonly number[];
  readonly time?: number;
  readonly times?: readonly number[] | { from: number; to: number; points: number };
  readonly tolerance?: number;
  readonly observable?: string;
  readonly memory: number;
  readonly threads: number;
  readonly quiet?: true;
}

export function converge(program: Command): void {
  const command = program
    .command("converge")
    .summary("how fast the limit is approached, and from which M on it will do")
    .description("Measures the distance of the limit M = ∞ from finite sizes, its exponent, and M*(ε).")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .option("-s, --sizes <list>", "finite sizes to measure at", sizeList, [10, 30, 100, 300, 1000, 3000, 1e4, 1e5, 1e6])
    .option("-e, --epsilon <list>", "distances to find M* for; 0 for none", numberList, [0.1, 0.01])
    .option("--observable <name>", "how far this observable of the model is off, instead of the trace distance")
    .option("--time <t>", "the distance at this time only", number)
    .addOption(timesOption().conflicts("time"))
    .addOption(toleranceOption())
    .addOption(memoryOption())
    .addOption(threadsOption());
  withOptions(command, outputOptions()).addHelpText("after", help).action(action);
}

async function action(file: string, options: Options): Promise<void> {
  setQuiet(options.quiet === true);
  const times = options.time !== undefined ? [options.time] : options.times;
  const { model } = await loadModel(file, {
    sizes: ["inf"],
    ...(times !== undefined && { times }),
    ...(options.tolerance !== undefined && { tolerance: options.tolerance }),
  });
  const sizes = options.sizes.map(finiteSize);
  const epsilons = [...new Set(options.epsilon)].filter((epsilon) => epsilon !== 0);
  for (const epsilon of epsilons) {
    if (!(epsilon > 10 * model.tolerance && epsilon <= 1)) {
      const least = magnitude(10 * model.tolerance);
      throw new Stop(
        exitCode.wrongInput,
        `--epsilon must be between ${least} (ten times the tolerance) and 1, but one is ${epsilon}.`,
      );
    }
  }
  const observable = options.observable === undefined ? undefined : observableOf(model, options.observable);
  const folder = outputFolder(modelName(file), options);
  const kept = new KeptRuns(folder);
  const solver = kept.solver(startSolver(options));
  const { memory } = options;
  const wanted = { sizes, epsilons, memory, ...(observable && { observable }) };
  const found = await approach(solver, model, wanted).finally(solver.close);
  const findings = {
    document: document(found),
    name: "convergence",
    report: () => report(found),
    files: () => ({
      tables: {
        "convergence.csv": csv(found),
        ...(found.requiredUpTo.length > 0 && { "required-sizes.csv": requiredCsv(found) }),
      },
      drawings: drawings(found),
    }),
  };
  await tell(findings, folder, options);
  kept.discard();
}

function finiteSize(size: number | string): number {
  if (typeof size === "number" && Number.isInteger(size)) return size;
  throw new Stop(exitCode.wrongInput, `--sizes must be finite whole numbers here, but one is ${size}.`);
}

/** By its name; says which there are. */
function observableOf(model: Model, name: string): Observable {
  const found = model.observables.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = model.observables.map((one) => one.name).join(", ");
  const known = names === "" ? "names none under `observe`" : `has ${names}`;
  throw new Stop(exitCode.wrongInput, `--observable must be one of the model's, but is "${name}"; the model ${known}.`);
}

/** What is measured, in words. */
function quantityName(observable: Observable | undefined): string {
  return observable === undefined ? "trace distance from the limit" : `difference of ${observable.name} from the limit`;
}

function report(found: Approach): string {
  const { model, observable, measurements, law, expectedExponent, required, distributions } = found;
  const ofKind = model.reservoirs.length > 1 ? " over M sites of the first kind" : "";
  const rows = measurements.map(({ size, distance }) => [
    sizeText(size),
    magnitude(distance),
    quantity(distance * size ** -expectedExponent),
  ]);
  const scaled = expectedExponent === -1 ? "distance x M" : "distance x √M";
  const where = model.times.length === 1 ? `at t = ${quantity(model.times[0])}` : "largest over the times";
  const what = observable === undefined ? "Trace distance of ρ_S(t)" : `Difference of ${observable.name}`;
  return [
    model.name,
    "",
    `${what} from the limit M = ∞, ${where}:`,
    table([{ title: "M" }, { title: "distance" }, { title: scaled }], rows),
    "",
    lawLine(law),
    `Expected: M^${expectedExponent}, since the third moments of the site operators ${expectedExponent === -1 ? "vanish" : "do not vanish"}.`,
    ...required.map(requiredLine),
    "",
    ...overTime(found),
    `The fluctuation operator M^(-1/2) Σ_m ${operatorName(distributions)}${ofKind}, beside a Gaussian of variance ${quantity(distributions.variance)}:`,
    distributionTable(distributions),
  ].join("\n");
}

/** Rows of the table over time, at most. */
const timesShown = 9;

/** Coefficient and M*(ε, t), at some of the times; nothing for a single time. */
function overTime({ model, coefficients, expectedExponent, requiredUpTo }: Approach): string[] {
  const { times } = model;
  if (times.length < 2 || (coefficients === null && requiredUpTo.length === 0)) return [];
  const order = times.map((_, t) => t).sort((a, b) => times[a] - times[b]);
  const rows = Math.min(timesShown, order.length);
  const shown = Array.from({ length: rows }, (_, i) => order[Math.round((i * (order.length - 1)) / (rows - 1))]);
  const power = expectedExponent === -1 ? "/M" : "/√M";
  const lines = [`At each time: the distance is about c${power}; M*(ε, t) sites will do for all times up to t:`];
  lines.push(
    table(
      [
        { title: "t" },
        ...(coefficients ? [{ title: "c(t)" }] : []),
        ...requiredUpTo.map(({ epsilon }) => ({ title: `M*(${epsilon}, t)` })),
      ],
      shown.map((t) => [
        quantity(times[t]),
        ...(coefficients ? [quantity(coefficients.values[t])] : []),
        ...requiredUpTo.map(({ sizes }) => requiredText(sizes[t])),
      ]),
    ),
  );
  if (coefficients) {
    const from = coefficients.sizes.map(sizeText).join(", ");
    lines.push(`c is extrapolated from M = ${from}, and may be off by ${magnitude(coefficients.uncertainty)}.`);
  }
  return [...lines, ""];
}

/** ≤ where all sizes measured are within ε, ~ where the law was drawn on beyond them. */
function requiredText({ size, kind }: RequiredSizeAt): string {
  const text = sizeText(size < 1e6 ? size : Number(size.toPrecision(3)));
  return kind === "within" ? `≤ ${text}` : kind === "beyond" ? `~ ${text}` : text;
}

function lawLine(law: PowerLaw | null): string {
  if (law === null) return "No exponent: fewer than two distances are above the tolerance.";
  const { exponent, coefficient, uncertainty, sizes } = law;
  const range = `M = ${sizeText(Math.min(...sizes))} to ${sizeText(Math.max(...sizes))}`;
  return `Fitted: distance = ${quantity(coefficient, 3)} M^${exponent.toFixed(3)} (± ${uncertainty.toFixed(3)}) over ${range}.`;
}

function requiredLine({ epsilon, size, above }: RequiredSize & { readonly epsilon: number }): string {
  if (size === null) return `M*(${epsilon}): not reached up to M = ${sizeText(above)}.`;
  const verified = above > 0 ? `, and at M = ${sizeText(above)} it is not` : "";
  return `M*(${epsilon}) = ${sizeText(size)}: the limit is within ${epsilon} there${verified}.`;
}

function operatorName({ kind, coupling }: Fluctuations): string {
  return kind === "v" ? `v_${coupling}` : `(v_${coupling} + v_${coupling}†)/√2`;
}

function distributionTable({ distributions }: Fluctuations): string {
  return table(
    [{ title: "M" }, { title: "largest difference of the distribution functions" }, { title: "Berry-Esseen bound" }],
    distributions.map(({ size, distance, bound }) => [
      String(size),
      magnitude(distance),
      magnitude(Math.min(1, bound)),
    ]),
  );
}

function drawings(found: Approach): Draw[] {
  const { model, observable, measurements, law, required, requiredUpTo, distributions } = found;
  const draws: Draw[] = [];
  if (law !== null) {
    const reached = required.flatMap(({ epsilon, size }) => (size === null ? [] : [{ epsilon, size }]));
    const data = {
      name: model.name,
      quantity: quantityName(observable),
      sizes: measurements.map(({ size }) => size),
      errors: measurements.map(({ distance }) => distance),
      slope: law.exponent,
      prefactor: law.coefficient,
      required: reached,
    };
    draws.push((theme) => convergenceFigure(data, { theme }));
  }
  if (requiredUpTo.length > 0 && model.times.length > 1) {
    const order = model.times.map((_, t) => t).sort((a, b) => model.times[a] - model.times[b]);
    const data = {
      name: model.name,
      quantity: quantityName(observable),
      times: order.map((t) => model.times[t]),
      curves: requiredUpTo.map(({ epsilon, sizes }) => ({ epsilon, sizes: order.map((t) => sizes[t].size) })),
    };
    draws.push((theme) => requiredSizesFigure(data, { theme }));
  }
  if (distributions.variance > 0) {
    const data = {
      name: model.name,
      operator: operatorName(distributions),
      variance: distributions.variance,
      distributions: distributions.distributions.map((one) => ({ M: one.size, ...one })),
    };
    draws.push((theme) => fluctuationsFigure(data, { theme }));
  }
  return draws;
}

function document(found: Approach) {
  const { model, observable, measurements, searched, law, expectedExponent, required, coefficients } = found;
  return {
    schema: "bosonize/convergence@1",
    name: model.name,
    distance: `${observable === undefined ? "trace distance" : `difference of ${observable.name}`}, largest over the times`,
    times: model.times,
    tolerance: model.tolerance,
    measurements,
    searched,
    law,
    expectedExponent,
    required: required.map(({ epsilon, size, above }) => ({ epsilon, size, above })),
    coefficients: coefficients && { ...coefficients, values: [...coefficients.values] },
    requiredUpTo: found.requiredUpTo,
  };
}

function csv({ measurements, observable }: Approach): string {
  const title = observable === undefined ? "M,trace_distance" : "M,difference";
  return [title, ...measurements.map(({ size, distance }) => `${size},${distance}`), ""].join("\n");
}

/** A row a time: the coefficient, and M*(ε, t) for each ε. */
function requiredCsv({ model, coefficients, requiredUpTo }: Approach): string {
  const names = ["t", ...(coefficients ? ["c"] : []), ...requiredUpTo.map(({ epsilon }) => `M_within_${epsilon}`)];
  const rows = model.times.map((time, t) =>
    [time, ...(coefficients ? [coefficients.values[t]] : []), ...requiredUpTo.map(({ sizes }) => sizes[t].size)].join(),
  );
  return [names.join(), ...rows, ""].join("\n");
}
