import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { averagePoints } from "../../../src/dynamics/average/average.ts";
import { averageBound, fewestNested } from "../../../src/dynamics/average/provedAverage.ts";
import type { NodeChoice } from "../../../src/dynamics/average/rules.ts";
import type { Family } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { joinedBlocks } from "../../../src/dynamics/families/joinedBlocks.ts";
import { spinBlockFamily } from "../../../src/dynamics/families/spinBlockFamily.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { Stage } from "../../../src/dynamics/stage/stage.ts";
import type { Model } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { familyRun } from "../familyRun.ts";

function among(coupling: string, site: string, last: number, excited = 0.3): Model {
  return defineModel({
    system: { hamiltonian: "0.5 * sigmaz + 0.3 * sigmax", state: "plus" },
    reservoir: { hamiltonian: "0.9 * proj(up)", state: `${1 - excited} * proj(down) + ${excited} * proj(up)` },
    couplings: [{ system: coupling, site, hc: "included" }],
    center: "subtract",
    times: { from: 0, to: last, points: 16 },
  });
}

/** What a choice misses of the exact sum at each time, and what is proved of it. */
function missed(model: Model, family: Family, cutoff: number, choices: readonly NodeChoice[]) {
  const exact = familyRun(model, family, cutoff);
  return choices.map((choice) => {
    const { rho } = familyRun(model, family, cutoff, choice);
    const bound = averageBound(family, Array(family.axes).fill(choice), { since: 0 });
    if (bound === null) throw new Error("something is proved of this family");
    const n = rho.dimension ** 2;
    const errors = model.times.map((_, t) => {
      let largest = 0;
      for (let e = t * n; e < (t + 1) * n; e++) {
        largest = Math.max(largest, Math.hypot(rho.re[e] - exact.rho.re[e], rho.im[e] - exact.rho.im[e]));
      }
      return largest;
    });
    return { choice, errors, bounds: model.times.map(bound) };
  });
}

const rules: readonly NodeChoice[] = [2, 3, 5, 9].map((nodes) => ({ nodes }));
const lattices: readonly NodeChoice[] = [2, 1.4, 1, 0.7, 0.5].map((step) => ({ step }));

