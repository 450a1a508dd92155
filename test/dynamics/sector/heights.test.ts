import { describe, expect, test } from "vitest";
import { Heights } from "../../../src/dynamics/sector/heights.ts";

const geometric = (x: number, count = 6) => Float64Array.from({ length: count }, (_, n) => x ** n);

describe("the heights of modes that are filled independently", () => {
  test("of one mode fall as it does", () => {
    const heights = new Heights([geometric(0.1)], [1]);
    for (const n of [0, 1, 4, 9]) expect(heights.beyond(n) / (0.1 ** (n + 1) / 0.9)).toBeCloseTo(1, 6);
    expect(heights.beyond(2.75)).toBe(heights.beyond(2));
    expect(heights.heightFor(1e-5)).toBe(5);
  });

  test("of several modes are sums over all occupations", () => {
    const falls = [0.2, 0.05, 0.3];
    const weights = [1, 1.75, 2.5];
    const heights = new Heights(
      falls.map((x) => geometric(x)),
      weights,
    );
    for (const height of [2, 3.5, 5.25]) {
      let beyond = 0;
      for (let a = 0; a < 40; a++) {
        for (let b = 0; b < 40; b++) {
          for (let c = 0; c < 40; c++) {
            if (a + 1.75 * b + 2.5 * c > height) beyond += falls[0] ** a * falls[1] ** b * falls[2] ** c;
          }
        }
      }
      expect(heights.beyond(height) / beyond).toBeCloseTo(1, 6);
      const found = heights.heightFor(beyond * (1 + 1e-9));
      expect(found).toBeLessThanOrEqual(height);
      expect(heights.beyond(found)).toBeLessThanOrEqual(beyond * (1 + 1e-9));
      expect(heights.beyond(found - 0.25)).toBeGreaterThan(beyond);
    }
  });

  test("take what is known of a mode as it is, and go on with its last fall, but not as slowly as it may seem", () => {
    const heights = new Heights([Float64Array.of(1, 0.5, 0.1, 0.09)], [1]);
    expect(heights.beyond(1)).toBeCloseTo(0.1 + 0.09 * 2, 10);
    const empty = new Heights([Float64Array.of(1, 0, 0)], [1]);
    expect(empty.heightFor(1e-12)).toBe(0);
  });
});
