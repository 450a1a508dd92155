import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { predict } from "../../../src/dynamics/predict.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { defineModel } from "../../../src/model/validate.ts";

function qubitAmong(excited: number, coupling: string, site: string) {
  return defineModel({
    system: { hamiltonian: "0.5 * sigmaz + 0.2 * sigmax", state: "plus" },
    reservoir: { hamiltonian: "0.9 * proj(up)", state: `${1 - excited} * proj(down) + ${excited} * proj(up)` },
    couplings: [{ system: coupling, site, ...(site === "sigmax" ? { hc: "included" as const } : {}) }],
    times: { from: 0, to: 30, points: 61 },
  });
}

// Certified runs sum over every block, or take nodes of which it is proved that they do; others too, where that is soon done.
describe("an average over blocks of total spin by few nodes", () => {
  test.each([
    [1000, 0.3, "0.15 * sigmam", "sigmap", 9],
    [1000, 0.2, "0.1 * sigmax + 0.05 * sigmaz", "sigmax", 9],
    [3000, 0.35, "0.1 * sigmax", "sigmax", 9],
  ] as const)("far from j = 0: M = %s, p = %s, G = %s", (size, excited, coupling, site, nodes) => {
    const model = qubitAmong(excited, coupling, site);
    const few = simulate(model, size, { tolerance: 1e-6, certified: false });
    const all = simulate(model, size, { tolerance: 1e-8, certified: true });
    expect(few.cost.sectors).toBe(nodes);
    expect(all.cost.sectors).toBeGreaterThan(80);
    expect(maxDifference(few.rho, all.rho)).toBeLessThan(few.error.estimate + (all.error.bound ?? 0));
    expect(few.error.estimate).toBeLessThan(1e-6);
  });

  test.each([
    [200, 0.4, "0.1 * sigmax"],
    [300, 0.45, "0.1 * sigmax + 0.05 * sigmaz"],
    [400, 0.42, "0.15 * sigmax"],
  ] as const)("where the blocks end at j = 0: M = %s, p = %s, G = %s", (size, excited, coupling) => {
    const model = qubitAmong(excited, coupling, "sigmax");
    const few = simulate(model, size, { tolerance: 1e-6, certified: false });
    const all = simulate(model, size, { tolerance: 1e-8, certified: true });
    expect(few.cost.sectors).toBeLessThan(0.9 * (size / 2));
    expect(maxDifference(few.rho, all.rho)).toBeLessThan(few.error.estimate + (all.error.bound ?? 0));
    expect(few.error.estimate).toBeLessThan(1e-6);
    expect(all.error.bound).toBeLessThan(1e-8);
  });

  test.each([
    ["soon done", 3000, 61],
    ["where they end at j = 0", 200, 61],
  ] as const)("or by all of them, which is proved, where that is %s: M = %s", (_, size, points) => {
    const { times: _times, ...model } = qubitAmong(0.35, "0.1 * sigmax", "sigmax");
    const timed = { ...model, times: Array.from({ length: points }, (_, i) => i / 2) };
    const all = simulate(timed, size, { tolerance: 1e-6 });
    const few = simulate(timed, size, { tolerance: 1e-6, certified: false });
    expect(few.error.bound).toBeNull();
    expect(all.cost.sectors).toBeGreaterThan(few.cost.sectors);
    expect(all.error.bound).toBeLessThan(1e-6);
    expect(maxDifference(few.rho, all.rho)).toBeLessThan(few.error.estimate + (all.error.bound ?? 0));
    expect(predict(timed, size, { tolerance: 1e-6 }).sectors).toBeCloseTo(all.cost.sectors, -1);
  });

  test("and by few, of which nothing is proved, where a sum over all would take long", () => {
    const model = { ...qubitAmong(0.4, "0.1 * sigmax", "sigmax"), tolerance: 1e-6 };
    const { cost, error } = simulate(model, 40000);
    expect(cost.sectors).toBeLessThan(20);
    expect(error.bound).toBeNull();
  });
});