describe("what an average is proved to miss", () => {
  test.each([
    ["0.2 * sigmax", "sigmax", 400, 8],
    ["0.3 * sigmax", "sigmaz", 200, 3],
    ["0.1 * sigmax + 0.1 * sigmaz", "sigmax + 0.5 * sigmaz", 300, 5],
  ] as const)("holds for numbers of sites, and is of use: G = %s, v = %s, M = %s", (coupling, site, size, last) => {
    const model = among(coupling, site, last);
    const found = missed(model, finiteFamily(model, size), 7, [...rules, ...lattices]);
    for (const { choice, errors, bounds } of found) {
      errors.forEach((error, t) => {
        expect(error, `${JSON.stringify(choice)} at ${model.times[t]}`).toBeLessThan(bounds[t] + 1e-13);
      });
    }
    // Errors there are, and the best rules are proved to have none.
    expect(Math.max(...found.flatMap(({ errors }) => errors))).toBeGreaterThan(1e-6);
    expect(Math.min(...found.map(({ bounds }) => bounds[bounds.length - 1]))).toBeLessThan(1e-8);
  });

  test("holds where sites have three levels, rule after rule", () => {
    const model = defineModel({
      system: { hamiltonian: "0.4 * sigmaz", state: "plus" },
      reservoir: { dims: 3, hamiltonian: "0.8 * create(3) * destroy(3)", state: "thermal(0.7)" },
      couplings: [{ system: "0.15 * sigmax", site: "0.5 * (destroy(3) + create(3))", hc: "included" }],
      times: { from: 0, to: 4, points: 5 },
    });
    const found = missed(model, finiteFamily(model, 24), 4, [{ nodes: 2 }, { nodes: 3 }, { nodes: 5 }]);
    for (const { choice, errors, bounds } of found) {
      errors.forEach((error, t) => {
        expect(error, `${JSON.stringify(choice)} at ${model.times[t]}`).toBeLessThan(bounds[t] + 1e-13);
      });
    }
    expect(found[2].bounds[4]).toBeLessThan(1e-4);
    expect(found[0].errors[4]).toBeGreaterThan(1e-8);
  });

  test.each([
    ["0.1 * sigmax", "sigmax", 20000, 12],
    ["0.02 * sigmax", "sigmax + sigmaz", 30000, 3],
  ] as const)("holds for blocks of total spin: G = %s, v = %s, M = %s", (coupling, site, size, last) => {
    const model = among(coupling, site, last, 0.2);
    const family = spinBlockFamily(model, size, 1e-10);
    if (family === null) throw new Error("there should be blocks");
    const stage = new Stage(model, family, 1e-12, 2 ** 30);
    const { counts, deviation } = family.axis(0, []);
    if (counts === undefined || family.density === undefined) throw new Error("blocks are counted");
    const { mean, weight } = counts;
    const all = [];
    for (let s = Math.ceil(mean - 8 * deviation); s <= mean + 8 * deviation; s++) {
      all.push({ point: [s - mean], weight: weight(s) * family.density([s - mean]) });
    }
    const exact = stage.part({ points: all, cutoff: 22, enough: 1 });
    let largest = 0;
    for (const share of [0.1, 1e-3, 1e-5, 1e-7]) {
      const proved = fewestNested(family, { since: 0 }, last, share);
      if (proved === null) throw new Error("some rule is proved to do");
      const { nodes, weights } = proved.rule;
      const points = Array.from(nodes, (node, n) => ({ point: [node], weight: weights[n] }));
      const few = stage.part({ points, cutoff: 22, enough: 1 });
      const error = maxDifference(few.rho, exact.rho);
      expect(proved.missed(last)).toBeLessThan(share);
      expect(error).toBeLessThan(proved.missed(last) + 1e-11);
      largest = Math.max(largest, error);
    }
    expect(largest).toBeGreaterThan(1e-8);
  });

  test("holds for blocks of two reservoirs, one after the other", () => {
    const side = (g: string, excited: number) => ({
      share: 0.5,
      hamiltonian: "0.8 * proj(up)",
      state: `${1 - excited} * proj(down) + ${excited} * proj(up)`,
      couplings: [{ system: g, site: "sigmax + 0.3 * sigmaz", hc: "included" as const }],
    });
    const model = defineModel({
      system: { hamiltonian: "0.5 * sigmaz + 0.3 * sigmax", state: "plus" },
      reservoirs: [side("0.15 * sigmax", 0.002), side("0.1 * sigmaz + 0.2 * sigmay", 0.003)],
      center: "subtract",
      times: [0.5, 2],
    });
    const family = joinedBlocks(model, 2400, 1e-7);
    if (family === null) throw new Error("there should be blocks");
    expect(family.axes).toBe(2);
    const stage = new Stage(model, family, 1e-10, 2 ** 30);
    const values = [0, 1].map((axis) => {
      const { counts, density } = family.axis(axis, []);
      if (counts === undefined || density === undefined) throw new Error("blocks are counted");
      const { mean, weight } = counts;
      const all = Array.from({ length: 30 }, (_, s) => ({ value: s - mean, weight: weight(s) * density(s - mean) }));
      return all.filter((one) => one.weight > 1e-10);
    });
    const points = values[0].flatMap((a) =>
      values[1].map((b) => ({ point: [a.value, b.value], weight: a.weight * b.weight })),
    );
    const cutoff = stage.startQuanta + 2;
    const exact = stage.part({ points, cutoff, enough: 1 });
    for (const nodes of [1, 2, 4]) {
      const choices = [{ nodes }, { nodes }];
      const few = stage.part({ points: averagePoints(family, choices, 0).points, cutoff, enough: 1 });
      const bound = averageBound(family, choices, { since: 0 });
      if (bound === null) throw new Error("something is proved of blocks");
      const error = maxDifference(few.rho, exact.rho);
      expect(error, `${nodes} nodes`).toBeLessThanOrEqual(bound(2) + 1e-8);
      if (nodes === 1) expect(error).toBeGreaterThan(1e-5);
      if (nodes === 4) expect(bound(2)).toBeLessThan(1e-2);
    }
  });
});

describe("a finite size with few nodes", () => {
  test.each([
    ["0.1 * sigmax", "sigmax", 1e6],
    ["0.1 * sigmax", "sigmax", 1e9],
    ["0.1 * sigmax", "sigmax", 1e17],
    ["0.15 * sigmax", "sigmax + 0.3 * sigmaz", 1e6],
    ["0.15 * sigmax", "sigmax + 0.3 * sigmaz", 1e14],
  ] as const)("can be certified: G = %s, v = %s, M = %s", { timeout: 60_000 }, (coupling, site, size) => {
    const model = among(coupling, site, 10);
    const certified = simulate(model, size, { certified: true, tolerance: 1e-5 });
    const sharp = simulate(model, size, { tolerance: 1e-9 });
    const { bound, converged } = certified.error;
    expect(converged).toBe(true);
    expect(bound).toBeLessThan(1e-5);
    expect(maxDifference(certified.rho, sharp.rho)).toBeLessThan((bound as number) + 1e-9);
  });

  test("says what is proved without being asked, where few nodes are proved to do", () => {
    const { error, cost } = simulate(among("0.1 * sigmax", "sigmax", 20), 1e9, { tolerance: 1e-7 });
    expect(cost.sectors).toBeLessThan(9);
    expect(error.bound).toBeLessThan(1e-6);
  });
});
