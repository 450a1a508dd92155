/** `bosonize compare`: do two reservoirs become the same F, and how soon? */

import type { Command } from "commander";
import { type Matrix, maxAbs, subtract } from "../algebra/matrix.ts";
import { type MatrixSeries, maxDifference } from "../algebra/series.ts";
import { type ComparedSize, comparisonFigure } from "../figures/comparison.ts";
import type { ThemeName } from "../figures/theme.ts";
import { convergence, type PowerLaw } from "../limits/convergence.ts";
import type { Model } from "../model/types.ts";
import { compareSeries, traceDistance } from "../observables/distance.ts";
import { frequencyGroups } from "../reservoir/minimal.ts";
import { type BosonMode, standardModes } from "../reservoir/modes.ts";
import { spectralDistance } from "../reservoir/spectralWeight.ts";
import { allAsked } from "./everySize.ts";
import { type OutputOptions, tell } from "./findings.ts";
import { KeptRuns } from "./keptRuns.ts";
import { loadModel, modelName } from "./loadModel.ts";
import {
  memoryOption,
  outputOptions,
  positive,
  sizeList,
  threadsOption,
  timesOption,
  toleranceOption,
  withOptions,
} from "./options.ts";
import { outputFolder } from "./outputFolder.ts";
import { magnitude, quantity, sizeText } from "./quantities.ts";
import { complain, setQuiet } from "./say.ts";
import { startSolver } from "./solver.ts";
import { exitCode, Stop } from "./stop.ts";
import { table } from "./table.ts";

const help = `
Both models must have the same S: parts, Hamiltonian, state and times. What they may differ in is the reservoir and its
coupling. J_ω, one matrix for each frequency of F, is all that S sees of the reservoir as M → ∞: if it is the same, so is
ρ_S(t) in the limit, and for finite M the two approach each other.

Examples:
  bosonize compare spins.yaml atoms.yaml                        J_ω, ρ_S(t) at ∞ and at finite M, a figure
  bosonize compare spins.yaml atoms.yaml --sizes 4,1000         at these sizes
  bosonize compare spins.yaml atoms.yaml --times 0:20:101       other times, for both
  bosonize compare spins.yaml atoms.yaml --json                 the numbers, and no file`;

/** J_ω that differ by less, relative to their largest entry, are the same. */
const sameReservoir = 1e-9;

/** Entries of H_S and ρ_S that differ by less are the same. */
const sameSystem = 1e-12;

interface Options extends OutputOptions {
  readonly sizes: readonly (number | string)[];
  readonly times?: readonly number[] | { from: number; to: number; points: number };
  readonly tolerance?: number;
  readonly memory: number;
  readonly threads: number;
  readonly same?: number;
  readonly quiet?: true;
}

export function compare(program: Command): void {
  const command = program
    .command("compare")
    .summary("do two reservoirs become the same F, and from which M on are they alike")
    .description("Compares two models of the same S: J_ω of their reservoirs, and ρ_S(t) at M = ∞ and at finite M.")
    .argument("<first>", "a model file, YAML or JSON")
    .argument("<second>", "another, of the same S")
    .option("-s, --sizes <list>", "finite sizes to compare at", sizeList, [1, 2, 4, 10, 30, 100, 300, 1000, 1e4])
    .addOption(timesOption())
    .addOption(toleranceOption())
    .option("--same <x>", "relative difference of J_ω below which F is the same", positive, sameReservoir)
    .addOption(memoryOption())
    .addOption(threadsOption());
  withOptions(command, outputOptions("<first>-<second>")).addHelpText("after", help).action(action);
}

interface Comparison {
  readonly models: readonly [Model, Model];
  readonly weights: readonly { readonly frequency: number; readonly first: number; readonly second: number }[];
  readonly spectral: { readonly difference: number; readonly relative: number; readonly same: boolean };
  /** At M = ∞: trace distance, and the largest entry by which ρ_S(t) differs. */
  readonly limit: { readonly distance: number; readonly entry: number };
  /** The limit included. */
  readonly sizes: readonly ComparedSize[];
  readonly law: PowerLaw | null;
}

