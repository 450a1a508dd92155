/** `bosonize energies`: what S loses, and where it goes, for every size. */

import type { Command } from "commander";
import { type Energies, energiesOf } from "../dynamics/experiments/energies.ts";
import type { Run } from "../dynamics/run.ts";
import { energiesFigure } from "../figures/energies.ts";
import { csv } from "../io/csv.ts";
import { sizeLabel } from "../io/document.ts";
import type { Model } from "../model/types.ts";
import { curvesDocument } from "./curvesDocument.ts";
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
import { table } from "./table.ts";

const help = `
Energy of S, <H_S>, drives included; of the interaction, <V>; heat into the reservoir: what its sites have gained since
t = 0, in all and in transitions of each frequency |E_k - E_l|. Their sum changes by the work of drives and of pulses,
and by what decay of S brings (less than 0: takes away).

Examples:
  bosonize energies model.yaml                          tables here; data and a figure in out/model
  bosonize energies model.yaml --sizes 4,100,inf        how they depend on M
  bosonize energies model.yaml --json                   the numbers, and no file
  bosonize check model.yaml --of energies               what it will take`;

interface Options extends Overrides, OutputOptions {
  readonly memory: number;
  readonly threads: number;
  readonly quiet?: true;
}

export function energies(program: Command): void {
  const command = program
    .command("energies")
    .summary("energy of S and of the interaction, heat into the reservoir, work")
    .description("Computes where the energy of S and its reservoir is, for every size, and that the balance closes.")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .addOption(sizesOption())
    .addOption(timesOption())
    .addOption(toleranceOption())
    .addOption(formOption())
    .addOption(memoryOption())
    .addOption(threadsOption());
  withOptions(command, outputOptions()).addHelpText("after", help).action(action);
}

interface Found {
  readonly run: Run;
  readonly energies: Energies;
}

async function action(file: string, options: Options): Promise<void> {
  setQuiet(options.quiet === true);
  const loaded = await loadModel(file, overridesOf(options), "energies");
  const { model } = loaded;
  const folder = outputFolder(modelName(file), options);
  const kept = new KeptRuns(folder);
  const found = await compute(model, options, kept);
  const findings = {
    document: document(model, found),
    name: "energies",
    report: () => report(model, found),
    files: () => files(loaded, found),
  };
  await tell(findings, folder, options);
  kept.discard();
}

function files(loaded: LoadedModel, found: readonly Found[]): FurtherFiles {
  const { times } = loaded.model;
  const shared = warmed(found);
  const curves = found.map(({ run, energies: one }) => ({ run, curves: curvesOf(one, shared) }));
  const drawn = curvesDocument(loaded, times, curves);
  return {
    tables: { "energies.csv": csv(drawn) },
    drawings: times.length > 1 ? [(theme) => energiesFigure(drawn, { theme })] : [],
  };
}

async function compute(model: Model, options: Options, kept: KeptRuns): Promise<Found[]> {
  const { memory } = options;
  const runs = await everySize(model.sizes, options, kept, expecting("energies", model), (solver, size) =>
    solver.energies(model, size, { memory }),
  );
  return runs.map((run) => ({ run, energies: energiesOf(model, run.rho) }));
}

/** More transitions than this are in the data only. */
const mostTransitions = 12;

/**
 * The parts by name: each reservoir where there are several, and the heat of each transition in `warm` (places in the
 * list of heats) where there are some, but not very many.
 */
function curvesOf(energies: Energies, warm: readonly number[]): Record<string, Float64Array> {
  const { system, interaction, reservoir, reservoirs, work, pulses, decay, heat } = energies;
  const many = reservoirs.length > 1;
  const each = many ? reservoirs.map((values, r) => [`reservoir ${r + 1}`, values] as const) : [];
  const transitions = warm.map((g) => {
    const { frequency, reservoir: of, values } = heat[g];
    return [`heat at ${quantity(frequency, 6)}${many ? ` in ${of + 1}` : ""}`, values] as const;
  });
  const shown = warm.length > 1 && warm.length <= mostTransitions ? transitions : [];
  return { system, interaction, reservoir, work, pulses, decay, ...Object.fromEntries([...each, ...shown]) };
}

