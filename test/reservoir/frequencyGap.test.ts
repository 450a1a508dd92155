import { expect, test } from "vitest";
import { defineModel } from "../../src/model/validate.ts";
import { frequencyGap } from "../../src/reservoir/frequencyGap.ts";
import { minimalForm } from "../../src/reservoir/minimal.ts";

const split = (by: number, latest = 2) =>
  defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: {
      hamiltonian: [
        [0.5, 0],
        [0, 0.5 + by],
      ],
      state: "0.6 * proj(up) + 0.4 * proj(down)",
    },
    couplings: [{ system: "0.1 * sigmaz", site: "sigmax", hc: "included" }],
    times: [latest],
    tolerance: 1e-8,
  });

test("levels that differ by the rounding of what they are written with are one: a field, and no modes that hardly turn", () => {
  for (const by of [0, 1e-12, 3e-11]) {
    const { modes, field, moved } = minimalForm(split(by));
    expect(modes, `${by}`).toEqual([]);
    expect(field).toHaveLength(1);
    expect(moved).toBeCloseTo(by, 16);
  }
});

test("what is farther apart, or is seen to turn, is told apart", () => {
  for (const model of [split(1e-9), split(3e-11, 3e6)]) {
    expect(minimalForm(model).modes).toHaveLength(2);
    expect(minimalForm(model).field).toEqual([]);
  }
});

test("is as wide as a hundredth of the tolerance allows, and no wider than what numbers of a user leave", () => {
  expect(frequencyGap(split(0), 0)).toBeCloseTo(0.5e-10, 14);
  // 2 (‖V‖t)² 2t of it, ‖V‖ ≤ 0.2 and t = 2, are 1e-10.
  expect(frequencyGap(split(0), 7)).toBeCloseTo(1e-10 / 1.28, 14);
  // Always what rounding makes of energies.
  expect(frequencyGap(split(0, 1e4), 0)).toBeCloseTo(0.5e-13, 16);
});
