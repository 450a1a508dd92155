/** `bosonize spectrum`: two-time correlations of S and their Fourier transforms, for every size. */

import { type Command, Option } from "commander";
import type { Matrix } from "../algebra/matrix.ts";
import { correlationWith } from "../dynamics/experiments/twoTime.ts";
import type { Run } from "../dynamics/run.ts";
import { correlationFigure, powerSpectrumFigure } from "../figures/correlation.ts";
import { csv } from "../io/csv.ts";
import { type ResultDocument, sizeLabel } from "../io/document.ts";
import { operatorOn } from "../model/operatorOf.ts";
import type { Model } from "../model/types.ts";
import {
  type PowerSpectrum,
  powerSpectrum,
  type SpectralWindow,
  spectralWindows,
} from "../observables/powerSpectrum.ts";
import { curvesDocument } from "./curvesDocument.ts";
import { everySize } from "./everySize.ts";
import { expecting } from "./expectation.ts";
import { type FurtherFiles, type OutputOptions, tell } from "./findings.ts";
import { KeptRuns } from "./keptRuns.ts";
import { type LoadedModel, loadModel, modelName, type Overrides } from "./loadModel.ts";
import {
  formOption,
  memoryOption,
  number,
  outputOptions,
  sizesOption,
  threadsOption,
  timeList,
  toleranceOption,
  withOptions,
} from "./options.ts";
import { outputFolder } from "./outputFolder.ts";
import { magnitude, quantity, sizeText } from "./quantities.ts";
import { setQuiet } from "./say.ts";
import { exitCode, Stop } from "./stop.ts";
import { table } from "./table.ts";

const help = `
C(τ) = <A(t+τ) B(t)>: B acts on S at t, A at t + τ, and the reservoir is propagated along, with all that it remembers.
S(ω) = 1/π Re ∫ w(τ) C(τ) exp(iωτ) dτ from 0 to the last delay. A = sigmam, B = sigmap is absorption, a line at the
energy taken up; A = sigmap, B = sigmam is emission, a line at minus the energy given away.

Examples:
  bosonize spectrum model.yaml                                    what the file has under \`spectrum\`
  bosonize spectrum model.yaml --operators sigmam,sigmap          absorption, delays being the model's times
  bosonize spectrum model.yaml --operators "kron(sigmaz,qeye(2)),sigmaz(0)" --at 20
  bosonize spectrum model.yaml --operators sigmam,sigmap --delays 0:400:4001 --window gauss
  bosonize spectrum model.yaml --operators sigmam,sigmap --json   the numbers, and no file`;

interface Options extends Overrides, OutputOptions {
  readonly operators?: string;
  readonly at?: number;
  readonly delays?: Overrides["times"];
  readonly window?: SpectralWindow;
  readonly memory: number;
  readonly threads: number;
  readonly quiet?: true;
}

export function spectrum(program: Command): void {
  const command = program
    .command("spectrum")
    .summary("two-time correlations of S, and spectra")
    .description("Computes <A(t+τ) B(t)> for operators A and B on S, exactly, for every size, and its spectrum.")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .option("--operators <A,B>", "operators on S, as in a model file (default: those of its `spectrum`)")
    .option("--at <t>", "when B acts (default: the model file's, or 0)", number)
    .option("-d, --delays <delays>", "from:to:points, from 0 (default: the model's times)", timeList)
    .addOption(
      new Option("--window <window>", "what C(τ) is multiplied with (default: the model file's, or hann)").choices(
        Object.keys(spectralWindows),
      ),
    )
    .addOption(sizesOption())
    .addOption(toleranceOption())
    .addOption(formOption())
    .addOption(memoryOption())
    .addOption(threadsOption());
  withOptions(command, outputOptions()).addHelpText("after", help).action(action);
}

interface Found {
  readonly run: Run;
  readonly correlation: { readonly re: Float64Array; readonly im: Float64Array };
  readonly spectrum: PowerSpectrum;
}

