import { expect, test } from "vitest";
import { identity, matrix } from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { energies, watched } from "../../../src/dynamics/experiments/energies.ts";
import { accounting } from "../../../src/dynamics/experiments/energyAccounts.ts";
import { acting, twoTime } from "../../../src/dynamics/experiments/twoTime.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { predict, predictExperiment } from "../../../src/dynamics/predict.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import type { ModelSpec } from "../../../src/model/spec.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { familyRun } from "../familyRun.ts";

/** A qubit beside spins of one kind: an average along one variable, or purified sites. */
const spins = (more: Partial<ModelSpec>) =>
  defineModel({
    system: { hamiltonian: "0.35 * sigmaz + 0.13 * sigmax", state: "plus" },
    reservoir: { hamiltonian: "0.6 * proj(up)", state: "thermal(2.2)" },
    couplings: [{ system: "0.025 * (sigmax + 0.5 * sigmaz)", site: "sigmax", hc: "included" }],
    times: { from: 0, to: 15, points: 6 },
    tolerance: 1e-6,
    ...more,
  });

const decaying = spins({ decay: [{ T1: 5, T2: 4 }] });
const driven = spins({
  couplings: [{ system: "0.043 * sigmam", site: "sigmap" }],
  drive: [{ operator: "sigmax", envelope: "0.3 * cos(0.5 * t)" }],
  tolerance: 1e-8,
});

test("where S decays sites of one kind are purified if that takes less than all sectors: those of the exact sum give the same", () => {
  const run = simulate(decaying, 16);
  expect(run.path).toMatch(/^purified sites/);
  expect(run.error.converged).toBe(true);
  const exact = familyRun(decaying, finiteFamily(decaying, 16), 5, undefined, 1e-8);
  expect(maxDifference(run.rho, exact.rho)).toBeLessThan(1e-6);
});

test("a prediction names the form that the run takes, of energies as well", () => {
  const experiment = accounting(driven, 40);
  const { run } = energies(driven, 40);
  expect(run.path).toMatch(/^purified sites/);
  expect(predictExperiment(watched(driven), 40, experiment).path).toMatch(/^purified sites/);
  expect(predict(decaying, 40).path).toMatch(/^purified sites/);
});

test("what is asked beside ρ_S(t) is a part of what is predicted", () => {
  const still = spins({ times: { from: 0, to: 15, points: 301 } });
  const infinity = Number.POSITIVE_INFINITY;
  const alone = predict(still, infinity).seconds;
  expect(predictExperiment(watched(still), infinity, accounting(still, infinity)).seconds).toBeGreaterThan(2 * alone);
  const correlation = acting({ operator: identity(2), at: 0 }, undefined);
  expect(predictExperiment(still, infinity, correlation).seconds).toBeGreaterThan(2 * alone);
});

test("two-time correlations, which follow each ket, take bosons in their vacuum where hot ones would start in many", () => {
  const hot = defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "thermal(0.3)" },
    couplings: [{ system: "0.01 * sigmax", site: "sigmax", hc: "included" }],
    times: { from: 0, to: 20, points: 101 },
    tolerance: 1e-8,
  });
  const lowering = matrix([
    [0, 0],
    [1, 0],
  ]);
  expect(simulate(hot, Number.POSITIVE_INFINITY).path).toMatch(/^a thermal oscillator/);
  const run = twoTime(hot, Number.POSITIVE_INFINITY, { operator: lowering, at: 0 });
  expect(run.path).toMatch(/^vacuum modes/);
  expect(run.error.converged).toBe(true);
});
