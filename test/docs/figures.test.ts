import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { simulate } from "../../src/dynamics/simulate.ts";
import { dynamicsFigure } from "../../src/figures/dynamics.ts";
import { documentRun, type ResultDocument, resultDocument } from "../../src/io/document.ts";
import { readModel } from "../../src/model/read.ts";
import { observe } from "../../src/observables/observe.ts";
import { standardModes } from "../../src/reservoir/modes.ts";

const remedy = "make the figure again: the command stands above it in README.md, as a comment";

let document: ResultDocument;

beforeAll(async () => {
  const { model, spec } = readModel(readFileSync("examples/qubit.yaml", "utf8"), "qubit.yaml");
  if (model === undefined || spec === undefined) throw new Error("the example is no model");
  const runs = model.sizes.map((size) => {
    const run = simulate(model, size);
    return documentRun(run, observe(run.rho, model.observables, model.system.dims));
  });
  document = await resultDocument({
    ...{ spec, observables: model.observables, times: model.times, modes: standardModes(model), runs },
    ...{ version: "test", runtime: "test" },
  });
});

/** The numbers of an SVG, and what is between them. */
function taken(svg: string): { numbers: number[]; rest: string } {
  const number = /-?\d+(\.\d+)?/g;
  return { numbers: [...svg.matchAll(number)].map(([text]) => Number(text)), rest: svg.replaceAll(number, "#") };
}

test.each(["light", "dark"] as const)("the figure of the README is what the example gives: %s", (theme) => {
  const shown = taken(readFileSync(`docs/figures/qubit-${theme}.svg`, "utf8"));
  const drawn = taken(dynamicsFigure(document, { theme }).svg);
  expect(drawn.rest === shown.rest, remedy).toBe(true);
  // The last digit of a coordinate may differ from machine to machine.
  const off = drawn.numbers.map((number, i) => Math.abs(number - shown.numbers[i]));
  expect(Math.max(...off), remedy).toBeLessThan(0.2);
});
