import { expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { evolve } from "../../../src/dynamics/evolve.ts";
import { problemOf } from "../../../src/dynamics/krylov/krylovProblem.ts";
import { krylovWindows, spectral } from "../../../src/dynamics/stage/propagator.ts";
import { type BosonHamiltonian, patternOf } from "../../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { randomHamiltonian } from "../../fock/randomHamiltonian.ts";
import { describeEachKind } from "../../kernels/eachKind.ts";

const free = Number.POSITIVE_INFINITY;
const times = [0, 0.4, -0.4, 2, 9, -3, 3.1, 3.2];

/** `complex`: as it is; `real`: real parts; `turned`: real but for phases of the levels, which a gauge takes away. */
function hamiltonian(seed: number, sort: "complex" | "real" | "turned"): BosonHamiltonian {
  const h = randomHamiltonian(seed, { dimension: 2, modes: 2, capacities: [free], hopping: seed % 2 === 0 });
  if (sort === "complex") return h;
  const phase = sort === "real" ? 0 : 0.7;
  const turned = (re: Float64Array) => ({
    rows: 2,
    cols: 2,
    // e^{iφ} in the upper right, e^{−iφ} in the lower left corner.
    re: re.map((x, at) => (at === 0 || at === 3 ? x : x * Math.cos(phase))),
    im: re.map((x, at) => (at === 0 || at === 3 ? 0 : x * Math.sin(at === 1 ? phase : -phase))),
  });
  return {
    ...h,
    system: turned(h.system.re),
    ladders: h.ladders.map(({ mode, coupling }) => ({ mode, coupling: turned(coupling.re) })),
    hoppings: h.hoppings.map((hopping) => ({ ...hopping, operator: turned(hopping.operator.re) })),
  };
}

function spaceOf(h: BosonHamiltonian) {
  const pattern = patternOf([h]);
  const start = [
    [0, 0],
    [1, 0],
  ].map((occupations) => ({ occupations, levels: [0, 1] }));
  return { basis: reachableBasis(pattern, start, 5), pattern, matrix: null };
}

const kets = [
  { weight: 0.6, levels: { re: Float64Array.of(0.6, 0), im: Float64Array.of(0, 0.8) }, occupations: [0, 0] },
  { weight: 0.4, levels: { re: Float64Array.of(0, 0), im: Float64Array.of(0.8, 0.6) }, occupations: [1, 0] },
];

describeEachKind("Krylov evolution", () => {
  test("is the spectral one, for H real, real in a gauge, and complex, with real and complex starts together", () => {
    for (const sort of ["complex", "real", "turned"] as const) {
      for (const seed of [50, 51]) {
        const h = hamiltonian(seed, sort);
        const space = spaceOf(h);
        const { gauge, real } = problemOf(space, h);
        expect([real, gauge !== null]).toEqual([sort !== "complex", sort === "turned"]);
        const wanted = { bound: true, lookAt: times.map((_, i) => i) };
        const expected = evolve(spaceOf(h), h, kets, times, spectral(), wanted);
        for (const options of [{}, { dimension: 14 }, { dimension: 60 }]) {
          const found = evolve(space, h, kets, times, krylovWindows({ tolerance: 1e-12, ...options }), wanted);
          expect(maxDifference(found.rho, expected.rho)).toBeLessThan(1e-12);
          expect(found.info.propagation).toBeLessThan(1e-11);
          // Each ket has its own largest populations.
          const alone = kets.map((ket) => evolve(spaceOf(h), h, [ket], times, spectral(), wanted).info.filling());
          found.info.filling().shells.forEach((population, n) => {
            const sum = alone.reduce((total, { shells }) => total + shells[n], 0);
            expect(Math.abs(population - sum)).toBeLessThan(1e-11);
          });
          found.info.filling().modeShells.forEach((populations, k) => {
            populations.forEach((population, n) => {
              const sum = alone.reduce((total, { modeShells }) => total + modeShells[k][n], 0);
              expect(Math.abs(population - sum)).toBeLessThan(1e-11);
            });
          });
        }
      }
    }
  });

  test("bounds what the cutoff costs whether shells are asked for or not", () => {
    for (const seed of [52, 53]) {
      const h = hamiltonian(seed, "real");
      const larger = spaceOf(h);
      const wide = { ...larger, basis: reachableBasis(larger.pattern, [{ occupations: [0, 0], levels: [0, 1] }], 24) };
      const short = [0.2, -0.5, 1];
      const one = [kets[0]];
      const exact = evolve(wide, h, one, short, spectral(), {}).rho;
      const krylov = krylovWindows({ tolerance: 1e-12 });
      const found = evolve(spaceOf(h), h, one, short, krylov, { bound: true });
      const withShells = evolve(spaceOf(h), h, one, short, krylov, { bound: true, lookAt: short.map((_, i) => i) });
      expect(maxDifference(found.rho, exact)).toBeLessThanOrEqual(2 * found.info.leaked + 1e-12);
      expect(found.info.leaked).toBeCloseTo(withShells.info.leaked, 12);
    }
  });
});
