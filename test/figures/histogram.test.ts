import fc from "fast-check";
import { expect, test } from "vitest";
import { histogram, type Step } from "../../src/figures/histogram.ts";
import { sumOfSites } from "./distributions.ts";

const distribution = fc
  .array(fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.001, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((pairs) => {
    const total = pairs.reduce((sum, [, p]) => sum + p, 0);
    return { values: pairs.map(([value]) => value), probabilities: pairs.map(([, p]) => p / total) };
  });

function area(steps: readonly Step[]): number {
  return steps.reduce((sum, { from, to, density }) => sum + density * (to - from), 0);
}

test("the area is the probability, the steps join, and none is narrower than asked", () => {
  fc.assert(
    fc.property(distribution, fc.double({ min: 0.01, max: 2, noNaN: true }), ({ values, probabilities }, narrowest) => {
      const steps = histogram(values, probabilities, narrowest);
      expect(area(steps)).toBeCloseTo(1, 10);
      steps.forEach(({ from, to, density }, i) => {
        expect(to - from).toBeGreaterThan(narrowest * (1 - 1e-8));
        expect(density).toBeGreaterThanOrEqual(0);
        if (i > 0) expect(from).toBeCloseTo(steps[i - 1].to, 10);
      });
    }),
  );
});

test("a fair coin is two equal steps that meet at 0", () => {
  expect(histogram([1, -1], [0.5, 0.5], 0.1)).toEqual([
    { from: -2, to: 0, density: 0.25 },
    { from: 0, to: 2, density: 0.25 },
  ]);
});

test("on a lattice each step is one value's probability divided by the spacing", () => {
  const { values, probabilities } = sumOfSites([-1, 1], [0.5, 0.5], 16);
  const steps = histogram(values, probabilities, 0.25);
  expect(steps).toHaveLength(17);
  steps.forEach(({ density }, i) => {
    expect(density).toBeCloseTo(probabilities[i] / 0.5, 12);
  });
});

test.each([
  ["a lattice finer than the steps", [-1, 1], [0.5, 0.5], 400, 0.02],
  ["close irregular values", [-0.8, 0.1, 1.37], [0.45, 0.35, 0.2], 60, 0.03],
])("%s become the Gaussian's density within a few hundredths of its peak", (_, values, probabilities, M, within) => {
  const mean = values.reduce((sum, v, i) => sum + v * probabilities[i], 0);
  const centred = values.map((v) => v - mean);
  const sigma = Math.sqrt(centred.reduce((sum, v, i) => sum + v * v * probabilities[i], 0));
  const sum = sumOfSites(centred, probabilities, M);
  for (const { from, to, density } of histogram(sum.values, sum.probabilities, 0.25 * sigma)) {
    const gaussian = Math.exp(-((from + to) ** 2) / (8 * sigma ** 2)) / (sigma * Math.sqrt(2 * Math.PI));
    expect(Math.abs(density - gaussian) * sigma).toBeLessThan(within);
  }
});

test("points that all lie together fill one step; none give none", () => {
  expect(histogram([2], [1], 0.5)).toEqual([{ from: 1.75, to: 2.25, density: 2 }]);
  expect(area(histogram([2, 2, 2 + 1e-13], [0.2, 0.3, 0.5], 0.5))).toBeCloseTo(1, 12);
  expect(histogram([], [], 0.5)).toEqual([]);
});