async function action(firstFile: string, secondFile: string, options: Options): Promise<void> {
  setQuiet(options.quiet === true);
  const overrides = {
    sizes: ["inf"],
    ...(options.times !== undefined && { times: options.times }),
    ...(options.tolerance !== undefined && { tolerance: options.tolerance }),
  };
  const { model: first } = await loadModel(firstFile, overrides);
  const { model: second } = await loadModel(secondFile, overrides);
  requireSameSystem(first, second, firstFile, secondFile);
  const folder = outputFolder(`${modelName(firstFile)}-${modelName(secondFile)}`, options);
  const kept = new KeptRuns(folder);
  const found = await comparison(
    [ascending(first), ascending(second)],
    options.sizes.filter((size) => size !== "inf").map(finiteSize),
    kept,
    options,
  );
  const findings = {
    document: document(found),
    name: "comparison",
    report: () => report(found),
    files: () => ({
      tables: {},
      drawings: drawable(found) ? [(theme: ThemeName) => comparisonFigure(figureData(found), { theme })] : [],
    }),
  };
  await tell(findings, folder, options);
  kept.discard();
}

function finiteSize(size: number | string): number {
  if (typeof size === "number" && Number.isInteger(size)) return size;
  throw new Stop(exitCode.wrongInput, `--sizes: a size must be a whole number or inf, but one is ${size}.`);
}

function ascending(model: Model): Model {
  return { ...model, times: [...model.times].sort((a, b) => a - b) };
}

function requireSameSystem(a: Model, b: Model, first: string, second: string): void {
  const differences: string[] = [];
  const matrices = (name: string, x: Matrix, y: Matrix): void => {
    const apart = maxAbs(subtract(x, y));
    if (apart > sameSystem * Math.max(1, maxAbs(x))) {
      differences.push(`\`system.${name}\` differs by ${magnitude(apart)} in its largest entry`);
    }
  };
  if (a.system.dims.join() !== b.system.dims.join()) {
    differences.push(
      `\`system.dims\` is [${a.system.dims.join(", ")}] in one and [${b.system.dims.join(", ")}] in the other`,
    );
  } else {
    matrices("hamiltonian", a.system.hamiltonian, b.system.hamiltonian);
    matrices("state", a.system.state, b.system.state);
  }
  if (a.times.length !== b.times.length || a.times.some((t, i) => t !== b.times[i])) {
    differences.push("`times` are not the same (--times gives both the same)");
  }
  if (differences.length === 0) return;
  throw new Stop(
    exitCode.wrongInput,
    `${first} and ${second} do not have the same S, so that their ρ_S(t) cannot be compared: ${differences.join("; ")}. ` +
      "Only `reservoir`, `couplings` and `center` may differ.",
  );
}

async function comparison(
  models: readonly [Model, Model],
  finite: readonly number[],
  kept: KeptRuns,
  options: Options,
): Promise<Comparison> {
  const modes = models.map((model) => standardModes(model));
  const difference = spectralDistance(modes[0], modes[1]);
  const scale = Math.max(...modes.map((list) => spectralDistance(list, [])));
  const relative = scale === 0 ? 0 : difference / scale;
  const { memory, same = sameReservoir } = options;
  const solver = kept.solver(startSolver(options));
  const series = async (which: 0 | 1, size: number): Promise<MatrixSeries> => {
    const run = await solver.simulate(models[which], size, { memory });
    if (!run.error.converged) {
      complain(
        `${models[which].name}, M = ${sizeText(size)}: the tolerance was not met (error ${magnitude(run.error.estimate)}).`,
      );
      process.exitCode = exitCode.toleranceNotMet;
    }
    return run.rho;
  };
  try {
    const ofSizes = [...new Set(finite)].sort((x, y) => x - y);
    const both = (size: number) => allAsked([series(0, size), series(1, size)]);
    const [asked, ...askedOfSizes] = [Number.POSITIVE_INFINITY, ...ofSizes].map(both);
    const limits = [await asked[0], await asked[1]] as const;
    const apart = compareSeries(traceDistance, limits[0], limits[1]);
    const sizes: ComparedSize[] = [];
    for (const [s, size] of ofSizes.entries()) {
      const [a, b] = [await askedOfSizes[s][0], await askedOfSizes[s][1]];
      sizes.push({
        size,
        distances: compareSeries(traceDistance, a, b),
        fromLimit: [
          Math.max(...compareSeries(traceDistance, a, limits[0])),
          Math.max(...compareSeries(traceDistance, b, limits[1])),
        ],
      });
    }
    const law = convergence(
      sizes.map(({ size }) => size),
      sizes.map(({ distances }) => Math.max(...Array.from(distances))),
      10 * Math.max(models[0].tolerance, models[1].tolerance),
    );
    return {
      models,
      weights: weightsOf(modes[0], modes[1]),
      spectral: { difference, relative, same: relative <= same },
      limit: { distance: Math.max(...apart), entry: maxDifference(limits[0], limits[1]) },
      sizes: [...sizes, { size: Number.POSITIVE_INFINITY, distances: apart, fromLimit: [0, 0] }],
      law,
    };
  } finally {
    solver.close();
  }
}

