import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, maxAbs, scale, subtract } from "../../src/algebra/matrix.ts";
import type { ModelSpec } from "../../src/model/spec.ts";
import { checkModel, defineModel, ModelError } from "../../src/model/validate.ts";
import { cases } from "../oracle/cases.ts";
import { asModel, asSpec } from "../oracle/plainModel.ts";
import { random, randomHermitian, randomMatrix, randomState } from "../oracle/random.ts";
import { issuesAfter, starter } from "./starter.ts";

function far(a: Matrix, b: Matrix): number {
  return maxAbs(subtract(a, b));
}

describe("a model", () => {
  test.each(cases.map(({ name, plain }) => [name, plain] as const))(
    "%s, as entries, is what matrix arithmetic makes of it",
    (_, plain) => {
      const expected = asModel(plain);
      const { model, issues } = checkModel(asSpec({ ...plain, center: "subtract" }));
      expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
      if (!model) throw new Error("no model");
      expect(model.system.dims).toEqual(expected.system.dims);
      expect(far(model.system.hamiltonian, expected.system.hamiltonian)).toBeLessThan(1e-15);
      expect(far(model.system.state, expected.system.state)).toBeLessThan(1e-15);
      expect(far(model.site.hamiltonian, expected.site.hamiltonian)).toBeLessThan(1e-15);
      expect(far(model.site.state, expected.site.state)).toBeLessThan(1e-15);
      model.couplings.forEach(({ system, site, offset }, q) => {
        expect(far(system, expected.couplings[q].system)).toBe(0);
        expect(far(site, expected.couplings[q].site)).toBeLessThan(1e-15);
        expect(offset.re).toBeCloseTo(expected.couplings[q].offset.re, 14);
        expect(offset.im).toBeCloseTo(expected.couplings[q].offset.im, 14);
      });
      expect(far(model.meanField.operator, expected.meanField.operator)).toBeLessThan(1e-15);
      expect(model.meanField.matters).toBe(expected.meanField.matters);
      expect([model.times, model.sizes, model.tolerance]).toEqual([plain.times, plain.sizes, plain.tolerance]);
    },
  );

  test("random and valid is accepted, with Matrix objects as written", () => {
    for (let seed = 0; seed < 30; seed++) {
      const from = random(seed);
      const [n, d] = [from.integer(2, 5), from.integer(2, 5)];
      const h = randomHermitian(from, d);
      const spec: ModelSpec = {
        system: { dims: n, hamiltonian: randomHermitian(from, n), state: randomState(from, n, from.integer(1, n)) },
        reservoir: { dims: d, hamiltonian: h, state: `thermal(${from.between(-2, 2)})` },
        couplings: [{ system: randomMatrix(from, n), site: randomMatrix(from, d) }],
        center: "subtract",
      };
      const { model, issues } = checkModel(spec);
      expect(issues).toEqual([]);
      expect(model && far(model.site.hamiltonian, h)).toBe(0);
    }
  });

  test("is named, described and scheduled by default", () => {
    const { system, reservoir, couplings } = starter();
    const model = defineModel({ system, reservoir, couplings });
    expect(model).toMatchObject({ name: "model", sizes: [Number.POSITIVE_INFINITY], tolerance: 1e-8, observables: [] });
    expect(model.times).toHaveLength(101);
    expect(model.meanFieldRun).toBeUndefined();
    const said = defineModel({ system, reservoir, couplings, name: "a", description: "b", mean_field: true });
    expect(said).toMatchObject({ name: "a", description: "b", meanFieldRun: true });
  });
});

