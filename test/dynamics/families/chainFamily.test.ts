import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { chainFamily } from "../../../src/dynamics/families/chainFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { chainForm } from "../../../src/reservoir/chain.ts";
import { minimalForm } from "../../../src/reservoir/minimal.ts";
import { truncatedChain } from "../../../src/reservoir/truncatedChain.ts";
import { bosonicBruteForce } from "../../oracle/bosonicBruteForce.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { familyRun } from "../familyRun.ts";

const weak = { strength: 0.3, times: [0.6, -0.4], centring: "subtract", dims: [2] } as const;

describe("the sectors of a chain", () => {
  test("are the paper's own modes, every one in a Fock space", () => {
    for (const [seed, siteDimension, state] of [
      [0, 2, "mixed"],
      [4, 3, "pure"],
      [5, 4, "pure"],
    ] as const) {
      const { model } = randomModel(seed, { ...weak, siteDimension, state, degenerate: false });
      const oracle = bosonicBruteForce(model, { box: 11, total: 11 });
      const { rho } = familyRun(model, chainFamily(model, chainForm(model)), 11, { nodes: 12 });
      expect(maxDifference(rho, oracle), `seed ${seed}`).toBeLessThan(1e-10);
    }
  });

  test("give at any cutoff what the modes give: mixing modes keeps the number of quanta", () => {
    for (let seed = 0; seed < 25; seed++) {
      const { model } = randomModel(seed, { ...weak, siteDimension: 3, times: [0.5, -1.2], strength: 0.8 });
      const choice = { nodes: 3 };
      const modes = familyRun(model, limitFamily(model), 3, choice);
      const chain = familyRun(model, chainFamily(model, chainForm(model)), 3, choice);
      expect(maxDifference(chain.rho, modes.rho), `seed ${seed}`).toBeLessThan(1e-12);
      // How a bound is found may differ between the two; both must hold.
      const error = maxDifference(modes.rho, familyRun(model, limitFamily(model), 7, choice).rho);
      expect(Math.min(chain.bound, modes.bound)).toBeGreaterThanOrEqual(error - 1e-12);
    }
  });

  test("need fewer sites where the end is certified not to be felt, and then are as wrong as their bound at most", () => {
    for (let seed = 0; seed < 12; seed++) {
      const { model } = randomModel(seed, {
        ...weak,
        siteDimension: 3,
        state: "mixed",
        degenerate: false,
        times: [0.4],
      });
      const cut = truncatedChain(model, 0.4, 1e-4);
      const whole = familyRun(model, chainFamily(model, chainForm(model)), 4, { nodes: 3 });
      const short = familyRun(model, chainFamily(model, cut), 4, { nodes: 3 });
      expect(cut.chain.hamiltonian.rows).toBeLessThanOrEqual(minimalForm(model).modes.length);
      expect(maxDifference(short.rho, whole.rho)).toBeLessThanOrEqual(cut.bound + 1e-13);
      expect(short.dimension).toBeLessThanOrEqual(whole.dimension);
    }
  });

  test("say in words how long the chain is and whether a field goes with it", () => {
    const { model } = randomModel(0, { ...weak, siteDimension: 2, state: "mixed", degenerate: false });
    expect(chainFamily(model, chainForm(model)).path).toMatch(/^a chain of \d blocks?( and a static Gaussian field)?$/);
  });
});
