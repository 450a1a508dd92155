import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { spinBlockFamily } from "../../../src/dynamics/families/spinBlockFamily.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { readModel } from "../../../src/model/read.ts";
import type { Model } from "../../../src/model/types.ts";
import { bruteForce } from "../../oracle/bruteForce.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { familyRun } from "../familyRun.ts";
import { affordableSizes, forSeeds, many } from "../laws.ts";

function blocksOf(model: Model, size: number, tolerance = 1e-14) {
  const family = spinBlockFamily(model, size, tolerance);
  if (family === null) throw new Error(`there should be blocks of total spin for M = ${size}`);
  return family;
}

describe("blocks of total spin", () => {
  test("sum to the full tensor product, whatever the two levels of a site do", { timeout: 3_600_000 }, () => {
    forSeeds(20, 150, (seed) => {
      const { model, kind } = randomModel(seed, { siteDimension: 2, state: "mixed" });
      const sizes = affordableSizes(model.system.dimension, 2, many ? 520 : 70);
      for (const size of many ? sizes : sizes.slice(-2)) {
        const { rho } = familyRun(model, blocksOf(model, size), size);
        const error = maxDifference(rho, bruteForce(model, size));
        expect(error, `seed ${seed}, M = ${size}, ${JSON.stringify(kind)}`).toBeLessThan(1e-12);
      }
    });
  });

  test("sum to it at infinite temperature, where every state of a block is equally likely", () => {
    for (let seed = 0; seed < 4; seed++) {
      const { model } = randomModel(seed, { siteDimension: 2, state: "infinite-temperature", dims: [2] });
      for (const size of [1, 2, 5]) {
        const { rho } = familyRun(model, blocksOf(model, size), size);
        expect(maxDifference(rho, bruteForce(model, size)), `seed ${seed}, M = ${size}`).toBeLessThan(1e-12);
      }
    }
  });

  test("agree with Holstein-Primakoff modes for many sites, with few nodes", () => {
    for (const [seed, size] of [
      [0, 60],
      [2, 400],
      [5, 3000],
    ]) {
      const { model } = randomModel(seed, {
        siteDimension: 2,
        state: "mixed",
        dims: [2],
        strength: 0.3,
        times: [0.4, -0.7],
        centring: "subtract",
      });
      const family = blocksOf(model, size, 1e-9);
      const quanta = Math.max(...(family.starts?.() ?? []).map(({ occupations }) => occupations[0]));
      const blocks = familyRun(model, family, quanta + 8, { nodes: 11 });
      const modes = familyRun(model, finiteFamily(model, size), 9, { nodes: 13 });
      expect(maxDifference(blocks.rho, modes.rho), `seed ${seed}, M = ${size}`).toBeLessThan(1e-9);
    }
  });

  test("are averaged to the tolerance where their weights end abruptly, few sites or many", () => {
    for (const [population, size] of [
      [0.3, 100],
      [0.36, 160],
      [0.4, 301],
    ] as const) {
      const { model } = readModel(hotBath(population), "hot bath");
      if (model === undefined) throw new Error("the model is not right");
      const family = blocksOf(model, size, 1e-10);
      const quanta = Math.max(...(family.starts?.() ?? []).map(({ occupations }) => occupations[0]));
      const exact = familyRun(model, family, quanta + 8, undefined, 1e-10);
      const run = simulate(model, size, { tolerance: 1e-6 });
      expect(run.error.converged).toBe(true);
      expect(maxDifference(run.rho, exact.rho), `M = ${size}, p = ${population}`).toBeLessThan(1e-6);
    }
  });

  test("are not for sites of three levels, nor for a pure start, which needs one block only", () => {
    expect(spinBlockFamily(randomModel(1, { siteDimension: 3 }).model, 5, 1e-8)).toBeNull();
    expect(spinBlockFamily(randomModel(1, { siteDimension: 2, state: "pure" }).model, 5, 1e-8)).toBeNull();
  });
});

function hotBath(population: number): string {
  return `
system: { dims: 2, hamiltonian: 0.5 * sigmaz + 0.3 * sigmax, state: plus }
reservoir: { dims: 2, hamiltonian: proj(up), state: ${1 - population} * proj(down) + ${population} * proj(up) }
couplings: [{ system: 0.1 * sigmax, site: sigmax, hc: added }]
times: { from: 0, to: 20, points: 9 }
sizes: [inf]
`;
}
