import { describe, expect, test } from "vitest";
import { entry, hermitianDefect, identity, matrix, maxAbs, norm, scale, subtract } from "../../src/algebra/matrix.ts";
import { chainForm, chainOf, firstBlocks, normalModes } from "../../src/reservoir/chain.ts";
import { correlationDifference } from "../../src/reservoir/formDistance.ts";
import { minimalForm } from "../../src/reservoir/minimal.ts";
import type { BosonMode } from "../../src/reservoir/modes.ts";
import { random, randomMatrix } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { chainCorrelation } from "./chainCorrelation.ts";
import { modesFieldCorrelation, siteFieldCorrelation } from "./siteCorrelation.ts";

const seeds = Array.from({ length: 150 }, (_, seed) => seed);
const times = [0, 0.4, 1.7, -5, 30];

describe("the chain form", () => {
  test("has the correlation functions of the site itself, for models of every kind", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const { chain, field } = chainForm(model);
      for (const t of times) {
        const found = chainCorrelation(chain, field, model.system.dimension, t);
        const site = siteFieldCorrelation(model, t);
        expect(maxAbs(subtract(found, site)), `seed ${seed}, t = ${t}`).toBeLessThan(1e-13);
      }
    }
  });

  test("has them for long chains of many modes and several directions of coupling as well", () => {
    for (const seed of [1, 2, 3]) {
      for (const directions of [1, 2, 4]) {
        const modes = randomModes(seed, 70, directions);
        const chain = chainOf(modes);
        expect(chain.hamiltonian.rows).toBe(70);
        for (const t of [0, 3, 25]) {
          const size = maxAbs(modesFieldCorrelation(modes, 2, 0));
          const found = chainCorrelation(chain, [], 2, t);
          expect(maxAbs(subtract(found, modesFieldCorrelation(modes, 2, t)))).toBeLessThan(1e-13 * size);
        }
      }
    }
  });

  test("couples S to the first block only, and blocks to their neighbours only, never growing", () => {
    for (const seed of seeds) {
      const { chain } = chainForm(randomModel(seed).model);
      const { hamiltonian: h, blocks, couplings } = chain;
      expect(hermitianDefect(h)).toBe(0);
      expect(blocks.reduce((sum, size) => sum + size, 0)).toBe(h.rows);
      expect(couplings.length).toBe(blocks[0] ?? 0);
      const blockOf = blocks.flatMap((size, block) => new Array<number>(size).fill(block));
      blocks.slice(1).forEach((size, b) => {
        expect(size).toBeLessThanOrEqual(blocks[b]);
      });
      for (let a = 0; a < h.rows; a++) {
        for (let b = 0; b < h.rows; b++) {
          if (Math.abs(blockOf[a] - blockOf[b]) > 1) expect(entry(h, a, b)).toEqual({ re: 0, im: 0 });
        }
      }
    }
  });

  test("is no longer than the minimal form has modes, and as long where all are reached", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const { modes } = minimalForm(model);
      expect(chainForm(model).chain.hamiltonian.rows).toBeLessThanOrEqual(modes.length);
    }
  });

  test("of two modes with one coupling is their centre of mass and what is beside it", () => {
    const chain = chainOf([
      { frequency: 1, coupling: scale(identity(2), 3) },
      { frequency: 2, coupling: scale(identity(2), 4) },
    ]);
    expect(maxAbs(subtract(chain.couplings[0], scale(identity(2), 5)))).toBeLessThan(1e-15);
    const weights = [9 / 25, 16 / 25];
    const mean = weights[0] + 2 * weights[1];
    const deviation = Math.sqrt(weights[0] * weights[1]);
    expect(entry(chain.hamiltonian, 0, 0).re).toBeCloseTo(mean, 14);
    expect(entry(chain.hamiltonian, 1, 1).re).toBeCloseTo(3 - mean, 14);
    expect(Math.hypot(entry(chain.hamiltonian, 0, 1).re, entry(chain.hamiltonian, 0, 1).im)).toBeCloseTo(deviation, 14);
  });

  test("ends early where modes of one frequency have one coupling, and is empty without modes", () => {
    const sigma = matrix([
      [0, 1],
      [1, 0],
    ]);
    const twice = [0.3, 0.4].map((g) => ({ frequency: 1, coupling: scale(sigma, g) }));
    expect(chainOf(twice).blocks).toEqual([1]);
    expect(norm(chainOf(twice).couplings[0])).toBeCloseTo(0.5 * Math.SQRT2, 14);
    expect(chainOf([])).toEqual({
      hamiltonian: { rows: 0, cols: 0, re: new Float64Array(), im: new Float64Array() },
      couplings: [],
      blocks: [],
    });
  });

  test("keeps a conserved charge: sites that give S an excitation are apart from sites that take one", () => {
    const lower = matrix([
      [0, 0],
      [1, 0],
    ]);
    const raise = matrix([
      [0, 1],
      [0, 0],
    ]);
    const modes = [0.5, 0.9, 1.3].flatMap((frequency, i) => [
      { frequency, coupling: scale(lower, 0.2 + 0.1 * i) },
      { frequency: -frequency, coupling: scale(raise, 0.1 + 0.05 * i) },
    ]);
    const { hamiltonian, couplings, blocks } = chainOf(modes);
    expect(blocks).toEqual([2, 2, 2]);
    for (const coupling of couplings) expect([...coupling.re].filter((x) => x !== 0).length).toBe(1);
    const zeros = [...hamiltonian.re].filter((x) => x === 0).length;
    // Two separate tridiagonal chains of three sites.
    expect(36 - zeros).toBe(2 * 7);
  });
});

describe("a chain cut off after n blocks", () => {
  test("is right to order t^{2n − 1} in its correlation function", () => {
    for (const directions of [1, 2]) {
      const modes = randomModes(5, 30, directions);
      const chain = chainOf(modes);
      for (const blocks of [1, 2, 3]) {
        const cut = normalModes(firstBlocks(chain, blocks));
        const [early, late] = [0.2, 0.4].map((t) => correlationDifference(modes, cut, [t]));
        expect(Math.log2(late / early)).toBeGreaterThan(2 * blocks - 0.3);
        expect(Math.log2(late / early)).toBeLessThan(2 * blocks + 0.3);
      }
    }
  });
});

describe("normal modes of a chain", () => {
  test("are the modes it came from", () => {
    const modes = randomModes(8, 12, 2);
    const again = normalModes(chainOf(modes));
    expect(again.length).toBe(12);
    const sorted = [...modes].sort((a, b) => a.frequency - b.frequency);
    again.forEach((mode, i) => {
      expect(mode.frequency).toBeCloseTo(sorted[i].frequency, 12);
      expect(norm(mode.coupling)).toBeCloseTo(norm(sorted[i].coupling), 12);
    });
  });
});

function randomModes(seed: number, count: number, directions: number): BosonMode[] {
  const from = random(seed);
  const operators = Array.from({ length: directions }, () => randomMatrix(from, 2));
  return Array.from({ length: count }, () => {
    const coupling = scale(operators[0], from.between(-0.3, 0.3));
    for (const operator of operators.slice(1)) {
      const g = { re: from.between(-0.3, 0.3), im: from.between(-0.3, 0.3) };
      for (let e = 0; e < coupling.re.length; e++) {
        coupling.re[e] += g.re * operator.re[e] - g.im * operator.im[e];
        coupling.im[e] += g.re * operator.im[e] + g.im * operator.re[e];
      }
    }
    return { frequency: from.between(-2, 3), coupling };
  });
}
