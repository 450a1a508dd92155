import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import type { ModelSpec } from "../../../src/model/spec.ts";
import { defineModel } from "../../../src/model/validate.ts";

/**
 * A reservoir that mostly dephases S, and flips it hardly ever: the small part in which S is flipped climbs much higher than the rest,
 * which hides it. Each was met as a run that said it had converged, and had not.
 */
const cases: readonly { name: string; size: number; tolerance: number; spec: ModelSpec }[] = [
  {
    name: "a thermal oscillator beside a static field",
    size: Number.POSITIVE_INFINITY,
    tolerance: 1.6e-6,
    spec: {
      system: { hamiltonian: "-2.788 * sigmaz", state: "down" },
      reservoir: { hamiltonian: "0.54998 * proj(2, 1)", state: "0.037 * proj(2, 0) + 0.963 * proj(2, 1)" },
      couplings: [
        {
          system: "0.725 * sigmaz - 0.002688 * sigmay",
          site: "0.7981 * sigmax - 0.3762 * proj(2, 0) - 0.1796 * proj(2, 1)",
          hc: "included",
        },
      ],
      center: "subtract",
      times: { from: 0, to: 54, points: 301 },
    },
  },
  {
    name: "sites in their ground state, at two late times",
    size: 1000,
    tolerance: 5e-7,
    spec: {
      system: { hamiltonian: "3.054 * sigmaz", state: "down" },
      reservoir: { hamiltonian: "0.15168 * proj(2, 1)", state: "proj(2, 0)" },
      couplings: [
        {
          system: "-0.4069 * sigmaz + 0.00004828 * sigmax",
          site: "-0.6303 * sigmax - 0.1935 * proj(2, 0) - 0.4893 * proj(2, 1)",
          hc: "included",
        },
      ],
      center: "subtract",
      times: [8.6165, 32.865],
    },
  },
  {
    name: "static modes of purified sites, at two late times",
    size: 1000,
    tolerance: 1.3e-4,
    spec: {
      system: { hamiltonian: "0.2042 * sigmaz", state: "down" },
      reservoir: {
        dims: 3,
        hamiltonian: "1.7769 * proj(3, 1) + 0.62292 * proj(3, 2)",
        state: "0.62 * proj(3, 0) + 0.23 * proj(3, 1) + 0.15 * proj(3, 2)",
      },
      couplings: [
        {
          system: "0.7916 * sigmaz - 0.007539 * sigmax",
          site: "-0.05613 * proj(3, 0) - 0.09673 * proj(3, 1) + 1.844 * proj(3, 2)",
          hc: "included",
        },
      ],
      center: "subtract",
      times: [5.0964, 23.18],
    },
  },
];

describe("a small part of the state that climbs high", () => {
  for (const { name, size, tolerance, spec } of cases) {
    test(`has its cutoff too: ${name}`, () => {
      const model = defineModel(spec);
      const run = simulate(model, size, { tolerance, forms: "fock" });
      // Where S only dephases in the end this is a closed form.
      const exact = simulate(model, size, { tolerance: tolerance / 100 });
      expect(run.error.converged).toBe(true);
      expect(maxDifference(run.rho, exact.rho)).toBeLessThan(tolerance);
    });
  }
});
