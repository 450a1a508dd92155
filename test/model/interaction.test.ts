import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/algebra/matrix.ts";
import {
  add,
  adjoint,
  hermitianDefect,
  kron,
  maxAbs,
  scale,
  subtract,
  traceOfProduct,
} from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";
import { checkModel, defineModel } from "../../src/model/validate.ts";
import { random, randomHermitian, randomMatrix } from "../oracle/random.ts";
import type { Anything } from "./starter.ts";
import { issuesAfter, starter } from "./starter.ts";

function modelWith(spoil: (model: Anything) => void): Model {
  const model = starter();
  spoil(model);
  return defineModel(model);
}

/** Σ_q G_q ⊗ v_q + H.c., with the mean field put back: √M V for one site. */
function potential({ reservoirs: [{ couplings, site }], meanField }: Model): Matrix {
  const one = { rows: site.dimension, cols: site.dimension } as const;
  let v = kron(meanField.operator, { ...one, ...unitArrays(site.dimension) });
  for (const { system, site: centred } of couplings) {
    const term = kron(system, centred);
    v = add(v, add(term, adjoint(term)));
  }
  return v;
}

function unitArrays(n: number): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(n * n);
  for (let k = 0; k < n; k++) re[k * n + k] = 1;
  return { re, im: new Float64Array(n * n) };
}

describe("centring", () => {
  const from = random(21);

  test("makes tr(ρ v) = 0 and loses nothing: couplings and mean field together are what was written", () => {
    for (let round = 0; round < 10; round++) {
      const written = Array.from({ length: 2 }, () => ({ system: randomMatrix(from, 2), site: randomMatrix(from, 2) }));
      const model = modelWith((m) => {
        m.couplings = written;
        m.center = "subtract";
      });
      const whole = written.map(({ system, site }) => kron(system, site)).reduce((sum, term) => add(sum, term));
      expect(maxAbs(subtract(potential(model), add(whole, adjoint(whole))))).toBeLessThan(1e-13);
      for (const { site } of model.reservoirs[0].couplings) {
        const mean = traceOfProduct(model.reservoirs[0].site.state, site);
        expect(Math.hypot(mean.re, mean.im)).toBeLessThan(1e-15);
      }
      expect(hermitianDefect(model.meanField.operator)).toBeLessThan(1e-15);
      expect(model.meanField).toMatchObject({ matters: true, kept: false });
    }
  });

  test("with `keep` marks the mean field to be kept, if there is one", () => {
    const kept = modelWith((m) => {
      m.couplings[0].site = "sigmap + sigmaz";
      m.center = "keep";
      m.sizes = [10];
    });
    expect(kept.meanField).toMatchObject({ matters: true, kept: true });
    const none = modelWith((m) => {
      m.center = "keep";
    });
    expect(none.meanField).toMatchObject({ matters: false, kept: false });
  });

  test("is not needed where the mean field is ∝ 1, though c ≠ 0", () => {
    const model = modelWith((m) => {
      m.couplings.push({ system: "qeye(2)", site: "sigmaz", hc: "added" });
    });
    expect(model.reservoirs[0].couplings[1].offset.re).toBeCloseTo(-0.4, 15);
    expect(model.meanField).toMatchObject({ matters: false, kept: false });
    expect(model.meanField.energyOnly).toBeUndefined();
    const asked = modelWith((m) => {
      m.couplings.push({ system: "qeye(2)", site: "sigmaz", hc: "added" });
      m.center = "keep";
      m.sizes = [10];
    });
    expect(asked.meanField).toMatchObject({ matters: false, kept: false, energyOnly: true });
  });

  test("nor where the mean fields of two couplings cancel", () => {
    const model = modelWith((m) => {
      m.couplings = [
        { system: "sigmap", site: "i * sigmaz" },
        { system: "sigmam", site: "i * sigmaz" },
      ];
    });
    expect(model.meanField.matters).toBe(false);
  });
});

describe("a mean field that matters", () => {
  test("is an error that shows c, the operator and both ways out, at the coupling that makes most of it", () => {
    const issues = issuesAfter((m) => {
      m.couplings.push({ system: "0.1 * sigmax", site: "0.5 * sigmaz", hc: "included" });
    });
    expect(issues).toHaveLength(1);
    const [{ path, message, suggestion }] = issues;
    expect(path).toEqual(["couplings", 1, "site"]);
    expect(message).toContain("`couplings[1].site` must have tr(ρ v) = 0");
    expect(message).toContain("c_0 = 0, c_1 = -0.2");
    expect(message).toContain("√M·[[0, -0.02], [-0.02, 0]]");
    expect(suggestion).toContain("`center: subtract`");
    expect(suggestion).toContain("`center: keep`");
  });

  test("cannot be kept in the limit", () => {
    const spoil = (m: Anything): void => {
      m.couplings[0].site = "sigmap + sigmaz";
      m.center = "keep";
    };
    const [inSizes] = issuesAfter(spoil);
    expect(inSizes.path).toEqual(["sizes"]);
    expect(inSizes.message).toContain(
      "`sizes` must have no inf with `center: keep`, but the mean field √M·[[0, -0.06]",
    );
    const [byDefault] = issuesAfter((m) => {
      spoil(m);
      delete m.sizes;
    });
    expect(byDefault.path).toEqual(["center"]);
    expect(byDefault.message).toContain("must not be `keep` without finite `sizes`");
  });
});

