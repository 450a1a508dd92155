import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { convergence } from "../../../src/limits/convergence.ts";
import { thirdMoments } from "../../../src/limits/thirdMoments.ts";
import { minimalForm } from "../../../src/reservoir/minimal.ts";
import { bosonicBruteForce } from "../../oracle/bosonicBruteForce.ts";
import { cases } from "../../oracle/cases.ts";
import type { ModelKind } from "../../oracle/randomModel.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { familyRun } from "../familyRun.ts";
import { forSeeds } from "../laws.ts";

const weak: Partial<ModelKind> = { strength: 0.3, times: [0.6, -0.4], centring: "subtract", dims: [2] };

/** At most four modes of the paper's list, all of them oscillators in the oracle, static ones too. */
const kinds: readonly (Partial<ModelKind> & { about: string })[] = [
  { about: "a mixed qubit site", siteDimension: 2, state: "mixed", degenerate: false },
  { about: "a mixed site of one degenerate level", siteDimension: 2, state: "mixed", degenerate: true },
  { about: "infinite temperature", siteDimension: 2, state: "infinite-temperature", degenerate: false },
  { about: "infinite temperature in one level", siteDimension: 2, state: "infinite-temperature", degenerate: true },
  { about: "a pure site of three levels", siteDimension: 3, state: "pure", degenerate: false },
  { about: "a pure site of four levels, two equal", siteDimension: 4, state: "pure", degenerate: true },
];

describe("the sectors of the limit", () => {
  for (const [seed, { about, ...kind }] of kinds.entries()) {
    test(`are the paper's own modes, every one in a Fock space: ${about}`, () => {
      const { model } = randomModel(seed, { ...weak, ...kind });
      const slow = (total: number) => bosonicBruteForce(model, { box: total, total });
      const oracle = slow(11);
      // The oracle's own cutoff must not matter.
      expect(maxDifference(oracle, slow(9))).toBeLessThan(1e-10);
      const { rho } = familyRun(model, limitFamily(model), 11, { nodes: 12 });
      expect(maxDifference(rho, oracle)).toBeLessThan(1e-10);
    });
  }

  test("are it for a site of three mixed levels: nine modes of the paper", () => {
    const { model } = randomModel(2, { ...weak, siteDimension: 3, state: "mixed", strength: 0.2, times: [0.5] });
    const slow = (total: number) => bosonicBruteForce(model, { box: total, total });
    const oracle = slow(6);
    const unsure = maxDifference(oracle, slow(4));
    expect(unsure).toBeLessThan(1e-6);
    const { rho } = familyRun(model, limitFamily(model), 6, { nodes: 8 });
    expect(maxDifference(rho, oracle)).toBeLessThan(1e-7);
  });

  test("have one axis for each static field that does more to S than shift its energy", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { model } = randomModel(seed);
      expect(limitFamily(model).axes).toBeLessThanOrEqual(minimalForm(model).field.length);
      const { modes } = limitFamily(model).hamiltonian(new Array<number>(limitFamily(model).axes).fill(0));
      expect(modes.length).toBe(minimalForm(model).modes.length);
    }
  });

  test("add a field linearly: H_S at ξ = 1 is as far from ξ = 0 as that from ξ = −1", () => {
    const { model } = randomModel(3, { siteDimension: 2, state: "mixed", degenerate: false });
    const family = limitFamily(model);
    expect(family.axes).toBe(1);
    const [minus, zero, plus] = [-1, 0, 1].map((xi) => family.hamiltonian([xi]).system);
    expect(zero).toEqual(model.system.hamiltonian);
    for (let i = 0; i < zero.re.length; i++) {
      expect(plus.re[i] - zero.re[i]).toBeCloseTo(zero.re[i] - minus.re[i], 14);
      expect(plus.im[i] - zero.im[i]).toBeCloseTo(zero.im[i] - minus.im[i], 14);
    }
  });
});

describe("finite reservoirs", () => {
  const sizes = [400, 1600, 6400];

  test("approach the limit as M^{−1/2}, or as 1/M where the third moments vanish: random models", () => {
    forSeeds(6, 40, (seed) => {
      const { model } = randomModel(seed, {
        ...weak,
        siteDimension: 2,
        state: seed % 3 === 0 ? "pure" : "mixed",
        degenerate: false,
        nondemolition: false,
        strength: 0.5,
        times: [0.8],
      });
      const limit = familyRun(model, limitFamily(model), 10, { nodes: 12 }).rho;
      const errors = sizes.map((size) =>
        maxDifference(familyRun(model, finiteFamily(model, size), 10, { nodes: 12 }).rho, limit),
      );
      const law = convergence(sizes, errors);
      expect(Math.abs((law?.exponent ?? 0) - thirdMoments(model).exponent), `seed ${seed}: ${errors}`).toBeLessThan(
        0.1,
      );
    });
  });

  test("approach it as the other program says for the reference cases", () => {
    for (const { name, model, expectedRate } of cases) {
      if (name === "degenerate-level") continue; // Three occupied levels and nine modes: too slow for this law.
      const short = { ...model, times: [0.9] };
      const limit = familyRun(short, limitFamily(short), 9, { nodes: 10 }).rho;
      const errors = sizes.map((size) =>
        maxDifference(familyRun(short, finiteFamily(short, size), 9, { nodes: 10 }).rho, limit),
      );
      const law = convergence(sizes, errors);
      expect(Math.abs((law?.exponent ?? 0) - (expectedRate === "M^-1" ? -1 : -0.5)), name).toBeLessThan(0.1);
    }
  });
});
