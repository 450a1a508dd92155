import { describe, expect, test } from "vitest";
import { kron, matrix, scale } from "../../src/algebra/matrix.ts";
import { addSeries, matrixAt, maxDifference, zeroSeries } from "../../src/algebra/series.ts";
import { meanField } from "../../src/dynamics/meanField.ts";
import type { Model } from "../../src/model/types.ts";
import { negativity } from "../../src/observables/negativity.ts";
import { purity } from "../../src/observables/purity.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { asModel, type PlainModel } from "../oracle/plainModel.ts";
import { randomModel } from "../oracle/randomModel.ts";

/** The model with its couplings as the user wrote them, offsets and all, and 1/M instead of 1/√M for M = size. */
function perSite(plain: PlainModel, size: number): Model {
  const couplings = plain.couplings.map((c) => ({ ...c, system: scale(c.system, 1 / Math.sqrt(size)) }));
  return asModel({ ...plain, couplings, center: "keep" });
}

describe("the mean field", () => {
  test("is what couplings of strength 1/M come to, with an error that falls as 1/M", () => {
    for (let seed = 0; seed < 4; seed++) {
      const { model, plain } = randomModel(seed, { siteDimension: 2, dims: [2], centring: "keep", strength: 0.8 });
      const limit = meanField(model);
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
    const rho = meanField(local);
    for (let t = 0; t < rho.times.length; t++) {
      expect(purity(matrixAt(rho, t))).toBeCloseTo(1, 13);
      expect(negativity(matrixAt(rho, t), [2, 2], [0])).toBeLessThan(1e-13);
    }
  });

  test("does nothing to S that H_S does not do, if tr(ρ v) = 0", () => {
    const { model } = randomModel(6, { centring: "centred" });
    const alone = { ...model, couplings: [] };
    expect(maxDifference(meanField(model), meanField(alone))).toBeLessThan(1e-14);
  });
});
