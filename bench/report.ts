/** The bench as tables: stages for each example, then what each size took. */

import { duration, memory, sizeText } from "../src/cli/quantities.ts";
import { table } from "../src/cli/table.ts";
import type { BenchDocument, Benched } from "./benched.ts";
import type { Stages } from "./stages.ts";

const stageNames: readonly (keyof Stages)[] = ["read", "plan", "evolve", "observe", "files"];

export function report({ runtime, processor, repeats, examples }: BenchDocument): string {
  return [
    `${runtime} on ${processor.trim()}; medians of ${repeats}`,
    stagesTable(examples),
    sizesTable(examples),
    notes,
  ].join("\n\n");
}

const notes = `  cold: in a new process, whose start is the time until its code is loaded; warm: once more in the same process.
  plan: choosing the form of the reservoir and raising its cutoff; evolve: choosing nodes, all sectors at all times.
  apply: applications of H to a vector, in trials and sectors that are not diagonalised. memory: peak of the cold process.`;

function stagesTable(examples: readonly Benched[]): string {
  const rows = examples.flatMap(({ name, start, cold, warm, memory: peak }) => [
    [name, "cold", duration(start), ...stageCells(cold), duration(start + total(cold)), memory(peak)],
    ["", "warm", "", ...stageCells(warm), duration(total(warm)), ""],
  ]);
  const columns = [
    { title: "example", align: "left" as const },
    { title: "", align: "left" as const },
    ...["start", ...stageNames, "total", "memory"].map((title) => ({ title })),
  ];
  return table(columns, rows);
}

function stageCells(stages: Stages): string[] {
  return stageNames.map((stage) => duration(stages[stage]));
}

function total(stages: Stages): number {
  return stageNames.reduce((sum, stage) => sum + stages[stage], 0);
}

function sizesTable(examples: readonly Benched[]): string {
  const rows = examples.flatMap(({ name, sizes }) =>
    sizes.map((cost, i) => [
      i === 0 ? name : "",
      sizeText(cost.size === "inf" ? Number.POSITIVE_INFINITY : cost.size),
      ...[cost.modes, cost.cutoff, cost.dimension, cost.sectors, cost.applications].map((x) => quantityText(x)),
      duration(cost.plan),
      duration(cost.evolve),
      cost.path + (cost.converged ? "" : " (tolerance not met)"),
    ]),
  );
  const columns = [
    { title: "example", align: "left" as const },
    ...["M", "modes", "cutoff", "dimension", "sectors", "apply", "plan", "evolve"].map((title) => ({ title })),
    { title: "form", align: "left" as const },
  ];
  return table(columns, rows);
}

function quantityText(x: number): string {
  return Number.isInteger(x) ? String(x) : x.toFixed(1);
}
