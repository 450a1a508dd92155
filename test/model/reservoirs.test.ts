import { describe, expect, test } from "vitest";
import { norm, scale, subtract } from "../../src/algebra/matrix.ts";
import type { Issue } from "../../src/model/issue.ts";
import { checkModel, defineModel } from "../../src/model/validate.ts";
import type { Anything } from "./starter.ts";

/** Two kinds of sites. */
function two(): Anything {
  return {
    system: { dims: 2, hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoirs: [
      {
        share: 0.75,
        hamiltonian: "proj(up)",
        state: "thermal(1)",
        couplings: [{ system: "0.15 * sigmam", site: "sigmap" }],
      },
      {
        share: 0.25,
        hamiltonian: "num(3)",
        state: "basis(3, 0)",
        couplings: [{ system: "0.1 * sigmax", site: "destroy(3)" }],
      },
    ],
    times: [0, 1],
    sizes: [8, "inf"],
  };
}

function issuesOf(spoil: (model: Anything) => void): readonly Issue[] {
  const model = two();
  spoil(model);
  return checkModel(model).issues;
}

describe("several reservoirs", () => {
  test("are each what a single one would be, in their order", () => {
    const model = defineModel(two());
    expect(model.reservoirs.map(({ share, entry, site }) => [share, entry, site.dimension])).toEqual([
      [0.75, 0, 2],
      [0.25, 1, 3],
    ]);
    const [first, second] = two().reservoirs;
    [first, second].forEach(({ couplings, share: _, ...reservoir }, r) => {
      const alone = defineModel({ system: two().system, reservoir, couplings });
      expect(model.reservoirs[r].site).toEqual(alone.reservoirs[0].site);
      expect(model.reservoirs[r].couplings).toEqual(alone.reservoirs[0].couplings);
    });
  });

  test("in a list of one are the same as a reservoir", () => {
    const spec = two();
    const [{ couplings, share: _, ...reservoir }] = spec.reservoirs;
    const single = defineModel({ ...spec, reservoirs: undefined, reservoir, couplings });
    expect(defineModel({ ...spec, reservoirs: [{ ...reservoir, couplings }] })).toEqual(single);
  });

  test("have the mean field of their shares", () => {
    const issues = issuesOf((m) => {
      m.reservoirs[0].couplings[0] = { system: "sigmaz", site: "sigmaz", hc: "included" };
    });
    expect(issues).toMatchObject([{ path: ["reservoirs", 0, "couplings", 0, "site"], severity: "error" }]);
    const { model } = checkModel({
      ...two(),
      center: "subtract",
      reservoirs: [
        { ...two().reservoirs[0], couplings: [{ system: "sigmaz", site: "sigmaz", hc: "included" }] },
        two().reservoirs[1],
      ],
    });
    // 0.75 ⟨σz⟩ σz
    expect(model?.meanField.operator.re[0]).toBeCloseTo(-0.75 * Math.tanh(0.5), 14);
  });

  test("may have numbers of sites of their own", () => {
    const spec = two();
    delete spec.sizes;
    spec.reservoirs[0].sizes = [1, 10, "inf"];
    spec.reservoirs[1].sizes = [2, 5, "inf"];
    const model = defineModel(spec);
    expect(model.sizes).toEqual([3, 15, Number.POSITIVE_INFINITY]);
    expect(model.reservoirs.map(({ counts }) => [counts?.get(3), counts?.get(15)])).toEqual([
      [1, 10],
      [2, 5],
    ]);
    for (const one of spec.reservoirs) {
      delete one.share;
      one.sizes.pop();
    }
    expect(defineModel(spec).reservoirs.map(({ share }) => share)).toEqual([10 / 15, 5 / 15]);
  });
});

describe("what is wrong with reservoirs is told", () => {
  test.each<[string, (m: Anything) => void, (string | number)[], RegExp]>([
    ["a misspelt key", (m) => (m.reservoirs[1].shar = 1), ["reservoirs", 1, "shar"], /not a key/],
    ["a name of other programs", (m) => (m.reservoirs[1].weight = 1), ["reservoirs", 1, "weight"], /not a key/],
    ["no share", (m) => delete m.reservoirs[1].share, ["reservoirs", 1, "share"], /must be given/],
    ["a share below 0", (m) => (m.reservoirs[1].share = -1), ["reservoirs", 1, "share"], /must be positive/],
    ["no couplings", (m) => delete m.reservoirs[0].couplings, ["reservoirs", 0, "couplings"], /must be given/],
    ["no list", (m) => (m.reservoirs = m.reservoirs[0]), ["reservoirs"], /must be a list/],
    ["a reservoir beside them", (m) => (m.reservoir = m.reservoirs[0]), ["reservoir"], /not stand beside/],
    ["couplings beside them", (m) => (m.couplings = []), ["couplings"], /not stand beside `reservoirs`/],
    [
      "a state that moves",
      (m) => (m.reservoirs[1].state = "unit(basis(3, 0) + basis(3, 1))"),
      ["reservoirs", 1, "state"],
      /commute with `reservoirs\[1\].hamiltonian`/,
    ],
    ["two kinds of sizes", (m) => (m.reservoirs[1].sizes = [3]), ["sizes"], /not stand beside `reservoirs\[1\].sizes`/],
    [
      "sizes of one only",
      (m) => {
        delete m.sizes;
        m.reservoirs[1].sizes = [3];
      },
      ["reservoirs", 0, "sizes"],
      /must give 1 size/,
    ],
    [
      "the same sum twice",
      (m) => {
        delete m.sizes;
        m.reservoirs[0].sizes = [1, 2];
        m.reservoirs[1].sizes = [2, 1];
      },
      ["reservoirs", 0, "sizes"],
      /once, but 3 comes again/,
    ],
    [
      "inf of one only",
      (m) => {
        delete m.sizes;
        m.reservoirs[0].sizes = [1, "inf"];
        m.reservoirs[1].sizes = [2, 1];
      },
      ["reservoirs", 0, "sizes"],
      /inf for all reservoirs or for none/,
    ],
  ])("%s", (_, spoil, path, message) => {
    const issues = issuesOf(spoil);
    const found = issues.find((issue) => issue.path.join(".") === path.join("."));
    expect(found?.message ?? issues.map((issue) => issue.message).join("\n")).toMatch(message);
    expect(found?.severity).toBe("error");
  });

  test("shares that do not sum to 1, and those that give no whole numbers of sites, with a warning", () => {
    expect(issuesOf((m) => (m.reservoirs[0].share = 0.25))).toMatchObject([
      { severity: "warning", path: ["reservoirs"], message: expect.stringContaining("sum to 0.5") },
    ]);
    const [rounded] = issuesOf((m) => (m.sizes = [10]));
    expect(rounded).toMatchObject({ severity: "warning", path: ["sizes"] });
    expect(rounded.message).toContain("rounded to 8, 2");
  });
});

describe("a spread", () => {
  test("multiplies h or v by each of its values, in the state that each Hamiltonian has", () => {
    const spec = two();
    const values = [
      { value: 1, share: 0.5 },
      { value: 2, share: 0.5 },
    ];
    spec.reservoirs[0].spread = { of: "splitting", values };
    spec.reservoirs[1].spread = { of: "coupling", values };
    const { reservoirs } = defineModel(spec);
    expect(reservoirs.map(({ share, entry, value }) => [share, entry, value])).toEqual([
      [0.375, 0, 1],
      [0.375, 0, 2],
      [0.125, 1, 1],
      [0.125, 1, 2],
    ]);
    const plain = defineModel(two()).reservoirs;
    expect(norm(subtract(reservoirs[1].site.hamiltonian, scale(plain[0].site.hamiltonian, 2)))).toBe(0);
    expect(reservoirs[1].site.state.re[0]).toBeCloseTo(1 / (1 + Math.exp(2)), 14);
    expect(norm(subtract(reservoirs[3].couplings[0].site, scale(plain[1].couplings[0].site, 2)))).toBe(0);
  });
});
