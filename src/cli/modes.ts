/** `bosonize modes`: the oscillators that replace the reservoir as M → ∞. */

import { type Command, Option } from "commander";
import { entry, type Matrix, norm } from "../algebra/matrix.ts";
import { farthestOf } from "../algebra/timeParts.ts";
import { formShare } from "../dynamics/families/forms.ts";
import { sampleTimes } from "../dynamics/sampleTimes.ts";
import type { Model } from "../model/types.ts";
import { chainForm, normalModes } from "../reservoir/chain.ts";
import { eigenbasis } from "../reservoir/eigenbasis.ts";
import { correlationDifference } from "../reservoir/formDistance.ts";
import { mergeModes } from "../reservoir/merge.ts";
import { minimalForm, reduceModes } from "../reservoir/minimal.ts";
import { type BosonMode, standardModes } from "../reservoir/modes.ts";
import { spectralDistance, vacuumModesOfMinimal, vacuumModesOfThermal } from "../reservoir/spectralWeight.ts";
import { type ThermalPair, thermalPairs } from "../reservoir/thermal.ts";
import { truncatedChain } from "../reservoir/truncatedChain.ts";
import { chainLines, mergedLines } from "./chainLines.ts";
import { loadModel } from "./loadModel.ts";
import { operatorText } from "./operatorText.ts";
import { counted, magnitude, quantity } from "./quantities.ts";
import { answer } from "./say.ts";
import { siteLines } from "./siteLines.ts";
import { table } from "./table.ts";

const help = `
Examples:
  bosonize modes model.yaml                    one oscillator for each transition k → l of a site
  bosonize modes model.yaml --form minimal     as few oscillators as do the same, and a static field
  bosonize modes model.yaml --form thermal     one oscillator for each pair of levels, with its temperature
  bosonize modes model.yaml --form chain       sites in a row, as many as S can feel up to the last time
  bosonize modes model.yaml --form merged      modes of nearly equal frequency in one
  bosonize modes model.yaml --json             all forms, every matrix in full`;

const formNames = ["standard", "minimal", "thermal", "chain", "merged"] as const;
type Form = (typeof formNames)[number];

interface Options {
  readonly form: Form;
  readonly json?: true;
}

export function modes(program: Command): void {
  program
    .command("modes")
    .summary("show the oscillators that replace the reservoir as M → ∞")
    .description("Shows the fluctuation reservoir F: the oscillators that replace the M sites as M → ∞.")
    .argument("<model>", "a model file, YAML or JSON; - reads standard input")
    .addOption(new Option("--form <form>", "which of the equivalent lists").choices(formNames).default("standard"))
    .option("--json", "print all forms as JSON and nothing else")
    .addHelpText("after", help)
    .action(async (file: string, options: Options) => {
      const { model } = await loadModel(file);
      const forms = formsOf(model);
      if (options.json) answer(JSON.stringify(document(model, forms)));
      else answer(report(model, forms, options.form));
    });
}

type Forms = ReturnType<typeof formsOf>;

/** The forms of F, and by how much their two-point data differ. */
function formsOf(model: Model) {
  const standard = standardModes(model);
  const minimal = minimalForm(model);
  const thermal = thermalPairs(model);
  const statics = standard.filter(({ k, l }) => k === l);
  const asVacuum = vacuumModesOfThermal(
    thermal,
    statics.map(({ coupling }) => coupling),
  );
  const [time, allowed] = [farthestOf(model.times), formShare * model.tolerance];
  const chain = truncatedChain(model, time, allowed);
  const merged = mergeModes(minimal.modes, time, allowed);
  const fieldModes = minimal.field.map((coupling) => ({ frequency: 0, coupling }));
  const paper = [...standard];
  const times = sampleTimes([0, ...model.times], 33);
  const difference = (form: readonly BosonMode[]) => correlationDifference(paper, form, times);
  return {
    standard,
    minimal,
    thermal,
    chain,
    merged,
    time,
    /** Largest entry of C(t) − C_standard(t) over some of the model's times. */
    correlations: {
      minimal: difference(vacuumModesOfMinimal(minimal)),
      thermal: difference(asVacuum),
      wholeChain: difference([...normalModes(chainForm(model).chain), ...fieldModes]),
      chain: difference([...normalModes(chain.chain), ...fieldModes]),
      merged: difference([...merged.modes, ...fieldModes]),
    },
    /** Levels that S shifts without moving a site: what the thermal pairs leave over. */
    staticField: reduceModes(statics).field,
    disagreement: {
      minimal: spectralDistance(standard, vacuumModesOfMinimal(minimal)),
      thermal: spectralDistance(standard, asVacuum),
    },
  };
}