async function action(file: string, options: Options): Promise<void> {
  setQuiet(options.quiet === true);
  const { delays, sizes, tolerance, form } = options;
  const loaded = await loadModel(
    file,
    {
      ...(delays !== undefined && { times: delays }),
      ...(sizes !== undefined && { sizes }),
      ...(tolerance !== undefined && { tolerance }),
      ...(form !== undefined && { form }),
    },
    "spectrum",
  );
  const asked = askedFor(loaded, options);
  requireEven(loaded.model.times, asked.window);
  const folder = outputFolder(modelName(file), options);
  const kept = new KeptRuns(folder);
  const found = await compute(loaded.model, asked, options, kept);
  const name = `⟨${asked.names[0]}(t+τ) ${asked.names[1]}(t)⟩`;
  const findings = {
    document: document(loaded, found, asked),
    name: "spectrum",
    report: () => report(loaded.model, found, name, asked),
    files: () => files(loaded, found, name),
  };
  await tell(findings, folder, options);
  kept.discard();
}

function files(loaded: LoadedModel, found: readonly Found[], name: string): FurtherFiles {
  const { correlations, spectra } = drawn(loaded, found);
  return {
    tables: { "correlation.csv": csv(correlations), "power-spectrum.csv": csv(spectra) },
    drawings: [
      (theme) => correlationFigure(correlations, name, { theme }),
      (theme) => powerSpectrumFigure(spectra, name, { theme }),
    ],
  };
}

/** What is computed: of the command line, or else of the model file. */
interface Asked {
  readonly operators: readonly [Matrix, Matrix];
  readonly names: readonly [string, string];
  readonly at: number;
  readonly window: SpectralWindow;
}

function askedFor({ model, spec }: LoadedModel, options: Options): Asked {
  const { spectrum: inFile } = model;
  const at = options.at ?? inFile?.at ?? 0;
  const window = options.window ?? inFile?.window ?? "hann";
  if (options.operators !== undefined) {
    const names = pairOf(options.operators);
    return { operators: [operatorOfS(names[0], model), operatorOfS(names[1], model)], names, at, window };
  }
  if (inFile === undefined) {
    throw new Stop(
      exitCode.wrongInput,
      "which correlation is not said: --operators sigmam,sigmap, or `spectrum: { of: sigmam, after: sigmap }` in the model file.",
    );
  }
  const text = (written: unknown, name: string) => (typeof written === "string" ? written : name);
  const names = [text(spec.spectrum?.of, "A"), text(spec.spectrum?.after, "B")] as const;
  return { operators: [inFile.of, inFile.after], names, at, window };
}

/** Splits at the one comma that stands outside all brackets. */
function pairOf(text: string): [string, string] {
  let depth = 0;
  const commas: number[] = [];
  [...text].forEach((character, i) => {
    if ("([".includes(character)) depth++;
    if (")]".includes(character)) depth--;
    if (character === "," && depth === 0) commas.push(i);
  });
  if (commas.length !== 1) {
    throw new Stop(
      exitCode.wrongInput,
      `--operators must be two operators apart by a comma, such as sigmam,sigmap, but "${text}" has ${commas.length + 1}.`,
    );
  }
  return [text.slice(0, commas[0]).trim(), text.slice(commas[0] + 1).trim()];
}

function operatorOfS(text: string, { system }: Model): Matrix {
  const said: string[] = [];
  const space = { dims: system.dims, dimension: system.dimension, saidAt: "system.dims" };
  const operator = operatorOn(space, text, ["--operators"], ({ message, suggestion }) => {
    said.push(suggestion === undefined ? message : `${message} ${suggestion}`);
  });
  if (operator === undefined || said.length > 0) throw new Stop(exitCode.wrongInput, `${text}: ${said.join(" ")}`);
  return operator;
}

/** Delays that no spectrum can be made of are known before anything is computed. */
function requireEven(delays: readonly number[], window: SpectralWindow): void {
  try {
    powerSpectrum(delays, { re: delays, im: delays }, window);
  } catch (error) {
    if (error instanceof RangeError) throw new Stop(exitCode.wrongInput, `the delays: ${error.message}`);
    throw error;
  }
}

