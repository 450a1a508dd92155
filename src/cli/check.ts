/** `bosonize check`: is the model right, what does it mean, and what will computing it take? */

import { type Command, Option } from "commander";
import type { Prediction } from "../dynamics/predict.ts";
import { thirdMoments } from "../limits/thirdMoments.ts";
import type { Model, Size } from "../model/types.ts";
import { minimalForm } from "../reservoir/minimal.ts";
import { type Command as Expected, type Expecting, evolved, expecting, span } from "./expectation.ts";
import { interaction } from "./interaction.ts";
import { type LoadedModel, loadModel, type Overrides } from "./loadModel.ts";
import { operatorText } from "./operatorText.ts";
import { formOption, memoryOption, sizesOption, timesOption, toleranceOption } from "./options.ts";
import { counted, duration, magnitude, memory, sizeText } from "./quantities.ts";
import { answer } from "./say.ts";
import { siteLines } from "./siteLines.ts";
import { exitCode, Stop } from "./stop.ts";
import { table } from "./table.ts";

const help = `
Examples:
  bosonize check model.yaml                     everything that is wrong with it; or what it means and takes
  bosonize check model.yaml --sizes 1e9,inf     what other sizes would take
  bosonize check model.yaml --of memory         what \`bosonize memory\` would take
  bosonize check model.yaml --json              the same, for programs

Nothing is computed but small trials. Numbers in brackets are what it will hardly take less or more than; ≥ is all that can
be said where trials do not show an end. The predictions are of what \`bosonize run\` would do, or the command named by --of.`;

interface Options extends Overrides {
  readonly json?: true;
  readonly memory: number;
  readonly of: Expected;
}

export function check(program: Command): void {
  program
    .command("check")
    .summary("validate a model; predict dimension, memory and time")
    .description("Validates a model, shows the interaction that is really used, and predicts what computing it takes.")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .addOption(sizesOption())
    .addOption(timesOption())
    .addOption(toleranceOption())
    .addOption(formOption())
    .addOption(memoryOption())
    .addOption(new Option("--of <command>", "predict this command").choices(Object.keys(evolved)).default("run"))
    .option("--json", "print the result as JSON and nothing else")
    .addHelpText("after", help)
    .action(async (file: string, { json, memory: allowed, of, ...overrides }: Options) => {
      const loaded = await loadModel(file, overrides, of === "run" ? undefined : of);
      const asked = askedOf(of, loaded.model);
      const predictions = loaded.model.sizes.map((size): Predicted => {
        const prediction = asked(size, { effort: patience / loaded.model.sizes.length });
        return { size, prediction, fits: prediction.bytes <= allowed };
      });
      answer(json ? document(loaded, predictions) : report(loaded, predictions, of));
      const tooLarge = predictions.filter(({ fits }) => !fits);
      if (tooLarge.length > 0) {
        const sizes = tooLarge.map(({ size }) => sizeText(size)).join(", ");
        throw new Stop(exitCode.tooLarge, `M = ${sizes} would not fit the memory allowed; --memory allows more.`);
      }
    });
}

/** What the command cannot be asked for is for the user to mend. */
function askedOf(command: Options["of"], model: Model): Expecting {
  try {
    return expecting(command, model);
  } catch (error) {
    if (error instanceof RangeError) throw new Stop(exitCode.wrongInput, error.message);
    throw error;
  }
}

/** Seconds that looks at large models may take for all sizes together. */
const patience = 0.6;

interface Predicted {
  readonly size: Size;
  readonly prediction: Prediction;
  /** Into the memory allowed. */
  readonly fits: boolean;
}

function report(loaded: LoadedModel, predictions: readonly Predicted[], of: Options["of"]): string {
  const { model, spec } = loaded;
  const { modes, field } = minimalForm(model);
  return [
    `${model.name}: the model is right.`,
    "",
    `S: dimension ${model.system.dims.join(" x ")}, H_S = ${operatorText(model.system.hamiltonian, model.system.dims)}`,
    ...siteLines(model),
    "",
    ...interaction(model, spec),
    "",
    `As M → ∞ the sites become ${counted(modes.length, "oscillator")} and ${counted(field.length, "static field")} (\`bosonize modes\` shows them).`,
    rateLine(model),
    "",
    `Predicted${of === "run" ? "" : ` of \`bosonize ${of}\``}, for ${model.times.length} times and the tolerance ${magnitude(model.tolerance)}:`,
    predictionTable(predictions),
  ].join("\n");
}

function rateLine(model: Model): string {
  const { vanish } = thirdMoments(model);
  return vanish
    ? "All third moments of the site operators vanish: the distance to the limit falls like 1/M."
    : "Third moments of the site operators do not vanish: the distance to the limit falls like 1/√M.";
}

function predictionTable(predictions: readonly Predicted[]): string {
  const rows = predictions.map(({ size, prediction: p, fits }) => [
    sizeText(size),
    String(p.modes),
    span(p, (taken) => String(taken.cutoff)),
    span(p, (taken) => String(taken.dimension)),
    String(p.sectors),
    span(p, (taken) => memory(taken.bytes)),
    span(p, (taken) => duration(taken.seconds)),
    p.path + (fits ? "" : " (too large)"),
  ]);
  return table(
    [
      { title: "M" },
      { title: "modes" },
      { title: "cutoff" },
      { title: "dimension" },
      { title: "sectors" },
      { title: "memory" },
      { title: "time" },
      { title: "how", align: "left" },
    ],
    rows,
  );
}

function document({ model, spec }: LoadedModel, predictions: readonly Predicted[]): string {
  return JSON.stringify({
    schema: "bosonize/check@1",
    name: model.name,
    interaction: interaction(model, spec),
    meanField: { matters: model.meanField.matters, kept: model.meanField.kept },
    offsets: model.reservoirs.flatMap(({ couplings }) => couplings).map(({ offset }) => [offset.re, offset.im]),
    predictions: predictions.map(({ size, prediction, fits }) => ({
      size: size === Number.POSITIVE_INFINITY ? "inf" : size,
      ...prediction,
      fits,
    })),
  });
}