function report(model: Model, forms: Forms, form: Form): string {
  return [
    model.name,
    "",
    ...siteLines(model),
    ...(model.notes ?? []),
    "",
    ...lines[form](model, forms),
    "",
    "Energies in the model's unit, ħ = 1; ‖L‖² = tr(L†L); |i><j| in the basis of S, levels from 0.",
    ...correlationLines(forms),
  ].join("\n");
}

const lines: Readonly<Record<Form, (model: Model, forms: Forms) => string[]>> = {
  standard: standardLines,
  minimal: minimalLines,
  thermal: thermalLines,
  chain: (model, { chain, time }) => [...chainLines(model, chain, time), ...fieldLines(chain.field, model.system.dims)],
  merged: (model, { merged, minimal, time }) => [
    ...mergedLines(model, merged, minimal.modes.length, time),
    ...fieldLines(minimal.field, model.system.dims),
  ],
};

/** The check that the forms are forms of one F. */
function correlationLines({ correlations: c, chain, merged, time }: Forms): string[] {
  const exact = `C(t) = Σ vec(L) vec(L)† e^{-iωt} differs from standard by ${magnitude(c.minimal)} in minimal, ${magnitude(
    c.thermal,
  )} in thermal, ${magnitude(c.wholeChain)} in the whole chain`;
  const cut = [
    ...(chain.bound > 0 ? [`${magnitude(c.chain)} in the chain that is cut off`] : []),
    ...(merged.bound > 0 ? [`${magnitude(c.merged)} in merged`] : []),
  ];
  return [`Up to t = ${quantity(time)}, ${[exact, ...cut].join(", ")}.`];
}

function standardLines(model: Model, { standard }: Forms): string[] {
  const several = model.reservoirs.length > 1;
  const rows = standard.map(({ k, l, reservoir, frequency, coupling }) => [
    ...(several ? [String(reservoir)] : []),
    String(k),
    String(l),
    quantity(frequency),
    quantity(norm(coupling)),
    k === l ? "static" : norm(coupling) === 0 ? "decoupled" : "",
    operatorText(coupling, model.system.dims),
  ]);
  return [
    `F in the paper's form: ${counted(standard.length, "mode")} (k, l), each ω a†a + L a† + L† a, starting in its vacuum.`,
    table(
      [
        ...(several ? [{ title: "reservoir" }] : []),
        { title: "k" },
        { title: "l" },
        { title: "frequency ω" },
        { title: "‖L‖" },
        { title: "", align: "left" },
        { title: "L", align: "left" },
      ],
      rows,
    ),
  ];
}

function minimalLines(model: Model, { minimal }: Forms): string[] {
  const rows = minimal.modes.map(({ frequency, coupling }) => [
    quantity(frequency),
    quantity(norm(coupling)),
    operatorText(coupling, model.system.dims),
  ]);
  return [
    `The fewest modes that do the same: ${counted(rows.length, "mode")}, each ω a†a + L a† + L† a, starting in its vacuum.`,
    ...(rows.length === 0
      ? []
      : [table([{ title: "frequency ω" }, { title: "‖L‖" }, { title: "L", align: "left" }], rows)]),
    ...fieldLines(minimal.field, model.system.dims),
  ];
}

