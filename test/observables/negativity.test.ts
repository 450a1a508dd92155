import { describe, expect, test } from "vitest";
import { kron } from "../../src/algebra/matrix.ts";
import { matrixAt } from "../../src/algebra/series.ts";
import { negativity } from "../../src/observables/negativity.ts";
import { cases } from "../oracle/cases.ts";
import { random, randomState } from "../oracle/random.ts";
import { pure, schmidtState, wernerState } from "../oracle/states.ts";

describe("negativity", () => {
  test("of a Werner state is (3p − 1)/4, and 0 from p = 1/3 down", () => {
    for (const p of [0, 0.2, 0.5, 0.8, 1]) {
      expect(negativity(wernerState(p), [2, 2], [1])).toBeCloseTo(Math.max(0, (3 * p - 1) / 4), 13);
    }
  });

  test("of cos a |00⟩ + sin a |11⟩ is |sin 2a|/2", () => {
    for (const a of [0, 0.3, 0.9]) {
      expect(negativity(schmidtState(a, 0.4), [2, 2], [0])).toBeCloseTo(Math.abs(Math.sin(2 * a)) / 2, 14);
    }
  });

  test("of a product is 0, and is the same from both sides of the cut", () => {
    const from = random(1);
    expect(negativity(kron(randomState(from, 2), randomState(from, 3)), [2, 3], [0])).toBeLessThan(1e-15);
    const state = randomState(from, 12, 2);
    for (const [one, other] of [
      [[0], [1, 2]],
      [[1], [0, 2]],
      [[2], [0, 1]],
    ]) {
      expect(negativity(state, [2, 3, 2], one)).toBeCloseTo(negativity(state, [2, 3, 2], other), 13);
    }
  });

  test("of a Bell pair and a bystander sees which part stands by", () => {
    // Qubits 0 and 2 share the pair, qubit 1 is |0⟩.
    const amplitudes = Array.from({ length: 8 }, (_, k): [number, number] => [
      k === 0 || k === 5 ? Math.SQRT1_2 : 0,
      0,
    ]);
    const state = pure(amplitudes);
    expect(negativity(state, [2, 2, 2], [0])).toBeCloseTo(0.5, 14);
    expect(negativity(state, [2, 2, 2], [1])).toBeLessThan(1e-15);
  });

  test("agrees with another program", () => {
    const entangled = cases.filter(({ bipartite }) => bipartite !== undefined);
    expect(entangled.length).toBeGreaterThan(0);
    for (const { plain, limit, bipartite } of entangled) {
      bipartite?.negativity.forEach((value, t) => {
        expect(Math.abs(negativity(matrixAt(limit, t), plain.dims, [0]) - value)).toBeLessThan(1e-9);
      });
    }
  });

  test("needs something on both sides", () => {
    const state = randomState(random(1), 4);
    expect(() => negativity(state, [4], [0])).toThrow("give the system's `dims` as a list");
    expect(() => negativity(state, [2, 2], [])).toThrow("none of the 2 parts");
  });
});
