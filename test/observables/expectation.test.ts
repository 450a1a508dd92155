import { describe, expect, test } from "vitest";
import { matrix, multiply, trace } from "../../src/algebra/matrix.ts";
import { expectation } from "../../src/observables/expectation.ts";
import { random, randomMatrix, randomState } from "../oracle/random.ts";

describe("expectation", () => {
  test("is the trace of operator times state, complex for an operator that is not Hermitian", () => {
    const from = random(1);
    const [a, rho] = [randomMatrix(from, 4), randomState(from, 4)];
    const expected = trace(multiply(a, rho));
    const value = expectation(a, rho);
    expect(value.re).toBeCloseTo(expected.re, 14);
    expect(value.im).toBeCloseTo(expected.im, 14);
    expect(Math.abs(value.im)).toBeGreaterThan(1e-3);
  });

  test("of σ− is the coherence ρ_01, index 0 being up", () => {
    const lower = matrix([
      [0, 0],
      [1, 0],
    ]);
    const rho = matrix([
      [0.6, [0.25, -0.2]],
      [[0.25, 0.2], 0.4],
    ]);
    expect(expectation(lower, rho)).toEqual({ re: 0.25, im: -0.2 });
  });

  test("refuses an operator of another size", () => {
    expect(() => expectation(matrix([[1]]), randomState(random(2), 2))).toThrow("must be 2×2, but is 1×1");
  });
});
