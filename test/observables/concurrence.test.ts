import { describe, expect, test } from "vitest";
import { add, adjoint, inBasis, kron, scale } from "../../src/algebra/matrix.ts";
import { partialTrace } from "../../src/algebra/partialTrace.ts";
import { matrixAt } from "../../src/algebra/series.ts";
import { concurrence } from "../../src/observables/concurrence.ts";
import { negativity } from "../../src/observables/negativity.ts";
import { purity } from "../../src/observables/purity.ts";
import { cases } from "../oracle/cases.ts";
import { random, randomState, randomUnitary } from "../oracle/random.ts";
import { bellState, schmidtState, wernerState } from "../oracle/states.ts";

describe("concurrence", () => {
  test("of cos a |00⟩ + e^{ib} sin a |11⟩ is |sin 2a|", () => {
    for (const a of [0, 1e-9, 0.3, Math.PI / 4, 1.2, Math.PI / 2]) {
      expect(Math.abs(concurrence(schmidtState(a, 0.7)) - Math.abs(Math.sin(2 * a)))).toBeLessThan(1e-14);
    }
  });

  test("of any pure state is √(2 (1 − purity of one qubit))", () => {
    for (let seed = 0; seed < 30; seed++) {
      const state = randomState(random(seed), 4, 1);
      const expected = Math.sqrt(2 * (1 - purity(partialTrace(state, [2, 2], [0]))));
      expect(concurrence(state)).toBeCloseTo(expected, 12);
    }
  });

  test("of a Werner state is (3p − 1)/2, and 0 from p = 1/3 down", () => {
    for (const p of [0, 0.2, 1 / 3, 0.5, 0.8, 1]) {
      expect(concurrence(wernerState(p))).toBeCloseTo(Math.max(0, (3 * p - 1) / 2), 13);
    }
  });

  test("of an X state is Yu and Eberly's formula", () => {
    for (let seed = 0; seed < 30; seed++) {
      const from = random(seed);
      const state = randomState(from, 4);
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) if (i !== j && i + j !== 3) state.re[i * 4 + j] = state.im[i * 4 + j] = 0;
      }
      const size = (i: number, j: number) => Math.hypot(state.re[i * 4 + j], state.im[i * 4 + j]);
      const [p0, p1, p2, p3] = [0, 1, 2, 3].map((k) => state.re[k * 5]);
      const expected = 2 * Math.max(0, size(0, 3) - Math.sqrt(p1 * p2), size(1, 2) - Math.sqrt(p0 * p3));
      expect(concurrence(state)).toBeCloseTo(expected, 13);
    }
  });

  test("does not change under rotations of the qubits", () => {
    for (let seed = 0; seed < 20; seed++) {
      const from = random(seed);
      const state = add(scale(randomState(from, 4, 2), 0.7), bellState, 0.3);
      const rotated = inBasis(state, kron(randomUnitary(from, 2), randomUnitary(from, 2)));
      expect(concurrence(rotated)).toBeCloseTo(concurrence(state), 13);
      expect(concurrence(inBasis(rotated, adjoint(kron(randomUnitary(from, 2), randomUnitary(from, 2)))))).toBeCloseTo(
        concurrence(state),
        13,
      );
    }
  });

  test("is 0 exactly where negativity is, and at least twice it", () => {
    for (let seed = 0; seed < 60; seed++) {
      const state = randomState(random(seed), 4, 1 + (seed % 4));
      const [c, n] = [concurrence(state), negativity(state, [2, 2], [0])];
      expect(c).toBeGreaterThan(2 * n - 1e-13);
      expect(c > 1e-10).toBe(n > 1e-10);
    }
  });

  test("agrees with another program", () => {
    const entangled = cases.filter(({ bipartite }) => bipartite !== undefined);
    expect(entangled.length).toBeGreaterThan(0);
    for (const { limit, bipartite } of entangled) {
      bipartite?.concurrence.forEach((value, t) => {
        expect(Math.abs(concurrence(matrixAt(limit, t)) - value)).toBeLessThan(1e-6);
      });
    }
  });

  test("needs two qubits", () => {
    expect(() => concurrence(randomState(random(1), 3))).toThrow("needs two qubits");
  });
});
