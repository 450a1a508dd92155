import { expect, test } from "vitest";
import { eigh } from "../../src/algebra/hermitian.ts";
import { adjoint, type Matrix, multiply, zeros } from "../../src/algebra/matrix.ts";
import { assemble, assembleLeak } from "../../src/fock/assemble.ts";
import { patternOf } from "../../src/fock/hamiltonian.ts";
import { layerCount, layersOf } from "../../src/fock/layers.ts";
import { reachableBasis } from "../../src/fock/reachableBasis.ts";
import { dense } from "./dense.ts";
import { type HamiltonianKind, randomHamiltonian } from "./randomHamiltonian.ts";

const infinite = Number.POSITIVE_INFINITY;
const kinds: HamiltonianKind[] = [
  { dimension: 2, modes: 1, capacities: [infinite], hopping: false },
  { dimension: 3, modes: 2, capacities: [infinite], hopping: false },
  { dimension: 2, modes: 3, capacities: [infinite], hopping: false },
  { dimension: 2, modes: 2, capacities: [9], hopping: true },
];

function largestSingularValue(a: Matrix): number {
  return a.rows * a.cols === 0 ? 0 : Math.sqrt(Math.max(0, eigh(multiply(adjoint(a), a)).values[a.cols - 1]));
}

/** Rows and columns of a matrix. */
function part(a: Matrix, rows: number[], cols: number[]): Matrix {
  const b = zeros(rows.length, cols.length);
  rows.forEach((r, i) => {
    cols.forEach((c, j) => {
      b.re[i * cols.length + j] = a.re[r * a.cols + c];
      b.im[i * cols.length + j] = a.im[r * a.cols + c];
    });
  });
  return b;
}

test("layers: H leaves from the first only, couples neighbours only, and no more strongly than they say", () => {
  kinds.forEach((kind, seed) => {
    const h = randomHamiltonian(seed, kind);
    const pattern = patternOf([h]);
    const weighted = seed === 2 ? { ...pattern, weights: [1, 1, 7 / 3] } : pattern;
    const levels = Array.from({ length: kind.dimension }, (_, s) => s);
    const basis = reachableBasis(weighted, [{ occupations: h.modes.map(() => 0), levels }], 5);
    const layers = layersOf(basis, weighted, h, [0]);
    if (layers === null) throw new Error("the space was to be incomplete");
    const members = Array.from({ length: layerCount }, (_, layer) =>
      Array.from({ length: basis.dimension }, (_, i) => i).filter((i) => layers.layerOf[basis.fock[i]] === layer),
    );
    const leak = dense(assembleLeak(basis, weighted, h));
    for (let i = 0; i < basis.dimension; i++) {
      for (let g = 0; g < leak.rows; g++) {
        if (leak.re[g * leak.cols + i] !== 0 || leak.im[g * leak.cols + i] !== 0) expect(members[0]).toContain(i);
      }
    }
    for (let trial = 0; trial < 20; trial++) {
      // Kets that fall off towards the edge, and kets that do not.
      const fall = trial < 10 ? 1.5 : 0;
      const ket = Float64Array.from({ length: basis.dimension }, (_, i) => {
        return Math.sin(7 * i + trial) * Math.exp(-fall * basis.heights[basis.fock[i]]);
      });
      let flux = 0;
      for (let g = 0; g < leak.rows; g++) {
        let [re, im] = [0, 0];
        for (let i = 0; i < leak.cols; i++) {
          re += leak.re[g * leak.cols + i] * ket[i];
          im += leak.im[g * leak.cols + i] * ket[i];
        }
        flux += re * re + im * im;
      }
      let foreseen = 0;
      for (const i of members[0]) foreseen += layers.leaks[layers.bandOf[basis.fock[i]]] ** 2 * ket[i] ** 2;
      expect(foreseen).toBeGreaterThanOrEqual(flux);
    }
    const matrix = dense(assemble(basis, weighted, h));
    const strength = largestSingularValue(leak);
    expect(layers.leak).toBeGreaterThanOrEqual(strength);
    // No more than what absolute values and the operators' own norms can lose.
    expect(layers.leak).toBeLessThan(3 * strength);
    for (let a = 0; a < layerCount; a++) {
      for (let b = a + 1; b < layerCount; b++) {
        const coupling = largestSingularValue(part(matrix, members[a], members[b]));
        if (b > a + 1) expect(coupling).toBe(0);
        else expect(layers.couplings[a]).toBeGreaterThanOrEqual(coupling);
      }
    }
  });
});

test("layers: a space that nothing leaves has none", () => {
  const h = randomHamiltonian(5, { dimension: 2, modes: 2, capacities: [2], hopping: true });
  const pattern = patternOf([h]);
  const basis = reachableBasis(pattern, [{ occupations: [0, 0], levels: [0, 1] }], 9);
  expect(basis.complete).toBe(true);
  expect(layersOf(basis, pattern, h, [0])).toBeNull();
});
