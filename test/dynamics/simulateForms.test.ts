import { describe, expect, test } from "vitest";
import { maxDifference } from "../../src/algebra/series.ts";
import { predict } from "../../src/dynamics/predict.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import type { Form } from "../../src/model/types.ts";
import { defineModel } from "../../src/model/validate.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { anharmonicLadder } from "../reservoir/anharmonicLadder.ts";

const infinity = Number.POSITIVE_INFINITY;

describe("a run in a form of F", () => {
  test("gives the same ρ_S(t) in every form, each within its bound or estimate", () => {
    for (let seed = 0; seed < 8; seed++) {
      const { model } = randomModel(seed, { siteDimension: 2, dims: [2], centring: "subtract", times: [0.5, 2] });
      const runs = (["auto", "standard", "minimal", "chain", "merged"] satisfies Form[]).map((form) =>
        simulate(model, infinity, { form, tolerance: 1e-9 }),
      );
      for (const run of runs) {
        expect(run.error.converged, `seed ${seed}: ${run.path}`).toBe(true);
        expect(maxDifference(run.rho, runs[0].rho), `seed ${seed}: ${run.path}`).toBeLessThan(2e-9);
      }
    }
  });

  test("of ninety modes runs as a chain by itself, the end that is cut off being part of bound and estimate", () => {
    const run = simulate({ ...anharmonicLadder, times: [1, 2] }, infinity, { tolerance: 1e-5 });
    expect(run.path).toMatch(/^a chain of \d blocks/);
    expect(run.cost.modes).toBeLessThan(7);
    const { estimate, bound, parts } = run.error;
    expect(bound).toBeGreaterThanOrEqual(estimate);
    expect(parts.truncation).toBeGreaterThan(1e-9);
    const finer = simulate({ ...anharmonicLadder, times: [1, 2] }, infinity, { tolerance: 1e-8 });
    expect(finer.cost.modes).toBeGreaterThan(run.cost.modes);
    expect(maxDifference(run.rho, finer.rho)).toBeLessThan(Math.min(1e-5, bound ?? 0));
  });

  test("takes the model's form, an option instead of it, and neither where M is finite", () => {
    const model = defineModel({
      system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
      couplings: [{ system: "0.15 * sigmam", site: "sigmap" }],
      times: [2],
      form: "chain",
    });
    expect(simulate(model, infinity).path).toMatch(/^a chain/);
    expect(simulate(model, infinity, { form: "standard" }).path).toMatch(/^vacuum modes \(the paper's list\)/);
    expect(simulate(model, infinity, { form: "thermal" }).path).toMatch(/^a thermal oscillator/);
    expect(simulate(model, 30).path).toBe(simulate({ ...model, form: "auto" }, 30).path);
    expect(predict(model, infinity).path).toMatch(/^a chain/);
  });

  test("is run in a Fock space where it is named, even if S only dephases", () => {
    const model = defineModel({
      system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: "proj(up)", state: "proj(down)" },
      couplings: [{ system: "0.15 * sigmaz", site: "sigmap" }],
      times: [2],
    });
    const closed = simulate(model, infinity);
    const chain = simulate(model, infinity, { form: "chain" });
    expect([closed.method, chain.method]).toEqual(["nondemolition", "fock"]);
    expect(maxDifference(closed.rho, chain.rho)).toBeLessThan(1e-8);
  });
});

/** Hot sites and weak couplings: bosons that start in a mixture have very many starts, and those in a vacuum hardly move. */
const hot = {
  system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
  site: { hamiltonian: "proj(up)", state: "0.42 * proj(up) + 0.58 * proj(down)" },
  couplings: [{ system: "0.01 * sigmaz", site: "sigmax", hc: "included" }],
} as const;

test("under pulses, hot sites that are weakly coupled are followed from the vacuum: few kets in a small space", () => {
  const { system, site, couplings } = hot;
  const pulses = [{ at: 1, unitary: "sigmax" }];
  const model = defineModel({ system, reservoir: site, couplings, pulses, times: [0.5, 2, 4] });
  for (const size of [1000, Number.POSITIVE_INFINITY]) {
    const run = simulate(model, size, { forms: "fock" });
    expect(run.cost.dimension, run.path).toBeLessThan(60);
    expect(maxDifference(run.rho, simulate(model, size).rho)).toBeLessThan(1e-8);
  }
});

test("beside a cold reservoir too: starts in one mode leave a whole simplex to the other", () => {
  const { system, site, couplings } = hot;
  const reservoirs = [site.state, "down"].map((state) => ({ ...site, state, couplings, share: 0.5 }));
  const model = defineModel({ system, reservoirs, times: [0.5, 2, 4] });
  const run = simulate(model, 20_000, { forms: "fock" });
  expect(run.cost.dimension, run.path).toBeLessThan(400);
  expect(maxDifference(run.rho, simulate(model, 20_000).rho)).toBeLessThan(1e-8);
});
