import { describe, expect, test } from "vitest";
import {
  adjoint,
  diagonal,
  hermitianPart,
  identity,
  inBasis,
  type Matrix,
  maxAbs,
  multiply,
  subtract,
} from "../../src/algebra/matrix.ts";
import { eigenbasis, inEigenbasis, offEigenbasis } from "../../src/reservoir/eigenbasis.ts";
import { cases } from "../oracle/cases.ts";
import { commonEigenbasis } from "../oracle/jacobi.ts";
import { random, randomMatrix, randomUnitary } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";

const seeds = Array.from({ length: 80 }, (_, seed) => seed);

function rebuilt(values: Float64Array, vectors: Matrix): Matrix {
  return multiply(multiply(vectors, diagonal(values)), adjoint(vectors));
}

describe("the eigenbasis of a site", () => {
  test("gives back h and ρ, whatever their levels, ranks and bases", () => {
    for (const seed of seeds) {
      const { site } = randomModel(seed).model.reservoirs[0];
      const { energies, populations, vectors } = eigenbasis(site);
      expect(maxAbs(subtract(rebuilt(energies, vectors), site.hamiltonian))).toBeLessThan(1e-13);
      expect(maxAbs(subtract(rebuilt(populations, vectors), site.state))).toBeLessThan(1e-13);
      expect(maxAbs(subtract(multiply(adjoint(vectors), vectors), identity(site.dimension)))).toBeLessThan(1e-13);
    }
  });

  test("has the levels that Jacobi's rotations find, in order", () => {
    for (const seed of seeds) {
      const { site } = randomModel(seed).model.reservoirs[0];
      const { energies, populations } = eigenbasis(site);
      const slow = commonEigenbasis(site.hamiltonian, site.state);
      const order = slow.a
        .map((energy, k) => ({ energy, population: slow.b[k] }))
        .sort((x, y) => (Math.abs(x.energy - y.energy) > 1e-9 ? x.energy - y.energy : y.population - x.population));
      order.forEach(({ energy, population }, k) => {
        expect(Math.abs(energies[k] - energy)).toBeLessThan(1e-12);
        expect(Math.abs(populations[k] - population)).toBeLessThan(1e-12);
      });
    }
  });

  test("agrees with another program on levels and populations", () => {
    for (const { model, spectrum } of cases) {
      const { energies, populations } = eigenbasis(model.reservoirs[0].site);
      spectrum.energies.forEach((energy, k) => {
        expect(energies[k]).toBeCloseTo(energy, 12);
        expect(populations[k]).toBeCloseTo(spectrum.populations[k], 12);
      });
    }
  });

  test("gives a degenerate level one energy, and its populations in falling order", () => {
    for (const seed of seeds) {
      const { model, kind } = randomModel(seed, { degenerate: true });
      const { energies, populations } = eigenbasis(model.reservoirs[0].site);
      const pairs = Array.from({ length: energies.length - 1 }, (_, k) => k).filter(
        (k) => energies[k] === energies[k + 1],
      );
      expect(pairs.length, `seed ${seed}, d = ${kind.siteDimension}`).toBeGreaterThanOrEqual(1);
      for (const k of pairs) expect(populations[k]).toBeGreaterThanOrEqual(populations[k + 1]);
    }
  });

  test("tells empty levels from filled ones: populations are 0 exactly or not small, and sum to 1", () => {
    for (const seed of seeds) {
      const { model, kind } = randomModel(seed, { rotated: true });
      const { populations } = eigenbasis(model.reservoirs[0].site);
      const d = kind.siteDimension;
      const rank = { pure: 1, mixed: d, "rank-deficient": Math.max(1, d - 1), "infinite-temperature": d }[kind.state];
      expect(populations.filter((p) => p > 1e-3).length).toBe(rank);
      expect(populations.filter((p) => p === 0).length).toBe(d - rank);
      expect(populations.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 15);
    }
  });

  test("keeps populations of 1e-9, which are no rounding errors", () => {
    const u = randomUnitary(random(3), 3);
    const turn = (a: Matrix) => inBasis(a, adjoint(u));
    const state = turn(diagonal([1 - 1e-4 - 1e-9, 1e-4, 1e-9]));
    const { populations } = eigenbasis({ hamiltonian: turn(diagonal([0, 1, 2.5])), state });
    expect(Math.abs(populations[1] - 1e-4)).toBeLessThan(1e-15);
    expect(Math.abs(populations[2] - 1e-9)).toBeLessThan(1e-15);
  });

  test("treats levels apart by much less than any physics as one, by 1e-6 as two", () => {
    const turn = randomUnitary(random(4), 2);
    const u = identity(3);
    for (const [at, k] of [0, 1, 3, 4].entries()) {
      u.re[k] = turn.re[at];
      u.im[k] = turn.im[at];
    }
    const state = inBasis(diagonal([0.2, 0.5, 0.3]), u);
    const close = eigenbasis({ hamiltonian: diagonal([0, 1e-14, 2]), state });
    expect([...close.energies.slice(0, 2)]).toEqual([close.energies[0], close.energies[0]]);
    expect(close.populations[0]).toBeCloseTo(0.5, 13);
    expect(close.populations[1]).toBeCloseTo(0.2, 13);
    const apart = eigenbasis({ hamiltonian: diagonal([0, 1e-6, 2]), state: diagonal([0.2, 0.5, 0.3]) });
    expect([...apart.populations]).toEqual([0.2, 0.5, 0.3]);
    expect(apart.energies[1] - apart.energies[0]).toBeCloseTo(1e-6, 15);
  });

  test("is that of h and of ρ where levels hardly differ: what one does not tell apart the other does", () => {
    for (const gap of [1e-4, 1e-6, 1e-8, 1e-9, 3e-10, 1e-11, 1e-12]) {
      for (let seed = 0; seed < 20; seed++) {
        const from = random(seed);
        const turn = adjoint(randomUnitary(from, 4));
        const energies = [0.3, 0.3 + gap, 1.1, 1.1 + 3 * gap];
        // In the first pair h and ρ are both nearly degenerate, in the second h alone.
        const populations = [0.2, 0.2 + (seed % 2 === 0 ? gap : 0), 0.35, 0.25 - (seed % 2 === 0 ? gap : 0)];
        const site = {
          hamiltonian: hermitianPart(inBasis(diagonal(energies), turn)),
          state: hermitianPart(inBasis(diagonal(populations), turn)),
        };
        const off = offEigenbasis(site, eigenbasis(site));
        expect(off.hamiltonian, `h, gap ${gap}, seed ${seed}`).toBeLessThan(1e-14);
        expect(off.state, `ρ, gap ${gap}, seed ${seed}`).toBeLessThan(1e-14);
      }
    }
  });

  test("fixes phases: the largest component of each vector is real and positive", () => {
    for (const seed of seeds) {
      const { vectors } = eigenbasis(randomModel(seed, { rotated: true }).model.reservoirs[0].site);
      for (let k = 0; k < vectors.cols; k++) {
        let largest = 0;
        const modulus = (i: number) => Math.hypot(vectors.re[i * vectors.cols + k], vectors.im[i * vectors.cols + k]);
        for (let i = 0; i < vectors.rows; i++) if (modulus(i) > modulus(largest) * (1 + 1e-9)) largest = i;
        const at = largest * vectors.cols + k;
        expect(vectors.re[at]).toBeGreaterThan(0);
        expect(Math.abs(vectors.im[at])).toBeLessThan(1e-15);
      }
    }
  });

  test("takes operators of a site into it entry by entry", () => {
    const from = random(8);
    const { site } = randomModel(8, { rotated: true, siteDimension: 3 }).model.reservoirs[0];
    const basis = eigenbasis(site);
    const a = randomMatrix(from, 3);
    expect(maxAbs(subtract(inEigenbasis(a, basis), inBasis(a, basis.vectors)))).toBeLessThan(1e-15);
    expect(maxAbs(subtract(inEigenbasis(site.hamiltonian, basis), diagonal(basis.energies)))).toBeLessThan(1e-13);
  });
});
