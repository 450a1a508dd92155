/** `bosonize run`: ρ_S(t) for every size of a model, as tables, data and figures. */

import { join } from "node:path";
import type { Command } from "commander";
import { type DocumentRun, type ResultDocument, resultDocument, type SizeLabel } from "../io/document.ts";
import { documentText } from "../io/documentText.ts";
import { standardModes } from "../reservoir/modes.ts";
import { atomicFile } from "./atomicFile.ts";
import { type Computed, compute } from "./compute.ts";
import type { ThemeChoice } from "./figureFiles.ts";
import { finishedSizes, leftPartial } from "./finishedSizes.ts";
import { interaction } from "./interaction.ts";
import { type LoadedModel, loadModel, modelName, type Overrides, overridesOf } from "./loadModel.ts";
import {
  formOption,
  memoryOption,
  place,
  sizesOption,
  themeOption,
  threadsOption,
  timesOption,
  toleranceOption,
} from "./options.ts";
import { outputFolder } from "./outputFolder.ts";
import { runReport } from "./runReport.ts";
import { answer, complain, output, remark, setQuiet } from "./say.ts";
import { Interrupted, startSolver } from "./solver.ts";
import { exitCode, Stop } from "./stop.ts";
import { version } from "./version.ts";
import type { Figures } from "./writeResult.ts";
import { writtenModel } from "./writtenModel.ts";

const help = `
Examples:
  bosonize run model.yaml                              tables here; data and figures in out/model
  bosonize run model.yaml --out results --theme dark   somewhere else, figures for a dark slide
  bosonize run model.yaml --sizes 100,1e6,inf          other sizes than the model's
  bosonize run model.yaml --json > result.json         the result document, and no other file
  bosonize run model.yaml --certified                  raise the cutoff until the error is proved, not estimated
  bosonize run model.yaml --form chain                 the limit as a chain, as long as matters
  bosonize run model.yaml --resume                     keep the sizes that an interrupted run has finished

In the folder: result.json (everything), result.npz (NumPy), result.csv (spreadsheets), figures as SVG and PNG.
Ctrl-C writes the sizes that are finished and ends with exit code 130.`;

interface Options extends Overrides {
  readonly out?: string;
  readonly json?: true;
  readonly certified?: true;
  readonly resume?: true;
  readonly figures: boolean;
  readonly theme: ThemeChoice;
  readonly memory: number;
  readonly threads: number;
  readonly quiet?: true;
}

export function run(program: Command): void {
  program
    .command("run")
    .summary("compute ρ_S(t) for every size: tables, data, figures")
    .description("Computes ρ_S(t) for every size M in the model, to its tolerance, and writes data and figures.")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .option("-o, --out <folder>", "where to write (default: out/<name of the model file>)", place)
    .option("--json", "print the result document and nothing else; writes files only with --out")
    .addOption(sizesOption())
    .addOption(timesOption())
    .addOption(toleranceOption())
    .addOption(formOption())
    .option("--certified", "meet the tolerance with the proved bound, not with the estimate")
    .option("--resume", "reuse the sizes that are finished in the folder for the same model")
    .option("--no-figures", "write data only")
    .addOption(themeOption())
    .addOption(memoryOption())
    .addOption(threadsOption())
    .option("-q, --quiet", "no progress and no remarks")
    .addHelpText("after", help)
    .action(action);
}

async function action(file: string, options: Options): Promise<void> {
  setQuiet(options.quiet === true);
  const solver = startSolver(options);
  try {
    const loaded = await loadModel(file, overridesOf(options));
    const folder = outputFolder(modelName(file), options);
    const finished = reusable(folder, loaded, options);
    let lastSaved = Date.now();
    const computing = compute(solver, loaded.model, {
      certified: options.certified,
      memory: options.memory,
      finished,
      onFinished: (runs) => {
        // Whatever happens later, sizes that took long are on disk.
        if (folder === undefined || Date.now() - lastSaved < 2000) return;
        const text = documentText(documentOf(loaded, { runs, stoppedBy: "not finished yet" }));
        atomicFile(join(folder, "result.json"), text);
        lastSaved = Date.now();
      },
    });
    // Meanwhile this thread does what needs no run.
    const drawn = folder !== undefined && options.figures;
    const early = drawn ? [modelFigures(documentOf(loaded, { runs: [] }), options.theme)] : [];
    const computed = await computing;
    solver.finish();
    await conclude(file, documentOf(loaded, computed), computed.stoppedBy, folder, early, options);
  } finally {
    solver.close();
  }
}

