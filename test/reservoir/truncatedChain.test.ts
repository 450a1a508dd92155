import { describe, expect, test } from "vitest";
import { matrix } from "../../src/algebra/matrix.ts";
import { maxDifference } from "../../src/algebra/series.ts";
import { normalModes } from "../../src/reservoir/chain.ts";
import { formDistance } from "../../src/reservoir/formDistance.ts";
import { minimalForm } from "../../src/reservoir/minimal.ts";
import { truncatedChain } from "../../src/reservoir/truncatedChain.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { anharmonicLadder } from "./anharmonicLadder.ts";
import { modesDynamics } from "./modesDynamics.ts";

describe("the shortest certified chain", () => {
  test("of ninety modes is a few sites, more for later times and smaller tolerances", () => {
    const sites = [2, 5, 10, 20, 40].map((time) =>
      [1e-4, 1e-6, 1e-8].map((tolerance) => {
        const { chain, whole, bound } = truncatedChain(anharmonicLadder, time, tolerance);
        expect(whole).toBe(90);
        expect(bound).toBeLessThanOrEqual(tolerance);
        return chain.hamiltonian.rows;
      }),
    );
    for (const row of sites) expect([...row].sort((a, b) => a - b)).toEqual(row);
    for (const tolerance of [0, 1, 2]) {
      const column = sites.map((row) => row[tolerance]);
      expect([...column].sort((a, b) => a - b)).toEqual(column);
    }
    expect(sites[0][2]).toBeLessThanOrEqual(5);
    expect(sites[1][2]).toBeLessThanOrEqual(9);
    expect(sites[2][2]).toBeLessThanOrEqual(14);
  });

  test("gives what longer chains give, and misses no more than its bound", () => {
    const { hamiltonian } = anharmonicLadder.system;
    const ket = { re: new Float64Array([Math.SQRT1_2, Math.SQRT1_2]), im: new Float64Array(2) };
    const times = [1, 3];
    const run = (tolerance: number) => {
      const { chain, bound } = truncatedChain(anharmonicLadder, 3, tolerance);
      return { bound, ...modesDynamics(hamiltonian, normalModes(chain), ket, times, 4) };
    };
    const fine = run(1e-7);
    const shorter = [3e-2, 1e-3, 1e-5].map((tolerance) => {
      const coarse = run(tolerance);
      const difference = maxDifference(coarse.rho, fine.rho);
      expect(difference).toBeLessThanOrEqual(coarse.bound + fine.bound);
      return difference / coarse.bound;
    });
    // The same cutoff stands for the same space of states, so the difference is that of the chains alone.
    expect(Math.max(...shorter)).toBeGreaterThan(0.01);
  });

  test("is the whole chain, exact, where the tolerance allows no other; its bound is what formDistance says", () => {
    for (let seed = 0; seed < 40; seed++) {
      const { model } = randomModel(seed);
      const all = truncatedChain(model, 100, 1e-13);
      expect(all.chain.hamiltonian.rows).toBe(all.whole);
      expect(all.bound).toBe(0);
      const short = truncatedChain(model, 0.5, 1e-4);
      if (short.bound === 0) continue;
      expect(short.bound).toBe(formDistance(minimalForm(model).modes, normalModes(short.chain), 0.5));
    }
  });

  test("is empty where nothing couples", () => {
    const silent = {
      ...anharmonicLadder,
      couplings: [
        {
          ...anharmonicLadder.couplings[0],
          system: matrix([
            [0, 0],
            [0, 0],
          ]),
        },
      ],
    };
    expect(truncatedChain(silent, 1, 1e-6)).toMatchObject({ whole: 0, bound: 0, field: [] });
  });
});
