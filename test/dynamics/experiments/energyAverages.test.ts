import { expect, test } from "vitest";
import { averagePoints, type WeightedPoint } from "../../../src/dynamics/average/average.ts";
import { averageBound, provingOf } from "../../../src/dynamics/average/provedAverage.ts";
import type { NodeChoice } from "../../../src/dynamics/average/rules.ts";
import { energies, watched } from "../../../src/dynamics/experiments/energies.ts";
import { accounting } from "../../../src/dynamics/experiments/energyAccounts.ts";
import { columnsOf } from "../../../src/dynamics/experiments/energyColumns.ts";
import type { Family } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { joinedFamily } from "../../../src/dynamics/families/joinedFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { spinBlockFamily } from "../../../src/dynamics/families/spinBlockFamily.ts";
import { Stage } from "../../../src/dynamics/stage/stage.ts";
import type { Model, Size } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { energyBruteForce, transitionKey } from "../../oracle/energyBruteForce.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { severalReservoirs } from "../../oracle/severalReservoirs.ts";

const infinity = Number.POSITIVE_INFINITY;
const centring = "subtract";

/** What averages over a family miss of a fine one or the exact sum, of E_S and of each heat and all of them, and what is proved. */
function missed(
  model: Model,
  size: Size,
  family: Family,
  cutoff: number,
  choices: readonly NodeChoice[],
  all?: readonly WeightedPoint[],
) {
  const experiment = accounting(model, size);
  const { count, heat } = columnsOf(model);
  const stage = new Stage(watched(model), family, 1e-12, 2 ** 30, experiment);
  const sumOver = (points: readonly WeightedPoint[]) => stage.part({ points, cutoff, enough: 1 }).rho;
  const numbersOf = (choice: NodeChoice) => sumOver(averagePoints(family, Array(family.axes).fill(choice), 0).points);
  const exact = all ? sumOver(all) : numbersOf(size === infinity ? { nodes: 16 } : { nodes: infinity });
  const stride = exact.dimension ** 2;
  return choices.flatMap((choice) => {
    const found = numbersOf(choice);
    const proved = averageBound(family, Array(family.axes).fill(choice), provingOf(experiment, family));
    const off = (place: number, column: number) =>
      found.re[place * stride + column] - exact.re[place * stride + column];
    return model.times.map((t, place) => {
      const heats = Array.from({ length: count - heat }, (_, g) => off(place, heat + g));
      const all = heats.reduce((sum, x) => sum + x, 0);
      const error = Math.max(...[off(place, 0), all, ...heats].map(Math.abs));
      const interaction = Math.abs(off(place, 1)) - Math.abs(off(model.times.length, 1));
      return { choice, t, error: Math.max(error, interaction), bound: proved?.(t) ?? Number.NaN };
    });
  });
}

const rules: readonly NodeChoice[] = [{ nodes: 1 }, { nodes: 2 }, { nodes: 4 }, { step: 1.4 }, { step: 0.7 }];

test("averages of energies miss no more than is proved, of rules and lattices, of sites and of fields", {
  timeout: 120_000,
}, () => {
  const ratios: number[] = [];
  for (let seed = 0; seed < 24; seed++) {
    const kind = {
      dims: [2],
      siteDimension: 2 + (seed % 4 === 2 ? 1 : 0),
      state: "mixed",
      centring,
      couplings: 1,
    } as const;
    const times = [0.3, -1.2, 3];
    const { model } = randomModel(seed, { ...kind, strength: seed % 3 === 0 ? 0.05 : 0.4, times });
    const limit = seed % 2 === 1;
    const size = limit ? infinity : kind.siteDimension === 3 ? 4 : 10;
    const family = limit ? limitFamily(model) : finiteFamily(model, size);
    if (family.axes !== (kind.siteDimension === 3 ? 2 : 1)) continue;
    for (const { choice, t, error, bound } of missed(model, size, family, 4, rules)) {
      expect(error, `seed ${seed}, ${JSON.stringify(choice)}, t = ${t}`).toBeLessThanOrEqual(bound + 1e-12);
      if (error > 1e-9) ratios.push(bound / error);
    }
  }
  ratios.sort((a, b) => a - b);
  expect(ratios.length).toBeGreaterThan(80);
  expect(ratios[ratios.length >> 1]).toBeLessThan(1000);
});

