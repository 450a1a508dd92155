import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { modelFile, modelJsonSchema } from "../../src/model/schema.ts";
import {
  askKeys,
  couplingKeys,
  modelKeys,
  partKeys,
  reservoirKeys,
  siteKeys,
  spectrumKeys,
  spreadKeys,
  timesKeys,
} from "../../src/model/spec.ts";
import type { Anything } from "./starter.ts";
import { issuesAfter, starter } from "./starter.ts";

/** The starter's reservoir twice, as a list. */
function several(model: Anything): Anything[] {
  const { reservoir, couplings, ...rest } = model;
  for (const key of Object.keys(model)) delete model[key];
  const half = { ...reservoir, share: 0.5, couplings };
  Object.assign(model, rest, { reservoirs: [half, { ...half }] });
  return model.reservoirs;
}

describe("the schema", () => {
  test("has the keys of the model file, no more and no fewer", () => {
    const schema = modelJsonSchema() as Anything;
    const keys = (of: Anything): string[] => Object.keys(of.properties).sort();
    expect(keys(schema)).toEqual([...modelKeys].sort());
    expect(keys(schema.properties.system)).toEqual([...partKeys].sort());
    expect(keys(schema.properties.reservoir)).toEqual([...siteKeys].sort());
    expect(keys(schema.properties.reservoirs.items)).toEqual([...reservoirKeys].sort());
    expect(keys(schema.properties.reservoir.properties.spread)).toEqual([...spreadKeys].sort());
    expect(keys(schema.properties.couplings.items)).toEqual([...couplingKeys].sort());
    expect(keys(schema.properties.times.anyOf[0])).toEqual([...timesKeys].sort());
    expect(keys(schema.properties.spectrum)).toEqual([...spectrumKeys].sort());
    for (const section of ["memory", "energies"]) expect(keys(schema.properties[section])).toEqual([...askKeys].sort());
    expect(schema.additionalProperties).toBe(false);
  });

  test("accepts every example", () => {
    for (const file of readdirSync("examples")) {
      if (file.endsWith(".yaml")) modelFile.parse(parse(readFileSync(`examples/${file}`, "utf8")));
    }
  });

  test.each<[string, (model: Anything) => void]>([
    [
      "rows of numbers",
      (m) =>
        (m.system.hamiltonian = [
          [1, 0],
          [0, -1],
        ]),
    ],
    [
      "rows of texts",
      (m) =>
        (m.system.hamiltonian = [
          ["1", "-i"],
          ["i", 0],
        ]),
    ],
    [
      "rows of pairs",
      (m) =>
        (m.system.hamiltonian = [
          [
            [1, 0],
            [0, 0],
          ],
          [
            [0, 0],
            [1, 0],
          ],
        ]),
    ],
    ["a ket as a list", (m) => (m.system.state = ["sqrt(1/2)", [0, Math.SQRT1_2]])],
    ["zero", (m) => (m.system.hamiltonian = 0)],
    ["no dims", (m) => delete m.system.dims],
    ["parts", (m) => (m.reservoir.dims = [2])],
    ["times as expressions", (m) => (m.times = { to: "2*pi" })],
    ["a list of times", (m) => (m.times = [0, "pi", -1])],
    ["a single size", (m) => (m.sizes = "inf")],
    ["a spread", (m) => (m.reservoir.spread = { of: "splitting", law: "normal", deviation: 0.1, quantiles: 5 })],
    ["a list of values", (m) => (m.reservoir.spread = { of: "coupling", values: [{ value: 1, share: 1 }] })],
    ["several reservoirs", (m) => several(m)],
    ["a flag", (m) => (m.mean_field = true)],
    ["hc", (m) => (m.couplings[0].hc = "added")],
    ["a tolerance as text", (m) => (m.tolerance = "1e-6")],
  ])("and the check both accept %s", (_, change) => {
    const model = starter();
    change(model);
    expect(modelFile.safeParse(model).success).toBe(true);
    expect(issuesAfter(change)).toEqual([]);
  });

  test.each<[string, (model: Anything) => void]>([
    ["an unknown key", (m) => (m.sistem = 1)],
    ["an unknown key of a part", (m) => (m.system.rho = 1)],
    ["an unknown key of a coupling", (m) => (m.couplings[0].g = 1)],
    ["a missing part", (m) => delete m.reservoir],
    ["a missing state", (m) => delete m.system.state],
    ["a missing Hamiltonian", (m) => delete m.reservoir.hamiltonian],
    ["a missing end", (m) => (m.times = { from: 0 })],
    ["a truth value for an operator", (m) => (m.system.hamiltonian = true)],
    ["nothing for an operator", (m) => (m.system.hamiltonian = null)],
    ["a dimension too small", (m) => (m.system.dims = 1)],
    ["a dimension too large", (m) => (m.system.dims = 65)],
    ["no couplings", (m) => (m.couplings = [])],
    ["reservoirs beside a reservoir", (m) => (m.reservoirs = [{ ...m.reservoir, couplings: m.couplings }])],
    ["an unknown key of a reservoir", (m) => (several(m)[0].shares = 0.5)],
    ["an unknown key of a spread", (m) => (m.reservoir.spread = { of: "splitting", law: "normal", sigma: 1 })],
    ["an unknown law", (m) => (m.reservoir.spread = { of: "splitting", law: "gauss", deviation: 1 })],
    ["no reservoirs", (m) => (several(m).length = 0)],
    ["an unknown hc", (m) => (m.couplings[0].hc = "maybe")],
    ["an unknown center", (m) => (m.center = "remove")],
    ["no times", (m) => (m.times = [])],
    ["half a point", (m) => (m.times = { to: 1, points: 1.5 })],
    ["no sizes", (m) => (m.sizes = [])],
    ["a flag that is a text", (m) => (m.mean_field = "yes")],
    ["a name that is a number", (m) => (m.name = 3)],
  ])("and the check both refuse %s", (_, change) => {
    const model = starter();
    change(model);
    expect(modelFile.safeParse(model).success).toBe(false);
    expect(issuesAfter(change).length).toBeGreaterThan(0);
  });
});
