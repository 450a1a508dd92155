import { describe, expect, test } from "vitest";
import { diagonal } from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { purifiedFamily } from "../../../src/dynamics/families/purifiedFamily.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { bruteForce } from "../../oracle/bruteForce.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { everyKind } from "../everyKind.ts";
import { familyRun } from "../familyRun.ts";
import { affordableSizes, forSeeds, many } from "../laws.ts";

describe("purified sites", () => {
  for (const [seed, { about, ...kind }] of everyKind.entries()) {
    test(`are the full tensor product in one sector: ${about}`, () => {
      const { model } = randomModel(seed, kind);
      for (const size of kind.siteDimension === 2 ? [1, 3] : [1, 2]) {
        const { rho, sectors, complete } = familyRun(model, purifiedFamily(model, size), size);
        expect([sectors, complete]).toEqual([1, true]);
        expect(maxDifference(rho, bruteForce(model, size))).toBeLessThan(1e-12);
      }
    });
  }

  test("are it for random models of all kinds and sizes", { timeout: 3_600_000 }, () => {
    forSeeds(15, 150, (seed) => {
      const { model, kind } = randomModel(seed);
      const sizes = affordableSizes(model.system.dimension, kind.siteDimension, many ? 260 : 40);
      for (const size of many ? sizes : sizes.slice(-1)) {
        const { rho } = familyRun(model, purifiedFamily(model, size), size);
        expect(maxDifference(rho, bruteForce(model, size)), `seed ${seed}, M = ${size}`).toBeLessThan(1e-12);
      }
    });
  });

  test("have two frequencies where levels are equally spaced but for 9e-11, as late times tell", () => {
    const model = defineModel({
      system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: diagonal([0, 1, 2 + 9e-11]), state: diagonal([0.6, 0.4, 0]) },
      couplings: [{ system: "1e-4 * sigmam", site: 'jmat(1, "-")' }],
      times: [1e4],
      tolerance: 1e-9,
    });
    const { rho } = familyRun(model, purifiedFamily(model, 2), 2);
    expect(maxDifference(rho, bruteForce(model, 2))).toBeLessThan(1e-9);
    const run = simulate(model, 2, { forms: "fock" });
    expect(run.error.bound).toBeLessThan(1e-9);
    expect(maxDifference(run.rho, bruteForce(model, 2))).toBeLessThan(1e-9);
  });

  test("agree with the average over sectors where no tensor product could be stored", () => {
    for (let seed = 0; seed < 3; seed++) {
      const { model } = randomModel(seed, {
        dims: [2],
        siteDimension: 2,
        state: "mixed",
        strength: 0.4,
        times: [0.5, -0.8],
        centring: "subtract",
      });
      for (const size of [40, 1000]) {
        const averaged = familyRun(model, finiteFamily(model, size), 10, { nodes: 15 }).rho;
        const whole = familyRun(model, purifiedFamily(model, size), 10).rho;
        expect(maxDifference(averaged, whole)).toBeLessThan(1e-9);
      }
    }
  });

  test("need d · rank ρ − 1 modes at most, and d − 1 where the site is pure", () => {
    for (let seed = 0; seed < 30; seed++) {
      const { model, kind } = randomModel(seed);
      const { modes } = purifiedFamily(model, 5).hamiltonian([]);
      const d = kind.siteDimension;
      const rank = { pure: 1, mixed: d, "rank-deficient": Math.max(1, d - 1), "infinite-temperature": d }[kind.state];
      expect(modes.length).toBeLessThanOrEqual(d * rank - 1);
    }
  });

  test("have nothing to average", () => {
    const family = purifiedFamily(randomModel(1).model, 5);
    expect([family.axes, family.exactSectors]).toEqual([0, 1]);
    expect(() => family.axis(0, [])).toThrow("nothing to average");
  });
});
