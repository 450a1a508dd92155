import { expect, test } from "vitest";
import { problemOf } from "../../../src/dynamics/evolve.ts";
import { energies } from "../../../src/dynamics/experiments/energies.ts";
import { energyBounds } from "../../../src/dynamics/experiments/energyBounds.ts";
import { familyPattern } from "../../../src/dynamics/families/family.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { defineModel } from "../../../src/model/validate.ts";

/** One mode pushed by ± c: F from a pure level of the sites, S that only dephases. */
const pushed = (times: readonly number[]) =>
  defineModel({
    system: { hamiltonian: "0.2 * sigmaz", state: "up" },
    reservoir: { hamiltonian: "1.3 * proj(up)", state: "down" },
    couplings: [{ system: "0.3 * sigmaz", site: "sigmax", hc: "included" }],
    times: [...times],
    tolerance: 1e-10,
  });

function boundsAt(cutoff: number, times: readonly number[]) {
  const model = pushed(times);
  const family = limitFamily(model);
  const pattern = familyPattern(family);
  const start = { occupations: [0], levels: [0, 1] };
  const basis = reachableBasis(pattern, [start], cutoff);
  const kets = [{ weight: 1, levels: { re: Float64Array.of(1, 0), im: new Float64Array(2) }, occupations: [0] }];
  const h = family.hamiltonian([]);
  return energyBounds(model, h, problemOf({ basis, pattern, matrix: null }, h, kets, times, true));
}

test("the factors are those of the law: √(n + 1) + Λt quanta in what leaks, r = Λt in the state", () => {
  // Λ = 0.3. At t = 2 with up to 4 quanta the interaction is the worst: 2Λ (√5 + Λt + r), r = Λt.
  const { leak, propagation } = boundsAt(4, [2]);
  const r = 0.6 + 2e-4;
  const heat = 2 * 1.3 * (Math.sqrt(5) + 0.6) * r;
  const interaction = 2 * 0.3 * (Math.sqrt(5) + 0.6 + r);
  expect(leak).toBeCloseTo(Math.max(heat, interaction), 12);
  expect(propagation).toBeCloseTo(Math.max(2 * 1.3 * 2 * r, 2 * 0.3 * (2 + r)), 12);
});

test("quanta never climb faster than the law says", () => {
  // ⟨n⟩ = (c/ω)² 2 (1 − cos ωt) ≤ (ct)².
  const times = [0.2, 1, 2.4];
  const { reservoir } = energies(pushed(times), Number.POSITIVE_INFINITY).energies;
  times.forEach((t, k) => {
    expect(reservoir[k] / 1.3).toBeLessThanOrEqual((0.3 * t) ** 2);
    expect(reservoir[k] / 1.3).toBeCloseTo((0.3 / 1.3) ** 2 * 2 * (1 - Math.cos(1.3 * t)), 9);
  });
});
