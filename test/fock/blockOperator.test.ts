import { expect, test } from "vitest";
import { blockOperator, blockOperatorSizes, isBlockOperator } from "../../src/fock/blockOperator.ts";
import { type BosonHamiltonian, patternOf } from "../../src/fock/hamiltonian.ts";
import { type Simplex, simplexBasis, simplexUpTo } from "../../src/fock/simplexBasis.ts";
import { describeEachKind } from "../kernels/eachKind.ts";
import { applied, deviation, realHamiltonian } from "./stepOperators.ts";

const infinite = Number.POSITIVE_INFINITY;

/** All Fock states up to a cutoff, at most `mostInBlock` of them in a block. */
function inBlocks(h: BosonHamiltonian, cutoff: number, weights: readonly number[], mostInBlock: number) {
  const pattern = { ...patternOf([h]), weights };
  return simplexBasis(pattern, cutoff, simplexUpTo(pattern, cutoff) as Simplex, mostInBlock);
}

describeEachKind("H where Fock states stand in blocks", () => {
  test("is the assembled matrix, for real and complex vectors, whichever modes are outer ones", () => {
    for (const dimension of [1, 2, 3]) {
      for (const [weights, mostInBlock, outer] of [
        [[1, 1, 1, 1], 35, 1],
        [[1, 1, 1, 1], 15, 2],
        [[1, 1, 1, 1], 5, 3],
        [[1, 1, 1, 1], 1, 4],
        [[1.5, 1, 1.25, 1.75], 12, 2],
        [[1, 2, 1.5, 1], 5, 3],
      ] as const) {
        const kind = { dimension, modes: 4, capacities: [infinite, infinite], hopping: false };
        const h = realHamiltonian(dimension, kind);
        const basis = inBlocks(h, 4, weights, mostInBlock);
        expect(basis.blocks?.outer).toBe(outer);
        expect(isBlockOperator(basis, h)).toBe(true);
        for (const width of [1, 2] as const) {
          const found = applied(basis, width, blockOperatorSizes(basis, h), (arrays) =>
            blockOperator(basis, h, arrays),
          );
          expect(deviation(basis, h, width, found)).toBeLessThan(1e-13);
        }
      }
    }
  });

  test("is not for limited supplies, for hopping, or for a space that is one block", () => {
    const of = (capacities: readonly number[], hopping: boolean) =>
      realHamiltonian(5, { dimension: 2, modes: 2, capacities: [...capacities], hopping });
    for (const [h, mostInBlock, expected] of [
      [of([infinite], false), 4, true],
      [of([infinite], false), 100, false],
      [of([infinite], true), 4, false],
      [of([9], false), 4, false],
    ] as const) {
      expect(isBlockOperator(inBlocks(h, 5, [1, 1], mostInBlock), h)).toBe(expected);
    }
  });
});
