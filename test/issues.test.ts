/** What was wrong once, so that it stays right; the number is the issue's. */

import { describe, expect, test } from "vitest";
import { maxDifference } from "../src/algebra/series.ts";
import { chooseNodes } from "../src/dynamics/average/average.ts";
import { limitFamily } from "../src/dynamics/families/limitFamily.ts";
import { simulate } from "../src/dynamics/simulate.ts";
import { bruteForce } from "./oracle/bruteForce.ts";
import { randomModel } from "./oracle/randomModel.ts";
import { withReservoir } from "./oracle/withReservoir.ts";

describe("issue 2", () => {
  test("one site at infinite temperature is one site: its only block of total spin is j = 1/2", () => {
    const { model } = randomModel(4, { siteDimension: 2, state: "infinite-temperature", dims: [2] });
    const run = simulate(model, 1, { forms: "fock", tolerance: 1e-10 });
    expect(maxDifference(run.rho, bruteForce(model, 1))).toBeLessThan(1e-10);
  });

  test("cos 6ξ at a single time is not taken for a polynomial because fifteen nodes cannot tell", () => {
    const { model } = randomModel(1, { siteDimension: 2, state: "mixed", degenerate: false, centring: "subtract" });
    const family = { ...limitFamily(model), axes: 1 };
    const { estimate, choices } = chooseNodes(family, ([xi]) => Float64Array.of(Math.cos(6 * xi + 0.4)), 1e-5);
    expect(estimate).toBeLessThanOrEqual(1e-5);
    // Eleven nodes gave 0.71 too much.
    const [choice] = choices;
    expect("nodes" in choice ? choice.nodes : 100 * (1 / choice.step)).toBeGreaterThan(20);
  });

  test("a dephasing model is one although G is Hermitian up to rounding only", () => {
    const { model } = randomModel(3, { nondemolition: true, rotated: false, hermitian: true, dims: [3] });
    const couplings = model.reservoirs[0].couplings.map((c) => {
      const system = { ...c.system, im: c.system.im.slice() };
      for (const at of [1, 3]) system.im[at] += 3e-17;
      return { ...c, system };
    });
    const run = simulate(withReservoir(model, { couplings }), 7);
    expect(run.method).toBe("nondemolition");
    expect(maxDifference(run.rho, simulate(model, 7).rho)).toBeLessThan(1e-13);
  });
});