describe("hc", () => {
  const from = random(22);

  test("included takes a Hermitian G ⊗ v once, whatever phase G and v share", () => {
    for (let round = 0; round < 10; round++) {
      const [g, v] = [randomHermitian(from, 2), randomHermitian(from, 2)];
      const angle = from.between(0, 7);
      const system = scale(g, { re: Math.cos(angle), im: Math.sin(angle) });
      const site = scale(v, { re: Math.cos(angle), im: -Math.sin(angle) });
      const model = modelWith((m) => {
        m.couplings = [{ system, site, hc: "included" }];
        m.center = "subtract";
      });
      expect(maxAbs(subtract(potential(model), kron(g, v)))).toBeLessThan(1e-14);
    }
  });

  test("included for what is not Hermitian is an error that shows the entry", () => {
    const [issue] = issuesAfter((m) => {
      m.couplings[0].hc = "included";
    });
    expect(issue.path).toEqual(["couplings", 0, "hc"]);
    expect(issue.message).toContain("G has 0 at [0][1] and 0.15 at [1][0]");
    const [ofSite] = issuesAfter((m) => {
      m.couplings[0] = { system: "sigmax", site: "sigmap", hc: "included" };
    });
    expect(ofSite.message).toContain("v has 1 at [0][1] and 0 at [1][0]");
    const [relative] = issuesAfter((m) => {
      m.couplings[0] = { system: "sigmax", site: "i*sigmax", hc: "included" };
    });
    expect(relative.path).toEqual(["couplings", 0, "hc"]);
  });

  test("is judged as the large product itself is", () => {
    for (let round = 0; round < 40; round++) {
      const g = round % 2 ? randomHermitian(from, 2) : randomMatrix(from, 2);
      const v = round % 4 > 1 ? randomHermitian(from, 2) : randomMatrix(from, 2);
      const [issue] = issuesAfter((m) => {
        m.couplings = [{ system: g, site: v, hc: "included" }];
        m.center = "subtract";
      });
      expect(issue === undefined).toBe(hermitianDefect(kron(g, v)) < 1e-10);
    }
  });

  test("not said, for a Hermitian G ⊗ v, is a warning that the coupling is 2 G ⊗ v", () => {
    const spoil = (hc?: string) => (m: Anything) => {
      m.couplings = [{ system: "sigmax", site: "sigmax", ...(hc && { hc }) }];
    };
    const [warning] = issuesAfter(spoil());
    expect(warning).toMatchObject({ severity: "warning", path: ["couplings", 0] });
    expect(warning.message).toContain("2 G ⊗ v");
    expect(warning.suggestion).toContain("`hc: included`");
    expect(issuesAfter(spoil("added"))).toEqual([]);
    expect(issuesAfter(spoil("included"))).toEqual([]);
    const model = starter();
    spoil()(model);
    expect(checkModel(model).model).toBeDefined();
  });

  test("misspelt is told", () => {
    const [issue] = issuesAfter((m) => {
      m.couplings[0].hc = "include";
    });
    expect(issue.message).toContain('must be `added` or `included`, but is the text "include"');
    expect(issue.suggestion).toBe("Did you mean `included`?");
  });
});

describe("couplings", () => {
  test.each<[string, unknown, (string | number)[], string]>([
    ["none", [], ["couplings"], "but is an empty list"],
    ["no list", { system: "sigmam", site: "sigmap" }, ["couplings"], "but is a mapping with `system`, `site`"],
    ["nothing", null, ["couplings"], "but is empty"],
    ["no mapping", ["sigmax"], ["couplings", 0], 'but is the text "sigmax"'],
    ["no G", [{ site: "sigmap" }], ["couplings", 0, "system"], "must be given, but is missing"],
    ["no v", [{ system: "sigmap" }], ["couplings", 0, "site"], "must be given, but is missing"],
    [
      "wrong dimension of G",
      [{ system: "num(3)", site: "sigmap" }],
      ["couplings", 0, "system"],
      "2×2, as `system.dims` says, but is 3×3",
    ],
    [
      "wrong dimension of v",
      [{ system: "sigmap", site: "num(3)" }],
      ["couplings", 0, "site"],
      "2×2, as `reservoir.dims` says, but is 3×3",
    ],
  ])("%s", (_, couplings, path, message) => {
    const [issue] = issuesAfter((m) => {
      m.couplings = couplings;
    });
    expect(issue.path).toEqual(path);
    expect(issue.message).toContain(message);
  });
});
