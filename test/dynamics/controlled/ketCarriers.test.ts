import { expect, test } from "vitest";
import { ketsAlong, type ProvedErrors } from "../../../src/dynamics/controlled/alongWay.ts";
import { ketCarrier } from "../../../src/dynamics/controlled/ketCarriers.ts";
import { waysThrough } from "../../../src/dynamics/controlled/schedule.ts";
import { problemOf } from "../../../src/dynamics/evolve.ts";
import { familyPattern } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { reachOf } from "../../../src/dynamics/sector/reach.ts";
import { krylovWindows, type Propagator, spectral, taylor } from "../../../src/dynamics/stage/propagator.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { type ComplexVector, euclidean, zeroVector } from "../../../src/fock/sparse.ts";
import type { Protocol } from "../../../src/model/types.ts";
import { random, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";

/** More than one block of times, out of order, both signs. */
const times = Array.from({ length: 300 }, (_, i) => ((i * 37) % 300) / 100 - 0.8);

const { model } = randomModel(5, { dims: [2], siteDimension: 2, strength: 0.7, times, state: "pure" });
const protocol: Protocol = {
  ...{ scan: false, drives: [], decays: [], trajectories: { seed: 1, most: 2, always: false } },
  pulses: [-0.5, 0, 0.9].map((at) => ({ at, unitary: randomUnitary(random(7), 2) })),
};

/** Two kets along the ways, amplitudes in the user's phases at each time. */
function along(propagator: Propagator, gauged: boolean) {
  const family = finiteFamily(model, 6);
  const pattern = familyPattern(family);
  const start = { occupations: pattern.groupOf.map(() => 0), levels: [0, 1] };
  const basis = reachableBasis(reachOf(pattern, protocol), [start], 4);
  const h = family.hamiltonian(new Array(family.axes).fill(0));
  const kets = [
    [0.6, 0.8],
    [1, 0],
  ].map(([up, down]) => ({
    ...{ weight: 1, occupations: start.occupations },
    levels: { re: Float64Array.of(up, 0), im: Float64Array.of(0, down) },
  }));
  const problem = problemOf({ basis, pattern, matrix: null }, h, kets, times, true, gauged);
  const carrier = ketCarrier(problem, protocol, propagator, 3, {});
  const starts = problem.kets.map(({ states, re, im }) => {
    const ket = zeroVector(basis.dimension);
    states.forEach((i, a) => {
      ket.re[i] = re[a];
      ket.im[i] = im[a];
    });
    return ket;
  });
  const shown = new Map<number, ComplexVector[]>();
  const told = new Map<number, readonly ProvedErrors[]>();
  const ways = waysThrough(protocol, times);
  const ends = ways.map((way) =>
    ketsAlong(way, starts, carrier, problem, {
      show: (both, places) => {
        places.forEach((place, t) => {
          expect(shown.has(place)).toBe(false);
          const at = both.map(({ re, im }) => {
            const ket = zeroVector(basis.dimension);
            for (let i = 0; i < basis.dimension; i++) {
              const [x, y] = [re[i * places.length + t], im[i * places.length + t]];
              const [ur, ui] = problem.gauge === null ? [1, 0] : [problem.gauge.re[i], problem.gauge.im[i]];
              ket.re[i] = x * ur - y * ui;
              ket.im[i] = x * ui + y * ur;
            }
            return ket;
          });
          shown.set(place, at);
        });
      },
      errors: (place, errors) => {
        told.set(place, errors);
      },
    }),
  );
  return { shown, told, ends };
}

test("kets go together: by diagonalisation, Krylov and Taylor windows they are the same at all times, each shown once", () => {
  const whole = along(spectral(), true);
  expect(whole.shown.size).toBe(times.length);
  for (const propagator of [krylovWindows({ dimension: 12, tolerance: 1e-11 }), taylor(1e-11)]) {
    const windows = along(propagator, propagator.kind === "krylov");
    expect(windows.shown.size).toBe(times.length);
    times.forEach((t, place) => {
      const [x, y] = [whole.shown.get(place), windows.shown.get(place)] as [ComplexVector[], ComplexVector[]];
      // A common energy is a phase that Taylor windows leave out: the overlap of the two kets has none.
      const overlap = (kets: ComplexVector[]) => {
        let [re, im] = [0, 0];
        for (let i = 0; i < kets[0].re.length; i++) {
          re += kets[0].re[i] * kets[1].re[i] + kets[0].im[i] * kets[1].im[i];
          im += kets[0].re[i] * kets[1].im[i] - kets[0].im[i] * kets[1].re[i];
        }
        return [re, im];
      };
      const [there, here] = [overlap(x), overlap(y)];
      for (const e of [0, 1]) {
        expect(Math.abs(there[e] - here[e]), `${propagator.kind} at ${t}`).toBeLessThan(1e-10);
      }
      x.forEach((ket, k) => {
        const populations = {
          re: ket.re.map((re, i) => re * re + ket.im[i] ** 2),
          im: new Float64Array(ket.re.length),
        };
        const others = y[k].re.map((re, i) => re * re + y[k].im[i] ** 2);
        const off = { ...populations, re: populations.re.map((p, i) => p - others[i]) };
        expect(euclidean(off), `${propagator.kind} at ${t}`).toBeLessThan(1e-10);
      });
      // What is told of the errors grows along the way, and ends as the way does.
      for (const of of ["leaked", "propagation"] as const) {
        const ended = Math.max(...windows.ends.map(({ errors }) => errors[0][of]));
        expect(windows.told.get(place)?.[0][of]).toBeLessThanOrEqual(ended * (1 + 1e-12));
      }
    });
  }
});