/** tr J_ω = Σ ‖L‖² at each frequency, in one model and the other. */
function weightsOf(a: readonly BosonMode[], b: readonly BosonMode[]): Comparison["weights"] {
  const marked = [...a.map((mode) => ({ ...mode, which: 0 })), ...b.map((mode) => ({ ...mode, which: 1 }))];
  return frequencyGroups(marked)
    .map(({ frequency, modes }) => {
      const sum = (which: number): number =>
        modes.filter((mode) => mode.which === which).reduce((total, { coupling }) => total + norm2(coupling), 0);
      return { frequency, first: sum(0), second: sum(1) };
    })
    .filter(({ first, second }) => first + second > 0);
}

function norm2({ re, im }: Matrix): number {
  return re.reduce((sum, x, i) => sum + x * x + im[i] * im[i], 0);
}

function report({ models: [a, b], weights, spectral, limit, sizes, law }: Comparison): string {
  const rows = sizes.map(({ size, distances, fromLimit }) => [
    sizeText(size),
    magnitude(Math.max(...Array.from(distances))),
    ...(size === Number.POSITIVE_INFINITY ? ["", ""] : fromLimit.map(magnitude)),
  ]);
  return [
    `A: ${a.name}`,
    `B: ${b.name}`,
    "",
    "F as S sees it: tr J_ω, the strength at each frequency:",
    table(
      [{ title: "ω" }, { title: "A" }, { title: "B" }],
      weights.map(({ frequency, first, second }) => [quantity(frequency), quantity(first, 6), quantity(second, 6)]),
    ),
    "",
    `J_ω differs by ${magnitude(spectral.difference)} in its largest entry, ${magnitude(spectral.relative)} of the largest: ` +
      (spectral.same ? "the same F." : "not the same F."),
    `ρ_S(t) at M = ∞ differs by ${magnitude(limit.entry)} in its largest entry.`,
    "",
    "Largest trace distance over the times:",
    table([{ title: "M" }, { title: "A from B" }, { title: "A from its limit" }, { title: "B from its limit" }], rows),
    "",
    law === null
      ? "No exponent: fewer than two distances are above the tolerance."
      : `Fitted: A from B = ${quantity(law.coefficient, 3)} M^${law.exponent.toFixed(3)} (± ${law.uncertainty.toFixed(3)}).`,
  ].join("\n");
}

function document({ models: [a, b], weights, spectral, limit, sizes, law }: Comparison) {
  return {
    schema: "bosonize/comparison@1",
    names: [a.name, b.name],
    times: a.times,
    tolerance: Math.max(a.tolerance, b.tolerance),
    spectral,
    weights,
    limit,
    sizes: sizes.map(({ size, distances, fromLimit }) => ({
      size: size === Number.POSITIVE_INFINITY ? "inf" : size,
      distance: Math.max(...Array.from(distances)),
      distances: Array.from(distances),
      fromLimit,
    })),
    law,
  };
}

function drawable({ sizes, models: [{ times }] }: Comparison): boolean {
  const differing = sizes.filter(
    ({ size, distances }) => Number.isFinite(size) && Array.from(distances).some((d) => d > 0),
  );
  return differing.length >= 2 && times.length >= 2;
}

function figureData({ models: [a, b], sizes }: Comparison) {
  return { names: [a.name, b.name] as const, times: a.times, sizes };
}
