import { expect, test } from "vitest";
import { energies } from "../../../src/dynamics/experiments/energies.ts";
import { energyUnit } from "../../../src/dynamics/experiments/energyUnit.ts";
import { defineModel } from "../../../src/model/validate.ts";

function exchange(tolerance: number) {
  return defineModel({
    system: { hamiltonian: "500 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "1000 * proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
    couplings: [{ system: "0.4 * sigmam", site: "sigmap" }],
    times: { from: 0, to: 6, points: 7 },
    tolerance,
  });
}

test("large energies keep the tolerance: sectors and starts that are left out count by the energy in them", () => {
  for (const [size, tolerance] of [
    [20, 1e-3],
    [60, 1e-5],
    [1000, 1e-5],
  ]) {
    const model = exchange(tolerance);
    const rough = energies(model, size);
    const fine = energies(model, size, { tolerance: 1e-7 });
    const difference = (of: "system" | "interaction" | "reservoir") =>
      rough.energies[of].reduce((most, x, t) => Math.max(most, Math.abs(x - fine.energies[of][t])), 0);
    const off = Math.max(difference("system"), difference("interaction"), difference("reservoir"));
    expect(rough.run.error.converged).toBe(true);
    expect(rough.run.error.tolerance).toBe(tolerance);
    expect(off, `M = ${size}`).toBeLessThan(tolerance);
    expect(off, `M = ${size}`).toBeLessThan(rough.run.error.estimate + fine.run.error.estimate);
  }
});

test("energies are measured in the largest there is of S, a quantum and the coupling, but in no less than 1", () => {
  expect(energyUnit(exchange(1e-3), 20)).toBeCloseTo(1000, 9);
  const small = defineModel({
    system: { hamiltonian: "0.1 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "0.3 * proj(up)", state: "down" },
    couplings: [{ system: "0.2 * sigmam", site: "sigmap" }],
  });
  expect(energyUnit(small, Number.POSITIVE_INFINITY)).toBe(1);
  const strong = defineModel({
    system: { hamiltonian: "0 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "0 * sigmaz", state: "down" },
    couplings: [{ system: "3 * sigmax", site: "sigmax", hc: "included" }],
  });
  expect(energyUnit(strong, Number.POSITIVE_INFINITY)).toBeCloseTo(6, 12);
});

test("sectors and starts of little weight count by what they have of V, as they are far off the mean", () => {
  for (const [size, p, tolerance] of [
    [3, 2e-9, 1e-5],
    [9, 1e-4, 1e-8],
    [14, 0.134, 1e-7],
    [15, 0.0047, 1e-5],
    [40, 0.02, 1e-5],
    [60, 0.001, 1e-6],
  ]) {
    const model = defineModel({
      system: { hamiltonian: "0.1 * sigmaz", state: "up" },
      reservoir: { hamiltonian: "0.1 * proj(up)", state: `(1 - ${p}) * proj(down) + ${p} * proj(up)` },
      couplings: [{ system: "5 * proj(up) - 4 * proj(down)", site: "sigmaz", hc: "included" }],
      center: "subtract",
      times: [0.01, 0.5],
      tolerance,
    });
    // Nothing moves, and V is centred: what ⟨V⟩ differs from 0 by is what was left out.
    const { energies: found, run } = energies(model, size);
    const off = Math.max(...found.interaction.map(Math.abs));
    expect(off, `M = ${size}`).toBeLessThanOrEqual(run.error.estimate + 1e-13);
    expect(run.error.converged, `M = ${size}`).toBe(true);
  }
});
