import { expect, test } from "vitest";
import { jointPropagation } from "../../../src/dynamics/controlled/jointKets.ts";
import { problemOf } from "../../../src/dynamics/evolve.ts";
import { denseKet, ketAt } from "../../../src/dynamics/sector/sparseKet.ts";
import { krylovWindows, spectral } from "../../../src/dynamics/stage/propagator.ts";
import { patternOf } from "../../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { applySparse, type ComplexVector, zeroVector } from "../../../src/fock/sparse.ts";
import { randomHamiltonian } from "../../fock/randomHamiltonian.ts";
import { random, randomMatrix } from "../../oracle/random.ts";
import { taylorEvolve } from "../../oracle/taylor.ts";

function distance(a: ComplexVector, b: ComplexVector): number {
  return Math.hypot(...a.re.map((x, i) => Math.hypot(x - b.re[i], a.im[i] - b.im[i])));
}

/** Two kets of a truncated space: one in the vacuum of the bosons, one anywhere and not normalised. */
function prepared(bound: boolean) {
  const h = randomHamiltonian(4, { dimension: 2, modes: 2, capacities: [Number.POSITIVE_INFINITY], hopping: false });
  const pattern = patternOf([h]);
  const basis = reachableBasis(pattern, [{ occupations: [0, 0], levels: [0, 1] }], 6);
  const start = { weight: 1, levels: { re: Float64Array.of(0.6, 0.8), im: new Float64Array(2) }, occupations: [0, 0] };
  const problem = problemOf({ basis, pattern, matrix: null }, h, [start], [], bound);
  const { re, im } = randomMatrix(random(7), basis.dimension, 1);
  return { problem, starts: [denseKet(problem.kets[0], basis.dimension), { re, im }] };
}

// More than a block of them, in no order, of both signs.
const times = Array.from({ length: 150 }, (_, t) => 3 * Math.sin(37 * t) + 0.2);

test.each([
  ["diagonalised", spectral()],
  ["in Krylov windows", krylovWindows({ dimension: 20, tolerance: 1e-11 })],
])("both kets are where the Taylor series has them, at every time: %s", (_, propagator) => {
  const { problem, starts } = prepared(true);
  const seen = new Set<number>();
  const { matrix } = problem;
  const norm = Math.hypot(...matrix.re, ...matrix.im);
  const found = starts.map(() => [] as ComplexVector[]);
  const errors = jointPropagation(problem, propagator)(starts, times, 0, (kets, places) => {
    places.forEach((place, t) => {
      seen.add(place);
      kets.forEach((ket, k) => {
        found[k][place] = ketAt(ket, t, places.length);
      });
    });
  });
  expect(seen.size).toBe(times.length);
  starts.forEach((start, k) => {
    const compared = times.filter((_, t) => t % 7 === 0);
    taylorEvolve(
      (psi, out) => applySparse(matrix, psi, out),
      norm,
      start,
      compared,
      (t, now) => {
        expect(distance(found[k][7 * t], now)).toBeLessThan(1e-9);
      },
    );
    expect(errors[k].leaked).toBeGreaterThan(0);
    expect(errors[k].propagation).toBeLessThan(1e-9);
  });
});

test("a ket of length 0 stays what it is", () => {
  const { problem } = prepared(false);
  const nothing = zeroVector(problem.basis.dimension);
  for (const propagator of [spectral(), krylovWindows({ dimension: 8, tolerance: 1e-9 })]) {
    const [error] = jointPropagation(problem, propagator)([nothing], [0, 1, -2], 0, ([ket]) => {
      expect(Math.max(...ket.re, ...ket.im)).toBe(0);
    });
    expect(error.leaked).toBe(0);
  }
});
