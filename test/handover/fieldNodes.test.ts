import { expect, test } from "vitest";
import { diagonal } from "../../src/algebra/matrix.ts";
import { actingFields, fieldNodes, fieldPoints } from "../../src/handover/fieldNodes.ts";

const sigmaz = diagonal([0.3, -0.3]);

test("as many nodes as it takes to average e^{isξ} up to the largest s, and no more", () => {
  for (const time of [0, 1, 10, 30]) {
    const count = fieldNodes(sigmaz, time, 1e-8);
    const error = (nodes: number): number => {
      let largest = 0;
      for (let k = 0; k <= 1000; k++) {
        const s = (0.6 * time * k) / 1000;
        const sum = fieldPoints([nodes]).reduce(
          (total, { weight, values: [x] }) => total + weight * Math.cos(s * x),
          0,
        );
        largest = Math.max(largest, Math.abs(sum - Math.exp((-s * s) / 2)));
      }
      return largest;
    };
    expect(error(count)).toBeLessThan(2e-8);
    if (count > 1) expect(error(count - 1)).toBeGreaterThan(1e-8);
  }
});

test("a product of rules has all combinations, of weight 1 in all, and the moments of independent Gaussians", () => {
  const points = fieldPoints([3, 4]);
  expect(points).toHaveLength(12);
  const mean = (f: (x: number, y: number) => number): number =>
    points.reduce((sum, { weight, values: [x, y] }) => sum + weight * f(x, y), 0);
  expect(mean(() => 1)).toBeCloseTo(1, 14);
  expect(mean((x) => x ** 4)).toBeCloseTo(3, 12);
  expect(mean((x, y) => x * x * y * y)).toBeCloseTo(1, 12);
  expect(fieldPoints([])).toEqual([{ weight: 1, values: [] }]);
});

test("a multiple of 1 is no field that acts", () => {
  expect(actingFields([diagonal([2, 2]), sigmaz])).toEqual([sigmaz]);
});
