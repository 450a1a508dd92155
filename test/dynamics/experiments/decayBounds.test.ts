import { expect, test } from "vitest";
import { columnsOf } from "../../../src/dynamics/experiments/energyColumns.ts";
import { siteTransitions } from "../../../src/dynamics/experiments/energyParts.ts";
import type { Family } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { purifiedFamily } from "../../../src/dynamics/families/purifiedFamily.ts";
import type { Model, Size } from "../../../src/model/types.ts";
import { controlledEnergies } from "../../oracle/controlledEnergyBruteForce.ts";
import { random, randomMatrix, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { energiesInSector } from "./energiesInSector.ts";

const infinity = Number.POSITIVE_INFINITY;
const leftAlone = {
  ...{ scan: false, drives: [] },
  trajectories: { seed: 1, most: 10, always: false },
};

/** A qubit that decays by two Lindblad terms, with pulses every other time. */
function decaying(seed: number, state: "pure" | "mixed", times: readonly number[], strength: number) {
  const kind = { dims: [2], siteDimension: 2, state, degenerate: false, rotated: false } as const;
  const plain = randomModel(seed, { ...kind, centring: "subtract", couplings: 1, strength, times }).model;
  const from = random(seed + 99);
  const pulses = seed % 4 < 2 ? [] : [0, 0.3].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
  const decays = [0.3, 0.1].map((rate) => ({ operator: randomMatrix(from, 2), rate }));
  const model: Model = { ...plain, protocol: { ...leftAlone, pulses, decays } };
  return { model, pulses, decays };
}

function onlyFamily(model: Model, size: Size): Family {
  if (size === infinity) return limitFamily(model);
  const sites = finiteFamily(model, size);
  return sites.axes === 0 ? sites : purifiedFamily(model, size);
}

test("energies where S decays, what decay brings with them, are off by no more than is proved", {
  timeout: 120_000,
}, () => {
  const ratios: number[] = [];
  for (let seed = 0; seed < 24; seed++) {
    const { model } = decaying(seed, seed % 2 ? "pure" : "mixed", [0.4, 1.3, 3], [0.1, 0.3, 0.6][seed % 3]);
    for (const size of seed % 2 ? [3, 12, infinity] : [2]) {
      const family = onlyFamily(model, size);
      const fine = energiesInSector(model, size, family, seed % 2 ? 9 : 5, 1e-10);
      for (const [cutoff, tolerance] of [
        [1, 1e-8],
        [2, 1e-8],
        [seed % 2 ? 5 : 3, 1e-3],
      ]) {
        const rough = energiesInSector(model, size, family, cutoff, tolerance);
        model.times.forEach((t, place) => {
          const exact = fine.at(place);
          const error = Math.max(...rough.at(place).map((x, c) => Math.abs(x - exact[c])));
          const known = fine.bounds[place];
          const about = `seed ${seed}, M = ${size}, ${cutoff} quanta, t = ${t}`;
          expect(error, about).toBeLessThanOrEqual(rough.bounds[place] + known + 1e-13);
          if (error > 10 * known && t > 1) ratios.push(rough.bounds[place] / error);
        });
      }
    }
  }
  ratios.sort((a, b) => a - b);
  expect(ratios.length).toBeGreaterThan(100);
  expect(ratios[ratios.length >> 1]).toBeLessThan(1000);
});

test("and so they are against all sites one by one, what decay brings by quadrature there", { timeout: 60_000 }, () => {
  let useful = 0;
  for (let seed = 0; seed < 8; seed++) {
    const times = [0, 0.25, 0.8];
    const { model, pulses, decays } = decaying(seed, seed % 3 ? "pure" : "mixed", times, 0.6);
    const exact = controlledEnergies(model, 2, { pulses, decays }, times);
    const family = onlyFamily(model, 2);
    const columns = columnsOf(model);
    for (const cutoff of [1, 2]) {
      const { at, bounds } = energiesInSector(model, 2, family, cutoff, 1e-9);
      times.forEach((_, place) => {
        const found = at(place);
        const heat = siteTransitions(model).reduce((sum, __, g) => sum + found[columns.heat + g], 0);
        const { system, interaction, reservoir, pulses: kicked, decay } = exact[place];
        const off = [
          found[columns.system] - system,
          found[columns.interaction] - interaction,
          heat - reservoir,
          found[columns.pulses] - kicked,
          found[columns.decay] - decay,
        ];
        const error = Math.max(...off.map(Math.abs));
        expect(error, `seed ${seed}, ${cutoff} quanta, t = ${times[place]}`).toBeLessThanOrEqual(bounds[place] + 1e-8);
        if (error > 1e-6 && bounds[place] < 0.1) useful++;
      });
    }
  }
  expect(useful).toBeGreaterThan(2);
});
