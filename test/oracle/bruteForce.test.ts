import { describe, expect, test } from "vitest";
import { matrix, maxAbs, subtract, trace } from "../../src/algebra/matrix.ts";
import { matrixAt, maxDifference } from "../../src/algebra/series.ts";
import { bruteForce } from "./bruteForce.ts";
import { cases } from "./cases.ts";
import { asModel } from "./plainModel.ts";
import { randomModel } from "./randomModel.ts";

const small = 300;

describe("the oracle for finite M", () => {
  for (const reference of cases) {
    test(`agrees with another program: ${reference.about}`, () => {
      const { dimension: d } = reference.model.reservoirs[0].site;
      const within = reference.finite.filter(({ size }) => reference.model.system.dimension * d ** size <= small);
      expect(within.length).toBeGreaterThan(1);
      for (const { size, model, rho } of within) {
        expect(maxDifference(bruteForce(model, size), rho)).toBeLessThan(1e-9);
      }
    });
  }

  test("needs one order of sites for each choice of kets only", () => {
    for (const seed of [1, 2, 3]) {
      const { model } = randomModel(seed, { siteDimension: 2, state: "mixed", dims: [2] });
      expect(maxDifference(bruteForce(model, 4), bruteForce(model, 4, { everyKet: true }))).toBeLessThan(1e-14);
    }
  });

  test("leaves ρ_S Hermitian with trace 1, and as it was at t = 0", () => {
    for (let seed = 10; seed < 20; seed++) {
      const { model } = randomModel(seed);
      const rho = bruteForce(model, 2);
      for (let t = 0; t < rho.times.length; t++) expect(Math.abs(trace(matrixAt(rho, t)).re - 1)).toBeLessThan(1e-13);
      expect(maxAbs(subtract(matrixAt(rho, model.times.indexOf(0)), model.system.state))).toBeLessThan(1e-14);
    }
  });

  test("gives the Rabi oscillation of one qubit with one site", () => {
    // H = g (σ₊ ⊗ σ₋ + h.c.) from |up, down⟩: the excitation is still in S with probability cos²(g t).
    const up = matrix([
      [1, 0],
      [0, 0],
    ]);
    const down = matrix([
      [0, 0],
      [0, 1],
    ]);
    const zero = matrix([
      [0, 0],
      [0, 0],
    ]);
    const lower = matrix([
      [0, 0],
      [1, 0],
    ]);
    const model = asModel({
      name: "Rabi",
      dims: [2],
      systemHamiltonian: zero,
      systemState: up,
      siteHamiltonian: zero,
      siteState: down,
      couplings: [
        {
          system: matrix([
            [0, 0.8],
            [0, 0],
          ]),
          site: lower,
          hc: "added",
        },
      ],
      center: "error",
      times: [0.3, -2, 5],
      sizes: [1],
      tolerance: 1e-8,
    });
    const rho = bruteForce(model, 1);
    for (const [t, time] of model.times.entries()) {
      expect(matrixAt(rho, t).re[0]).toBeCloseTo(Math.cos(0.8 * time) ** 2, 13);
    }
  });
});
