import { expect, test } from "vitest";
import { matrixAt, maxDifference } from "../../src/algebra/series.ts";
import { dynamicalMap } from "../../src/dynamics/experiments/dynamicalMap.ts";
import { memory } from "../../src/observables/memory.ts";
import { negativity } from "../../src/observables/negativity.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { randomModel } from "../oracle/randomModel.ts";

test("two qubits: ρ_S(t) from the map and its entanglement are those of the full tensor product, times sorted", () => {
  const { model } = randomModel(3, { siteDimension: 2, dims: [2, 2], times: [0.6, 0, 2.1, 1.2], strength: 1 });
  const { rho, error } = dynamicalMap(model, 2, { tolerance: 1e-11 });
  const found = memory(rho, model.system.state, [2, 2], error.estimate);
  expect(found.times).toEqual([0, 0.6, 1.2, 2.1]);
  const exact = bruteForce(model, 2, { times: found.times });
  expect(maxDifference(found.rho, exact)).toBeLessThan(1e-9);
  found.times.forEach((_, t) => {
    expect(found.parts?.negativity[t]).toBeCloseTo(negativity(matrixAt(exact, t), [2, 2], [0]), 8);
  });
  expect(found.backflow).toBeNull();
  // A maximally entangled pair of four levels each has negativity (4 − 1)/2.
  expect(found.reference.negativity[0]).toBeCloseTo(1.5, 8);
});

test("needs times that follow each other from 0 on", () => {
  const { model } = randomModel(3, { siteDimension: 2, dims: [2], times: [1, -1] });
  const { rho } = dynamicalMap(model, 1);
  expect(() => memory(rho, model.system.state, [2], 1e-8)).toThrow("none of them negative");
});
