import { describe, expect, test } from "vitest";
import {
  add,
  adjoint,
  diagonal,
  identity,
  kron,
  type Matrix,
  matrix,
  multiply,
  traceOfProduct,
} from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { correlationWith, twoTime } from "../../../src/dynamics/experiments/twoTime.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Model } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { sitesOf } from "../../oracle/controlledBruteForce.ts";
import { jointWalk } from "../../oracle/jointWalk.ts";
import { asModel } from "../../oracle/plainModel.ts";
import { random, randomHermitian, randomMatrix, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { severalReservoirs } from "../../oracle/severalReservoirs.ts";
import { twoTimeBruteForce } from "../../oracle/twoTimeBruteForce.ts";

const leftAlone = {
  ...{ pulses: [], scan: false, drives: [], decays: [] },
  trajectories: { seed: 1, most: 10, always: false },
};

const infinity = Number.POSITIVE_INFINITY;

function largest(a: { re: Float64Array; im: Float64Array }, b: { re: Float64Array; im: Float64Array }): number {
  return a.re.reduce((most, re, t) => Math.max(most, Math.hypot(re - b.re[t], a.im[t] - b.im[t])), 0);
}

const raise = matrix([
  [0, 1],
  [0, 0],
]);
const lower = matrix([
  [0, 0],
  [1, 0],
]);

describe("two-time correlations", () => {
  test("are those of the full tensor product, for random models and operators, delays of either sign", () => {
    for (let seed = 0; seed < 10; seed++) {
      const { model, kind } = randomModel(seed, { couplings: 1 + (seed % 2), siteDimension: 2 + (seed % 2) });
      const n = model.system.dimension;
      const from = random(seed + 50);
      const [first, then] = [randomMatrix(from, n), randomMatrix(from, n)];
      const at = seed % 3 === 0 ? 0 : seed % 3 === 1 ? 0.9 : -0.6;
      const size = kind.siteDimension === 2 ? 3 : 2;
      const exact = twoTimeBruteForce(model, size, { first, at, then }, model.times);
      const { rho, error } = twoTime(model, size, { operator: first, at }, { tolerance: 1e-10 });
      expect(largest(correlationWith(then, rho), exact), `seed ${seed}`).toBeLessThan(1e-8);
      expect(error.converged, `seed ${seed}`).toBe(true);
    }
  });

  test("where B breaks what H conserves are right as well: an exchange of excitations", () => {
    for (const operator of [raise, lower]) {
      const { model } = randomModel(3, { siteDimension: 2, dims: [2], rotated: false, state: "mixed", couplings: 1 });
      const exchange = {
        ...model,
        system: { ...model.system, hamiltonian: diagonal([0.4, -0.4]) },
        reservoirs: [
          {
            ...model.reservoirs[0],
            site: { dimension: 2, hamiltonian: diagonal([1, 0]), state: diagonal([0.3, 0.7]) },
            couplings: [{ system: scaled(lower, 0.4), site: raise, offset: { re: 0, im: 0 } }],
          },
        ],
        meanField: { ...model.meanField, kept: false, matters: false },
      };
      const then = operator === raise ? lower : raise;
      const exact = twoTimeBruteForce(exchange, 4, { first: operator, at: 1.3, then }, exchange.times);
      const { rho } = twoTime(exchange, 4, { operator, at: 1.3 }, { tolerance: 1e-11 });
      expect(largest(correlationWith(then, rho), exact)).toBeLessThan(1e-9);
    }
  });

  test("of several reservoirs are those of the full tensor product of all their sites", () => {
    for (const seed of [1, 2, 4]) {
      const numbers = [2, 1];
      const model = severalReservoirs(seed, numbers, { dims: [2], couplings: 1, times: [0, 0.8, -0.5] }, [2, 3]);
      const from = random(seed);
      const [first, then] = [randomMatrix(from, 2), randomMatrix(from, 2)];
      const exact = twoTimeBruteForce(model, 3, { first, at: 0.7, then }, model.times, numbers);
      const { rho } = twoTime(model, 3, { operator: first, at: 0.7 }, { tolerance: 1e-11 });
      expect(largest(correlationWith(then, rho), exact), `seed ${seed}`).toBeLessThan(1e-9);
    }
  });

  test("under pulses, drives and decay are those of the full tensor product, dense, B ρ(t) carried along", () => {
    for (const [seed, size] of [
      [2, 1],
      [4, 2],
      [7, 1],
    ]) {
      const delays = [0, 0.3, 0.7, 1.2];
      const { model: plain } = randomModel(seed, {
        ...{ siteDimension: 2, dims: [2], strength: 0.8 },
        ...{ couplings: 1, times: [1.2, 0, 0.3, 0.7] },
      });
      const from = random(seed + 19);
      const [first, then] = [randomMatrix(from, 2), randomMatrix(from, 2)];
      const pulses = [0, 0.4, 0.6, 1.1].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
      const drives = [
        { operator: randomHermitian(from, 2), envelope: envelopeOf("cos(3*t)"), f: (t: number) => Math.cos(3 * t) },
        {
          ...{ operator: randomHermitian(from, 2), envelope: envelopeOf("step(t, 0.5) - step(t, 0.9)") },
          f: (_: number, inside: number) => (inside > 0.5 && inside < 0.9 ? 1 : 0),
        },
      ];
      const breaks = [0.5, 0.9];
      const decays = [0.3, 0.6].map((rate) => ({ operator: randomMatrix(from, 2), rate }));
      const joint = sitesOf(plain, size);
      const onS = (a: Matrix) => kron(a, identity(joint.rest.rows));
      for (const done of [
        { pulses },
        { drives, breaks },
        { pulses, drives, breaks },
        { pulses, drives, breaks, decays },
      ])
        for (const at of [0, 0.4, 0.55]) {
          const model: Model = { ...plain, protocol: { ...leftAlone, ...done } };
          const start = kron(model.system.state, joint.rest);
          const [arrived] = jointWalk(joint, done, start, 0, [at], { pulsedFirst: true });
          const later = delays.map((delay) => at + delay);
          const along = jointWalk(joint, done, multiply(onS(first), arrived), at, later);
          const { rho, error, path } = twoTime(model, size, { operator: first, at }, { tolerance: 1e-10 });
          const found = correlationWith(then, rho);
          model.times.forEach((delay, place) => {
            const exact = traceOfProduct(onS(then), along[delays.indexOf(delay)]);
            const about = `seed ${seed}, t = ${at}, τ = ${delay}, ${path}`;
            expect(Math.hypot(found.re[place] - exact.re, found.im[place] - exact.im), about).toBeLessThan(1e-8);
          });
          expect(error.converged, path).toBe(true);
          const rough = twoTime(model, size, { operator: first, at }, { tolerance: 1e-4 });
          const bound = rough.error.bound ?? Number.NaN;
          expect(maxDifference(rough.rho, rho), path).toBeLessThanOrEqual(bound + 1e-8);
        }
    }
  });

  test("before t, with pulses and a drive, are the conjugates of those with A and B exchanged", () => {
    const { model: plain } = randomModel(8, { siteDimension: 2, dims: [2], strength: 0.8, times: [-0.9] });
    const from = random(3);
    const [first, then] = [randomMatrix(from, 2), randomMatrix(from, 2)];
    const pulses = [-0.2, 0, 0.3, 0.5].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
    const drives = [{ operator: randomHermitian(from, 2), envelope: envelopeOf("step(t, 0.1) + sin(t)") }];
    for (const done of [{ pulses }, { pulses, drives }]) {
      const model: Model = { ...plain, protocol: { ...leftAlone, ...done } };
      const back = correlationWith(then, twoTime(model, 2, { operator: first, at: 0.5 }, { tolerance: 1e-10 }).rho);
      const exchanged: Model = { ...model, times: [0.9] };
      const action = { operator: adjoint(then), at: -0.4 };
      const forth = correlationWith(adjoint(first), twoTime(exchanged, 2, action, { tolerance: 1e-10 }).rho);
      expect(back.re[0]).toBeCloseTo(forth.re[0], 9);
      expect(back.im[0]).toBeCloseTo(-forth.im[0], 9);
    }
  });

  test("of a qubit that decays alone by T1 and T2: ⟨σ₋(τ)σ₊(0)⟩ = e^{−τ/T2} e^{−iωτ}", () => {
    const model = defineModel({
      system: { hamiltonian: "0.5 * sigmaz", state: "down" },
      reservoir: { hamiltonian: "proj(up)", state: "down" },
      couplings: [{ system: "qzero(2)", site: "sigmap" }],
      decay: [{ T1: 4, T2: 3 }],
      times: [0, 1, 6],
      tolerance: 1e-9,
    });
    const { rho, error } = twoTime(model, infinity, { operator: raise, at: 2 });
    expect(error.bound).not.toBeNull();
    const { re, im } = correlationWith(lower, rho);
    model.times.forEach((t, k) => {
      expect(re[k]).toBeCloseTo(Math.exp(-t / 3) * Math.cos(t), 9);
      expect(im[k]).toBeCloseTo(-Math.exp(-t / 3) * Math.sin(t), 9);
    });
  });

  test("keep their bound with decay, in the limit: two runs differ by no more than the bounds say", () => {
    const kind = { siteDimension: 2, state: "pure", dims: [2], centring: "subtract", strength: 0.5 } as const;
    const { model: plain } = randomModel(9, { ...kind, couplings: 1, times: [0.5, 1] });
    const decays = [{ operator: lower, rate: 0.3 }];
    const model: Model = { ...plain, protocol: { ...leftAlone, decays } };
    const operator = randomMatrix(random(1), 2);
    const rough = twoTime(model, infinity, { operator, at: 0.5 }, { tolerance: 1e-4 });
    const fine = twoTime(model, infinity, { operator, at: 0.5 }, { tolerance: 1e-8 });
    expect(rough.error.bound).not.toBeNull();
    expect(maxDifference(rough.rho, fine.rho)).toBeLessThanOrEqual((rough.error.bound ?? 0) + 1e-8);
  });

  test("are refused where they have no meaning, or nothing holds them: scans, decay undone, trajectories, cut chains", () => {
    const model = exchangeWithVacuum(0.3, [0, 1]);
    const action = { operator: raise, at: 0 };
    const scan = { ...leftAlone, scan: true, pulses: [{ at: 0.5, unitary: identity(2) }] };
    expect(() => twoTime({ ...model, protocol: scan }, infinity, action)).toThrow("an experiment of its own");
    const decaying = { ...leftAlone, decays: [{ operator: lower, rate: 1 }] };
    expect(() => twoTime({ ...model, protocol: decaying }, infinity, { ...action, at: -1 })).toThrow("from 0 on");
    const sampled = { ...decaying, trajectories: { seed: 1, most: 10, always: true } };
    expect(() => twoTime({ ...model, protocol: sampled }, infinity, action)).toThrow("joint density matrix");
    expect(() => twoTime({ ...model, form: "chain" }, infinity, action)).toThrow("is chain");
  });

  test("with B = 1 are ρ_S(t + τ), in the limit as well", () => {
    for (const seed of [2, 5]) {
      const { model } = randomModel(seed, {
        siteDimension: 2,
        dims: [2],
        centring: "subtract",
        times: [0, 0.5, 2, -1],
      });
      const { rho } = twoTime(model, infinity, { operator: identity(2), at: 0.7 }, { tolerance: 1e-7 });
      const later = simulate({ ...model, times: model.times.map((t) => t + 0.7) }, infinity, { tolerance: 1e-9 });
      expect(maxDifference(rho, later.rho)).toBeLessThan(2e-7);
    }
  });

  test("of a qubit at resonance with a vacuum mode: ⟨σ₋(τ) σ₊(0)⟩ from the ground state is cos gτ e^{−iωτ}", () => {
    // One pure level of the sites: F is one mode in its vacuum. ⟨down| U†σ₋U σ₊|down⟩, |down, 0⟩ at energy −ω/2.
    const g = 0.3;
    const model = exchangeWithVacuum(g, [0, 1, 2.5, 7]);
    const { rho, error } = twoTime(model, infinity, { operator: raise, at: 0.4 });
    expect(error.bound).not.toBeNull();
    const found = correlationWith(lower, rho);
    model.times.forEach((t, k) => {
      expect(found.re[k]).toBeCloseTo(Math.cos(g * t) * Math.cos(t), 8);
      expect(found.im[k]).toBeCloseTo(-Math.cos(g * t) * Math.sin(t), 8);
    });
  });

  test("keep their bound: two runs differ by no more than the bounds say", () => {
    const { model } = randomModel(9, {
      siteDimension: 2,
      state: "pure",
      dims: [2],
      centring: "subtract",
      times: [1, 3],
    });
    const operator = randomMatrix(random(1), 2);
    const rough = twoTime(model, infinity, { operator, at: 1 }, { tolerance: 1e-4 });
    const fine = twoTime(model, infinity, { operator, at: 1 }, { tolerance: 1e-9 });
    expect(rough.error.bound).not.toBeNull();
    expect(maxDifference(rough.rho, fine.rho)).toBeLessThanOrEqual((rough.error.bound ?? 0) + 1e-9);
  });

  test("count what an average misses from time 0 on, and for B as large as it is", () => {
    // A static field that S feels hardly by the time 5, and more than once by 60.
    const model = defineModel({
      system: { hamiltonian: "0.5 * sigmaz + 0.2 * sigmax", state: "plus" },
      reservoir: { hamiltonian: "0.5 * sigmaz", state: "0.5 * qeye(2)" },
      couplings: [{ system: "0.02 * sigmax", site: "sigmaz", hc: "included" }],
      times: [0, 0.1, 0.2],
    });
    const operator = scaled(add(raise, lower), 3);
    const runs = [5, 20, 60].map((at) => {
      const run = twoTime(model, infinity, { operator, at }, { tolerance: 1e-6, certified: true });
      const sharp = twoTime(model, infinity, { operator, at }, { tolerance: 1e-11 });
      expect(run.error.converged).toBe(true);
      expect(maxDifference(run.rho, sharp.rho)).toBeLessThan((run.error.bound ?? 0) + 1e-11);
      return run;
    });
    const [early, later, late] = runs.map(({ cost }) => cost.sectors);
    expect(later).toBeGreaterThan(early);
    expect(late).toBeGreaterThan(later);
    // Delays are short, but the bound is not that of a time so short.
    expect(runs[1].error.bound).toBeGreaterThan(1e-9);
  });

  test("of a large B say in the user's numbers what double precision cannot prove", () => {
    const model = defineModel({
      system: { hamiltonian: "5000 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: "10000 * proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
      couplings: [{ system: "0.4 * sigmam + 0.1 * sigmax", site: "sigmap + 0.2 * sigmaz" }],
      center: "subtract",
      times: [0.5, 1],
    });
    const action = { operator: scaled(lower, 1000), at: 0 };
    for (const certified of [true, false]) {
      const { error, warnings } = twoTime(model, infinity, action, { tolerance: 1e-9, certified });
      expect(error.converged).toBe(false);
      expect(warnings).toHaveLength(1);
      const [, quoted] = /(\d\.\d+e-\d+)/.exec(warnings[0]) ?? [];
      expect(Number(quoted) / error.parts.propagation).toBeCloseTo(1, 1);
    }
  });

  test("of a large B keep tolerance and bound: starts and far fields that are left out count by what B makes of them", () => {
    const model = defineModel({
      system: { hamiltonian: "0.3 * sigmax", state: "up" },
      reservoir: { hamiltonian: "0 * sigmaz", state: "0.99999 * proj(down) + 0.00001 * proj(up)" },
      couplings: [{ system: "0.4 * sigmax + 0.5 * sigmaz", site: "60 * sigmaz + sigmax", hc: "included" }],
      center: "subtract",
      times: [0.5, 2, 4],
      tolerance: 1e-3,
    });
    const action = { operator: scaled(lower, 1000), at: 0.3 };
    for (const size of [2, infinity]) {
      const { rho, error } = twoTime(model, size, action);
      const fine = twoTime(model, size, action, { tolerance: 1e-8 });
      const off = maxDifference(rho, fine.rho);
      expect(fine.error.converged).toBe(true);
      expect(error.converged).toBe(true);
      expect(off, `M = ${size}`).toBeLessThanOrEqual(1e-3);
      expect(off, `M = ${size}`).toBeLessThanOrEqual(error.estimate + fine.error.estimate);
      expect(off, `M = ${size}`).toBeLessThanOrEqual((error.bound ?? Number.NaN) + fine.error.estimate);
    }
  });

  test("depend on t, as no regression from ρ_S(t) alone would have it", () => {
    const model = exchangeWithVacuum(0.8, [0, 1.5]);
    const excited = { ...model, system: { ...model.system, state: diagonal([1, 0]) } };
    // After half a Rabi period S is in its ground state again, but the mode holds the quantum: |up, 1⟩ then turns √2 faster.
    const early = correlationWith(lower, twoTime(model, infinity, { operator: raise, at: 0 }).rho);
    const late = correlationWith(lower, twoTime(excited, infinity, { operator: raise, at: Math.PI / 2 / 0.8 }).rho);
    model.times.forEach((t, k) => {
      const [alone, held] = [Math.cos(0.8 * t), Math.cos(0.8 * t) * Math.cos(Math.SQRT2 * 0.8 * t)];
      expect(early.re[k]).toBeCloseTo(alone * Math.cos(t), 8);
      expect(late.re[k]).toBeCloseTo(held * Math.cos(t), 8);
      expect(late.im[k]).toBeCloseTo(-held * Math.sin(t), 8);
    });
  });
});

function scaled(a: Matrix, factor: number): Matrix {
  return { ...a, re: a.re.map((x) => factor * x), im: a.im.map((x) => factor * x) };
}

function exchangeWithVacuum(g: number, times: readonly number[]) {
  return asModel({
    name: "exchange",
    dims: [2],
    systemHamiltonian: diagonal([0.5, -0.5]),
    systemState: diagonal([0, 1]),
    siteHamiltonian: diagonal([1, 0]),
    siteState: diagonal([0, 1]),
    couplings: [{ system: scaled(lower, g), site: raise, hc: "added" }],
    center: "error",
    times,
    sizes: [infinity],
    tolerance: 1e-9,
  });
}
