import { expect, test } from "vitest";
import { type BosonHamiltonian, patternOf } from "../../src/fock/hamiltonian.ts";
import { isProductOperator, productOperator, productOperatorSizes } from "../../src/fock/productOperator.ts";
import { reachableBasis } from "../../src/fock/reachableBasis.ts";
import { describeEachKind } from "../kernels/eachKind.ts";
import { type HamiltonianKind, randomHamiltonian } from "./randomHamiltonian.ts";
import { applied, deviation, realHamiltonian } from "./stepOperators.ts";

const infinite = Number.POSITIVE_INFINITY;

function spaceOf(h: BosonHamiltonian, cutoff: number) {
  const pattern = patternOf([h]);
  const levels = Array.from({ length: h.dimension }, (_, s) => s);
  const basis = reachableBasis(pattern, [{ occupations: h.modes.map(() => 0), levels }], cutoff);
  return { pattern, basis };
}

const kinds: HamiltonianKind[] = [1, 2, 3, 4].flatMap((dimension) => [
  { dimension, modes: 3, capacities: [infinite], hopping: false },
  { dimension, modes: 3, capacities: [3, infinite], hopping: false },
  { dimension, modes: 2, capacities: [4], hopping: true },
]);

describeEachKind("H as a sum of products", () => {
  test("is the assembled matrix, for real and complex vectors, with hopping and limited supplies", () => {
    kinds.forEach((kind, seed) => {
      const h = realHamiltonian(seed, kind);
      const { basis } = spaceOf(h, 4);
      expect(isProductOperator(basis, h)).toBe(true);
      for (const width of [1, 2] as const) {
        const stored = applied(basis, width, productOperatorSizes(basis, h), (arrays) =>
          productOperator(basis, h, arrays),
        );
        expect(deviation(basis, h, width, stored)).toBeLessThan(1e-13);
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
  });
});
