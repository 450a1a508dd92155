import { expect, test } from "vitest";
import { averagePoints } from "../../../src/dynamics/average/average.ts";
import { averageBound, provingOf } from "../../../src/dynamics/average/provedAverage.ts";
import type { NodeChoice } from "../../../src/dynamics/average/rules.ts";
import { energies, watched } from "../../../src/dynamics/experiments/energies.ts";
import { accounting } from "../../../src/dynamics/experiments/energyAccounts.ts";
import { columnsOf } from "../../../src/dynamics/experiments/energyColumns.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { Stage } from "../../../src/dynamics/stage/stage.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Model, Size } from "../../../src/model/types.ts";
import { controlledEnergies } from "../../oracle/controlledEnergyBruteForce.ts";
import { random, randomHermitian, randomMatrix, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";

const infinity = Number.POSITIVE_INFINITY;
const leftAlone = { scan: false, trajectories: { seed: 1, most: 10, always: false } };
const waves = [
  { text: "cos(3*t)", f: (t: number) => Math.cos(3 * t) },
  {
    text: "step(t, 0.2) * t - step(t, 0.6)",
    f: (t: number, inside: number) => (inside > 0.2 ? t : 0) - (inside > 0.6 ? 1 : 0),
  },
] as const;
const kinds = ["pulses", "drives", "decay", "pulses and drives", "pulses and decay"] as const;

/** Warm sites, and S acted on in one way or several. */
function actedOn(seed: number, times: readonly number[], strength: number, siteDimension = 2, centring = "subtract") {
  const kind = { dims: [2], siteDimension, state: "mixed", degenerate: false, rotated: false } as const;
  const centred = { centring: centring as "subtract" | "keep" };
  const plain = randomModel(seed, { ...kind, ...centred, couplings: 1, strength, times }).model;
  const from = random(seed + 55);
  const what = kinds[seed % kinds.length];
  const pulses = what.includes("pulses") ? [0, 0.3].map((at) => ({ at, unitary: randomUnitary(from, 2) })) : [];
  const decays = what.includes("decay") ? [{ operator: randomMatrix(from, 2), rate: 0.2 }] : [];
  const drives = what.includes("drives")
    ? waves.map(({ text, f }) => ({ operator: randomHermitian(from, 2), envelope: envelopeOf(text), f }))
    : [];
  const model: Model = { ...plain, protocol: { ...leftAlone, pulses, decays, drives } };
  return { model, what, pulses, decays, drives };
}

const rules: readonly NodeChoice[] = [...[1, 2, 3, 5].map((nodes) => ({ nodes })), { step: 1.4 }, { step: 0.7 }];

/** Bounds over errors of all rules, each compared with the sum over all numbers of sites, or with many nodes for a field. */
function ratiosOf(seed: number, size: Size, siteDimension: number, cutoff: number): number[] {
  const strength = [0.05, 0.2, 0.6][seed % 3];
  const centring = seed % 7 === 0 && size !== infinity ? "keep" : "subtract";
  const { model, what } = actedOn(seed, [0.2, 0.7, 1.6], strength, siteDimension, centring);
  const family = size === infinity ? limitFamily(model) : finiteFamily(model, size);
  if (family.axes === 0 || (size === infinity && family.axes > 1)) return [];
  const experiment = accounting(model, size);
  const stage = new Stage(watched(model), family, what.includes("decay") ? 1e-6 : 1e-9, 2 ** 30, experiment);
  const along = (choice: NodeChoice) => Array.from({ length: family.axes }, () => choice);
  const numbersOf = (choice: NodeChoice) =>
    stage.part({ points: averagePoints(family, along(choice), 0).points, cutoff, enough: 1 }).rho;
  const exact = numbersOf({ nodes: size === infinity ? 20 : infinity });
  const stride = exact.dimension ** 2;
  const { deviation } = family.axis(0, []);
  const possible = (choice: NodeChoice) =>
    "nodes" in choice || size === infinity || (family.axes === 1 && Math.round(choice.step * deviation) > 1);
  return rules.filter(possible).flatMap((choice) => {
    const found = numbersOf(choice);
    const bound = averageBound(family, along(choice), provingOf(experiment, family));
    expect(bound, `seed ${seed}, ${what}`).not.toBeNull();
    return model.times.flatMap((t, place) => {
      let error = 0;
      for (let c = place * stride; c < place * stride + columnsOf(model).count; c++) {
        error = Math.max(error, Math.abs(found.re[c] - exact.re[c]));
      }
      const most = bound?.(t) ?? Number.NaN;
      const about = `seed ${seed}, ${what}, M = ${size}, ${JSON.stringify(choice)}, t = ${t}`;
      expect(error, about).toBeLessThanOrEqual(most + 1e-8);
      return error > 1e-7 ? [most / error] : [];
    });
  });
}

function medianOf(ratios: readonly number[]): number {
  return [...ratios].sort((a, b) => a - b)[ratios.length >> 1];
}

test("energies averaged over numbers of sites miss no more than is proved, under pulses, drives and decay", {
  timeout: 120_000,
}, () => {
  const ratios: number[] = [];
  for (let seed = 0; seed < 12; seed++) {
    const three = seed % 4 === 3;
    const decays = kinds[seed % kinds.length].includes("decay");
    const size = decays ? (three ? 2 : 3) : three ? 3 : 8;
    ratios.push(...ratiosOf(seed, size, three ? 3 : 2, decays ? (three ? 2 : 3) : three ? 3 : 5));
  }
  expect(ratios.length).toBeGreaterThan(60);
  expect(medianOf(ratios)).toBeLessThan(1000);
});

test("and so they do averaged over fields", { timeout: 60_000 }, () => {
  const ratios: number[] = [];
  for (let seed = 100; seed < 112; seed++) ratios.push(...ratiosOf(seed, infinity, 2, 3));
  expect(ratios.length).toBeGreaterThan(30);
  expect(medianOf(ratios)).toBeLessThan(1000);
});

test("whole runs of few sites are proved against all of them one by one", { timeout: 60_000 }, () => {
  const times = [0, 0.25, 0.8];
  for (let seed = 0; seed < 5; seed++) {
    const { model, pulses, decays, drives } = actedOn(seed, times, 0.7);
    const breaks = drives.length === 0 ? [] : [0.2, 0.6];
    const exact = controlledEnergies(model, 2, { pulses, decays, drives, breaks }, times);
    const { energies: found, run } = energies(model, 2, { tolerance: 1e-2 });
    times.forEach((_, place) => {
      const parts = ["system", "interaction", "reservoir", "work", "pulses", "decay"] as const;
      const off = Math.max(...parts.map((part) => Math.abs(found[part][place] - exact[place][part])));
      expect(off, `seed ${seed}, ${run.path}`).toBeLessThanOrEqual((run.error.boundAt?.[place] ?? Number.NaN) + 1e-9);
    });
  }
});

test("of many sites they are proved to the tolerance, with fewer nodes than agree with each other", () => {
  for (const seed of [5, 1, 3]) {
    const { model } = actedOn(seed, [0.2, 0.5], 0.2);
    for (const size of [3000, 1e6, infinity]) {
      const asked = { ...model, protocol: { ...leftAlone, ...model.protocol, decays: [] } } as Model;
      const { run } = energies(asked, size, { tolerance: 1e-4 });
      expect(run.cost.sectors, run.path).toBeGreaterThan(1);
      expect(run.error.bound ?? infinity, `seed ${seed}, M = ${size}, ${run.path}`).toBeLessThan(1e-4);
    }
  }
});
