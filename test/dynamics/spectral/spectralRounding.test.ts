import { describe, expect, test } from "vitest";
import { adjoint, diagonal, hermitianPart, inBasis, maxAbs, scale, subtract } from "../../../src/algebra/matrix.ts";
import { matrixAt } from "../../../src/algebra/series.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { bruteForce } from "../../oracle/bruteForce.ts";
import { asModel } from "../../oracle/plainModel.ts";
import { random, randomHermitian, randomMatrix, randomState, randomUnitary } from "../../oracle/random.ts";

/** A qubit of large energies, or sites with levels `gap` apart that are given in another basis. */
function modelOf(seed: number, energy: number, gap: number, times: readonly number[]) {
  const from = random(seed);
  const u = randomUnitary(from, 2);
  const rotated = (values: readonly number[]) => hermitianPart(inBasis(diagonal(values), adjoint(u)));
  return asModel({
    name: "rounding",
    dims: [2],
    systemHamiltonian: scale(randomHermitian(from, 2), energy),
    systemState: hermitianPart(randomState(from, 2, 2)),
    siteHamiltonian: rotated([0.3, 0.3 + gap]),
    siteState: rotated([0.9, 0.1]),
    couplings: [{ system: scale(randomMatrix(from, 2), 0.4), site: randomMatrix(from, 2), hc: "added" }],
    ...{ center: "subtract", times, sizes: [1], tolerance: 1e-8 },
  });
}

describe("the bound of diagonalised sectors", () => {
  test("covers what is mixed into early times where many are found together", () => {
    const times = Array.from({ length: 40 }, (_, t) => 0.25 * t);
    let most = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const model = modelOf(seed, 1e4, 0.5, times);
      const { rho, error } = simulate(model, 1, { forms: "fock" });
      // At time 0 the state is what was given.
      const off = maxAbs(subtract(matrixAt(rho, 0), model.system.state));
      expect(off, `seed ${seed}`).toBeLessThan(error.boundAt?.[0] ?? 0);
      most = Math.max(most, off);
    }
    expect(most).toBeGreaterThan(2e-14);
  });

  test("covers what rounding makes of levels that are almost equal, which is hardly more than of others", () => {
    let most = 0;
    for (let seed = 1; seed <= 8; seed++) {
      for (const gap of [1e-4, 1e-8]) {
        const model = modelOf(seed, 1, gap, [0, 0.5, 2]);
        for (const size of [1, 3]) {
          const { rho, error } = simulate(model, size, { forms: "fock" });
          const exact = bruteForce(model, size);
          model.times.forEach((t, at) => {
            const off = maxAbs(subtract(matrixAt(rho, at), matrixAt(exact, at)));
            expect(off, `seed ${seed}, gap ${gap}, M = ${size}, t = ${t}`).toBeLessThan(error.boundAt?.[at] ?? 0);
            most = Math.max(most, off);
          });
        }
      }
    }
    expect(most).toBeLessThan(1e-13);
  });
});
