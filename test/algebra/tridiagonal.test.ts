import { describe, expect, test } from "vitest";
import { tridiagonalEigensystem } from "../../src/algebra/tridiagonal.ts";
import { random } from "../oracle/random.ts";

/** Number of eigenvalues below x: sign changes of Sturm's sequence, with no eigensolver in it. */
function countBelow(d: Float64Array, e: Float64Array, x: number): number {
  let count = 0;
  let q = 1;
  for (let i = 0; i < d.length; i++) {
    const coupling = i === 0 ? 0 : e[i - 1] ** 2;
    q = d[i] - x - (q === 0 ? coupling / 1e-300 : coupling / q);
    if (q < 0) count++;
  }
  return count;
}

function unitRows(n: number): Float64Array {
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * (n + 1)] = 1;
  return rows;
}

function expectSolved(d: Float64Array, e: Float64Array): void {
  const n = d.length;
  const values = d.slice();
  const rows = unitRows(n);
  tridiagonalEigensystem(values, e.slice(), rows, n);
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(d[i]), i < n - 1 ? Math.abs(e[i]) : 0);
  const allowed = 1e-14 * (n + 4) * scale;
  for (let j = 0; j < n; j++) {
    if (j > 0) expect(values[j]).toBeGreaterThanOrEqual(values[j - 1]);
    const v = rows.subarray(j * n, (j + 1) * n);
    for (let i = 0; i < n; i++) {
      const left = i > 0 ? e[i - 1] * v[i - 1] : 0;
      const right = i < n - 1 ? e[i] * v[i + 1] : 0;
      expect(Math.abs(left + d[i] * v[i] + right - values[j] * v[i])).toBeLessThanOrEqual(allowed);
    }
    for (let k = 0; k <= j; k++) {
      const overlap = v.reduce((sum, x, i) => sum + x * rows[k * n + i], 0);
      expect(Math.abs(overlap - (j === k ? 1 : 0))).toBeLessThan(2e-14);
    }
  }
}

describe("the eigensystem of a tridiagonal matrix", () => {
  test("solves the eigenvalue equation with orthonormal vectors, ascending", () => {
    const from = random(21);
    for (const n of [1, 2, 3, 8, 40]) {
      for (let draw = 0; draw < 4; draw++) {
        const d = Float64Array.from({ length: n }, () => from.normal());
        const e = Float64Array.from({ length: n }, () => from.normal());
        expectSolved(d, e);
      }
    }
  });

  test("has as many values below any x as Sturm's sequence changes sign", () => {
    const from = random(22);
    const d = Float64Array.from({ length: 30 }, () => from.normal());
    const e = Float64Array.from({ length: 30 }, () => from.normal());
    const values = d.slice();
    tridiagonalEigensystem(values, e.slice());
    for (let draw = 0; draw < 200; draw++) {
      const x = from.between(-5, 5);
      expect(values.filter((value) => value < x).length).toBe(countBelow(d, e, x));
    }
  });

  test("of the free chain is 2 cos(π j/(n + 1))", () => {
    const n = 25;
    const values = new Float64Array(n);
    tridiagonalEigensystem(values, new Float64Array(n).fill(1));
    for (let j = 1; j <= n; j++) {
      expect(Math.abs(values[n - j] - 2 * Math.cos((Math.PI * j) / (n + 1)))).toBeLessThan(1e-14);
    }
  });

  test("comes to an end where neighbouring diagonal entries vanish, and for split, equal and graded matrices", () => {
    expectSolved(new Float64Array(6), Float64Array.of(1, 0, 0, 1e-200, 2, 0));
    expectSolved(new Float64Array(5), new Float64Array(5));
    expectSolved(new Float64Array(5).fill(3), new Float64Array(5));
    expectSolved(Float64Array.of(1e12, 1e6, 1, 1e-6, 1e-12), Float64Array.of(1e8, 1e2, 1e-4, 1e-10, 0));
    expectSolved(Float64Array.of(0, 0, 0, 1, 0, 0), Float64Array.of(1e-16, 1e-17, 1e-9, 1e-9, 1e-18, 0));
  });

  test("turns the rows it is given, whatever their width", () => {
    const d = Float64Array.of(0, 0);
    const e = Float64Array.of(1, 0);
    const first = Float64Array.of(1, 0);
    tridiagonalEigensystem(d, e, first, 1);
    expect(d[0]).toBeCloseTo(-1, 15);
    expect(Math.abs(first[0])).toBeCloseTo(Math.SQRT1_2, 15);
    expect(Math.abs(first[1])).toBeCloseTo(Math.SQRT1_2, 15);
  });

  test("of NaN is an error, not an endless loop", () => {
    expect(() => tridiagonalEigensystem(Float64Array.of(1, Number.NaN, 2), Float64Array.of(1, 1, 0))).toThrow(
      "no convergence",
    );
  });
});
