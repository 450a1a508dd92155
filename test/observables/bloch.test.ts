import { describe, expect, test } from "vitest";
import { matrix } from "../../src/algebra/matrix.ts";
import { bloch } from "../../src/observables/bloch.ts";
import { purity } from "../../src/observables/purity.ts";
import { random, randomState } from "../oracle/random.ts";
import { pure } from "../oracle/states.ts";

describe("the Bloch vector", () => {
  test("of cos(θ/2)|up⟩ + e^{iφ} sin(θ/2)|down⟩ points to (θ, φ)", () => {
    const [theta, phi] = [1.1, 2.3];
    const s = Math.sin(theta / 2);
    const [x, y, z] = bloch(
      pure([
        [Math.cos(theta / 2), 0],
        [s * Math.cos(phi), s * Math.sin(phi)],
      ]),
    );
    expect(x).toBeCloseTo(Math.sin(theta) * Math.cos(phi), 14);
    expect(y).toBeCloseTo(Math.sin(theta) * Math.sin(phi), 14);
    expect(z).toBeCloseTo(Math.cos(theta), 14);
  });

  test("has length √(2 tr ρ² − 1)", () => {
    for (let seed = 0; seed < 20; seed++) {
      const rho = randomState(random(seed), 2);
      expect(Math.hypot(...bloch(rho)) ** 2).toBeCloseTo(2 * purity(rho) - 1, 13);
    }
  });

  test("needs a qubit", () => {
    expect(() => bloch(matrix([[1]]))).toThrow("needs a system of dimension 2");
  });
});
