import { describe, expect, test } from "vitest";
import { adjoint, hermitianDefect, type Matrix, maxAbs, multiply, subtract, zeros } from "../../src/algebra/matrix.ts";
import { assemble, assembleLeak, refill } from "../../src/fock/assemble.ts";
import type { Basis } from "../../src/fock/basis.ts";
import { type Pattern, patternOf } from "../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../src/fock/reachableBasis.ts";
import { dense } from "./dense.ts";
import { denseHamiltonian, denseIndex, type HamiltonianKind, randomHamiltonian } from "./randomHamiltonian.ts";

const infinite = Number.POSITIVE_INFINITY;
const kinds: readonly HamiltonianKind[] = [
  { dimension: 2, modes: 1, capacities: [infinite], hopping: false },
  { dimension: 3, modes: 2, capacities: [infinite], hopping: false },
  { dimension: 2, modes: 2, capacities: [infinite], hopping: true },
  { dimension: 2, modes: 2, capacities: [3], hopping: true },
  { dimension: 2, modes: 3, capacities: [2, 2], hopping: true },
];
const cutoff = 3;

function start(modes: number) {
  return [{ occupations: new Array<number>(modes).fill(0), levels: [0] }];
}

/** Where each state of the basis is in the dense space. */
function places(basis: Basis, box: number): number[] {
  return Array.from({ length: basis.dimension }, (_, i) => {
    const at = basis.fock[i] * basis.modes;
    return denseIndex(basis.level[i], basis.occupations.subarray(at, at + basis.modes), box);
  });
}

function picked(a: Matrix, rows: readonly number[], cols: readonly number[]): Matrix {
  const part = zeros(rows.length, cols.length);
  rows.forEach((i, r) => {
    cols.forEach((j, c) => {
      part.re[r * cols.length + c] = a.re[i * a.cols + j];
      part.im[r * cols.length + c] = a.im[i * a.cols + j];
    });
  });
  return part;
}

describe("the matrix of a Hamiltonian in a basis", () => {
  for (const [k, kind] of kinds.entries()) {
    const cases = [0, 1, 2].map((seed) => {
      const h = randomHamiltonian(10 * k + seed, kind);
      return { h, pattern: patternOf([h]) };
    });

    test(`is Hermitian (kind ${k})`, () => {
      for (const { h, pattern } of cases) {
        const basis = reachableBasis(pattern, start(kind.modes), cutoff);
        expect(hermitianDefect(dense(assemble(basis, pattern, h)))).toBeLessThan(1e-15);
      }
    });

    test(`is P H P of the dense H made of ladder operators (kind ${k})`, () => {
      for (const { h, pattern } of cases) {
        const basis = reachableBasis(pattern, start(kind.modes), cutoff);
        const at = places(basis, cutoff + 1);
        const expected = picked(denseHamiltonian(h, cutoff + 1), at, at);
        expect(maxAbs(subtract(dense(assemble(basis, pattern, h)), expected))).toBeLessThan(1e-14);
      }
    });

    test(`loses to the outside what (1 − P) H P says (kind ${k})`, () => {
      for (const weights of [undefined, Array.from({ length: kind.modes }, (_, m) => 1 + 0.5 * m)]) {
        for (const { h, pattern: plain } of cases) {
          const pattern: Pattern = weights === undefined ? plain : { ...plain, weights };
          const basis = reachableBasis(pattern, start(kind.modes), cutoff);
          const at = places(basis, cutoff + 1);
          const inside = new Set(at);
          const full = denseHamiltonian(h, cutoff + 1);
          const outside = Array.from({ length: full.rows }, (_, i) => i).filter((i) => !inside.has(i));
          const expected = picked(full, outside, at);
          const leak = dense(assembleLeak(basis, pattern, h));
          // The rows come in any order: L†L does not know it, and ‖L φ‖² = ⟨φ|L†L|φ⟩ is all that is asked.
          const gram = multiply(adjoint(leak), leak);
          expect(maxAbs(subtract(gram, multiply(adjoint(expected), expected)))).toBeLessThan(1e-13);
        }
      }
    });
  }

  test("loses nothing from a complete basis", () => {
    const h = randomHamiltonian(5, kinds[4]);
    const pattern = patternOf([h]);
    const basis = reachableBasis(pattern, start(3), 4);
    expect(basis.complete).toBe(true);
    expect(assembleLeak(basis, pattern, h).rows).toBe(0);
  });

  test("stays exact at the last quantum of a group: the way beyond is 0, not the root of a rounding error", () => {
    // 3 · 0.1 − 0.1 − 0.1 − 0.1 is not 0 in floating-point numbers.
    const h = randomHamiltonian(6, { dimension: 2, modes: 1, capacities: [3], hopping: false });
    const wide = { ...h, groups: [{ ...h.groups[0], capacity: 3 }] };
    const pattern: Pattern = { ...patternOf([wide]), capacities: [9] };
    const basis = reachableBasis(pattern, start(1), 6);
    const matrix = dense(assemble(basis, pattern, wide));
    const states = Array.from({ length: basis.dimension }, (_, i) => basis.occupations[basis.fock[i]]);
    for (const [i, n] of states.entries()) {
      for (const [j, m] of states.entries()) {
        if (n <= 3 && m > 3)
          expect(Math.hypot(matrix.re[i * states.length + j], matrix.im[i * states.length + j])).toBe(0);
      }
    }
  });

  test("is refilled for another H of the same pattern as if it were new", () => {
    for (const kind of kinds) {
      const [first, second] = [randomHamiltonian(1, kind), randomHamiltonian(2, kind)];
      const pattern = patternOf([first, second]);
      const basis = reachableBasis(pattern, start(kind.modes), cutoff);
      const matrix = assemble(basis, pattern, first);
      refill(matrix, basis, pattern, second);
      expect(matrix).toEqual(assemble(basis, pattern, second));
    }
  });
});
