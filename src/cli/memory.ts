/** `bosonize memory`: what the reservoir gives back to S, for every size. */

import type { Command } from "commander";
import { withReference } from "../dynamics/experiments/dynamicalMap.ts";
import type { Run } from "../dynamics/run.ts";
import { memoryFigure } from "../figures/memory.ts";
import { csv } from "../io/csv.ts";
import { documentRun, resultDocument, sizeLabel } from "../io/document.ts";
import { type Memory, memory as memoryOf } from "../observables/memory.ts";
import { minimalForm } from "../reservoir/minimal.ts";
import { type Recurrence, recurrenceTime } from "../reservoir/recurrence.ts";
import { everySize } from "./everySize.ts";
import { expecting } from "./expectation.ts";
import { type FurtherFiles, type OutputOptions, tell } from "./findings.ts";
import { KeptRuns } from "./keptRuns.ts";
import { type LoadedModel, loadModel, modelName, type Overrides, overridesOf } from "./loadModel.ts";
import {
  formOption,
  memoryOption,
  outputOptions,
  sizesOption,
  threadsOption,
  timesOption,
  toleranceOption,
  withOptions,
} from "./options.ts";
import { outputFolder } from "./outputFolder.ts";
import { magnitude, quantity, sizeText } from "./quantities.ts";
import { setQuiet } from "./say.ts";
import { exitCode, Stop } from "./stop.ts";
import { table } from "./table.ts";
import { version } from "./version.ts";

const help = `
A reservoir without memory lets any two states of S become harder to tell apart, lets the entanglement of S with an
idle reference fall, and makes every step from one time to the next a completely positive map. Each is watched on the
times of the model, so that they should be dense enough for the curves to be smooth.

Examples:
  bosonize memory model.yaml                            for the sizes and times of the model
  bosonize memory model.yaml --sizes 4,16,64,inf        how memory depends on M
  bosonize memory model.yaml --json                     the numbers, and no file
  bosonize check model.yaml --of memory                 what it will take`;

/** Returns of the modes are looked for to within these shares of a turn. */
const returns = [0.1, 0.03, 0.01];

interface Options extends Overrides, OutputOptions {
  readonly memory: number;
  readonly threads: number;
  readonly quiet?: true;
}

export function memory(program: Command): void {
  const command = program
    .command("memory")
    .summary("what the reservoir gives back: backflow, divisibility, revivals, recurrence")
    .description("Computes the dynamical map of S for every size, and from it the memory of the reservoir.")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .addOption(sizesOption())
    .addOption(timesOption())
    .addOption(toleranceOption())
    .addOption(formOption())
    .addOption(memoryOption())
    .addOption(threadsOption());
  withOptions(command, outputOptions()).addHelpText("after", help).action(action);
}

/** What was found for one size. */
interface Found {
  readonly run: Run;
  readonly memory: Memory;
}

async function action(file: string, options: Options): Promise<void> {
  setQuiet(options.quiet === true);
  const loaded = await loadModel(file, overridesOf(options), "memory");
  const folder = outputFolder(modelName(file), options);
  const kept = new KeptRuns(folder);
  const found = await compute(loaded, options, kept);
  const frequencies = minimalForm(loaded.model).modes.map(({ frequency }) => frequency);
  const recurrences = returns.map((turns) => ({ turns, ...recurrenceTime(frequencies, turns) }));
  const findings = {
    document: document(loaded, found, recurrences),
    name: "memory",
    report: () => report(loaded, found, recurrences),
    files: () => files(loaded, found),
  };
  await tell(findings, folder, options);
  kept.discard();
}

function files(loaded: LoadedModel, found: readonly Found[]): FurtherFiles {
  const drawn = asResult(loaded, found);
  return { tables: { "memory.csv": csv(drawn) }, drawings: [(theme) => memoryFigure(drawn, { theme })] };
}

async function compute({ model }: LoadedModel, options: Options, kept: KeptRuns): Promise<Found[]> {
  try {
    const pair = withReference(model);
    const runs = await everySize(model.sizes, options, kept, expecting("memory", model), (solver, size) =>
      solver.simulate(pair, size, { memory: options.memory }),
    );
    const { state, dims } = model.system;
    return runs.map((run) => ({ run, memory: memoryOf(run.rho, state, dims, run.error.estimate) }));
  } catch (error) {
    if (error instanceof RangeError) throw new Stop(exitCode.wrongInput, error.message);
    throw error;
  }
}

