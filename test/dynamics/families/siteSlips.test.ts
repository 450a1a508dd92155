import { expect, test } from "vitest";
import { adjoint, diagonal, hermitianPart, inBasis } from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { siteSlips } from "../../../src/dynamics/families/siteSlips.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { bruteForce } from "../../oracle/bruteForce.ts";
import { asModel } from "../../oracle/plainModel.ts";
import { random, randomHermitian, randomMatrix, randomState, randomUnitary } from "../../oracle/random.ts";

/** Sites given in another basis than their own, strongly coupled, at late times. */
function rotatedSites(seed: number, latest: number) {
  const from = random(seed);
  const u = randomUnitary(from, 2);
  const rotated = (values: readonly number[]) => hermitianPart(inBasis(diagonal(values), adjoint(u)));
  return asModel({
    name: "late",
    dims: [2],
    systemHamiltonian: randomHermitian(from, 2),
    systemState: hermitianPart(randomState(from, 2, 2)),
    siteHamiltonian: rotated([0.3, 1]),
    siteState: rotated([0.8, 0.2]),
    couplings: [{ system: randomMatrix(from, 2), site: randomMatrix(from, 2), hc: "added" }],
    ...{ center: "subtract", times: [0.1 * latest, latest], sizes: [2], tolerance: 1e-10 },
  });
}

test("what rounding leaves off a site's diagonal does not add up in practice: late times meet a tolerance, and the estimate holds", () => {
  for (const latest of [100, 1000]) {
    for (let seed = 1; seed <= 4; seed++) {
      const model = rotatedSites(seed, latest);
      const { rho, error } = simulate(model, 2, { forms: "fock" });
      const off = maxDifference(rho, bruteForce(model, 2));
      expect(error.converged, `seed ${seed}, t = ${latest}: ${error.estimate}`).toBe(true);
      expect(off, `seed ${seed}, t = ${latest}`).toBeLessThan(error.estimate + 1e-11);
      const { atMost, likely } = siteSlips(model, 2);
      expect(likely(latest)).toBeLessThanOrEqual(atMost(latest));
      expect(error.bound).toBeGreaterThanOrEqual(atMost(latest));
    }
  }
});
