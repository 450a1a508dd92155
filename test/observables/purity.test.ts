import { expect, test } from "vitest";
import { identity, multiply, scale, trace } from "../../src/algebra/matrix.ts";
import { purity } from "../../src/observables/purity.ts";
import { random, randomState } from "../oracle/random.ts";

test("purity is tr ρ²: 1 for pure states, 1/n for the completely mixed one", () => {
  const from = random(1);
  const rho = randomState(from, 4);
  expect(purity(rho)).toBeCloseTo(trace(multiply(rho, rho)).re, 14);
  expect(purity(randomState(from, 4, 1))).toBeCloseTo(1, 14);
  expect(purity(scale(identity(5), 1 / 5))).toBeCloseTo(1 / 5, 14);
});