function report({ model }: LoadedModel, found: readonly Found[], recurrences: readonly TurnedRecurrence[]): string {
  const sections = [model.name, ""];
  if (found.some(({ memory }) => memory.backflow !== null)) {
    sections.push(
      "Backflow: the trace distance of the best pair of states of S rises by, in all",
      table(
        [
          { title: "M" },
          { title: "backflow" },
          { title: "rises" },
          { title: "from t" },
          { title: "pair ± n", align: "left" },
        ],
        found.map(({ run, memory: { backflow } }) => {
          if (backflow === null) return [sizeText(run.size)];
          const { measure, direction, revivals } = backflow;
          const n = `(${direction.map((x) => x.toFixed(3)).join(", ")})`;
          return [sizeText(run.size), quantity(measure), String(revivals.count), begins(revivals.begins), n];
        }),
      ),
      "",
    );
  }
  sections.push(
    "Steps of the map from one time to the next: completely positive, or not, or too ill-conditioned to tell",
    table(
      ["M", "divisible", "not", "undecided", "first not, at t", "negative parts", "worst condition"].map((title) => ({
        title,
      })),
      found.map(({ run, memory }) => stepsRow(run, memory)),
    ),
    "",
    "Entanglement (negativity) of S with an idle reference, 1/2 (N - 1) at first",
    revivalTable(found, ({ reference }) => reference.revivals),
  );
  if (found.every(({ memory }) => memory.parts !== null)) {
    sections.push("", "Entanglement (negativity) of part 0 of S with its other parts, from the model's state");
    sections.push(revivalTable(found, ({ parts }) => parts?.revivals));
  }
  return [...sections, "", ...recurrences.map(recurrenceLine)].join("\n");
}

function begins(time: number | null): string {
  return time === null ? "never" : quantity(time);
}

function stepsRow(run: Run, { divisibility: { steps, measure } }: Memory): string[] {
  const number = (verdict: string) => String(steps.filter((step) => step.verdict === verdict).length);
  const first = steps.find(({ verdict }) => verdict === "not divisible");
  return [
    sizeText(run.size),
    number("divisible"),
    number("not divisible"),
    number("undecided"),
    begins(first?.from ?? null),
    quantity(measure / 2),
    magnitude(steps.reduce((most, { condition }) => Math.max(most, condition), 0)),
  ];
}

function revivalTable(
  found: readonly Found[],
  of: (memory: Memory) => Memory["reference"]["revivals"] | undefined,
): string {
  return table(
    ["M", "rises by, in all", "revivals", "from t", "highest", "at t"].map((title) => ({ title })),
    found.map(({ run, memory }) => {
      const rises = of(memory);
      if (rises === undefined) return [sizeText(run.size)];
      const { total, count, highest, begins: from } = rises;
      const peak = highest === null ? ["", ""] : [quantity(highest.value), quantity(highest.time)];
      return [sizeText(run.size), quantity(total), String(count), begins(from), ...peak];
    }),
  );
}

type TurnedRecurrence = Recurrence & { readonly turns: number };

function recurrenceLine({ turns, time, searched, certain }: TurnedRecurrence): string {
  const within = `within ${turns} of a turn`;
  if (certain === 0) return "No mode of F turns: there is nothing to return.";
  if (time !== null) return `The free modes of F all return ${within} at t = ${quantity(time, 6)} for the first time.`;
  return `The free modes of F do not return ${within} before t = ${magnitude(searched)}; by t = ${magnitude(certain)} they must.`;
}

/** Curves as a result document, which tables and figures are made from. */
function asResult({ model, spec }: LoadedModel, found: readonly Found[]) {
  const runs = found.map(({ run, memory: { rho, backflow, reference, parts, divisibility } }) => {
    let sum = 0;
    const real = (values: Float64Array) => ({ kind: "real" as const, values });
    return documentRun(
      { ...run, rho },
      {
        ...(backflow && { distance: real(backflow.distance) }),
        reference: real(reference.negativity),
        ...(parts && { parts: real(parts.negativity) }),
        indivisible: real(Float64Array.from([0, ...divisibility.steps.map(({ negative }) => (sum += negative))])),
      },
    );
  });
  const times = found[0]?.memory.times ?? model.times;
  const runtime = `node ${process.version}`;
  return resultDocument({ spec, observables: [], times, modes: [], runs, version, runtime });
}

function document({ model }: LoadedModel, found: readonly Found[], recurrences: readonly TurnedRecurrence[]) {
  return {
    schema: "bosonize/memory@1",
    name: model.name,
    times: found[0]?.memory.times ?? [],
    runs: found.map(({ run, memory: { backflow, divisibility, reference, parts } }) => ({
      size: sizeLabel(run.size),
      backflow: backflow && { ...backflow, distance: [...backflow.distance] },
      divisibility: {
        measure: divisibility.measure,
        steps: divisibility.steps.map((step) => ({
          ...step,
          least: Number.isFinite(step.least) ? step.least : null,
          uncertainty: Number.isFinite(step.uncertainty) ? step.uncertainty : null,
          condition: Number.isFinite(step.condition) ? step.condition : null,
        })),
      },
      reference: { ...reference, negativity: [...reference.negativity] },
      parts: parts && { ...parts, negativity: [...parts.negativity] },
      error: run.error,
      method: run.method,
      path: run.path,
      cost: run.cost,
    })),
    recurrences,
  };
}
