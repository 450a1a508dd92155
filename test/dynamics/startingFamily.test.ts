import { expect, test } from "vitest";
import { maxDifference } from "../../src/algebra/series.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { startingFamily } from "../../src/dynamics/startingFamily.ts";
import { defineModel } from "../../src/model/validate.ts";

/** A qubit and warm spins 5/2 whose levels are nearly equally spaced: ten modes at ten frequencies, close to each other in two groups. */
const spins = (until: number, points: number, strength = 0.05) =>
  defineModel({
    system: { hamiltonian: "0.5 * sigmaz + 0.2 * sigmax", state: "plus" },
    reservoir: { dims: 6, hamiltonian: "num(6) + 0.02 * num(6)^2", state: "thermal(0.5)" },
    couplings: [{ system: `${strength} * sigmax`, site: 'jmat(2.5, "x")', hc: "included" }],
    times: { from: 0, to: until, points },
  });

const pathOf = (until: number, strength: number) =>
  startingFamily(spins(until, 61, strength), Number.POSITIVE_INFINITY, undefined, 1e-6, 4e9).family.path;

test("many modes that are felt one after the other stand in a chain, whole if need be, where they would take long", () => {
  // Cut off where that is proved not to matter.
  expect(pathOf(10, 0.05)).toMatch(/^a chain of [5-8] blocks/);
  // 300 000 states of modes, or 30 000 of a chain that leaves nothing out.
  expect(pathOf(30, 0.05)).toBe("a chain of 10 blocks");
});

test("what is soon done stays as it is", () => {
  expect(pathOf(60, 0.005)).toBe("vacuum modes (minimal form)");
});

test("a whole chain gives what the modes give", () => {
  const model = spins(20, 21);
  const [chain, modes] = (["chain", "minimal"] as const).map((form) =>
    simulate(model, Number.POSITIVE_INFINITY, { form, tolerance: 1e-4 }),
  );
  expect(maxDifference(chain.rho, modes.rho)).toBeLessThan(1e-4);
  expect(chain.error.converged && modes.error.converged).toBe(true);
});
