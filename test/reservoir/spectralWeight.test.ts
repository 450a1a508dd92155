import { describe, expect, test } from "vitest";
import { eigh } from "../../src/algebra/hermitian.ts";
import { add, hermitianDefect, scale, trace, zeros } from "../../src/algebra/matrix.ts";
import type { BosonMode } from "../../src/reservoir/modes.ts";
import { standardModes } from "../../src/reservoir/modes.ts";
import { spectralDistance, spectralWeights } from "../../src/reservoir/spectralWeight.ts";
import { random, randomMatrix, randomUnitary } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";

const seeds = Array.from({ length: 30 }, (_, seed) => seed);

describe("the spectral weight", () => {
  test("is Hermitian and positive at every frequency, frequencies ascending and all different", () => {
    for (const seed of seeds) {
      const weights = spectralWeights(standardModes(randomModel(seed).model));
      for (const { weight } of weights) {
        expect(hermitianDefect(weight)).toBe(0);
        expect(eigh(weight).values[0]).toBeGreaterThan(-1e-14);
      }
      for (let i = 1; i < weights.length; i++) {
        expect(weights[i].frequency).toBeGreaterThan(weights[i - 1].frequency);
      }
    }
  });

  test("has in all the strength Σ tr(L†L)", () => {
    const { model } = randomModel(3);
    const modes = standardModes(model);
    const strength = modes.reduce((sum, { coupling }) => sum + sumOfSquares(coupling), 0);
    const total = spectralWeights(modes).reduce((sum, { weight }) => sum + trace(weight).re, 0);
    expect(total).toBeCloseTo(strength, 12);
  });
});

describe("the distance between two lists of modes", () => {
  test("is 0 for the same list in another order, with other phases, with modes that do not couple", () => {
    const from = random(51);
    for (const seed of seeds) {
      const modes = standardModes(randomModel(seed).model);
      const n = modes[0].coupling.rows;
      const other: BosonMode[] = modes.map(({ frequency, coupling }) => {
        const phase = from.between(0, 6);
        return { frequency, coupling: scale(coupling, { re: Math.cos(phase), im: Math.sin(phase) }) };
      });
      other.reverse().push({ frequency: 0.123, coupling: zeros(n) });
      expect(spectralDistance(modes, other)).toBeLessThan(1e-14);
      expect(spectralDistance(other, modes)).toBeLessThan(1e-14);
    }
  });

  test("is 0 after any unitary mixing of the modes at one frequency", () => {
    const from = random(52);
    const couplings = Array.from({ length: 3 }, () => randomMatrix(from, 3));
    const u = randomUnitary(from, 3);
    const mixed = [0, 1, 2].map((i) =>
      couplings.reduce((sum, l, j) => add(sum, l, { re: u.re[3 * i + j], im: u.im[3 * i + j] }), zeros(3)),
    );
    const at = (list: typeof mixed, frequency: number) => list.map((coupling) => ({ frequency, coupling }));
    expect(spectralDistance(at(couplings, 2), at(mixed, 2))).toBeLessThan(1e-14);
    expect(spectralDistance(at(couplings, 2), at(mixed, 2.001))).toBeGreaterThan(0.1);
  });

  test("is the entry that changed, and sees a mode that is missing", () => {
    const a: BosonMode = { frequency: 1, coupling: { ...zeros(2), re: Float64Array.of(0, 3, 0, 0) } };
    const b: BosonMode = { frequency: -1, coupling: { ...zeros(2), im: Float64Array.of(0, 0, 2, 0) } };
    expect(spectralDistance([a, b], [a])).toBe(4);
    expect(spectralDistance([a, b], [b, { ...a, coupling: scale(a.coupling, 1.1) }])).toBeCloseTo(9 * 0.21, 13);
    expect(spectralDistance([], [])).toBe(0);
  });
});

function sumOfSquares({ re, im }: { re: Float64Array; im: Float64Array }): number {
  return re.reduce((sum, x, i) => sum + x * x + im[i] * im[i], 0);
}
