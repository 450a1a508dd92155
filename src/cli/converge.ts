/** `bosonize converge`: how far the limit M = ∞ is from a finite M, and from which M on it is good enough. */

import { join } from "node:path";
import type { Command } from "commander";
import type { MatrixSeries } from "../algebra/series.ts";
import { convergenceFigure } from "../figures/convergence.ts";
import { fluctuationsFigure } from "../figures/fluctuations.ts";
import { convergence, type PowerLaw } from "../limits/convergence.ts";
import { type Fluctuations, fluctuations } from "../limits/fluctuations.ts";
import { type Measurement, type RequiredSize, requiredSize } from "../limits/requiredSize.ts";
import { thirdMoments } from "../limits/thirdMoments.ts";
import type { Model } from "../model/types.ts";
import { compareSeries, traceDistance } from "../observables/distance.ts";
import { atomicFiles } from "./atomicFile.ts";
import { type Draw, figureFiles, type ThemeChoice } from "./figureFiles.ts";
import { loadModel, modelName } from "./loadModel.ts";
import { memoryOption, number, numberList, sizeList, themeOption, timesOption, toleranceOption } from "./options.ts";
import { magnitude, quantity, sizeText } from "./quantities.ts";
import { answer, complain, remark, setQuiet } from "./say.ts";
import { Interrupted, startSolver } from "./solver.ts";
import { exitCode, Stop } from "./stop.ts";
import { table } from "./table.ts";

const help = `
The distance is the trace distance of ρ_S(t) at M from that at M = ∞, the largest over the model's times.
M*(ε) is the M from which on it is at most ε: predicted from the fit, then verified by computing.

Examples:
  bosonize converge model.yaml                          distances, fitted exponent, M* for ε = 0.1, 0.01
  bosonize converge model.yaml --epsilon 1e-3           from which M on the limit is within 0.001
  bosonize converge model.yaml --time 20                at t = 20 instead of all times
  bosonize converge model.yaml --sizes 1,2,4,8,16,32    where to measure
  bosonize converge model.yaml --json                   the numbers, and no file`;

/** M at which the distribution of the fluctuation operator is shown. */
const distributionSizes = [1, 2, 4, 16, 64, 256];

interface Options {
  readonly sizes: readonly (number | string)[];
  readonly epsilon: readonly number[];
  readonly time?: number;
  readonly times?: readonly number[] | { from: number; to: number; points: number };
  readonly tolerance?: number;
  readonly memory: number;
  readonly out?: string;
  readonly json?: true;
  readonly figures: boolean;
  readonly theme: ThemeChoice;
  readonly quiet?: true;
}

export function converge(program: Command): void {
  program
    .command("converge")
    .summary("how fast the limit is approached, and from which M on it will do")
    .description("Measures the distance of the limit M = ∞ from finite sizes, its exponent, and M*(ε).")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .option("-s, --sizes <list>", "finite sizes to measure at", sizeList, [10, 30, 100, 300, 1000, 3000, 1e4, 1e5, 1e6])
    .option("-e, --epsilon <list>", "distances to find M* for; 0 for none", numberList, [0.1, 0.01])
    .option("--time <t>", "the distance at this time only", number)
    .addOption(timesOption().conflicts("time"))
    .addOption(toleranceOption())
    .addOption(memoryOption())
    .option("-o, --out <folder>", "where to write (default: out/<name of the model file>)")
    .option("--json", "print the result as JSON and nothing else; writes files only with --out")
    .option("--no-figures", "write data only")
    .addOption(themeOption())
    .option("-q, --quiet", "no progress and no remarks")
    .addHelpText("after", help)
    .action(action);
}

/** Everything that was found. */
interface Approach {
  readonly model: Model;
  /** At the sizes asked for. */
  readonly measurements: readonly Measurement[];
  /** In search of M*. */
  readonly searched: readonly Measurement[];
  readonly law: PowerLaw | null;
  readonly expectedExponent: number;
  readonly required: readonly (RequiredSize & { readonly epsilon: number })[];
  readonly distributions: Fluctuations;
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
  const epsilons = options.epsilon.filter((epsilon) => epsilon !== 0);
  for (const epsilon of epsilons) {
    if (!(epsilon > 10 * model.tolerance && epsilon <= 1)) {
      const least = magnitude(10 * model.tolerance);
      throw new Stop(
        exitCode.wrongInput,
        `--epsilon must be between ${least} (ten times the tolerance) and 1, but one is ${epsilon}.`,
      );
    }
  }
  const found = await measure(model, sizes, epsilons, options);
  answer(options.json ? JSON.stringify(document(found)) : report(found));
  const folder = options.out ?? (options.json ? undefined : join("out", modelName(file)));
  if (folder === undefined) return;
  const figures = options.figures ? await figureFiles(drawings(found), options.theme) : {};
  const names = atomicFiles(folder, {
    "convergence.json": `${JSON.stringify(document(found), null, 1)}\n`,
    "convergence.csv": csv(found.measurements),
    ...figures,
  });
  (options.json ? remark : answer)(`\nWrote ${names.join(", ")} in ${folder}`);
}

