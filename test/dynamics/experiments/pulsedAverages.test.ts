import { expect, test } from "vitest";
import { averagePoints } from "../../../src/dynamics/average/average.ts";
import { averageBound, provingOf } from "../../../src/dynamics/average/provedAverage.ts";
import type { NodeChoice } from "../../../src/dynamics/average/rules.ts";
import { energies, watched } from "../../../src/dynamics/experiments/energies.ts";
import { accounting } from "../../../src/dynamics/experiments/energyAccounts.ts";
import { columnsOf } from "../../../src/dynamics/experiments/energyColumns.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { Stage } from "../../../src/dynamics/stage/stage.ts";
import type { Model } from "../../../src/model/types.ts";
import { controlledEnergies } from "../../oracle/controlledEnergyBruteForce.ts";
import { random, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";

const infinity = Number.POSITIVE_INFINITY;
const leftAlone = {
  ...{ scan: false, drives: [], decays: [] },
  trajectories: { seed: 1, most: 10, always: false },
};

/** Warm sites of two levels, S kicked twice. */
function pulsed(seed: number, times: readonly number[], strength: number) {
  const kind = { dims: [2], siteDimension: 2, state: "mixed", degenerate: false, rotated: false } as const;
  const plain = randomModel(seed, { ...kind, centring: "subtract", couplings: 1, strength, times }).model;
  const from = random(seed + 5);
  const pulses = [0, 0.3].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
  const model: Model = { ...plain, protocol: { ...leftAlone, pulses } };
  return { model, pulses };
}

const rules: readonly NodeChoice[] = [{ nodes: 1 }, { nodes: 2 }, { nodes: 4 }, { step: 1.4 }, { step: 0.7 }];

test("energies under pulses, averaged over fields, miss no more than is proved", { timeout: 60_000 }, () => {
  const ratios: number[] = [];
  for (let seed = 0; seed < 16; seed++) {
    const { model } = pulsed(seed, [0.2, 1, 2.5, -0.7], seed % 3 === 0 ? 0.08 : 0.4);
    const family = limitFamily(model);
    if (family.axes !== 1) continue;
    const experiment = accounting(model, infinity);
    const stage = new Stage(watched(model), family, 1e-12, 2 ** 30, experiment);
    const numbersOf = (choice: NodeChoice) =>
      stage.part({ points: averagePoints(family, [choice], 0).points, cutoff: 4, enough: 1 }).rho;
    const exact = numbersOf({ nodes: 20 });
    const stride = exact.dimension ** 2;
    for (const choice of rules) {
      const found = numbersOf(choice);
      const bound = averageBound(family, [choice], provingOf(experiment, family));
      model.times.forEach((t, place) => {
        let error = 0;
        for (let c = place * stride; c < place * stride + columnsOf(model).count; c++) {
          error = Math.max(error, Math.abs(found.re[c] - exact.re[c]));
        }
        const most = bound?.(t) ?? Number.NaN;
        expect(error, `seed ${seed}, ${JSON.stringify(choice)}, t = ${t}`).toBeLessThanOrEqual(most + 1e-12);
        if (error > 1e-9) ratios.push(most / error);
      });
    }
  }
  expect(ratios.length).toBeGreaterThan(50);
  ratios.sort((a, b) => a - b);
  expect(ratios[ratios.length >> 1]).toBeLessThan(3000);
});

test("and of few sites they are proved against all of them one by one", () => {
  const times = [0, 0.25, 0.8];
  for (let seed = 0; seed < 6; seed++) {
    const { model, pulses } = pulsed(seed, times, 0.7);
    const exact = controlledEnergies(model, 2, { pulses }, times);
    const { energies: found, run } = energies(model, 2, { tolerance: 1e-2 });
    expect(run.cost.sectors).toBeGreaterThan(1);
    times.forEach((_, place) => {
      const parts = ["system", "interaction", "reservoir", "pulses"] as const;
      const off = Math.max(...parts.map((part) => Math.abs(found[part][place] - exact[place][part])));
      expect(off, `seed ${seed}, ${run.path}`).toBeLessThanOrEqual((run.error.boundAt?.[place] ?? Number.NaN) + 1e-9);
    });
  }
});
