import { expect, test } from "vitest";
import { assemble } from "../../src/fock/assemble.ts";
import { type Basis, reachableBasis } from "../../src/fock/basis.ts";
import { type BosonHamiltonian, patternOf } from "../../src/fock/hamiltonian.ts";
import { isLadderOperator, ladderOperator, ladderOperatorSizes } from "../../src/fock/ladderOperator.ts";
import { isProductOperator, productOperator, productOperatorSizes } from "../../src/fock/productOperator.ts";
import { applySparse } from "../../src/fock/sparse.ts";
import { describeEachKind } from "../kernels/eachKind.ts";
import { type HamiltonianKind, randomHamiltonian } from "./randomHamiltonian.ts";
import { applied } from "./stepOperators.ts";

const infinite = Number.POSITIVE_INFINITY;

/** With real operators; some couplings multiples of another, some symmetric. */
function realHamiltonian(seed: number, kind: HamiltonianKind): BosonHamiltonian {
  const h = randomHamiltonian(seed, kind);
  const n = kind.dimension;
  const real = (o: { re: Float64Array }) => ({ rows: n, cols: n, re: o.re, im: new Float64Array(n * n) });
  const symmetric = (re: Float64Array) => re.map((x, at) => x + re[(at % n) * n + Math.floor(at / n)]);
  return {
    ...h,
    system: real(h.system),
    ladders: h.ladders.map(({ mode, coupling }, t) => {
      if (t === 0) return { mode, coupling: real(coupling) };
      if (t === 1) return { mode, coupling: real({ re: h.ladders[0].coupling.re.map((x) => -0.4 * x) }) };
      return { mode, coupling: real({ re: symmetric(coupling.re) }) };
    }),
    hoppings: h.hoppings.map((hopping) => ({ ...hopping, operator: real(hopping.operator) })),
  };
}

function spaceOf(h: BosonHamiltonian, cutoff: number) {
  const pattern = patternOf([h]);
  const levels = Array.from({ length: h.dimension }, (_, s) => s);
  const basis = reachableBasis(pattern, [{ occupations: h.modes.map(() => 0), levels }], cutoff);
  return { pattern, basis };
}

/** y − H x and the overlap's error against the assembled matrix. */
function deviation(basis: Basis, h: BosonHamiltonian, width: 1 | 2, found: ReturnType<typeof applied>): number {
  const matrix = assemble(basis, patternOf([h]), h);
  const part = (from: Float64Array, c: number) =>
    Float64Array.from({ length: basis.dimension }, (_, i) => (c < width ? from[i * width + c] : 0));
  const expected = { re: part(found.x, 2), im: part(found.x, 2) };
  applySparse(matrix, { re: part(found.x, 0), im: part(found.x, 1) }, expected);
  let worst = 0;
  let overlap = 0;
  for (let i = 0; i < basis.dimension; i++) {
    for (let c = 0; c < width; c++) {
      const y = (c === 0 ? expected.re : expected.im)[i];
      const x = found.x[i * width + c];
      worst = Math.max(worst, Math.abs(found.y[i * width + c] - y));
      overlap += x * (2 * y - x);
    }
  }
  return Math.max(worst, Math.abs(overlap - found.overlap) / basis.dimension);
}

const kinds: HamiltonianKind[] = [1, 2, 3, 4].flatMap((dimension) => [
  { dimension, modes: 3, capacities: [infinite], hopping: false },
  { dimension, modes: 3, capacities: [3, infinite], hopping: false },
  { dimension, modes: 2, capacities: [4], hopping: true },
]);

describeEachKind("H as a sum of products, and H without a matrix", () => {
  test("is the assembled matrix, for real and complex vectors, with hopping and limited supplies", () => {
    kinds.forEach((kind, seed) => {
      const h = realHamiltonian(seed, kind);
      const { basis } = spaceOf(h, 4);
      expect(isProductOperator(basis, h)).toBe(true);
      expect(isLadderOperator(basis, h)).toBe(!kind.hopping);
      for (const width of [1, 2] as const) {
        const stored = applied(basis, width, productOperatorSizes(basis, h), (arrays) =>
          productOperator(basis, h, arrays),
        );
        expect(deviation(basis, h, width, stored)).toBeLessThan(1e-13);
        if (kind.hopping) continue;
        const free = applied(basis, width, ladderOperatorSizes(basis, h), (arrays) => ladderOperator(basis, h, arrays));
        expect(deviation(basis, h, width, free)).toBeLessThan(1e-13);
      }
    });
  });

  test("is not for complex operators, or for spaces with holes", () => {
    const complex = randomHamiltonian(1, kinds[3]);
    expect(isProductOperator(spaceOf(complex, 3).basis, complex)).toBe(false);
    const real = realHamiltonian(1, kinds[3]);
    const { basis } = spaceOf(real, 3);
    const holed = { ...basis, dimension: basis.dimension - 1 };
    expect(isProductOperator(holed, real)).toBe(false);
    expect(isLadderOperator(holed, real)).toBe(false);
  });
});
