import { describe, expect, test } from "vitest";
import { binomialWeight } from "../../../src/algebra/binomialWeight.ts";
import { binomial, normal } from "../../../src/algebra/gauss.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { refinements, usualSectors } from "../../../src/dynamics/average/latticeAverage.ts";
import { energies } from "../../../src/dynamics/experiments/energies.ts";
import type { Axis } from "../../../src/dynamics/families/family.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { defineModel } from "../../../src/model/validate.ts";

function counting(trials: number, p: number): Axis {
  const counts = { mean: trials * p, trials, weight: (n: number) => binomialWeight(trials, p, n) };
  return { measure: binomial(trials, p), deviation: Math.sqrt(trials * p * (1 - p)), counts };
}

/** E cos(turns · x/deviation) by each refinement: exactly the real part of the characteristic function. */
function* averages(axis: Axis, turns: number) {
  let sum = 0;
  let weight = 0;
  for (const { points, step, power } of refinements(axis, 1e-14)) {
    for (const one of points) {
      sum += one.weight * Math.cos((turns * one.point[0]) / axis.deviation);
      weight += one.weight;
    }
    yield { average: sum / weight, step, power };
  }
}

/** The same as the plain sum over all values, or as the integral. */
function characteristic({ counts, deviation }: Axis, turns: number): number {
  if (counts === undefined || counts.trials > 1e9) return Math.exp(-0.5 * turns * turns);
  const { trials, mean, weight } = counts;
  let sum = 0;
  const reach = 12 * deviation + 40;
  for (let n = Math.max(0, Math.floor(mean - reach)); n <= Math.min(trials, mean + reach); n++) {
    sum += weight(n) * Math.cos((turns * (n - mean)) / deviation);
  }
  return sum;
}

const axes: Record<string, Axis> = {
  "a normal variable": { measure: normal, deviation: 1 },
  "a field of another width": { measure: normal, deviation: 2.5 },
  "few sites": counting(9, 0.3),
  "a hundred sites": counting(100, 0.3),
  "many sites": counting(1e6, 0.45),
  "more sites than integers can count": counting(1e20, 0.2),
  "a rare level": counting(400, 0.01),
};

describe("a lattice that is refined", () => {
  for (const [name, axis] of Object.entries(axes)) {
    test(`comes to the average, and its error is not above what the step before says, for ${name}`, () => {
      for (const turns of [0.5, 2, 4]) {
        const exact = characteristic(axis, turns);
        let before: number | null = null;
        for (const { average, step, power } of averages(axis, turns)) {
          const error = Math.abs(average - exact);
          if (before !== null) {
            const missed = Math.abs(average - before);
            expect(error).toBeLessThanOrEqual(Math.max(1e-12, 2 ** power * missed ** power));
          }
          // The middle node alone is no lattice.
          before = step === Number.POSITIVE_INFINITY ? null : average;
          if (step === 0) expect(error).toBeLessThan(1e-12);
          if (step < 0.2) {
            expect(error).toBeLessThan(1e-12);
            break;
          }
        }
      }
    });
  }

  test("takes every node once, and in the end every value of a counting variable", () => {
    const seen = new Set<number>();
    for (const { points } of refinements(axes["a hundred sites"], 1e-14)) {
      for (const { point } of points) {
        const n = Math.round(point[0] + 30);
        expect(seen.has(n)).toBe(false);
        seen.add(n);
      }
    }
    // Beyond these, less than the negligible weight is left.
    for (let n = 5; n <= 60; n++) expect(seen.has(n)).toBe(true);
  });

  test("takes about as many nodes for 10^20 sites as for a million", () => {
    const [many, more] = [usualSectors(axes["many sites"], 1e-8), usualSectors(counting(1e20, 0.45), 1e-8)];
    expect(more).toBeGreaterThan(15);
    expect(Math.abs(many - more)).toBeLessThan(0.5 * many);
  });

  test("ends where lattices differ by the rounding of their sectors only, and the run says so", () => {
    const model = defineModel({
      system: { hamiltonian: "5e5 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: "1e6 * proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
      couplings: [{ system: "0.4 * sigmam + 0.1 * sigmax", site: "sigmap + 0.2 * sigmaz" }],
      ...{ center: "subtract", times: [3, 6] },
    });
    const { run } = energies(model, Number.POSITIVE_INFINITY, { tolerance: 2e-6 });
    expect(run.cost.sectors).toBeLessThan(40);
    expect(run.error.converged).toBe(false);
    expect(run.error.parts.average).toBeLessThan(run.error.parts.propagation);
    expect(run.warnings.join()).toContain("no cutoff and no finer average");
  });
});

test.each([3e-3, 9e-3, 0.1])(
  "nothing of some weight is left out of a level that %s sites start in, nor of its rest",
  (mean) => {
    for (const trials of [5, 100, 1000]) {
      for (const p of [mean / trials, 1 - mean / trials]) {
        let weight = 0;
        for (const { points } of refinements(counting(trials, p), 1e-13)) {
          for (const one of points) weight += one.weight;
        }
        expect(Math.abs(1 - weight), `${trials} sites, p = ${p}`).toBeLessThan(1e-12);
      }
    }
  },
);

test("a run of sites with a rare level meets its tolerance: whole in closed form, and energies", () => {
  const spec = {
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "9e-6 * proj(up) + (1 - 9e-6) * proj(down)" },
    couplings: [{ system: "0.2 * sigmaz", site: "sigmax", hc: "included" }],
    times: [1, 3],
    tolerance: 1e-10,
  } as const;
  const model = defineModel(spec);
  const run = simulate(model, 1000, { forms: "fock" });
  expect(run.error.converged, run.path).toBe(true);
  expect(maxDifference(run.rho, simulate(model, 1000).rho)).toBeLessThan(1e-10);
  expect(energies(model, 1000).run.error.converged).toBe(true);
});