describe("what is wrong", () => {
  test("is told all at once, structure and physics", () => {
    const issues = issuesAfter((m) => {
      m.sistem = 1;
      m.system.hamiltonian = "sigmap";
      m.system.state = "0.5 * proj(up)";
      m.reservoir.state = "plus";
      m.couplings[0].site = "num(3)";
      m.times = [];
      m.sizes = [0];
      m.observe = { a: "sigmaw" };
      m.tolerance = 2;
      m.center = "subtrakt";
      m.form = "minimum";
      m.mean_field = "yes";
      m.name = 7;
    });
    expect(issues.map(({ path }) => path.join("."))).toEqual([
      "sistem",
      "name",
      "system.hamiltonian",
      "system.state",
      "reservoir.state",
      "couplings.0.site",
      "center",
      "form",
      "times",
      "sizes.0",
      "mean_field",
      "observe.a",
      "tolerance",
    ]);
    for (const { message } of issues)
      expect(message).toMatch(/^(The model|`[^`]+`) (must .*, but |is not a key of ).*\.$/);
  });

  test("is not told twice: a state that moves has no mean field, a wrong Hamiltonian no thermal state", () => {
    expect(issuesAfter((m) => (m.reservoir.state = "plus"))).toHaveLength(1);
    const twice = issuesAfter((m) => {
      m.reservoir.hamiltonian = "sigmap";
      m.reservoir.state = "thermal(1)";
    });
    expect(twice).toHaveLength(1);
  });

  test("of the top level is told", () => {
    for (const nothing of [null, undefined, [], 3, "model"]) {
      const [issue] = checkModel(nothing).issues;
      expect(issue.message).toContain(
        "The model must be a mapping with `system`, `reservoir` and `couplings`, but is ",
      );
    }
    expect(checkModel({}).issues.map(({ path }) => path)).toEqual([["system"], ["reservoir"], ["couplings"]]);
  });

  test("of a choice or a flag is told with the nearest", () => {
    const [center] = issuesAfter((m) => (m.center = "substract"));
    expect(center).toMatchObject({ path: ["center"], suggestion: "Did you mean `subtract`?" });
    const [form] = issuesAfter((m) => (m.form = "minimum"));
    expect(form).toMatchObject({ path: ["form"], suggestion: "Did you mean `minimal`?" });
    const [flag] = issuesAfter((m) => (m.mean_field = "yes"));
    expect(flag.message).toBe('`mean_field` must be true or false, but is the text "yes".');
  });

  test("is thrown by defineModel, all of it, and by it alone", () => {
    const spoilt = { ...starter(), tolerance: 5, sizes: [0] };
    expect(() => defineModel(spoilt)).toThrow(ModelError);
    expect(() => defineModel(spoilt)).toThrow(/`sizes\[0\]`[\s\S]*`tolerance`/);
    try {
      defineModel(spoilt);
    } catch (error) {
      expect((error as ModelError).issues).toHaveLength(2);
    }
  });

  test("never throws in checkModel, whatever is put in whichever place", () => {
    const places = [
      ["system"],
      ["system", "dims"],
      ["system", "hamiltonian"],
      ["system", "state"],
      ["reservoir"],
      ["reservoir", "state"],
      ["couplings"],
      ["couplings", 0],
      ["couplings", 0, "site"],
      ["couplings", 0, "hc"],
      ["center"],
      ["form"],
      ["times"],
      ["times", "points"],
      ["sizes"],
      ["observe"],
      ["observe", "sz"],
      ["tolerance"],
      ["name"],
    ];
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(undefined, Number.NaN, Infinity, -0, "thermal(1)", "up", "qeye(3)"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), anything, (place, value) => {
        const issues = issuesAfter((m) => {
          let at = m;
          for (const step of place.slice(0, -1)) at = at[step];
          at[place[place.length - 1]] = value;
        });
        for (const issue of issues) expect(issue.message.length).toBeGreaterThan(10);
      }),
      { numRuns: 400 },
    );
  });
});

test("what is off by 1e-12 is mended, by 1e-8 refused", () => {
  const from = random(77);
  const rho = randomState(from, 2);
  const off = (size: number) =>
    checkModel({ ...starter(), system: { dims: 2, hamiltonian: "sigmaz", state: add(scale(rho, 1 + size), rho, 0) } });
  expect(off(1e-12).issues).toEqual([]);
  expect(off(1e-8).issues[0].message).toContain("must have trace 1");
});
