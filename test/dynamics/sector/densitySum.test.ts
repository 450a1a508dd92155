import { describe, expect, test } from "vitest";
import { maxDifference, zeroSeries } from "../../../src/algebra/series.ts";
import { evolve } from "../../../src/dynamics/evolve.ts";
import { DensitySum } from "../../../src/dynamics/sector/densitySum.ts";
import type { Ket } from "../../../src/dynamics/sector/evolution.ts";
import { spectral } from "../../../src/dynamics/stage/propagator.ts";
import { patternOf } from "../../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { randomHamiltonian } from "../../fock/randomHamiltonian.ts";

const infinite = Number.POSITIVE_INFINITY;
const times = Array.from({ length: 200 }, (_, i) => 0.05 * i - 2);

/** A sector of a random H, with a start of many kets, so that pairs of eigenvectors are summed. */
function sector(seed: number) {
  const h = randomHamiltonian(seed, { dimension: 2, modes: 1, capacities: [infinite], hopping: false });
  const pattern = patternOf([h]);
  const kets: Ket[] = [0, 1, 2].flatMap((quanta) => [
    { weight: 0.2, levels: { re: Float64Array.of(1, 0), im: new Float64Array(2) }, occupations: [quanta] },
    { weight: 2 / 15, levels: { re: Float64Array.of(0, 0.6), im: Float64Array.of(0, 0.8) }, occupations: [quanta] },
  ]);
  const start = kets.map(({ occupations }) => ({ occupations, levels: [0, 1] }));
  return evolve({ basis: reachableBasis(pattern, start, 6), pattern, matrix: null }, h, kets, times, spectral());
}

describe("the average of sectors", () => {
  test("is the weighted sum of what each gives alone, whether told by pairs of eigenvectors or as a series", () => {
    const parts = [sector(1), sector(2), sector(3)];
    const weights = [0.5, 0.7, -0.2];
    const sum = new DensitySum(times, 2);
    parts.forEach(({ addTo }, i) => {
      addTo(sum, weights[i]);
    });
    sum.addSeries(parts[0].rho, 0.25);
    const expected = zeroSeries(times, 2);
    [...parts, parts[0]].forEach(({ rho }, i) => {
      const weight = i < 3 ? weights[i] : 0.25;
      for (let e = 0; e < expected.re.length; e++) {
        expected.re[e] += weight * rho.re[e];
        expected.im[e] += weight * rho.im[e];
      }
    });
    expect(maxDifference(sum.finish(), expected)).toBeLessThan(1e-13);
  });

  test("of nothing is 0", () => {
    expect(maxDifference(new DensitySum(times, 3).finish(), zeroSeries(times, 3))).toBe(0);
  });
});
