import { describe, expect, test } from "vitest";
import { matrixAt } from "../../src/algebra/series.ts";
import { convergence } from "../../src/limits/convergence.ts";
import { thirdMoments } from "../../src/limits/thirdMoments.ts";
import { traceDistance } from "../../src/observables/distance.ts";
import { cases } from "../oracle/cases.ts";
import { random } from "../oracle/random.ts";

const sizes = [1, 2, 5, 10, 30, 100, 300, 1000];

describe("the fit of a power law", () => {
  test("finds the exponent and the coefficient of one, in any order of sizes", () => {
    for (const [c, exponent] of [
      [0.3, -1],
      [2, -0.5],
      [1e-9, -0.75],
    ]) {
      const shuffled = [...sizes].reverse();
      const law = convergence(
        shuffled,
        shuffled.map((m) => c * m ** exponent),
      );
      expect(law?.exponent).toBeCloseTo(exponent, 12);
      expect((law?.coefficient ?? 0) / c).toBeCloseTo(1, 11);
      expect(law?.uncertainty).toBeLessThan(1e-12);
      expect(law?.sizes).toEqual(sizes);
    }
  });

  test("looks at the asymptotic part only", () => {
    const law = convergence(
      sizes,
      sizes.map((m) => 0.4 / Math.sqrt(m) + 3 / m ** 2),
    );
    expect(Math.abs((law?.exponent ?? 0) + 0.5)).toBeLessThan(0.01);
    expect(law?.sizes[0]).toBeGreaterThan(2);
  });

  test("leaves out the limit itself, and what drowns in noise", () => {
    const from = random(1);
    const noise = 1e-6;
    const errors = sizes.map((m) => 1e-3 / m ** 1.5 + noise * from.between(0.5, 1));
    const law = convergence([...sizes, Number.POSITIVE_INFINITY], [...errors, 0], 10 * noise);
    expect(Math.abs((law?.exponent ?? 0) + 1.5)).toBeLessThan(0.1);
    expect(law?.sizes).not.toContain(1000);
  });

  test("does not claim a law where there is none", () => {
    expect(convergence([10, 100], [0, 0])).toBeNull();
    expect(convergence([10], [0.1])).toBeNull();
    expect(convergence([], [])).toBeNull();
    expect(() => convergence([1, 2], [1])).toThrow("one error for each size");
  });

  test("measures on the reference cases what third moments make expected", () => {
    let compared = 0;
    for (const { model, limit, finite } of cases) {
      const large = finite.filter(({ size, centred }) => centred && size >= 100);
      if (large.length < 2) continue;
      const distance = large.map(({ rho }) =>
        Math.max(...rho.times.map((_, t) => traceDistance(matrixAt(rho, t), matrixAt(limit, t)))),
      );
      const law = convergence(
        large.map(({ size }) => size),
        distance,
      );
      expect(Math.abs((law?.exponent ?? 0) - thirdMoments(model).exponent)).toBeLessThan(0.06);
      compared++;
    }
    expect(compared).toBeGreaterThan(3);
  });
});
