import { describe, expect, test } from "vitest";
import { eigh } from "../../src/algebra/hermitian.ts";
import { hermitianDefect, trace } from "../../src/algebra/matrix.ts";
import { type MatrixSeries, matrixAt, maxDifference, zeroSeries } from "../../src/algebra/series.ts";
import { evolve } from "../../src/dynamics/evolve.ts";
import type { Ket } from "../../src/dynamics/sector/evolution.ts";
import { krylovWindows, type Propagator, spectral } from "../../src/dynamics/stage/propagator.ts";
import { assemble } from "../../src/fock/assemble.ts";
import { type BosonHamiltonian, patternOf } from "../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../src/fock/reachableBasis.ts";
import { applySparse } from "../../src/fock/sparse.ts";
import { randomHamiltonian } from "../fock/randomHamiltonian.ts";
import { addReduced } from "../oracle/bruteForce.ts";
import { random, randomMatrix } from "../oracle/random.ts";
import { taylorEvolve } from "../oracle/taylor.ts";

const infinite = Number.POSITIVE_INFINITY;
const free = { dimension: 3, modes: 2, capacities: [infinite], hopping: false };
const full = { dimension: 2, modes: 2, capacities: [4], hopping: true };
const propagators: Record<string, Propagator> = {
  diagonalised: spectral(),
  "in Krylov windows": krylovWindows({ dimension: 20, tolerance: 1e-13 }),
};

function space(h: BosonHamiltonian, cutoff: number, starts: readonly (readonly number[])[] = []) {
  const pattern = patternOf([h]);
  const levels = Array.from({ length: h.dimension }, (_, s) => s);
  const vacuum = new Array<number>(h.modes.length).fill(0);
  const start = [vacuum, ...starts].map((occupations) => ({ occupations, levels }));
  return { basis: reachableBasis(pattern, start, cutoff), pattern, matrix: null };
}

/** Normalised random kets of S with weights that sum to 1, bosons in the given Fock states. */
function kets(seed: number, n: number, fock: readonly (readonly number[])[]): Ket[] {
  const from = random(seed);
  const weights = fock.map(() => from.between(0.2, 1));
  const total = weights.reduce((sum, w) => sum + w, 0);
  return fock.map((occupations, i) => {
    const { re, im } = randomMatrix(from, n, 1);
    const length = Math.hypot(...re, ...im);
    return {
      weight: weights[i] / total,
      levels: { re: re.map((x) => x / length), im: im.map((x) => x / length) },
      occupations,
    };
  });
}

/** The same by the Taylor series on the assembled matrix. */
function slowEvolve(
  h: BosonHamiltonian,
  cutoff: number,
  start: readonly Ket[],
  times: readonly number[],
): MatrixSeries {
  const { basis, pattern } = space(
    h,
    cutoff,
    start.map(({ occupations }) => occupations),
  );
  const matrix = assemble(basis, pattern, h);
  const n = h.dimension;
  const rho = zeroSeries(times, n);
  let bound = 0;
  for (let e = 0; e < matrix.re.length; e++) bound += matrix.re[e] ** 2 + matrix.im[e] ** 2;
  for (const { weight, levels, occupations } of start) {
    const psi = { re: new Float64Array(basis.dimension), im: new Float64Array(basis.dimension) };
    for (let i = 0; i < basis.dimension; i++) {
      const at = basis.fock[i] * basis.modes;
      if (!occupations.every((count, k) => basis.occupations[at + k] === count)) continue;
      psi.re[i] = levels.re[basis.level[i]];
      psi.im[i] = levels.im[basis.level[i]];
    }
    taylorEvolve(
      (x, y) => applySparse(matrix, x, y),
      Math.sqrt(bound),
      psi,
      times,
      (t, now) => {
        // The full product space, level slowest, for the partial trace of the oracle.
        const product = { re: new Float64Array(n * basis.fockCount), im: new Float64Array(n * basis.fockCount) };
        for (let i = 0; i < basis.dimension; i++) {
          product.re[basis.level[i] * basis.fockCount + basis.fock[i]] = now.re[i];
          product.im[basis.level[i] * basis.fockCount + basis.fock[i]] = now.im[i];
        }
        addReduced(rho, t, product, basis.fockCount, weight);
      },
    );
  }
  return rho;
}

const times = [0, 0.8, -1.3, 2, 0.8];