/** Loads what draws, and begins to draw. */
function modelFigures(draft: ResultDocument, theme: ThemeChoice): Figures {
  const figures = import("./writeResult.ts").then(({ figuresOfModel }) => figuresOfModel(draft, theme));
  // Whoever writes the figures hears of it; if nothing is written, nobody need.
  figures.catch(() => undefined);
  return figures;
}

/** Writes and shows what there is, then ends as it has to. */
async function conclude(
  file: string,
  document: ResultDocument,
  stoppedBy: unknown,
  folder: string | undefined,
  early: readonly Figures[],
  options: Options,
): Promise<void> {
  const interrupted = stoppedBy instanceof Interrupted;
  if (stoppedBy !== undefined && document.runs.length === 0) {
    if (interrupted) throw new Stop(exitCode.interrupted, "Interrupted: no size is finished, so nothing was written.");
    throw stoppedBy;
  }
  const files = folder === undefined ? undefined : await import("./writeResult.ts");
  const late = files !== undefined && options.figures ? [files.figuresOfRuns(document, options.theme)] : [];
  if (options.json) output(documentText(document));
  else answer(runReport(document));
  if (folder !== undefined && files !== undefined) {
    const written = await files.writeResult(folder, document, [...late, ...early]);
    const say = options.json ? remark : answer;
    say(`\nWrote ${written.join(", ")} in ${folder}`);
  }
  if (stoppedBy !== undefined) {
    const left = `${document.runs.length} of the sizes ${document.runs.length === 1 ? "is" : "are"} finished`;
    const again = folder === undefined ? "" : `; \`bosonize run ${file} --out ${folder} --resume\` does the rest`;
    complain(`${interrupted ? "Interrupted" : "Stopped"}: ${left}${again}.`);
    if (interrupted) throw new Stop(exitCode.interrupted, "");
    throw stoppedBy;
  }
  const failed = document.runs.filter((one) => !one.error.converged).map((one) => `M = ${one.size}`);
  if (failed.length > 0)
    throw new Stop(exitCode.toleranceNotMet, `The tolerance was not met for ${failed.join(", ")}.`);
}

/** The sizes an earlier run has left in the folder, if they are wanted; a remark if they might be. */
function reusable(
  folder: string | undefined,
  loaded: LoadedModel,
  options: Options,
): ReadonlyMap<SizeLabel, DocumentRun> {
  if (folder === undefined) {
    if (options.resume)
      throw new Stop(exitCode.wrongInput, "--resume needs a folder to resume from: add --out FOLDER.");
    return new Map();
  }
  if (!options.resume && !leftPartial(folder)) return new Map();
  const { runs, reason } = finishedSizes(folder, writtenModel(loaded), options.certified === true);
  const sizes = [...runs.keys()].join(", ");
  if (options.resume) {
    remark(runs.size > 0 ? `Resuming: M = ${sizes} from ${folder}` : `Nothing to resume from: ${reason}.`);
    return runs;
  }
  if (runs.size > 0) {
    remark(`An interrupted run of this model left M = ${sizes} in ${folder}; --resume would have kept them.`);
  }
  return new Map();
}

function documentOf(loaded: LoadedModel, computed: Computed): ResultDocument {
  const { spec, model } = loaded;
  return resultDocument({
    spec: writtenModel(loaded),
    observables: model.observables,
    times: model.times,
    modes: standardModes(model),
    runs: computed.runs,
    ...(computed.meanField !== undefined && { meanField: computed.meanField }),
    interaction: interaction(model, spec),
    partial: computed.stoppedBy !== undefined,
    version,
    runtime: `node ${process.version}`,
  });
}
