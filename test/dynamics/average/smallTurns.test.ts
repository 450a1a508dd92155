import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { defineModel } from "../../../src/model/validate.ts";

/**
 * A small coherence that turns fast with a static field, beside populations that do not depend on it: rules that miss all of it
 * differ by little. Pure dephasing has a closed form, which averages nothing.
 */
const times = { from: 0, to: 40, points: 41 };

const models = {
  "one variable": defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "unit(up + 1e-3 * down)" },
    reservoir: { dims: 2, hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
    couplings: [{ system: "0.5 * sigmaz", site: "0.05 * sigmax + 2 * (sigmaz + 0.4 * qeye(2))", hc: "included" }],
    times,
  }),
  "two variables": defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "unit(up + 1e-3 * down)" },
    reservoir: {
      dims: 3,
      hamiltonian: "proj(3, 1) + 2.3 * proj(3, 2)",
      state: "0.5 * proj(3, 0) + 0.3 * proj(3, 1) + 0.2 * proj(3, 2)",
    },
    couplings: [{ system: "0.5 * sigmaz", site: "0.5 * proj(3, 0) + proj(3, 1) + 2 * proj(3, 2)", hc: "included" }],
    center: "subtract",
    times,
  }),
};

describe("a small part of ρ_S that turns fast", () => {
  for (const [name, model] of Object.entries(models)) {
    for (const size of [60, 2000, 1e6, Number.POSITIVE_INFINITY]) {
      // Two numbers of sites that turn so fast are summed one by one: too many.
      if (name === "two variables" && size > 60 && size < Number.POSITIVE_INFINITY) continue;
      test(`is averaged over ${name}, M = ${size}`, () => {
        const exact = simulate(model, size);
        expect(exact.method).toBe("nondemolition");
        const run = simulate(model, size, { forms: "fock", tolerance: 1e-6 });
        const error = maxDifference(run.rho, exact.rho);
        expect(error).toBeLessThan(1e-6);
        expect(error).toBeLessThan(run.error.estimate + 1e-10);
        expect(run.error.converged).toBe(true);
      });
    }
  }
});
