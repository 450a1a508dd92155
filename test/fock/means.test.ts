import { expect, test } from "vitest";
import { adjoint, diagonal, type Matrix, multiply, traceOfProduct } from "../../src/algebra/matrix.ts";
import { diagonalMean, diagonalTrace, sparseMean, sparseTrace } from "../../src/fock/means.ts";
import { random, randomHermitian, randomMatrix, randomState } from "../oracle/random.ts";
import { sparse } from "./dense.ts";

const energies = Float64Array.of(0, 1.5, -2, 0.3);

/** ⟨φ|A|φ⟩ for each column φ. */
function means(a: Matrix, kets: Matrix): number[] {
  const all = multiply(multiply(adjoint(kets), a), kets);
  return Array.from({ length: kets.cols }, (_, t) => all.re[t * (kets.cols + 1)]);
}

test("means at several times are ⟨φ|A|φ⟩ of each ket", () => {
  for (let seed = 0; seed < 5; seed++) {
    const from = random(seed);
    const [a, kets] = [randomHermitian(from, 4), randomMatrix(from, 4, 3)];
    const real = { ...a, im: new Float64Array(16) };
    for (const [found, expected] of [
      [sparseMean(sparse(a), kets, 3), means(a, kets)],
      [sparseMean({ ...sparse(real), im: new Float64Array(0) }, kets, 3), means(real, kets)],
      [diagonalMean(energies, kets, 3), means(diagonal(energies), kets)],
    ] as const) {
      expected.forEach((mean, t) => {
        expect(found[t]).toBeCloseTo(mean, 13);
      });
    }
  }
});

test("traces are tr(Aρ)", () => {
  for (let seed = 0; seed < 5; seed++) {
    const from = random(seed);
    const [a, rho] = [randomHermitian(from, 4), randomState(from, 4)];
    expect(sparseTrace(sparse(a), rho)).toBeCloseTo(traceOfProduct(a, rho).re, 13);
    expect(diagonalTrace(energies, rho)).toBeCloseTo(traceOfProduct(diagonal(energies), rho).re, 13);
  }
});