test("few blocks of total spin miss no more of energies than is proved", () => {
  const ratios: number[] = [];
  for (const [g, v] of [
    ["0.25 * sigmax", "sigmax + 0.3 * sigmaz"],
    ["0.2 * sigmaz + 0.1 * sigmay", "sigmax"],
    ["0.1 * sigmax", "sigmaz + 0.1 * sigmax"],
  ]) {
    const model = defineModel({
      system: { hamiltonian: "0.5 * sigmaz + 0.3 * sigmax", state: "plus" },
      reservoir: { hamiltonian: "0.9 * proj(up)", state: "0.995 * proj(down) + 0.005 * proj(up)" },
      couplings: [{ system: g, site: v, hc: "included" }],
      center: "subtract",
      times: [0.4, 2, -1],
    });
    const family = spinBlockFamily(model, 1000, 1e-8);
    if (family?.density === undefined) throw new Error("there should be blocks");
    const { counts } = family.axis(0, []);
    if (counts === undefined) throw new Error("blocks are counted");
    const { density } = family;
    const points = Array.from({ length: 32 }, (_, s) => ({
      point: [s - counts.mean],
      weight: counts.weight(s) * density([s - counts.mean]),
    }));
    for (const one of missed(model, 1000, family, 6, [{ nodes: 1 }, { nodes: 2 }, { nodes: 4 }], points)) {
      // Starts that are left out are not the same in each block.
      expect(one.error, `${g}, ${one.choice}, t = ${one.t}`).toBeLessThanOrEqual(one.bound + 1e-9);
      if (one.error > 1e-7) ratios.push(one.bound / one.error);
    }
  }
  expect(ratios.length).toBeGreaterThan(10);
  expect(Math.min(...ratios)).toBeLessThan(500);
});

test("sites of another reservoir gain as well where it is averaged over", () => {
  const kind = { dims: [2], state: "mixed", centring, couplings: 1, strength: 0.5, times: [0.4, 2] } as const;
  for (const seed of [3, 4]) {
    const model = severalReservoirs(seed, [5, 3], kind, [2, 2]);
    const family = joinedFamily(model, 8, finiteFamily);
    for (const { choice, t, error, bound } of missed(model, 8, family, 5, rules)) {
      expect(error, `seed ${seed}, ${JSON.stringify(choice)}, t = ${t}`).toBeLessThanOrEqual(bound + 1e-12);
    }
  }
});

test("averages of energies have a bound that holds against all sites one by one", () => {
  for (let seed = 0; seed < 20; seed++) {
    const kind = {
      dims: [2],
      siteDimension: 2,
      rotated: false,
      degenerate: false,
      state: "mixed",
      couplings: 1,
    } as const;
    const { model } = randomModel(seed, { ...kind, times: [0.5, 2] });
    const exact = energyBruteForce(model, 3);
    const { energies: found, run } = energies(model, 3, { tolerance: 1e-2 });
    const about = `seed ${seed}, ${run.path}`;
    expect(run.cost.sectors, about).toBeGreaterThan(1);
    model.times.forEach((_, place) => {
      const heat = found.heat.map(
        ({ frequency, values }) => values[place] - (exact.heat.get(transitionKey(0, frequency))?.[place] ?? 0),
      );
      const off = [
        found.system[place] - exact.system[place],
        found.interaction[place] - exact.interaction[place],
        ...heat,
      ];
      const bound = run.error.boundAt?.[place] ?? Number.NaN;
      expect(Math.max(...off.map(Math.abs)), about).toBeLessThanOrEqual(bound + 1e-9);
    });
  }
});

test.each([1e3, 1e6, 1e15, infinity])(
  "energies of warm sites are proved by default: M = %s",
  { timeout: 60_000 },
  (size) => {
    for (const seed of [1, 6]) {
      const kind = { dims: [2], siteDimension: 2, state: "mixed", couplings: 1, strength: 0.15, centring } as const;
      const { model } = randomModel(seed, { ...kind, times: [0.5, 1] });
      const sharp = energies(model, size, { tolerance: 1e-9 });
      const { energies: found, run } = energies(model, size, { tolerance: 1e-3 });
      // Few blocks of so few sites are only seen to do.
      if (size === 1e3 && run.path.includes("blocks")) continue;
      const bound = run.error.bound ?? Number.NaN;
      expect(bound, run.path).toBeLessThan(0.3);
      const parts = ["system", "interaction", "reservoir"] as const;
      const off = parts.map((part) => found[part].map((x, t) => Math.abs(x - sharp.energies[part][t])));
      expect(Math.max(...off.map((one) => Math.max(...one)))).toBeLessThanOrEqual(bound + sharp.run.error.estimate);
    }
  },
);
