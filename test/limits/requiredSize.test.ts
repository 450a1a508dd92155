import { describe, expect, test } from "vitest";
import { predictedSize, requiredSize } from "../../src/limits/requiredSize.ts";

const power = { coefficient: 0.2, uncertainty: 0, sizes: [10, 100] };

describe("the predicted size", () => {
  test("is where the power law reaches ε", () => {
    expect(predictedSize(0.02, { ...power, exponent: -1 })).toBe(10);
    expect(predictedSize(0.02, { ...power, exponent: -0.5 })).toBe(100);
    expect(predictedSize(1, { ...power, exponent: -0.5 })).toBe(1);
    expect(predictedSize(0.02, { ...power, exponent: 0 })).toBe(Number.POSITIVE_INFINITY);
  });
});

/** The least M from which on the distance stays within ε, by trying all. */
function byTrying(distance: (m: number) => number, epsilon: number, upTo: number): number {
  for (let m = upTo; m >= 1; m--) if (distance(m) > epsilon) return m + 1;
  return 1;
}

describe("the required size", () => {
  test("is found to the accuracy asked for, in few measurements, and verified", async () => {
    for (const { distance, spread } of [
      { distance: (m: number) => 0.3 / Math.sqrt(m) + 0.5 / m, spread: 0 },
      { distance: (m: number) => 0.1 / m, spread: 0 },
      { distance: (m: number) => 0.8 / m + 40 / (m * m + 10), spread: 0 },
      // A distance that trembles by ±2 % crosses ε many times, at sizes from 4 % below to 4 % above.
      { distance: (m: number) => (0.3 * (1 + 0.02 * Math.sin(m))) / Math.sqrt(m), spread: 0.08 },
    ]) {
      for (const epsilon of [0.05, 0.01, 3e-3]) {
        let calls = 0;
        const found = await requiredSize(epsilon, (m) => {
          calls++;
          return distance(m);
        });
        const expected = byTrying(distance, epsilon, 20000);
        expect(Math.abs((found.size ?? 0) - expected)).toBeLessThanOrEqual(Math.max(1, (0.02 + spread) * expected));
        expect(distance(found.size ?? 0)).toBeLessThanOrEqual(epsilon);
        expect(calls).toBe(found.measurements.length);
        expect(calls).toBeLessThan(16);
      }
    }
  });

  test("is exact where sizes are small", async () => {
    const distance = (m: number) => 0.1 / m;
    for (const epsilon of [0.1, 0.05, 0.0334, 0.011]) {
      const { size } = await requiredSize(epsilon, distance);
      expect(size).toBe(byTrying(distance, epsilon, 1000));
    }
  });

  test("lies beyond the last excess, also where the first sites happen to be good", async () => {
    const distance = (m: number) => (m === 1 ? 0 : 0.5 / m);
    const { size } = await requiredSize(0.01, distance);
    expect(Math.abs((size ?? 0) - 50)).toBeLessThanOrEqual(1);
  });

  test("is not claimed where the distance never falls so low", async () => {
    const { size, above } = await requiredSize(1e-3, (m) => 0.01 + 1 / m, { largest: 1e6 });
    expect(size).toBeNull();
    expect(above).toBe(1e6);
  });

  test("uses what is measured already, and waits for what takes time", async () => {
    const asked: number[] = [];
    const measured = [10, 100, 1000].map((size) => ({ size, distance: 1 / size }));
    const found = await requiredSize(
      0.002,
      async (m) => {
        asked.push(m);
        return 1 / m;
      },
      { measured },
    );
    expect(found.size).toBeGreaterThanOrEqual(500);
    expect(found.size).toBeLessThanOrEqual(510);
    expect(asked.filter((m) => [10, 100, 1000].includes(m))).toEqual([]);
    await expect(requiredSize(0, () => 1)).rejects.toThrow("must be positive, but is 0");
  });
});
