import { describe, expect, test } from "vitest";
import { adjoint, diagonal, identity, inBasis, kron, scale } from "../../src/algebra/matrix.ts";
import { partialTrace } from "../../src/algebra/partialTrace.ts";
import { entropy } from "../../src/observables/entropy.ts";
import { random, randomState, randomUnitary } from "../oracle/random.ts";

describe("entropy", () => {
  test("is in nats: ln n for the completely mixed state, 0 for a pure one", () => {
    expect(entropy(scale(identity(3), 1 / 3))).toBeCloseTo(Math.log(3), 14);
    expect(Math.abs(entropy(randomState(random(1), 4, 1)))).toBeLessThan(1e-13);
  });

  test("is −Σ p ln p of the eigenvalues the state was made of", () => {
    const p = [0.5, 0.3, 0.2, 0];
    const rho = inBasis(diagonal(p), adjoint(randomUnitary(random(2), 4)));
    expect(entropy(rho)).toBeCloseTo(-(0.5 * Math.log(0.5) + 0.3 * Math.log(0.3) + 0.2 * Math.log(0.2)), 13);
  });

  test("adds up over independent parts, and is the same for both halves of a pure state", () => {
    const from = random(3);
    const [a, b] = [randomState(from, 2), randomState(from, 3)];
    expect(entropy(kron(a, b))).toBeCloseTo(entropy(a) + entropy(b), 13);
    const joint = randomState(from, 6, 1);
    expect(entropy(partialTrace(joint, [2, 3], [0]))).toBeCloseTo(entropy(partialTrace(joint, [2, 3], [1])), 13);
  });

  test("takes an eigenvalue slightly below 0 for 0", () => {
    expect(entropy(diagonal([1, -1e-12]))).toBe(0);
  });
});
