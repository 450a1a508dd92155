import { expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { defineModel } from "../../../src/model/validate.ts";

const spec = {
  system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
  reservoir: { hamiltonian: "proj(up)", state: "down" },
  couplings: [{ system: "0.3 * sigmam", site: "sigmap" }],
  decay: [{ T1: 5 }, { operator: "sigmap", rate: 0.05 }],
  drive: [{ operator: "sigmax", envelope: "0.2 * cos(t)" }],
  pulses: [{ at: 2, unitary: "sigmax" }],
  times: [0, 1, 2, 3, 4],
};

test("trajectories agree with the density matrix within their error bars, and are the same for a seed", () => {
  const exact = simulate(defineModel({ ...spec, tolerance: 1e-8 }), Number.POSITIVE_INFINITY);
  expect(exact.path).toContain("joint density matrix");
  const sampled = (seed: number) =>
    simulate(
      defineModel({ ...spec, tolerance: 0.08, trajectories: { seed, most: 4000, always: true } }),
      Number.POSITIVE_INFINITY,
    );
  const runs = [1, 2].map(sampled);
  for (const run of runs) {
    expect(run.path).toContain("quantum trajectories");
    expect(run.error).toMatchObject({ bound: null, converged: true });
    // Two standard errors of the worst of ten entries: three of them would be a mistake.
    const off = maxDifference(run.rho, exact.rho);
    expect(off).toBeLessThan(1.5 * run.error.estimate);
    expect(run.error.estimate).toBeLessThan(0.08);
    expect(run.warnings.join()).toContain("quantum trajectories");
  }
  expect(maxDifference(runs[0].rho, runs[1].rho)).toBeGreaterThan(1e-4);
  expect(maxDifference(runs[0].rho, sampled(1).rho)).toBe(0);
});

test("too few trajectories are said to be too few", () => {
  const model = defineModel({ ...spec, tolerance: 1e-3, trajectories: { most: 100, always: true } });
  const { error } = simulate(model, Number.POSITIVE_INFINITY);
  expect(error.converged).toBe(false);
  expect(error.estimate).toBeGreaterThan(0.01);
});

test("jumps too rare to be seen in the first trajectories are not taken for none", () => {
  const rare = { ...spec, decay: [{ operator: "sigmap", rate: 0.01 }], drive: [], pulses: [], tolerance: 0.02 };
  const exact = simulate(defineModel({ ...rare, tolerance: 1e-8 }), Number.POSITIVE_INFINITY);
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { rho, error } = simulate(
      defineModel({ ...rare, trajectories: { seed, most: 4000, always: true } }),
      Number.POSITIVE_INFINITY,
    );
    expect(error.converged).toBe(true);
    expect(maxDifference(rho, exact.rho), `seed ${seed}`).toBeLessThan(error.estimate);
  }
});

test("where jumps are rarer than is allowed, a few trajectories will do", () => {
  const model = defineModel({
    ...{ ...spec, decay: { operator: "sigmap", rate: 1e-5 } },
    ...{ tolerance: 1e-3, trajectories: { most: 200, always: true } },
  });
  const { error } = simulate(model, Number.POSITIVE_INFINITY);
  expect(error.converged).toBe(true);
});

test("jumps come when the norm says so, also where it falls by steps", () => {
  const model = {
    ...{ system: { hamiltonian: "2 * sigmax", state: "up" }, reservoir: spec.reservoir },
    couplings: [{ system: "qzero(2)", site: "sigmap" }],
    ...{ decay: [{ operator: "sigmam", rate: 0.8 }], times: [0.5, 1, 1.5, 2, 3, 4, 6] },
  };
  const exact = simulate(defineModel({ ...model, tolerance: 1e-8 }), 1);
  const trajectories = { seed: 5, most: 6000, always: true };
  const { rho, error } = simulate(defineModel({ ...model, tolerance: 0.02, trajectories }), 1);
  expect(maxDifference(rho, exact.rho)).toBeLessThan(1.5 * error.estimate);
});
