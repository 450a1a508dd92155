import { expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { energies } from "../../../src/dynamics/experiments/energies.ts";
import { meanFieldAtFirst } from "../../../src/dynamics/experiments/meanFieldEnergy.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import type { ModelSpec } from "../../../src/model/spec.ts";
import { defineModel } from "../../../src/model/validate.ts";

const infinity = Number.POSITIVE_INFINITY;

const system = { hamiltonian: "0.5 * sigmaz", state: "plus" };
const site = { hamiltonian: "0.8 * proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" };
const exchange = { system: "0.2 * sigmam", site: "sigmap" };
const times = [0, 0.7, -1.5];

/** Differences of ⟨V⟩, at each time, with the mean field and without it. */
function added(spec: ModelSpec, size: number): number[] {
  const [kept, removed] = (["keep", "subtract"] as const).map((center) => defineModel({ ...spec, center }));
  const withIt = energies(kept, size, { tolerance: 1e-9 }).energies;
  const without = energies(removed, size, { tolerance: 1e-9 }).energies;
  expect(withIt.open).toBeLessThan(1e-10);
  expect(withIt.interaction[0]).toBeCloseTo(meanFieldAtFirst(kept, size), 9);
  const states = [kept, removed].map((model) => simulate(model, size, { tolerance: 1e-10 }).rho);
  expect(maxDifference(states[0], states[1])).toBeLessThan(1e-11);
  return [...withIt.interaction].map((value, t) => value - without.interaction[t]);
}

// tr(ρ σz) = −0.4.
test.each([1, 3, 40])("a mean field ∝ 1 that is kept is a part of ⟨V⟩, and of nothing else: M = %s", (size) => {
  const couplings = [exchange, { system: "(0.3 + 2i) * qeye(2)", site: "sigmaz", hc: "added" as const }];
  for (const difference of added({ system, reservoir: site, couplings, times, sizes: [size] }, size)) {
    expect(difference).toBeCloseTo(-0.4 * 0.6 * Math.sqrt(size), 9);
  }
});

test("so are mean fields of several reservoirs that are ∝ 1 together", () => {
  const kind = (system: string, count: number) => ({
    ...site,
    couplings: [exchange, { system, site: "sigmaz", hc: "included" as const }],
    sizes: [count],
  });
  const spec = {
    system: { ...system, hamiltonian: "0.5 * sigmaz" },
    reservoirs: [kind("0.3 * qeye(2)", 2), kind("0.1 * qeye(2)", 1)],
    times,
  };
  for (const difference of added(spec, 3)) expect(difference).toBeCloseTo((-0.4 * (2 * 0.3 + 0.1)) / Math.sqrt(3), 9);
});

test("what rounded shares leave of mean fields that cancel is in ⟨V⟩ but for multiples of 1", () => {
  const kind = (system: string, share: number) => ({
    ...site,
    couplings: [{ system, site: "sigmaz", hc: "included" as const }],
    share,
  });
  const model = defineModel({
    system: { ...system, state: "up" },
    reservoirs: [kind("0.3 * proj(up)", 0.5), kind("0.3 * proj(down)", 0.5)],
    times,
    sizes: [3],
  });
  const { energies: found } = energies(model, 3, { tolerance: 1e-9 });
  // Two sites feel 0.3 |up⟩⟨up|, one 0.3 |down⟩⟨down|: what is ∝ 1 of that was not asked for.
  expect(found.interaction[0]).toBeCloseTo((-0.4 * 0.3) / 2 / Math.sqrt(3), 9);
  expect(meanFieldAtFirst(model, 3)).toBeCloseTo(found.interaction[0], 9);
});

test("in the limit a mean field ∝ 1 has no energy that could be told, and counts for none", () => {
  const couplings = [exchange, { system: "0.3 * qeye(2)", site: "sigmaz", hc: "added" as const }];
  const model = defineModel({ system, reservoir: site, couplings, center: "keep", times, sizes: [infinity] });
  const { energies: found, run } = energies(model, infinity, { tolerance: 1e-8 });
  expect(run.error.converged).toBe(true);
  expect(found.interaction[0]).toBeCloseTo(0, 8);
  expect(meanFieldAtFirst(model, infinity)).toBe(0);
});
