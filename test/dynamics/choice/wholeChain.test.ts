import { expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { predict } from "../../../src/dynamics/predict.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { defineModel } from "../../../src/model/validate.ts";

/** A qubit and warm spins 5/2 whose levels are nearly equally spaced: ten modes at ten frequencies, close to each other in two groups. */
const spins = (until: number, points: number, strength = 0.05) =>
  defineModel({
    system: { hamiltonian: "0.5 * sigmaz + 0.2 * sigmax", state: "plus" },
    reservoir: { dims: 6, hamiltonian: "num(6) + 0.02 * num(6)^2", state: "thermal(0.5)" },
    couplings: [{ system: `${strength} * sigmax`, site: 'jmat(2.5, "x")', hc: "included" }],
    times: { from: 0, to: until, points },
  });

const pathOf = (until: number, strength: number) =>
  predict(spins(until, 61, strength), Number.POSITIVE_INFINITY, { tolerance: 1e-6 }).path;

test("many modes that are felt one after the other stand in a chain, whole if need be, where they would take long", () => {
  // Cut off where that is proved not to matter.
  expect(pathOf(10, 0.05)).toMatch(/^a chain of [5-8] blocks/);
  // 300 000 states of modes, or 30 000 of a chain that leaves nothing out.
  expect(pathOf(30, 0.05)).toMatch(/^a chain of 10 blocks/);
});

test("what is soon done stays as it is", () => {
  expect(pathOf(60, 0.005)).toMatch(/^vacuum modes \(minimal form\)/);
});

test("a run whose modes turn out to take long goes on in the chain", () => {
  const run = simulate(spins(30, 7), Number.POSITIVE_INFINITY, { tolerance: 1e-6 });
  expect(run.path).toMatch(/^a chain of 10 blocks/);
  expect(run.cost.dimension).toBeLessThan(60_000);
  expect(run.error.converged).toBe(true);
}, 120_000);

test("many sectors of a static field take as long together as one that is large", () => {
  const model = defineModel({
    system: { hamiltonian: "0.4 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: '0.5 * jmat(5/2, "z") + 0.03 * jmat(5/2, "z")^2', state: "thermal(0.8)" },
    couplings: [
      { system: "0.04 * sigmaz", site: 'jmat(5/2, "z")', hc: "included" },
      { system: "0.05 * sigmam", site: 'jmat(5/2, "+")' },
    ],
    center: "subtract",
    times: { from: 0, to: 10, points: 11 },
  });
  const run = simulate(model, Number.POSITIVE_INFINITY, { tolerance: 1e-7 });
  expect(run.path).toMatch(/^a chain of \d+ blocks and a static/);
  // As vacuum modes 192 832 states, in each of eight sectors.
  expect(run.cost.dimension).toBeLessThan(20_000);
  const modes = simulate(model, Number.POSITIVE_INFINITY, { form: "minimal", tolerance: 1e-5 });
  expect(maxDifference(run.rho, modes.rho)).toBeLessThan(modes.error.estimate + run.error.estimate);
}, 120_000);

test("a whole chain gives what the modes give", () => {
  const model = spins(20, 5);
  const [chain, modes] = (["chain", "minimal"] as const).map((form) =>
    simulate(model, Number.POSITIVE_INFINITY, { form, tolerance: 1e-3 }),
  );
  expect(maxDifference(chain.rho, modes.rho)).toBeLessThan(1e-3);
  expect(chain.error.converged && modes.error.converged).toBe(true);
});
