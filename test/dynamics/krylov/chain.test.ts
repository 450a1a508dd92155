import { describe, expect, test } from "vitest";
import { chebyshev, mostPolynomials } from "../../../src/dynamics/krylov/chain.ts";

describe("the coefficients of a step", () => {
  test("are those of e^{−ixs} in Chebyshev polynomials, for every length of step", () => {
    const c = new Float64Array(mostPolynomials);
    for (const length of [0, 1e-30, 1e-9, 0.01, 0.5, 2, 2.2]) {
      const count = chebyshev(length, c, 0);
      expect(count).toBeLessThan(mostPolynomials);
      for (const x of [-1, -0.3, 0, 0.77, 1]) {
        let even = 0;
        let odd = 0;
        for (let k = 0; k < count; k++) {
          const polynomial = c[k] * Math.cos(k * Math.acos(x));
          if (k % 2 === 0) even += polynomial;
          else odd += polynomial;
        }
        expect(even).toBeCloseTo(Math.cos(x * length), 14);
        expect(odd).toBeCloseTo(Math.sin(x * length), 14);
      }
    }
  });
});
