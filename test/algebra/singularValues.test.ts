import { describe, expect, test } from "vitest";
import { diagonal, multiply, norm, zeros } from "../../src/algebra/matrix.ts";
import { singularValues } from "../../src/algebra/singularValues.ts";
import { random, randomMatrix, randomUnitary } from "../oracle/random.ts";

describe("singularValues", () => {
  test("are the numbers the matrix was made of, small ones as exactly as large ones", () => {
    const from = random(7);
    const made = [3, 1, 1e-9, 0];
    const a = multiply(multiply(randomUnitary(from, 4), diagonal(made)), randomUnitary(from, 4));
    singularValues(a).forEach((value, k) => {
      expect(Math.abs(value - made[k])).toBeLessThan(1e-14);
    });
  });

  test("of a rectangle are as many as its shorter side, and give its norm", () => {
    const a = randomMatrix(random(8), 3, 5);
    const values = singularValues(a);
    expect(values.length).toBe(3);
    expect(Math.hypot(...values)).toBeCloseTo(norm(a), 13);
  });

  test("of 0 are 0", () => {
    expect([...singularValues(zeros(2, 3))]).toEqual([0, 0]);
  });
});
