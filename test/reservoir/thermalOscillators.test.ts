import { describe, expect, test } from "vitest";
import { adjoint, scale } from "../../src/algebra/matrix.ts";
import { minimalForm } from "../../src/reservoir/minimal.ts";
import type { BosonMode } from "../../src/reservoir/modes.ts";
import { spectralDistance } from "../../src/reservoir/spectralWeight.ts";
import { type ThermalOscillator, thermalOscillators } from "../../src/reservoir/thermalOscillators.ts";
import { random, randomMatrix } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";

/** Emission with n̄ + 1 and absorption with n̄, n̄ = x/(1 − x). */
function vacuumModes({ frequency, coupling, ratio }: ThermalOscillator): BosonMode[] {
  const mean = ratio / (1 - ratio);
  return [
    { frequency, coupling: scale(coupling, Math.sqrt(mean + 1)) },
    { frequency: -frequency, coupling: scale(adjoint(coupling), Math.sqrt(mean)) },
  ];
}

describe("pairs of modes at ±ω", () => {
  test("that are each other's reverse become one oscillator with the same two-point data", () => {
    const from = random(95);
    for (const ratio of [0.01, 0.3, 0.9]) {
      const coupling = randomMatrix(from, 3);
      const modes: BosonMode[] = [
        { frequency: -1.5, coupling: scale(adjoint(coupling), { re: 0, im: Math.sqrt(ratio) }) },
        { frequency: 0.4, coupling: randomMatrix(from, 3) },
        { frequency: 1.5, coupling },
      ];
      const joined = thermalOscillators(modes);
      expect(joined.length).toBe(2);
      expect(Math.max(...joined.map((oscillator) => oscillator.ratio))).toBeCloseTo(ratio, 13);
      expect(spectralDistance(joined.flatMap(vacuumModes), modes)).toBeLessThan(1e-13);
    }
  });

  test("never change the two-point data of any model", () => {
    for (let seed = 0; seed < 60; seed++) {
      const { modes } = minimalForm(randomModel(seed).model);
      const joined = thermalOscillators(modes);
      expect(joined.length).toBeLessThanOrEqual(modes.length);
      for (const { ratio } of joined) {
        expect(ratio).toBeGreaterThanOrEqual(0);
        expect(ratio).toBeLessThan(1);
      }
      expect(spectralDistance(joined.flatMap(vacuumModes), modes)).toBeLessThan(1e-11);
    }
  });

  test("stay two where they are equally strong, differ in shape, or stand still", () => {
    const from = random(96);
    const [a, b] = [randomMatrix(from, 2), randomMatrix(from, 2)];
    const pair = (first: BosonMode, second: BosonMode) => thermalOscillators([first, second]).map(({ ratio }) => ratio);
    expect(pair({ frequency: 1, coupling: a }, { frequency: -1, coupling: adjoint(a) })).toEqual([0, 0]);
    expect(pair({ frequency: 1, coupling: a }, { frequency: -1, coupling: scale(b, 0.3) })).toEqual([0, 0]);
    expect(pair({ frequency: 1, coupling: a }, { frequency: -2, coupling: scale(adjoint(a), 0.3) })).toEqual([0, 0]);
    expect(pair({ frequency: 1, coupling: a }, { frequency: 1, coupling: scale(adjoint(a), 0.3) })).toEqual([0, 0]);
    expect(pair({ frequency: 0, coupling: a }, { frequency: 0, coupling: scale(adjoint(a), 0.3) })).toEqual([0, 0]);
  });
});