describe("the evolution of a sector", () => {
  for (const [name, propagator] of Object.entries(propagators)) {
    test(`${name} is the Taylor series, from the vacuum and from mixed Fock states`, () => {
      for (const [seed, kind] of [free, full, { ...free, dimension: 2, modes: 1 }].entries()) {
        const h = randomHamiltonian(20 + seed, kind);
        const zero = new Array<number>(kind.modes).fill(0);
        const one = zero.map((_, k) => (k === 0 ? 1 : 0));
        for (const fock of [[zero], [zero, one, zero]]) {
          const start = kets(seed, kind.dimension, fock);
          const { rho } = evolve(space(h, 4, fock), h, start, times, propagator);
          expect(maxDifference(rho, slowEvolve(h, 4, start, times))).toBeLessThan(2e-13);
        }
      }
    });

    test(`${name} is the same whatever the order and the number of the times`, () => {
      const h = randomHamiltonian(30, free);
      const start = kets(1, 3, [[0, 0]]);
      const whole = evolve(space(h, 4), h, start, times, propagator).rho;
      times.forEach((time, t) => {
        const alone = evolve(space(h, 4), h, start, [time], propagator).rho;
        const there = { ...alone, re: whole.re.slice(9 * t, 9 * t + 9), im: whole.im.slice(9 * t, 9 * t + 9) };
        expect(maxDifference(alone, there)).toBeLessThan(3e-13);
      });
      const reversed = evolve(space(h, 4), h, start, [...times].reverse(), propagator).rho;
      times.forEach((_, t) => {
        const [a, b] = [matrixAt(whole, t), matrixAt(reversed, times.length - 1 - t)];
        for (let i = 0; i < 9; i++) expect(Math.hypot(a.re[i] - b.re[i], a.im[i] - b.im[i])).toBeLessThan(3e-13);
      });
    });

    test(`${name} keeps ρ_S a state: Hermitian, positive, of trace 1, and what it was at t = 0`, () => {
      for (const seed of [31, 32]) {
        const h = randomHamiltonian(seed, free);
        const { rho } = evolve(
          space(h, 4),
          h,
          kets(seed, 3, [
            [0, 0],
            [0, 0],
          ]),
          [0, 1, 50, -7],
          propagator,
        );
        for (let t = 0; t < 4; t++) {
          const state = matrixAt(rho, t);
          expect(hermitianDefect(state)).toBe(0);
          expect(Math.abs(trace(state).re - 1)).toBeLessThan(1e-12);
          expect(eigh(state).values[0]).toBeGreaterThan(-1e-13);
        }
      }
    });

    test(`${name} proves a bound that is never below what the cutoff costs`, () => {
      for (const seed of [41, 42, 43, 44]) {
        const h = randomHamiltonian(seed, { ...free, dimension: 2 });
        const start = kets(seed, 2, [[0, 0]]);
        const short = [0.3, -0.6];
        const exact = evolve(space(h, 16), h, start, short, spectral()).rho;
        for (const cutoff of [1, 2, 4, 6]) {
          const { rho, info } = evolve(space(h, cutoff), h, start, short, propagator, { bound: true });
          expect(maxDifference(rho, exact)).toBeLessThanOrEqual(info.leaked + info.propagation + 1e-13);
          expect(info.leaked).toBeGreaterThan(0);
        }
      }
    });
  }

  test("is the same with many kets, where pairs of eigenvectors are summed, as ket by ket", () => {
    for (const seed of [51, 52]) {
      const h = randomHamiltonian(seed, { dimension: 2, modes: 1, capacities: [infinite], hopping: false });
      const fock = Array.from({ length: 12 }, (_, i) => [i % 5]);
      const start = kets(seed, 2, fock);
      const many = Array.from({ length: 130 }, (_, i) => 0.1 * i - 3);
      const room = space(h, 9, fock);
      const together = evolve(room, h, start, many, spectral()).rho;
      const sum = zeroSeries(many, 2);
      for (const ket of start) {
        const { rho } = evolve(room, h, [ket], many, spectral());
        for (let i = 0; i < sum.re.length; i++) {
          sum.re[i] += rho.re[i];
          sum.im[i] += rho.im[i];
        }
      }
      expect(maxDifference(together, sum)).toBeLessThan(1e-13);
    }
  });

  test("adds up the largest populations of the Fock states in each shell and of each occupation of a mode", () => {
    const h = randomHamiltonian(61, { ...full, dimension: 2 });
    const start = kets(61, 2, [[0, 0]]);
    const grid = [0, 0.5, 1.1];
    const { info } = evolve(space(h, 3), h, start, grid, spectral(), { lookAt: [0, 1, 2] });
    const { info: other } = evolve(space(h, 3), h, start, grid, krylovWindows({ dimension: 20, tolerance: 1e-13 }), {
      lookAt: [0, 1, 2],
    });
    const [found, slow] = [info.filling(), other.filling()];
    // At t = 0 all is in the vacuum.
    expect(found.shells[0]).toBeCloseTo(1, 14);
    expect(found.shells.length).toBe(4);
    for (const [n, population] of found.shells.entries()) {
      expect(population).toBeCloseTo(slow.shells[n], 12);
      expect(population).toBeGreaterThan(0);
    }
    for (const populations of found.modeShells) {
      expect(populations[0]).toBeGreaterThanOrEqual(1 - 1e-14);
      for (const [n, population] of populations.entries()) {
        // A mode has n quanta only in shells from n on.
        const above = found.shells.slice(n).reduce((sum, p) => sum + p, 0);
        expect(population).toBeLessThanOrEqual(above + 1e-14);
      }
    }
  });

  test("refuses to start outside its space", () => {
    const h = randomHamiltonian(71, free);
    expect(() => evolve(space(h, 2), h, kets(1, 3, [[7, 0]]), [1], spectral())).toThrow("not in the basis");
  });
});