/** The static Gaussian field, physics section 3. */
function fieldLines(field: readonly Matrix[], dims: readonly number[]): string[] {
  if (field.length === 0) return ["No static field."];
  return [
    "Static field: H_S + Σ ξ_r A_r with independent Gaussian ξ_r of variance 1, constant in time, and",
    ...field.map((a, r) => `  A_${r + 1} = ${operatorText(a, dims)}`),
  ];
}

function thermalLines(model: Model, { thermal, staticField }: Forms): string[] {
  const several = model.reservoirs.length > 1;
  const rows = thermal.map((pair) => [
    ...(several ? [String(pair.reservoir)] : []),
    String(pair.k),
    String(pair.l),
    quantity(pair.frequency),
    pair.kind === "oscillator" ? quantity(pair.occupation) : "",
    temperature(pair),
    quantity(norm(pair.coupling)),
    pair.kind === "classical" ? "classical field" : "",
    operatorText(pair.coupling, model.system.dims),
  ]);
  return [
    `One oscillator for each pair of levels, in a thermal state of n quanta: ${counted(rows.length, "pair")}.`,
    table(
      [
        ...(several ? [{ title: "reservoir" }] : []),
        { title: "k" },
        { title: "l" },
        { title: "frequency ω" },
        { title: "n" },
        { title: "β = ln(p_k/p_l)/ω" },
        { title: "‖L‖" },
        { title: "", align: "left" },
        { title: "L", align: "left" },
      ],
      rows,
    ),
    gibbsRemark(thermal),
    ...fieldLines(staticField, model.system.dims),
  ];
}

function temperature({ beta }: ThermalPair): string {
  return Number.isNaN(beta) ? "undefined" : quantity(beta);
}

function gibbsRemark(pairs: readonly ThermalPair[]): string {
  const betas = pairs.map(({ beta }) => beta).filter((beta) => !Number.isNaN(beta));
  if (betas.length === 0) return "No pair has a temperature.";
  const [least, most] = [Math.min(...betas), Math.max(...betas)];
  const same = least === most || most - least <= 1e-9 * Math.max(Math.abs(least), Math.abs(most));
  if (!same) return `β runs from ${quantity(least)} to ${quantity(most)}: the site's state is not thermal.`;
  return `All pairs have the same β = ${quantity(least)}${least < 0 ? ", negative: the site is inverted" : ""}.`;
}

/** Everything, as JSON; Infinity and NaN, which JSON lacks, are null there. */
function document(model: Model, forms: Forms) {
  const { standard, minimal, thermal, chain, merged, time, correlations, disagreement } = forms;
  const named = <T extends { readonly coupling: Matrix }>(mode: T) => ({ ...mode, coupling: rows(mode.coupling) });
  return {
    schema: "bosonize/modes@1",
    name: model.name,
    ...levelsOf(model),
    modes: standard.map(named),
    minimal: { modes: minimal.modes.map(named), field: minimal.field.map(rows) },
    thermal: thermal.map(named),
    chain: {
      hamiltonian: rows(chain.chain.hamiltonian),
      couplings: chain.chain.couplings.map(rows),
      blocks: chain.chain.blocks,
      field: chain.field.map(rows),
      whole: chain.whole,
      until: time,
      bound: chain.bound,
    },
    merged: { modes: merged.modes.map(named), field: minimal.field.map(rows), until: time, bound: merged.bound },
    correlations,
    disagreement,
  };
}

/** Levels of a site; of several reservoirs, those of each with its share. */
function levelsOf(model: Model) {
  const each = model.reservoirs.map(({ site, share }) => {
    const { energies, populations } = eigenbasis(site);
    return { share, energies: [...energies], populations: [...populations] };
  });
  const [{ energies, populations }] = each;
  return each.length === 1 ? { levels: { energies, populations } } : { reservoirs: each };
}

function rows(a: Matrix): [number, number][][] {
  return Array.from({ length: a.rows }, (_, i) =>
    Array.from({ length: a.cols }, (_, j): [number, number] => {
      const { re, im } = entry(a, i, j);
      return [re, im];
    }),
  );
}
