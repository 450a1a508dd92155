import { expect, test } from "vitest";
import { seededRandom } from "../../src/algebra/seededRandom.ts";

test("numbers are the same for a seed, others for another one, and look uniform", () => {
  const count = 20_000;
  const draw = (seed: number) => {
    const next = seededRandom(seed);
    return Array.from({ length: count }, next);
  };
  const first = draw(1);
  expect(draw(1)).toEqual(first);
  expect(draw(2)[0]).not.toBe(first[0]);
  for (const numbers of [first, draw(0)]) {
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const mean = (f: (x: number, i: number) => number) => numbers.reduce((sum, x, i) => sum + f(x, i), 0) / count;
    // Five standard deviations each.
    expect(Math.abs(mean((x) => x) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(mean((x) => x * x) - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / count));
    expect(Math.abs(mean((x, i) => x * (numbers[i + 1] ?? 0.5)) - 1 / 4)).toBeLessThan(5 * Math.sqrt(7 / 144 / count));
  }
});