function finiteSize(size: number | string): number {
  if (typeof size === "number" && Number.isInteger(size)) return size;
  throw new Stop(exitCode.wrongInput, `--sizes must be finite whole numbers here, but one is ${size}.`);
}

async function measure(
  model: Model,
  sizes: readonly number[],
  epsilons: readonly number[],
  { memory, quiet }: Options,
): Promise<Approach> {
  const solver = startSolver(quiet === true);
  const series = async (size: number): Promise<MatrixSeries> => {
    const run = await solver.simulate(model, size, { memory });
    if (!run.error.converged) {
      complain(`M = ${sizeText(size)}: the tolerance was not met (error ${magnitude(run.error.estimate)}).`);
      process.exitCode = exitCode.toleranceNotMet;
    }
    return run.rho;
  };
  try {
    const limit = await series(Number.POSITIVE_INFINITY);
    const known = new Map<number, number>();
    const distanceAt = async (size: number): Promise<number> => {
      const distance = Math.max(...compareSeries(traceDistance, await series(size), limit));
      known.set(size, distance);
      return distance;
    };
    for (const size of sizes) await distanceAt(size);
    const measured = () => [...known].map(([size, distance]) => ({ size, distance })).sort((a, b) => a.size - b.size);
    const required: Approach["required"][number][] = [];
    for (const epsilon of epsilons) {
      required.push({ epsilon, ...(await requiredSize(epsilon, distanceAt, { measured: measured() })) });
    }
    // What was measured in search of M* crowds around it, and would draw the fitted line there.
    const measurements = measured().filter(({ size }) => sizes.includes(size));
    const searched = measured().filter(({ size }) => !sizes.includes(size));
    const law = convergence(
      measurements.map(({ size }) => size),
      measurements.map(({ distance }) => distance),
      10 * model.tolerance,
    );
    const expectedExponent = thirdMoments(model).exponent;
    return {
      model,
      measurements,
      searched,
      law,
      expectedExponent,
      required,
      distributions: fluctuations(model, distributionSizes),
    };
  } catch (error) {
    if (error instanceof Interrupted) throw new Stop(exitCode.interrupted, "Interrupted: nothing was written.");
    throw error;
  } finally {
    solver.close();
  }
}

function report({ model, measurements, law, expectedExponent, required, distributions }: Approach): string {
  const rows = measurements.map(({ size, distance }) => [
    sizeText(size),
    magnitude(distance),
    quantity(distance * size ** -expectedExponent),
  ]);
  const scaled = expectedExponent === -1 ? "distance x M" : "distance x √M";
  const where = model.times.length === 1 ? `at t = ${quantity(model.times[0])}` : "largest over the times";
  return [
    model.name,
    "",
    `Trace distance of ρ_S(t) from the limit M = ∞, ${where}:`,
    table([{ title: "M" }, { title: "distance" }, { title: scaled }], rows),
    "",
    lawLine(law),
    `Expected: M^${expectedExponent}, since the third moments of the site operators ${expectedExponent === -1 ? "vanish" : "do not vanish"}.`,
    ...required.map(requiredLine),
    "",
    `The fluctuation operator M^(-1/2) Σ_m ${operatorName(distributions)}, beside a Gaussian of variance ${quantity(distributions.variance)}:`,
    distributionTable(distributions),
  ].join("\n");
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
    distributions.map(({ distance, bound }, i) => [
      String(distributionSizes[i]),
      magnitude(distance),
      magnitude(Math.min(1, bound)),
    ]),
  );
}

function drawings({ model, measurements, law, required, distributions }: Approach): Draw[] {
  const draws: Draw[] = [];
  if (law !== null) {
    const reached = required.flatMap(({ epsilon, size }) => (size === null ? [] : [{ epsilon, size }]));
    const data = {
      name: model.name,
      quantity: "trace distance from the limit",
      sizes: measurements.map(({ size }) => size),
      errors: measurements.map(({ distance }) => distance),
      slope: law.exponent,
      prefactor: law.coefficient,
      required: reached,
    };
    draws.push((theme) => convergenceFigure(data, { theme }));
  }
  if (distributions.variance > 0) {
    const data = {
      name: model.name,
      operator: operatorName(distributions),
      variance: distributions.variance,
      distributions: distributions.distributions.map((one, i) => ({ M: distributionSizes[i], ...one })),
    };
    draws.push((theme) => fluctuationsFigure(data, { theme }));
  }
  return draws;
}

function document({ model, measurements, searched, law, expectedExponent, required }: Approach) {
  return {
    schema: "bosonize/convergence@1",
    name: model.name,
    distance: "trace distance, largest over the times",
    times: model.times,
    tolerance: model.tolerance,
    measurements,
    searched,
    law,
    expectedExponent,
    required: required.map(({ epsilon, size, above }) => ({ epsilon, size, above })),
  };
}

function csv(measurements: readonly Measurement[]): string {
  return ["M,trace_distance", ...measurements.map(({ size, distance }) => `${size},${distance}`), ""].join("\n");
}
