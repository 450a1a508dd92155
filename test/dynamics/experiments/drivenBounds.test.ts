import { expect, test } from "vitest";
import { columnsOf } from "../../../src/dynamics/experiments/energyColumns.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Model } from "../../../src/model/types.ts";
import { controlledEnergies } from "../../oracle/controlledEnergyBruteForce.ts";
import { random, randomHermitian, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { energiesInSector } from "./energiesInSector.ts";

const infinity = Number.POSITIVE_INFINITY;
const leftAlone = {
  ...{ pulses: [], scan: false, drives: [], decays: [] },
  trajectories: { seed: 1, most: 10, always: false },
};
const waves = [
  { text: "cos(3*t)", f: (t: number) => Math.cos(3 * t) },
  {
    text: "step(t, 0.2) * t - step(t, 0.6)",
    f: (t: number, inside: number) => (inside > 0.2 ? t : 0) - (inside > 0.6 ? 1 : 0),
  },
] as const;

/** A pure start of S and its sites, under two drives of a given strength, some of them with pulses. */
function driven(seed: number, times: readonly number[], strength: number, more: object = {}) {
  const kind = { dims: [2], siteDimension: 2, state: "pure", degenerate: false, rotated: false } as const;
  const plain = randomModel(seed, { ...kind, centring: "subtract", couplings: 1, strength, times, ...more }).model;
  const from = random(seed + 77);
  const done = waves.map(({ text, f }) => ({ operator: randomHermitian(from, 2), envelope: envelopeOf(text), f }));
  const pulses = seed % 2 === 0 ? [] : [0, 0.3].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
  const model: Model = { ...plain, protocol: { ...leftAlone, drives: done, pulses } };
  return { model, drives: done, pulses };
}

const familyOf = (model: Model, size: number) => (size === infinity ? limitFamily(model) : finiteFamily(model, size));

test("energies under drives, their work with them, are off by no more than is proved", { timeout: 60_000 }, () => {
  const ratios: number[] = [];
  for (let seed = 0; seed < 24; seed++) {
    const { model } = driven(seed, [0.4, 1.3, -0.5], seed % 3 === 0 ? 0.1 : 0.5);
    for (const size of [12, infinity]) {
      const fine = energiesInSector(model, size, familyOf(model, size), 10, 1e-10);
      for (const [cutoff, tolerance] of [
        [1, 1e-8],
        [3, 1e-8],
        [5, 1e-3],
      ]) {
        const rough = energiesInSector(model, size, familyOf(model, size), cutoff, tolerance);
        model.times.forEach((t, place) => {
          const exact = fine.at(place);
          const error = Math.max(...rough.at(place).map((x, c) => Math.abs(x - exact[c])));
          const known = fine.bounds[place];
          const about = `seed ${seed}, M = ${size}, ${cutoff} quanta, t = ${t}`;
          expect(error, about).toBeLessThanOrEqual(rough.bounds[place] + known + 1e-13);
          if (error > 10 * known) ratios.push(rough.bounds[place] / error);
        });
      }
    }
  }
  ratios.sort((a, b) => a - b);
  expect(ratios.length).toBeGreaterThan(100);
  expect(ratios[ratios.length >> 1]).toBeLessThan(1000);
});

test("and so they are against all sites one by one, work by quadrature there", { timeout: 60_000 }, () => {
  const times = [0, 0.4, 0.9];
  for (const seed of [1, 2, 3, 4]) {
    const { model, drives, pulses } = driven(seed, times, 0.8);
    const exact = controlledEnergies(model, 2, { drives, pulses, breaks: [0.2, 0.6] }, times);
    const { system, interaction, heat, work, pulses: kicks } = columnsOf(model);
    for (const cutoff of [1, 2]) {
      const found = energiesInSector(model, 2, familyOf(model, 2), cutoff, 1e-9);
      times.forEach((_, place) => {
        const numbers = found.at(place);
        const { [place]: truth } = exact;
        const gained = numbers.slice(heat, work).reduce((sum, x) => sum + x, 0);
        const off = [
          numbers[system] - truth.system,
          numbers[interaction] - truth.interaction,
          gained - truth.reservoir,
          numbers[work] - truth.work,
          numbers[kicks] - truth.pulses,
        ];
        expect(Math.max(...off.map(Math.abs)), `seed ${seed}`).toBeLessThanOrEqual(found.bounds[place] + 1e-8);
      });
    }
  }
});
