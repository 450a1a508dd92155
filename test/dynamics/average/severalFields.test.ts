/** Averages over several static fields against Gauss–Hermite sums of the closed form of a spin in a field that stands still. */

import { describe, expect, test } from "vitest";
import { gaussRule, normal } from "../../../src/algebra/gauss.ts";
import { predict } from "../../../src/dynamics/predict.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { defineModel } from "../../../src/model/validate.ts";

interface Fields {
  /** H_S = splitting σ_z / 2. */
  readonly splitting: number;
  /** Deviations of the fields: x σ_x + z σ_z. */
  readonly x: number;
  readonly z: number;
}

function spin({ splitting, x, z }: Fields, to: number) {
  const kind = (system: string) => ({
    share: 1 / 2,
    hamiltonian: "proj(up)",
    state: "qeye(2) / 2",
    couplings: [{ system, site: "sigmaz", hc: "included" as const }],
  });
  return defineModel({
    system: { hamiltonian: `${splitting / 2} * sigmaz`, state: "up" },
    reservoirs: [kind(`${x * Math.SQRT2} * sigmax`), kind(`${z * Math.SQRT2} * sigmaz`)],
    times: { from: 0, to, points: 31 },
  });
}

/** The population of `up` at t, of a spin that starts there. */
function upper({ splitting, x, z }: Fields, t: number): number {
  const { nodes, weights } = gaussRule(normal, 160);
  let sum = 0;
  nodes.forEach((first, i) => {
    nodes.forEach((second, j) => {
      const along = splitting / 2 + z * second;
      const field = Math.hypot(along, x * first);
      sum += weights[i] * weights[j] * (1 - ((x * first) / field) ** 2 * Math.sin(field * t) ** 2);
    });
  });
  return sum;
}

describe("an average over two static fields", () => {
  const cases: readonly (readonly [Fields, number])[] = [
    // Where no field along x turns it, the spin does not feel that along z.
    [{ splitting: 1, x: 0.1, z: 0.05 }, 60],
    [{ splitting: 1, x: 0.02, z: 0.2 }, 30],
    // The field along z makes it turn less where it is stronger, and faster.
    [{ splitting: 0.9, x: 0.08, z: 0.1 }, 40],
  ];

  test.each(cases)("%o up to t = %d is within its tolerance and its estimate, and proved", (fields, to) => {
    const model = spin(fields, to);
    const { rho, error } = simulate(model, Number.POSITIVE_INFINITY, { tolerance: 1e-7 });
    const wrong = model.times.map((t, n) => Math.abs(rho.re[4 * n] - upper(fields, t)));
    expect(error.converged).toBe(true);
    expect(Math.max(...wrong)).toBeLessThan(error.estimate);
    expect(error.estimate).toBeLessThanOrEqual(1e-7);
    expect(error.bound).toBeLessThanOrEqual(1e-7);
  });

  test("takes as many sectors as are predicted, within a factor of 2", () => {
    const model = spin({ splitting: 1, x: 0.1, z: 0.05 }, 60);
    const { cost } = simulate(model, Number.POSITIVE_INFINITY);
    const { sectors } = predict(model, Number.POSITIVE_INFINITY);
    expect(sectors / cost.sectors).toBeGreaterThan(0.5);
    expect(sectors / cost.sectors).toBeLessThan(2);
  });
});
