/** What was wrong once, so that it stays right; the number is the issue's. */

import { describe, expect, test } from "vitest";
import { diagonal } from "../src/algebra/matrix.ts";
import { maxDifference } from "../src/algebra/series.ts";
import { chooseNodes } from "../src/dynamics/average/average.ts";
import { limitFamily } from "../src/dynamics/families/limitFamily.ts";
import { simulate } from "../src/dynamics/simulate.ts";
import { defineModel } from "../src/model/validate.ts";
import { minimalForm } from "../src/reservoir/minimal.ts";
import { bruteForce } from "./oracle/bruteForce.ts";
import { randomModel } from "./oracle/randomModel.ts";
import { withReservoir } from "./oracle/withReservoir.ts";

describe("issue 2", () => {
  test("one site at infinite temperature is one site: its only block of total spin is j = 1/2", () => {
    const { model } = randomModel(4, { siteDimension: 2, state: "infinite-temperature", dims: [2] });
    const run = simulate(model, 1, { forms: "fock", tolerance: 1e-10 });
    expect(maxDifference(run.rho, bruteForce(model, 1))).toBeLessThan(1e-10);
  });

  test("cos 6ξ at a single time is not taken for a polynomial because fifteen nodes cannot tell", () => {
    const { model } = randomModel(1, { siteDimension: 2, state: "mixed", degenerate: false, centring: "subtract" });
    const family = { ...limitFamily(model), axes: 1 };
    const { estimate, choices } = chooseNodes(family, ([xi]) => Float64Array.of(Math.cos(6 * xi + 0.4)), 1e-5);
    expect(estimate).toBeLessThanOrEqual(1e-5);
    // Eleven nodes gave 0.71 too much.
    const [choice] = choices;
    expect("nodes" in choice ? choice.nodes : 100 * (1 / choice.step)).toBeGreaterThan(20);
  });

  test("a dephasing model is one although G is Hermitian up to rounding only", () => {
    const { model } = randomModel(3, { nondemolition: true, rotated: false, hermitian: true, dims: [3] });
    const couplings = model.reservoirs[0].couplings.map((c) => {
      const system = { ...c.system, im: c.system.im.slice() };
      for (const at of [1, 3]) system.im[at] += 3e-17;
      return { ...c, system };
    });
    const run = simulate(withReservoir(model, { couplings }), 7);
    expect(run.method).toBe("nondemolition");
    expect(maxDifference(run.rho, simulate(model, 7).rho)).toBeLessThan(1e-13);
  });
});

describe("frequencies that hardly differ beside their size", () => {
  // Sites at 1 ± δ: in the rotating frame the atom is coupled by g to the one mode, and that by δ to the other.
  const [g, delta] = [5e-11, 3e-11];
  const spread = { of: "splitting", values: [-1, 1].map((s) => ({ value: 1 + s * delta, share: 0.5 })) } as const;
  const model = defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "up" },
    reservoir: { hamiltonian: "proj(up)", state: "down", spread },
    couplings: [{ system: `${g} * sigmam`, site: "sigmap" }],
    times: [1e10, 2e10, 6e10],
    tolerance: 1e-3,
  });

  for (const form of ["auto", "standard", "minimal", "chain", "merged"] as const) {
    test(`are not one where times are late enough to tell them apart: ${form}`, () => {
      const run = simulate(model, Number.POSITIVE_INFINITY, { form });
      const omega = Math.hypot(g, delta);
      model.times.forEach((t, at) => {
        const amplitude = (delta ** 2 + g ** 2 * Math.cos(omega * t)) / omega ** 2;
        expect(Math.abs(run.rho.re[4 * at] - amplitude ** 2)).toBeLessThan(run.error.estimate);
      });
      expect(run.error.estimate).toBeLessThan(1e-3);
    });
  }

  test("are one where it is proved not to matter, and that is counted", () => {
    const close = defineModel({
      system: { hamiltonian: "0.5 * sigmaz", state: "up" },
      reservoir: { hamiltonian: diagonal([0, 1, 2 + 1e-12]), state: diagonal([0.5, 0.3, 0.2]) },
      couplings: [{ system: "0.1 * sigmam", site: 'jmat(1, "-")' }],
      times: [1],
    });
    const { modes, moved } = minimalForm(close);
    expect(modes.length).toBe(2);
    expect(moved).toBeGreaterThan(1e-13);
    expect(simulate(close, Number.POSITIVE_INFINITY).error.bound).toBeGreaterThan(1e-15);
  });
});

test("a mean field that is kept is kept however weak its coupling is beside others: √M makes much of it", () => {
  const weak = 1e-11;
  const size = 1e14;
  const model = defineModel({
    system: { hamiltonian: "0 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "qeye(2) / 2" },
    couplings: [
      { system: "0.2 * sigmaz", site: "sigmax", hc: "included" },
      { system: `${weak} * sigmaz`, site: "proj(up)", hc: "included" },
    ],
    center: "keep",
    times: [10],
    sizes: [size],
  });
  const { rho } = simulate(model, size);
  // Each site adds weak/2 to the splitting of S, half of it on each level.
  const phase = 2 * Math.sqrt(size) * (weak / 2) * 10;
  expect(Math.atan2(-rho.im[1], rho.re[1])).toBeCloseTo(phase, 8);
  expect(phase).toBeGreaterThan(1e-4);
});
