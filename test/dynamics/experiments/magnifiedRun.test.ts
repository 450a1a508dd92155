import { expect, test } from "vitest";
import { magnifiedRun } from "../../../src/dynamics/experiments/magnifiedRun.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { defineModel } from "../../../src/model/validate.ts";

test("numbers and all errors of them are in the same unit, whether they meet the tolerance is not", () => {
  const model = defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "down" },
    couplings: [{ system: "0.3 * sigmam", site: "sigmap" }],
    times: [1, 2],
  });
  const run = simulate(model, Number.POSITIVE_INFINITY);
  const large = magnifiedRun(run, 50, 5e-7);
  expect([...large.rho.re]).toEqual([...run.rho.re].map((x) => 50 * x));
  expect([...large.rho.im]).toEqual([...run.rho.im].map((x) => 50 * x));
  const { error } = large;
  expect(error.tolerance).toBe(5e-7);
  expect(error.estimate).toBe(50 * run.error.estimate);
  expect(error.bound).toBe(50 * (run.error.bound ?? Number.NaN));
  expect([...(error.boundAt ?? [])]).toEqual([...(run.error.boundAt ?? [])].map((x) => 50 * x));
  const { truncation, propagation, average } = error.parts;
  expect(truncation + propagation + average).toBeCloseTo(error.estimate, 20);
  expect(error.converged).toBe(run.error.converged);
});
