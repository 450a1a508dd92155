import { describe, expect, test } from "vitest";
import { norm, scale } from "../../../src/algebra/matrix.ts";
import type { MatrixSeries } from "../../../src/algebra/series.ts";
import { evolve } from "../../../src/dynamics/evolve.ts";
import { density, krylovWindows, type Propagator, spectral, taylor } from "../../../src/dynamics/stage/propagator.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Protocol } from "../../../src/model/types.ts";
import { random, randomHermitian, randomMatrix, randomUnitary } from "../../oracle/random.ts";
import { cutCase, cutSpace } from "../cutCases.ts";

const times = [0, 0.1, -0.3, 0.6, 1, 1.7, 2.5, 5];

/** Pulses, and what else is named, all random, on a space that is cut off too low. */
function judged(seed: number, propagator: Propagator, what: { drives?: boolean; decays?: boolean; modes?: number }) {
  const { h, ket } = cutCase(seed, what.modes);
  const { dimension: n } = h;
  const from = random(seed + 1000);
  const operator = randomMatrix(from, n);
  const protocol: Protocol = {
    scan: false,
    trajectories: { seed: 1, most: 2, always: false },
    pulses: [-0.2, 0, 0.4, 1.2, 2].map((at) => ({ at, unitary: randomUnitary(from, n) })),
    decays: what.decays === true ? [{ operator: scale(operator, 1 / norm(operator)), rate: 0.1 }] : [],
    drives:
      what.drives === true
        ? [{ operator: randomHermitian(from, n), envelope: envelopeOf("gaussian(t, 1, 0.3) + 0.2 * cos(3*t)") }]
        : [],
  };
  const starts = [{ weight: 1, levels: ket, occupations: h.modes.map(() => 0) }];
  const low = 2 + (seed % 4);
  const [run, truth] = [low, low + 6].map((cutoff) =>
    evolve(cutSpace(h, cutoff), h, starts, times, propagator, { bound: true }, protocol),
  );
  const errors = differences(run.rho, truth.rho);
  const bounds = run.info.boundAt?.() ?? new Float64Array(0);
  const slack = truth.info.boundAt?.() ?? new Float64Array(0);
  return {
    rho: run.rho,
    truth: truth.rho,
    errors,
    bounds,
    slack,
    leaked: run.info.leaked,
    proved: run.info.proved && truth.info.proved,
  };
}

function differences(a: MatrixSeries, b: MatrixSeries): number[] {
  const stride = a.dimension ** 2;
  return a.times.map((_, t) => {
    let most = 0;
    for (let e = t * stride; e < (t + 1) * stride; e++) {
      most = Math.max(most, Math.hypot(a.re[e] - b.re[e], a.im[e] - b.im[e]));
    }
    return most;
  });
}

describe("second order, whatever is done to S on the way", () => {
  const kinds = [
    { what: "pulses, diagonalised", propagator: spectral(), more: {}, seeds: 40 },
    {
      what: "pulses, Krylov windows",
      propagator: krylovWindows({ dimension: 16, tolerance: 1e-12 }),
      more: {},
      seeds: 40,
    },
    { what: "pulses and a drive", propagator: taylor(1e-12), more: { drives: true }, seeds: 25 },
    { what: "pulses and decay", propagator: density(1e-10), more: { decays: true, modes: 1 }, seeds: 12 },
    {
      what: "pulses, a drive and decay",
      propagator: density(1e-10),
      more: { decays: true, drives: true, modes: 1 },
      seeds: 8,
    },
  ];
  for (const { what, propagator, more, seeds } of kinds) {
    test(`${what}: never below the true error, within two orders of magnitude of it, and far below first order`, () => {
      const ratios: number[] = [];
      const gains: number[] = [];
      for (let seed = 0; seed < seeds; seed++) {
        const { errors, bounds, slack, leaked, proved } = judged(seed, propagator, more);
        expect(proved).toBe(true);
        errors.forEach((error, t) => {
          expect(bounds[t] + slack[t], `seed ${seed}, t = ${times[t]}`).toBeGreaterThanOrEqual(error);
          if (error > 1e-11 && error > 10 * slack[t]) ratios.push(bounds[t] / error);
        });
        gains.push(leaked / bounds[6]);
      }
      const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1];
      expect(ratios.length).toBeGreaterThan(10);
      expect(median(ratios)).toBeLessThan(150);
      expect(median(gains)).toBeGreaterThan(30);
    });
  }

  test("decay, also where the computed density matrix is far off itself: what leaks is proved for the exact one", () => {
    for (let seed = 0; seed < 10; seed++) {
      const what = { decays: true, modes: 1 };
      const exact = judged(seed, density(1e-10), what);
      for (const tolerance of [1e-2, 1e-4]) {
        const { bounds, rho } = judged(seed, density(tolerance), what);
        differences(rho, exact.truth).forEach((error, t) => {
          expect(bounds[t] + exact.slack[t], `seed ${seed}, t = ${times[t]}`).toBeGreaterThanOrEqual(error);
        });
      }
    }
  });
});
