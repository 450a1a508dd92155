import { beforeEach, expect, test, vi } from "vitest";
import { matrix } from "../../src/algebra/matrix.ts";
import { maxDifference } from "../../src/algebra/series.ts";
import { trialOf } from "../../src/dynamics/cutoff/trial.ts";
import { energies } from "../../src/dynamics/experiments/energies.ts";
import { finiteFamily } from "../../src/dynamics/families/finiteFamily.ts";
import { predict } from "../../src/dynamics/predict.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { Stage } from "../../src/dynamics/stage/stage.ts";
import { readModel } from "../../src/model/read.ts";
import type { Model } from "../../src/model/types.ts";
import { controlledBruteForce, sitesOf } from "../oracle/controlledBruteForce.ts";

/** Joint states of the density matrices that were evolved. */
const evolved = vi.hoisted(() => [] as number[]);

vi.mock(import("../../src/dynamics/controlled/decaying.ts"), async (original) => {
  const { evolveDecaying, ...others } = await original();
  const told: typeof evolveDecaying = (problem, ...rest) => {
    evolved.push(problem.basis.dimension);
    return evolveDecaying(problem, ...rest);
  };
  return { ...others, evolveDecaying: told };
});

beforeEach(() => {
  evolved.length = 0;
});

/** A qubit that decays, and sites of three levels that are all filled: four modes for M = ∞, purified sites or sectors else. */
function decaying(strength: number, until: number, tolerance = 1e-4, more = ""): Model {
  const { model } = readModel(
    `
system: { dims: 2, hamiltonian: 0.5 * sigmaz + 0.2 * sigmax, state: thermal(1) }
reservoir: { dims: 3, hamiltonian: [[0, 0, 0], [0, 0.8, 0], [0, 0, 1.9]], state: thermal(1) }
couplings:
  - { system: ${strength} * sigmax, site: [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]], hc: added }
decay: [{ T1: 5, T2: 4 }]
times: { from: 0, to: ${until}, points: 41 }
tolerance: ${tolerance}
${more}`,
    "model",
  );
  if (model === undefined) throw new Error("not a model");
  return model;
}

test.each([6, Number.POSITIVE_INFINITY])("a prediction evolves no large joint density matrix: M = %s", (size) => {
  const { dimension, seconds } = predict(decaying(0.5, 10), size);
  expect(Math.max(0, ...evolved)).toBeLessThan(60);
  expect(dimension).toBeGreaterThan(500);
  expect(seconds).toBeGreaterThan(10);
});

test("a glance takes at most a few trajectories, where so many are asked for", () => {
  const model = decaying(0.2, 4, 0.03, "trajectories: { seed: 1, most: 2000, always: true }");
  const [glance, whole] = [true, false].map((glances) => {
    const stage = new Stage(model, finiteFamily(model, 6), 0.03, 2 ** 30);
    stage.glances = glances;
    trialOf(stage);
    return stage.applications;
  });
  expect(glance).toBeLessThan(whole / 3);
});

test("what is seen at a glance is within a factor 4 of the states that a run takes", () => {
  for (const [strength, until, tolerance] of [
    [0.1, 1, 1e-3],
    [0.15, 2, 1e-5],
  ]) {
    const model = decaying(strength, until, tolerance);
    const { dimension } = predict(model, Number.POSITIVE_INFINITY);
    expect(Math.max(0, ...evolved)).toBeLessThan(60);
    const ratio = dimension / simulate(model, Number.POSITIVE_INFINITY).cost.dimension;
    expect(ratio).toBeLessThan(4);
    expect(ratio).toBeGreaterThan(0.25);
    evolved.length = 0;
  }
});

/** Purified sites have more states than sectors of an average: a joint density matrix of them fits no small room. */
const full = `
system: { dims: 2, hamiltonian: 0.5 * sigmaz + 0.2 * sigmax, state: thermal(1) }
reservoir: { dims: 3, hamiltonian: [[0, 0, 0], [0, 0.8, 0], [0, 0, 1.9]], state: thermal(1) }
couplings:
  - { system: 0.4 * sigmax, site: [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]], hc: added }
decay: [{ operator: sigmam, rate: 0.3 }]
times: [0.6, 1.2]
tolerance: 1e-7`;

test("three sites that all their levels fill need no trajectories beside decay: that of the full tensor product, and energies", () => {
  const { model } = readModel(full, "model");
  if (model === undefined) throw new Error("not a model");
  const run = simulate(model, 3);
  expect(run.path).toContain("joint density matrix");
  const decays = [
    {
      operator: matrix([
        [0, 0],
        [1, 0],
      ]),
      rate: 0.3,
    },
  ];
  const exact = controlledBruteForce(model, sitesOf(model, 3), { decays }, model.times, 6);
  expect(maxDifference(run.rho, exact)).toBeLessThan(1e-7);
  expect(run.error.converged).toBe(true);
  expect(predict(model, 3).path.split(" (")[0]).toBe(run.path.split(" (")[0]);
  const { energies: found, run: accounts } = energies(model, 3);
  expect(found.open).toBeLessThan(1e-8);
  expect(accounts.error.converged).toBe(true);
});

/** A qubit that decays at some rate beside one oscillator. */
function fading(rate: number): Model {
  const text = `
system: { hamiltonian: 0.5 * sigmaz, state: plus }
reservoir: { hamiltonian: proj(up), state: 0.7 * proj(down) + 0.3 * proj(up) }
couplings: [{ system: 0.15 * sigmam, site: sigmap }]
times: { from: 0, to: 5, points: 6 }
decay: [{ operator: sigmam, rate: ${rate} }]
`;
  const { model } = readModel(text, "model");
  if (model === undefined) throw new Error("not a model");
  return model;
}

test("a fast decay takes long, which a prediction says and does not try out", () => {
  // In the same form, so that as many cutoffs are tried.
  const thermal = { form: "thermal" } as const;
  const cost = (rate: number) => simulate(fading(rate), Number.POSITIVE_INFINITY, thermal).cost;
  const { applications, seconds: took } = cost(300);
  const [some, more, most] = [300, 3000, 1e7].map(
    (rate) => predict(fading(rate), Number.POSITIVE_INFINITY, thermal).seconds,
  );
  // Windows become shorter as the rate grows: ten times as many.
  expect(cost(3000).applications).toBeGreaterThan(8 * applications);
  expect(some).toBeGreaterThan(took / 10);
  expect(more).toBeGreaterThan(2 * some);
  expect(most).toBeGreaterThan(300 * more);
}, 30_000);

test("a decay that could not be followed in hours is refused at once", () => {
  expect(() => simulate(fading(1e15), Number.POSITIVE_INFINITY)).toThrow(
    /cannot be followed for a time of 5: .* Ask for shorter times/,
  );
});