async function compute(
  model: Model,
  { operators: [a, b], at, window }: Asked,
  options: Options,
  kept: KeptRuns,
): Promise<Found[]> {
  const { memory } = options;
  const runs = await everySize(model.sizes, options, kept, expecting("spectrum", model), (solver, size) =>
    solver.twoTime(model, size, { operator: b, at }, { memory }),
  );
  return runs.map((run) => {
    const correlation = correlationWith(a, run.rho);
    return { run, correlation, spectrum: powerSpectrum(model.times, correlation, window) };
  });
}

/** Lines named in the table, at most. */
const linesShown = 3;

function report(model: Model, found: readonly Found[], name: string, { at, window }: Asked): string {
  const rows = found.map(({ run, correlation, spectrum: { frequencies, values } }) => {
    const peaks = linesOf(values).slice(0, linesShown);
    const lines = peaks.map((k) => `${quantity(frequencies[k])} (${quantity(values[k], 3)})`).join(", ");
    const start = quantity(correlation.re[0]);
    return [sizeText(run.size), start, magnitude(run.error.estimate), run.path, lines];
  });
  const last = model.times[model.times.length - 1];
  return [
    model.name,
    "",
    `${name} with t = ${quantity(at)}, at ${model.times.length} delays from 0 to ${quantity(last)}, and its spectrum`,
    table(
      [
        { title: "M" },
        { title: "Re C(0)" },
        { title: "error" },
        { title: "how", align: "left" },
        { title: "lines at ω (height)", align: "left" },
      ],
      rows,
    ),
    "",
    `Window: ${window}. Lines that do not decay are ${quantity(found[0].spectrum.resolution, 3)} wide (full width at half maximum).`,
    "The area under each spectrum is Re C(0). error: of each entry of the operator that A is averaged with.",
  ].join("\n");
}

/** Places of the maxima that reach 2 % of the highest, the highest first. */
function linesOf(values: Float64Array): number[] {
  const least = 0.02 * Math.max(...values);
  return [...values.keys()]
    .filter((k) => values[k] > least && values[k] >= (values[k - 1] ?? 0) && values[k] > (values[k + 1] ?? 0))
    .sort((i, j) => values[j] - values[i]);
}

/** Frequencies beyond which all spectra are below a thousandth of their maximum are not drawn. */
function drawn(
  loaded: LoadedModel,
  found: readonly Found[],
): { correlations: ResultDocument; spectra: ResultDocument } {
  const { frequencies } = found[0].spectrum;
  const high = found.map(({ spectrum: { values } }) => 1e-3 * Math.max(...values.map(Math.abs)));
  const seen = [...frequencies.keys()].filter((k) =>
    found.some(({ spectrum }, i) => Math.abs(spectrum.values[k]) > high[i]),
  );
  const [from, to] = [seen[0] ?? 0, (seen.at(-1) ?? frequencies.length - 1) + 1];
  const correlations = found.map(({ run, correlation }) => ({ run, curves: { ...correlation } }));
  const spectra = found.map(({ run, spectrum: { values } }) => ({ run, curves: { spectrum: values.slice(from, to) } }));
  return {
    correlations: curvesDocument(loaded, loaded.model.times, correlations),
    spectra: curvesDocument(loaded, frequencies.slice(from, to), spectra),
  };
}

function document({ model }: LoadedModel, found: readonly Found[], { names, at, window }: Asked) {
  return {
    schema: "bosonize/spectrum@1",
    name: model.name,
    operators: names,
    at,
    delays: model.times,
    window,
    resolution: found[0].spectrum.resolution,
    frequencies: [...found[0].spectrum.frequencies],
    runs: found.map(({ run, correlation: { re, im }, spectrum: { values } }) => ({
      size: sizeLabel(run.size),
      correlation: Array.from(re, (x, t) => [x, im[t]]),
      spectrum: [...values],
      error: run.error,
      method: run.method,
      path: run.path,
      cost: run.cost,
    })),
  };
}
