import { expect, test } from "vitest";
import { matrix } from "../../src/algebra/matrix.ts";
import { populations } from "../../src/observables/populations.ts";
import { random, randomState } from "../oracle/random.ts";

test("populations are the diagonal, and sum to 1", () => {
  const rho = matrix([
    [0.75, [0.1, 0.2]],
    [[0.1, -0.2], 0.25],
  ]);
  expect([...populations(rho)]).toEqual([0.75, 0.25]);
  expect(populations(randomState(random(1), 5)).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
});
