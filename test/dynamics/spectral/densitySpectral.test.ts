import { describe, expect, test } from "vitest";
import { diagonal, matrix, scale } from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { evolve } from "../../../src/dynamics/evolve.ts";
import type { Ket } from "../../../src/dynamics/sector/evolution.ts";
import { krylovWindows, spectral } from "../../../src/dynamics/stage/propagator.ts";
import { assemble } from "../../../src/fock/assemble.ts";
import { realGauge } from "../../../src/fock/components.ts";
import { type BosonHamiltonian, patternOf } from "../../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { randomHamiltonian } from "../../fock/randomHamiltonian.ts";
import { random, randomMatrix } from "../../oracle/random.ts";

const infinite = Number.POSITIVE_INFINITY;

/** Excitations exchanged between two levels and a mode, with a complex coupling: chains, so that a gauge makes H real. */
const exchange: BosonHamiltonian = {
  dimension: 2,
  system: diagonal([0.7, -0.7]),
  modes: [{ frequency: 1.2, group: 0 }],
  groups: [{ filled: 1, step: 0, capacity: infinite }],
  ladders: [
    {
      mode: 0,
      coupling: scale(
        matrix([
          [0, 0],
          [1, 0],
        ]),
        { re: 0.3, im: 0.5 },
      ),
    },
  ],
  hoppings: [],
};

function thermalKets(seed: number, n: number, count: number): Ket[] {
  const from = random(seed);
  return Array.from({ length: count }, (_, quanta) => {
    const { re, im } = randomMatrix(from, n, 1);
    const length = Math.hypot(...re, ...im);
    const levels = { re: re.map((x) => x / length), im: im.map((x) => x / length) };
    return { weight: 0.4 * 0.6 ** quanta, levels, occupations: [quanta] };
  });
}

describe("ρ_S from pairs of eigenvectors", () => {
  const general = randomHamiltonian(7, { dimension: 2, modes: 1, capacities: [infinite], hopping: false });
  for (const [name, h] of [
    ["a complex H", general],
    ["an H that is real in a gauge, in many small blocks", exchange],
  ] as const) {
    test(`is that of Krylov windows, which know no eigenvectors: ${name}`, () => {
      const kets = thermalKets(3, 2, 14);
      const pattern = patternOf([h]);
      const start = kets.map(({ occupations }) => ({ occupations, levels: [0, 1] }));
      const basis = reachableBasis(pattern, start, 17);
      const matrix = assemble(basis, pattern, h);
      expect(realGauge(matrix) !== null).toBe(h === exchange);
      // More times than fit into one pass, of both signs, the last ones in no order.
      const times = [...Array.from({ length: 300 }, (_, i) => 0.05 * i - 4), 3.3, -0.1, 8];
      const pairs = evolve({ basis, pattern, matrix: null }, h, kets, times, spectral());
      const windows = krylovWindows({ dimension: 24, tolerance: 1e-12 });
      const slow = evolve({ basis, pattern, matrix: null }, h, kets, times, windows);
      expect(maxDifference(pairs.rho, slow.rho)).toBeLessThan(5e-12);
    });
  }
});
