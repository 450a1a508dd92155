import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { standardModes } from "../../../src/reservoir/modes.ts";
import { bruteForce } from "../../oracle/bruteForce.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { everyKind } from "../everyKind.ts";
import { familyRun } from "../familyRun.ts";
import { affordableSizes, forSeeds, many } from "../laws.ts";

describe("the sectors of a finite reservoir", () => {
  for (const [seed, { about, ...kind }] of everyKind.entries()) {
    test(`sum to the full tensor product: ${about}`, () => {
      const { model } = randomModel(seed, kind);
      for (const size of kind.siteDimension === 2 ? [1, 3] : [1, 2]) {
        const { rho, bound } = familyRun(model, finiteFamily(model, size), size);
        expect(bound).toBeLessThan(1e-12);
        expect(maxDifference(rho, bruteForce(model, size))).toBeLessThan(1e-12);
      }
    });
  }

  test("sum to it for random models of all kinds and sizes", { timeout: 3_600_000 }, () => {
    forSeeds(15, 150, (seed) => {
      const { model, kind } = randomModel(seed);
      const sizes = affordableSizes(model.system.dimension, kind.siteDimension, many ? 260 : 40);
      for (const size of many ? sizes : sizes.slice(-1)) {
        const { rho } = familyRun(model, finiteFamily(model, size), size);
        expect(maxDifference(rho, bruteForce(model, size)), `seed ${seed}, M = ${size}`).toBeLessThan(1e-12);
      }
    });
  });

  test("are as many as there are ways to share the sites among the occupied levels", () => {
    const { model } = randomModel(1, { siteDimension: 4, state: "rank-deficient" });
    expect(familyRun(model, finiteFamily(model, 3), 1).sectors).toBe(10);
    expect(finiteFamily(model, 3).exactSectors).toBe(10);
    expect(finiteFamily(randomModel(1, { state: "pure" }).model, 9).axes).toBe(0);
  });

  test("have the limit's modes and no more, if every transition is coupled", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { model } = randomModel(seed, { degenerate: false });
      const moving = standardModes(model).filter(({ k, l }) => k !== l).length;
      const family = finiteFamily(model, 10);
      expect(family.hamiltonian(new Array<number>(family.axes).fill(0)).modes.length).toBe(moving);
    }
  });

  test("are exact with few excitations kept as far as their bound says", () => {
    for (let seed = 0; seed < 4; seed++) {
      const { model } = randomModel(seed, { dims: [2], siteDimension: 2, times: [0.4, -0.6], strength: 0.5 });
      const exact = bruteForce(model, 6);
      for (const cutoff of [1, 2, 4]) {
        const { rho, bound } = familyRun(model, finiteFamily(model, 6), cutoff);
        expect(maxDifference(rho, exact)).toBeLessThanOrEqual(bound + 1e-13);
      }
      expect(familyRun(model, finiteFamily(model, 6), 6).bound).toBeLessThan(1e-13);
    }
  });

  test("at 10^23 sites are the limit, to the digits that 10^{-11.5} leaves", () => {
    for (let seed = 0; seed < 4; seed++) {
      const { model } = randomModel(seed, {
        dims: [2],
        siteDimension: 2,
        strength: 0.5,
        centring: "subtract",
        degenerate: false,
        times: [0.5, -1],
      });
      const nodes = { nodes: 14 };
      const many = familyRun(model, finiteFamily(model, 1e23), 10, nodes).rho;
      expect(maxDifference(many, familyRun(model, limitFamily(model), 10, nodes).rho)).toBeLessThan(1e-10);
    }
  });

  test("keep √M times the mean field where it is kept", () => {
    const { model } = randomModel(2, { centring: "keep", dims: [2], siteDimension: 2 });
    const removed = { ...model, meanField: { ...model.meanField, kept: false } };
    const [kept, without] = [finiteFamily(model, 9), finiteFamily(removed, 9)].map(
      (family) => family.hamiltonian(new Array<number>(family.axes).fill(0)).system,
    );
    kept.re.forEach((x, i) => {
      expect(x - without.re[i]).toBeCloseTo(3 * model.meanField.operator.re[i], 13);
      expect(kept.im[i] - without.im[i]).toBeCloseTo(3 * model.meanField.operator.im[i], 13);
    });
  });
});
