import { describe, expect, test } from "vitest";
import { eigenFactor } from "../../src/algebra/eigenFactor.ts";
import { adjoint, maxAbs, multiply, subtract } from "../../src/algebra/matrix.ts";
import { random, randomState } from "../oracle/random.ts";

describe("eigenFactor", () => {
  test("times its adjoint is the matrix, for every rank, and its columns are orthogonal", () => {
    const from = random(5);
    for (let rank = 1; rank <= 5; rank++) {
      const a = randomState(from, 5, rank);
      const k = eigenFactor(a);
      expect(maxAbs(subtract(multiply(k, adjoint(k)), a))).toBeLessThan(1e-14);
      const gram = multiply(adjoint(k), k);
      for (let i = 0; i < 5; i++) gram.re[i * 6] = 0;
      expect(maxAbs(gram)).toBeLessThan(1e-14);
    }
  });

  test("has as many columns that are not 0 as the matrix has rank", () => {
    const k = eigenFactor(randomState(random(6), 6, 2));
    const columns = Array.from({ length: 6 }, (_, j) =>
      Math.hypot(...Array.from({ length: 6 }, (_, i) => k.re[i * 6 + j])),
    );
    expect(columns.filter((length) => length > 0).length).toBe(2);
  });
});
