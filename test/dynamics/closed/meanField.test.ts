import { describe, expect, test } from "vitest";
import { kron, matrix, scale } from "../../../src/algebra/matrix.ts";
import { addSeries, matrixAt, maxDifference, zeroSeries } from "../../../src/algebra/series.ts";
import { meanField } from "../../../src/dynamics/closed/meanField.ts";
import { meanFieldRun } from "../../../src/dynamics/simulate.ts";
import type { Model } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { negativity } from "../../../src/observables/negativity.ts";
import { purity } from "../../../src/observables/purity.ts";
import { bruteForce } from "../../oracle/bruteForce.ts";
import { asModel, type PlainModel } from "../../oracle/plainModel.ts";
import { randomModel } from "../../oracle/randomModel.ts";

/** The model with its couplings as the user wrote them, offsets and all, and 1/M instead of 1/√M for M = size. */
function perSite(plain: PlainModel, size: number): Model {
  const couplings = plain.couplings.map((c) => ({ ...c, system: scale(c.system, 1 / Math.sqrt(size)) }));
  return asModel({ ...plain, couplings, center: "keep" });
}

describe("the mean field", () => {
  test("is what couplings of strength 1/M come to, with an error that falls as 1/M", () => {
    for (let seed = 0; seed < 4; seed++) {
      const { model, plain } = randomModel(seed, { siteDimension: 2, dims: [2], centring: "keep", strength: 0.8 });
      const limit = meanField(model).rho;
      const runs = [2, 4, 8].map((size) => bruteForce(perSite(plain, size), size));
      const errors = runs.map((rho) => maxDifference(rho, limit));
      expect(errors[2]).toBeGreaterThan(1e-6);
      for (const i of [0, 1]) {
        const ratio = errors[i] / errors[i + 1];
        expect(ratio).toBeGreaterThan(1.6);
        expect(ratio).toBeLessThan(2.6);
      }
      // With the term in 1/M taken away by Richardson's step, what is left is much smaller.
      const extrapolated = zeroSeries(model.times, 2);
      addSeries(extrapolated, runs[2], 2);
      addSeries(extrapolated, runs[1], -1);
      expect(maxDifference(extrapolated, limit)).toBeLessThan(0.25 * errors[2]);
    }
  });

  test("leaves S as pure as it was, and its parts as unentangled", () => {
    const plus = matrix([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    const { plain } = randomModel(5, { dims: [2, 2], siteDimension: 2, centring: "keep", pureSystem: true });
    const z = matrix([
      [1, 0],
      [0, -1],
    ]);
    const one = matrix([
      [1, 0],
      [0, 1],
    ]);
    // Each qubit meets the reservoir, and none the other.
    const couplings = [kron(z, one), kron(one, z)].map((system) => ({ ...plain.couplings[0], system }));
    const local = asModel({ ...plain, systemHamiltonian: kron(plus, one), systemState: kron(plus, plus), couplings });
    const rho = meanField(local).rho;
    for (let t = 0; t < rho.times.length; t++) {
      expect(purity(matrixAt(rho, t))).toBeCloseTo(1, 13);
      expect(negativity(matrixAt(rho, t), [2, 2], [0])).toBeLessThan(1e-13);
    }
  });

  test("does nothing to S that H_S does not do, if tr(ρ v) = 0", () => {
    const { model } = randomModel(6, { centring: "centred" });
    const alone = { ...model, couplings: [] };
    expect(maxDifference(meanField(model).rho, meanField(alone).rho)).toBeLessThan(1e-14);
  });
});

test("what is done to S from outside is done to it in the mean field as well", () => {
  const spec = {
    system: { hamiltonian: "0.3 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "0.8 * proj(down) + 0.2 * proj(up)" },
    couplings: [{ system: "0.4 * sigmaz", site: "sigmaz", hc: "included" as const }],
    center: "subtract" as const,
    times: [0, 1, 2.5, 4],
    tolerance: 1e-9,
  };
  const pulses = [{ at: 2, unitary: "sigmax" }];
  const { rho, error, path } = meanFieldRun(defineModel({ ...spec, pulses, decay: { T2: 3 } }));
  // The splitting 2 (0.3 − 0.4 · 0.6) turns back after the pulse.
  const turned = [0, 1, 1.5, 0].map((t) => 2 * (0.3 - 0.24) * t);
  spec.times.forEach((t, place) => {
    const sign = t < 2 ? -1 : 1;
    expect(rho.re[4 * place + 1]).toBeCloseTo(0.5 * Math.cos(turned[place]) * Math.exp(-t / 3), 9);
    expect(rho.im[4 * place + 1]).toBeCloseTo(0.5 * sign * Math.sin(turned[place]) * Math.exp(-t / 3), 9);
  });
  expect(error.converged).toBe(true);
  expect(path).toContain("joint density matrix");
});
