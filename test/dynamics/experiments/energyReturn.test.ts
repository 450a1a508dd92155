import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { energies } from "../../../src/dynamics/experiments/energies.ts";
import { accounting } from "../../../src/dynamics/experiments/energyAccounts.ts";
import { familyPattern, typicalPoint } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { reachOf } from "../../../src/dynamics/sector/reach.ts";
import { stateKets } from "../../../src/dynamics/sector/stateKets.ts";
import { krylovWindows, type Propagator, spectral } from "../../../src/dynamics/stage/propagator.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { readModel } from "../../../src/model/read.ts";
import type { Model, Size } from "../../../src/model/types.ts";
import { random, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";

const times = [0.1, 0.5, -1.2, 4, 15];
const limit = Number.POSITIVE_INFINITY;

/** Energies of one sector up to a cutoff, and what is proved of them at each time. */
function accounts(model: Model, size: Size, cutoff: number, propagator: Propagator = spectral()) {
  const family = size === limit ? limitFamily(model) : finiteFamily(model, size);
  const pattern = familyPattern(family);
  const occupations = pattern.groupOf.map(() => 0);
  const kets = stateKets(model, pattern.modes).map((ket) => ({ ...ket, occupations }));
  const levels = Array.from({ length: pattern.dimension }, (_, s) => s);
  const basis = reachableBasis(reachOf(pattern, model.protocol), [{ occupations, levels }], cutoff);
  const space = { basis, pattern, matrix: null };
  const h = family.hamiltonian(typicalPoint(family));
  const { rho, info } = accounting(model, size).evolve(space, h, kets, times, propagator, { bound: true });
  return { numbers: rho.re, stride: rho.dimension ** 2, bounds: info.boundAt?.() ?? new Float64Array(0) };
}

type Accounts = ReturnType<typeof accounts>;

/** By how much the worst of the numbers differs at a time. */
function difference(a: Accounts, b: Accounts, place: number): number {
  let off = 0;
  for (let e = place * a.stride; e < (place + 1) * a.stride; e++) {
    off = Math.max(off, Math.abs(a.numbers[e] - b.numbers[e]));
  }
  return off;
}

test("energies of a space that is cut off too low are off by no more than is proved: to second order", () => {
  const falls: number[] = [];
  for (let seed = 0; seed < 24; seed++) {
    const { model } = randomModel(seed, {
      ...{ dims: [2], siteDimension: 2 + (seed % 2), state: "pure", centring: "subtract", degenerate: false },
      ...{ strength: 0.4, times, pureSystem: seed % 3 > 0 },
    });
    for (const size of [limit, 9]) {
      const modes = familyPattern(size === limit ? limitFamily(model) : finiteFamily(model, size)).modes;
      const low = modes === 1 ? 4 : 3;
      const [rough, finer, truth] = [low, low + 2, low + (modes === 1 ? 12 : 6)].map((n) => accounts(model, size, n));
      times.forEach((t, place) => {
        const off = difference(rough, truth, place);
        const known = rough.bounds[place] + truth.bounds[place];
        expect(known, `seed ${seed}, M = ${size}, t = ${t}`).toBeGreaterThanOrEqual(off);
      });
      const [before, after] = [rough.bounds[3], finer.bounds[3]];
      if (before < 0.1 && after > 1e-10) falls.push(before / after);
    }
  }
  falls.sort((a, b) => a - b);
  expect(falls.length).toBeGreaterThan(10);
  // By two quanta: first order falls by some ten.
  expect(falls[falls.length >> 1]).toBeGreaterThan(30);
});

test("by windows, and under pulses, whose jumps of the energy are proved too", () => {
  const windows = krylovWindows({ dimension: 16, tolerance: 1e-12 });
  const falls: number[] = [];
  for (let seed = 0; seed < 16; seed++) {
    const { model: plain } = randomModel(seed, {
      ...{ dims: [2], siteDimension: 2, state: "pure", centring: "subtract", degenerate: false },
      ...{ strength: 0.4, times, pureSystem: seed % 3 > 0 },
    });
    const from = random(seed);
    const pulses = [-0.4, 0.3, 0.9, 2.5].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
    const quiet = { scan: false, drives: [], decays: [], trajectories: { seed: 1, most: 2, always: false } };
    const pulsed: Model = { ...plain, protocol: { ...quiet, pulses } };
    for (const [model, propagator] of [
      [plain, windows],
      [pulsed, windows],
      [pulsed, spectral()],
    ] as const) {
      const [rough, finer, truth] = [3, 5, 13].map((n) => accounts(model, limit, n, propagator));
      times.forEach((t, place) => {
        const off = difference(rough, truth, place);
        const known = rough.bounds[place] + truth.bounds[place];
        expect(known, `seed ${seed}, ${propagator.kind}, t = ${t}`).toBeGreaterThanOrEqual(off);
      });
      falls.push(rough.bounds[1] / finer.bounds[1]);
    }
  }
  falls.sort((a, b) => a - b);
  // At t = 0.5, by two quanta: first order falls by less.
  expect(falls[falls.length >> 1]).toBeGreaterThan(1000);
});

test("energies of several modes are proved to the tolerance in the limit, and at M = 10 to a thousandth of first order, which is 30", () => {
  const file = "examples/several-modes.yaml";
  const { model } = readModel(readFileSync(file, "utf8"), file);
  if (model === undefined) throw new Error("the example is a model");
  const [many, ten] = [limit, 10].map((size) => energies(model, size).run.error);
  expect(many.bound).toBeLessThan(many.tolerance);
  expect(ten.bound).toBeLessThan(0.03);
});
