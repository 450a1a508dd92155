import { describe, expect, test } from "vitest";
import { adjoint, diagonal, inBasis, maxAbs, norm, scale, subtract } from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";
import { standardModes } from "../../src/reservoir/modes.ts";
import { spectralDistance, vacuumModesOfThermal } from "../../src/reservoir/spectralWeight.ts";
import { thermalPairs } from "../../src/reservoir/thermal.ts";
import { transitions } from "../../src/reservoir/transitions.ts";
import { cases } from "../oracle/cases.ts";
import { asModel } from "../oracle/plainModel.ts";
import { random, randomUnitary } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";

const seeds = Array.from({ length: 80 }, (_, seed) => seed);

/** The random model with its site in the Gibbs state of inverse temperature β (also negative), in a rotated basis. */
function gibbsModel(seed: number, beta: number): Model {
  const { plain } = randomModel(seed, { siteDimension: 4, rotated: false, degenerate: false, centring: "subtract" });
  const energies = [0, 1, 2, 3].map((k) => plain.siteHamiltonian.re[5 * k]);
  const boltzmann = energies.map((energy) => Math.exp(-beta * energy));
  const z = boltzmann.reduce((sum, x) => sum + x, 0);
  const u = adjoint(randomUnitary(random(seed), 4));
  return asModel({
    ...plain,
    siteHamiltonian: inBasis(diagonal(energies), u),
    siteState: inBasis(diagonal(boltzmann.map((x) => x / z)), u),
  });
}

describe("the thermal form", () => {
  test("has the two-point data of the paper's list, for models of every kind", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const t = transitions(model);
      const statics = Array.from({ length: t.levels }, (_, k) => scale(t.operators[k][k], Math.sqrt(t.populations[k])));
      const thermal = vacuumModesOfThermal(thermalPairs(model), statics);
      expect(spectralDistance(standardModes(model), thermal)).toBeLessThan(1e-13);
    }
  });

  test("finds the temperature of a Gibbs state, the same for all pairs, also a negative one", () => {
    for (const beta of [2, 0.5, -0.3, -1.5]) {
      for (const seed of [1, 2, 3]) {
        const pairs = thermalPairs(gibbsModel(seed, beta));
        expect(pairs.length).toBe(6);
        for (const pair of pairs) expect(pair.beta / beta).toBeCloseTo(1, 9);
      }
    }
  });

  test("fills each oscillator of a Gibbs state with Bose and Einstein's 1/(e^{βω} − 1)", () => {
    for (const beta of [2, 0.5, -1.5]) {
      for (const { frequency, occupation, kind } of thermalPairs(gibbsModel(7, beta))) {
        // p_k > p_l makes βω > 0 whatever the sign of the temperature.
        expect(kind).toBe("oscillator");
        expect(occupation * Math.expm1(beta * frequency)).toBeCloseTo(1, 9);
      }
    }
  });

  test("has a temperature for each pair unless the state is a Gibbs state: β = ln(p_k/p_l)/ω", () => {
    const { plain } = randomModel(11, { siteDimension: 3, rotated: false, degenerate: false, centring: "subtract" });
    const model = asModel({
      ...plain,
      siteHamiltonian: diagonal([0, 1, 2.5]),
      siteState: diagonal([0.6, 0.1, 0.3]),
    });
    const betas = thermalPairs(model).map(({ k, l, beta }) => [k, l, beta]);
    expect(betas.map(([k, l]) => [k, l])).toEqual([
      [1, 2],
      [1, 3],
      [3, 2],
    ]);
    expect(betas[0][2]).toBeCloseTo(Math.log(6), 13);
    expect(betas[1][2]).toBeCloseTo(Math.log(2) / 2.5, 13);
    expect(betas[2][2]).toBeCloseTo(-Math.log(3) / 1.5, 13);
  });

  test("is the paper's effective mode for its qubit: √(1 − 2w) G, n̄ = w/(1 − 2w), e^{−βω} = w/(1 − w)", () => {
    const qubit = cases.find(({ name }) => name === "qubit");
    if (qubit === undefined) throw new Error("the reference case is missing");
    // Here w = 1/4 is the population of the lower level: the site is inverted.
    const w = 0.25;
    const [pair, ...others] = thermalPairs(qubit.model);
    expect(others).toEqual([]);
    expect([pair.k, pair.l]).toEqual([2, 1]);
    expect(pair.frequency).toBeCloseTo(-1.1, 14);
    expect(pair.occupation).toBeCloseTo(w / (1 - 2 * w), 14);
    expect(Math.exp(-pair.beta * pair.frequency)).toBeCloseTo(w / (1 - w), 14);
    expect(pair.beta).toBeLessThan(0);
    expect(norm(pair.coupling)).toBeCloseTo(
      Math.sqrt(1 - 2 * w) * norm(qubit.model.reservoirs[0].couplings[0].system),
      14,
    );
  });

  test("of infinite temperature has no oscillators, only classical fields of strength p_k", () => {
    for (const seed of seeds.slice(0, 20)) {
      const { model } = randomModel(seed, { state: "infinite-temperature" });
      const t = transitions(model);
      const pairs = thermalPairs(model);
      expect(pairs.length).toBe((t.levels * (t.levels - 1)) / 2);
      for (const { kind, occupation, k, l, coupling, beta, frequency } of pairs) {
        expect([kind, occupation]).toEqual(["classical", Number.POSITIVE_INFINITY]);
        expect(Math.abs(frequency === 0 ? 0 : beta)).toBe(0);
        const expected = scale(t.operators[l - 1][k - 1], Math.sqrt(1 / t.levels));
        expect(maxAbs(subtract(coupling, expected))).toBeLessThan(1e-14);
      }
    }
  });

  test("of a pure site is in its vacuum: zero temperature in every pair that is filled", () => {
    for (const seed of seeds.slice(0, 20)) {
      const { model } = randomModel(seed, { state: "pure", degenerate: false });
      for (const { occupation, kind, beta, frequency } of thermalPairs(model)) {
        expect([kind, occupation]).toEqual(["oscillator", 0]);
        expect(beta).toBe(frequency > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
      }
    }
  });

  test("has each pair of levels once, the fuller one first", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const { populations } = transitions(model);
      const pairs = thermalPairs(model);
      expect(new Set(pairs.map(({ k, l }) => [k, l].sort().join())).size).toBe(pairs.length);
      for (const { k, l } of pairs) {
        expect(populations[k - 1] - populations[l - 1]).toBeGreaterThanOrEqual(-1e-12);
      }
    }
  });
});
