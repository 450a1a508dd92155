import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { evolve } from "../../../src/dynamics/evolve.ts";
import { evolutionOfParts, ketsPart } from "../../../src/dynamics/sharing/ketParts.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { krylovWindows } from "../../../src/dynamics/stage/propagator.ts";
import { stageOf } from "../../../src/dynamics/stage/stageOf.ts";
import { patternOf } from "../../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { readModel } from "../../../src/model/read.ts";
import type { Model } from "../../../src/model/types.ts";
import { questions } from "../../crew/questions.ts";
import { randomHamiltonian } from "../../fock/randomHamiltonian.ts";
import { describeEachKind } from "../../kernels/eachKind.ts";
import { worksOf } from "../worksOf.ts";

function modelNamed(name: string): Model {
  const path = join(import.meta.dirname, "../../../bench/models", `${name}.yaml`);
  const { model } = readModel(readFileSync(path, "utf8"), path);
  if (model === undefined) throw new Error(`${path} is no model`);
  return model;
}

describeEachKind("kets in parts", () => {
  const times = [0, 0.4, -0.4, 2, 5, -3];
  const occupations = [
    [0, 0],
    [1, 0],
    [0, 2],
  ];

  test.each([1, 2, 3, 4])("are the sector, whichever ranges they are cut into: Hamiltonian %i", (seed) => {
    const h = randomHamiltonian(seed, { dimension: 2, modes: 2, capacities: [Infinity], hopping: seed % 2 === 0 });
    const pattern = patternOf([h]);
    const start = occupations.map((one) => ({ occupations: one, levels: [0, 1] }));
    const basis = reachableBasis(pattern, start, 9);
    const kets = occupations.flatMap((one, k) =>
      [0, 1].map((level) => ({
        weight: 0.1 + 0.05 * k + 0.02 * level,
        levels: { re: Float64Array.of(0.6, level === 0 ? 0.8 : -0.8), im: Float64Array.of(0.1 * k, 0) },
        occupations: one,
      })),
    );
    const tolerance = 1e-9;
    const space = { basis, pattern, matrix: null };
    for (const wanted of [{ bound: true, lookAt: [0, 3, 5] }, { lookAt: [1, 4] }]) {
      const whole = evolve(space, h, kets, times, krylovWindows({ tolerance }), wanted);
      const ranges = [
        { from: 0, to: 2 },
        { from: 2, to: 3 },
        { from: 3, to: 6 },
      ];
      const parts = ranges.map((only) => {
        const part = ketsPart(evolve(space, h, kets, times, krylovWindows({ tolerance, only }), wanted), "");
        return structuredClone(part);
      });
      const found = evolutionOfParts(basis, parts, wanted);
      expect(maxDifference(found.rho, whole.rho)).toBeLessThan(1e-14);
      expect(maxDifference(found.sample([3, 1]), whole.sample([3, 1]))).toBeLessThan(1e-14);
      expect(found.info.applications).toBe(whole.info.applications);
      for (const of of ["leaked", "propagation"] as const) {
        expect(found.info[of]).toBeCloseTo(whole.info[of], 14);
      }
      expect(found.info.proved).toBe(whole.info.proved);
      const [filled, wholly] = [found.info.filling(), whole.info.filling()];
      wholly.peaks.forEach((peak, f) => {
        expect(filled.peaks[f]).toBeCloseTo(peak, 14);
      });
      expect(filled.outside).toBeCloseTo(wholly.outside, 12);
      expect(filled.weighed([1, 1.5], 9).shells).toHaveLength(wholly.weighed([1, 1.5], 9).shells.length);
      if (wanted.bound === undefined) {
        expect([found.info.boundAt, found.info.cost]).toEqual([null, null]);
        continue;
      }
      expect(found.info.leaked).toBeGreaterThan(0);
      expect(found.info.cost?.()).toBeCloseTo(whole.info.cost?.() ?? Number.NaN, 14);
      const bounds = whole.info.boundAt?.() ?? new Float64Array(0);
      found.info.boundAt?.().forEach((bound, t) => {
        expect(bound).toBeCloseTo(bounds[t], 14);
      });
    }
  });
});

describe("a single sector of several kets that take long", () => {
  const { model, size, options } = questions["kets of a single sector"];

  test.each([false, true])("is work for others while its cutoff is found; certified: %s", (certified) => {
    const works = worksOf(model, size, { ...options, certified, tolerance: 1e-4 });
    expect(works.length).toBeGreaterThan(0);
    for (const { chunks } of works) {
      const ranges = chunks.map(({ only }) => only ?? { from: 0, to: 0 });
      expect(ranges.length).toBeGreaterThan(1);
      expect(ranges[0].from).toBe(0);
      ranges.slice(1).forEach(({ from }, r) => {
        expect(from).toBe(ranges[r].to);
      });
    }
  });

  test("comes out as it does in one piece, to rounding", () => {
    const run = simulate(model, size, options);
    const { recipe } = worksOf(model, size, options)[0];
    const chunk = { points: [{ point: [], weight: 1 }], cutoff: run.cost.cutoff, enough: 0 };
    const whole = stageOf(recipe).part(chunk);
    expect(maxDifference(run.rho, whole.rho)).toBeLessThan(1e-14);
    run.error.boundAt?.forEach((bound, t) => {
      expect(bound).toBeCloseTo(whole.boundAt[t], 14);
    });
    expect(run.error.bound).not.toBeNull();
  });
});

describe("nothing is cut", () => {
  test.each(["B1", "B2", "B3", "B4", "B5"])("of the small model %s", (name) => {
    const model = modelNamed(name);
    for (const size of model.sizes) {
      const cut = worksOf(model, size).filter(({ chunks }) => chunks.some(({ only }) => only !== undefined));
      expect(cut).toEqual([]);
    }
  });

  test("of a single ket, however long it takes", () => {
    const { model, size, options } = questions["kets of a single sector"];
    const pure = { ...model, system: { ...model.system, state: projectorOf(model) } };
    expect(worksOf(pure, size, options)).toEqual([]);
  });

  function projectorOf({ system: { dimension, state } }: Model): Model["system"]["state"] {
    const [re, im] = [new Float64Array(dimension ** 2), new Float64Array(dimension ** 2)];
    re[0] = 1;
    return { ...state, re, im };
  }
});