/** Transitions in which some size has a heat that is not rounding. */
function warmed(found: readonly Found[]): number[] {
  const warm = (g: number) =>
    found.some(({ energies: { heat } }) => heat[g].values.some((value) => Math.abs(value) > 1e-12));
  return [...found[0].energies.heat.keys()].filter(warm);
}

/** Columns of a table over time, at most. */
const timesShown = 6;

/** What has another name in words than as a key. */
const titles: Readonly<Record<string, string>> = { work: "work of drives", pulses: "work of pulses" };

/** Pulses named in a table, at most. */
const kicksShown = 6;

function kickTable(found: readonly Found[]): string[] {
  const { kicks } = found[0].energies;
  if (kicks.length === 0) return [];
  const shown = kicks.slice(0, kicksShown);
  const rest = kicks.length > shown.length ? ` (the first ${shown.length} of ${kicks.length})` : "";
  return [
    table(
      [
        { title: `work of the pulse${rest}`, align: "left" },
        ...shown.map(({ at }) => ({ title: `at ${quantity(at)}` })),
      ],
      found.map(({ run, energies: one }) => [
        `M = ${sizeText(run.size)}`,
        ...one.kicks.slice(0, shown.length).map(({ work }) => quantity(work, 5)),
      ]),
    ),
    "",
  ];
}

function report(model: Model, found: readonly Found[]): string {
  const order = model.times.map((_, t) => t).sort((a, b) => model.times[a] - model.times[b]);
  const columns = Math.min(timesShown, order.length);
  const shown = Array.from(
    { length: columns },
    (_, i) => order[Math.round((i * (order.length - 1)) / Math.max(1, columns - 1))],
  );
  const shared = warmed(found);
  const { drives = [], pulses = [], decays = [] } = model.protocol ?? {};
  const asked: Record<string, boolean> = {
    ...{ work: drives.length > 0, pulses: pulses.length > 0, decay: decays.length > 0 },
  };
  const names = Object.keys(curvesOf(found[0].energies, shared)).filter((name) => asked[name] ?? true);
  // Beside the tolerance these are rounding errors.
  const tidy = (value: number) => (Math.abs(value) < 1e-4 * model.tolerance ? 0 : value);
  const tables = names.flatMap((name) => [
    "",
    table(
      [
        { title: titles[name] ?? name, align: "left" },
        ...shown.map((t) => ({ title: `t = ${quantity(model.times[t])}` })),
      ],
      found.map(({ run, energies: one }) => {
        const values = curvesOf(one, shared)[name];
        return [`M = ${sizeText(run.size)}`, ...shown.map((t) => quantity(tidy(values[t]), 5))];
      }),
    ),
  ]);
  const balance = table(
    [{ title: "M" }, { title: "open by" }, { title: "error" }, { title: "at most" }, { title: "how", align: "left" }],
    found.map(({ run, energies: { open } }) => [
      sizeText(run.size),
      magnitude(open),
      magnitude(run.error.estimate),
      run.error.bound === null ? "" : magnitude(run.error.bound),
      run.path,
    ]),
  );
  const outside = names.filter((name) => name in asked).map((name) => ` - ${titles[name] ?? name}`);
  const meaning = `The balance: system + interaction + reservoir${outside.join("")} stays what it is at t = 0, open by at most`;
  return [
    `${model.name}: energies at ${model.times.length} times`,
    ...tables,
    "",
    ...kickTable(found),
    ...(model.protocol === undefined ? ["Work: 0, as nothing drives S."] : []),
    meaning,
    balance,
  ].join("\n");
}

function document(model: Model, found: readonly Found[]) {
  return {
    schema: "bosonize/energies@1",
    name: model.name,
    times: model.times,
    runs: found.map(({ run, energies: one }) => ({
      size: sizeLabel(run.size),
      system: [...one.system],
      interaction: [...one.interaction],
      reservoir: [...one.reservoir],
      reservoirs: one.reservoirs.map((values) => [...values]),
      heat: one.heat.map((part) => ({ ...part, reservoir: part.reservoir + 1, values: [...part.values] })),
      work: [...one.work],
      pulses: [...one.pulses],
      kicks: one.kicks,
      decay: [...one.decay],
      open: one.open,
      error: run.error,
      method: run.method,
      path: run.path,
      cost: run.cost,
    })),
  };
}
