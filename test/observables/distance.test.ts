import { describe, expect, test } from "vitest";
import { diagonal, inBasis, kron } from "../../src/algebra/matrix.ts";
import { zeroSeries } from "../../src/algebra/series.ts";
import { bloch } from "../../src/observables/bloch.ts";
import { compareSeries, fidelity, traceDistance } from "../../src/observables/distance.ts";
import { random, randomState, randomUnitary } from "../oracle/random.ts";
import { pure } from "../oracle/states.ts";

describe("trace distance", () => {
  test("of two qubits is half the distance of their Bloch vectors", () => {
    for (let seed = 0; seed < 20; seed++) {
      const from = random(seed);
      const [a, b] = [randomState(from, 2), randomState(from, 2)];
      const [x, y] = [bloch(a), bloch(b)];
      expect(traceDistance(a, b)).toBeCloseTo(Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]) / 2, 13);
    }
  });

  test("is a metric that unitaries do not change, 1 for orthogonal states", () => {
    for (let seed = 0; seed < 20; seed++) {
      const from = random(seed);
      const [a, b, c] = [randomState(from, 4, 2), randomState(from, 4, 3), randomState(from, 4)];
      expect(traceDistance(a, a)).toBe(0);
      expect(traceDistance(a, c)).toBeLessThan(traceDistance(a, b) + traceDistance(b, c) + 1e-14);
      const u = randomUnitary(from, 4);
      expect(traceDistance(inBasis(a, u), inBasis(b, u))).toBeCloseTo(traceDistance(a, b), 13);
    }
    expect(traceDistance(diagonal([1, 0, 0]), diagonal([0, 0.5, 0.5]))).toBeCloseTo(1, 14);
  });
});

describe("fidelity", () => {
  test("of pure states is the squared overlap", () => {
    const [a, b] = [0.3, 1.4];
    const state = (angle: number) =>
      pure([
        [Math.cos(angle), 0],
        [0, Math.sin(angle)],
      ]);
    expect(fidelity(state(a), state(b))).toBeCloseTo(Math.cos(a - b) ** 2, 13);
  });

  test("of states diagonal in one basis is (Σ √(p q))²", () => {
    const [p, q] = [
      [0.5, 0.3, 0.2],
      [0.1, 0.1, 0.8],
    ];
    const u = randomUnitary(random(1), 3);
    const expected = p.reduce((sum, x, k) => sum + Math.sqrt(x * q[k]), 0) ** 2;
    expect(fidelity(inBasis(diagonal(p), u), inBasis(diagonal(q), u))).toBeCloseTo(expected, 13);
  });

  test("of qubits is tr ab + 2 √(det a det b)", () => {
    for (let seed = 0; seed < 20; seed++) {
      const from = random(seed);
      const [a, b] = [randomState(from, 2), randomState(from, 2)];
      const [x, y] = [bloch(a), bloch(b)];
      const dot = x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
      const det = (v: number[]) => (1 - Math.hypot(...v) ** 2) / 4;
      expect(fidelity(a, b)).toBeCloseTo((1 + dot) / 2 + 2 * Math.sqrt(det(x) * det(y)), 12);
    }
  });

  test("is symmetric, multiplies over independent parts, and bounds the trace distance (Fuchs, van de Graaf)", () => {
    for (let seed = 0; seed < 20; seed++) {
      const from = random(seed);
      const [a, b] = [randomState(from, 3, 2), randomState(from, 3)];
      const [c, d] = [randomState(from, 2), randomState(from, 2)];
      const f = fidelity(a, b);
      expect(fidelity(b, a)).toBeCloseTo(f, 12);
      expect(fidelity(kron(a, c), kron(b, d))).toBeCloseTo(f * fidelity(c, d), 12);
      const distance = traceDistance(a, b);
      expect(distance).toBeGreaterThan(1 - Math.sqrt(f) - 1e-13);
      expect(distance).toBeLessThan(Math.sqrt(1 - f) + 1e-13);
    }
  });
});

describe("compareSeries", () => {
  test("refuses series that do not belong together", () => {
    const a = zeroSeries([0, 1], 2);
    expect(() => compareSeries(traceDistance, a, zeroSeries([0, 1], 3))).toThrow("dimension 3");
    expect(() => compareSeries(traceDistance, a, zeroSeries([0, 2], 2))).toThrow("different times");
    expect(() => compareSeries(traceDistance, a, zeroSeries([0], 2))).toThrow("different times");
  });
});
