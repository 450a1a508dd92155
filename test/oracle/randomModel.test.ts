import { describe, expect, test } from "vitest";
import { commutator, hermitianDefect, maxAbs, trace, traceOfProduct } from "../../src/algebra/matrix.ts";
import { asModel, fromSpec } from "./plainModel.ts";
import { randomModel } from "./randomModel.ts";

const seeds = Array.from({ length: 100 }, (_, seed) => seed);

describe("random models", () => {
  test("are the same for the same seed, and differ for others", () => {
    expect(randomModel(5)).toEqual(randomModel(5));
    expect(randomModel(5).spec).not.toEqual(randomModel(6).spec);
  });

  test("are models: stationary, centred, Hermitian, of trace 1", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      expect(maxAbs(commutator(model.reservoirs[0].site.hamiltonian, model.reservoirs[0].site.state))).toBeLessThan(
        1e-14,
      );
      for (const state of [model.reservoirs[0].site.state, model.system.state]) {
        expect(Math.abs(trace(state).re - 1)).toBeLessThan(1e-14);
        expect(hermitianDefect(state)).toBe(0);
      }
      expect(hermitianDefect(model.system.hamiltonian) + hermitianDefect(model.reservoirs[0].site.hamiltonian)).toBe(0);
      for (const { site } of model.reservoirs[0].couplings) {
        const { re, im } = traceOfProduct(model.reservoirs[0].site.state, site);
        expect(Math.hypot(re, im)).toBeLessThan(1e-14);
      }
    }
  });

  test("are the same model as their specification", () => {
    for (const seed of seeds) {
      const { model, spec } = randomModel(seed);
      expect(asModel(fromSpec(JSON.parse(JSON.stringify(spec))))).toEqual(model);
    }
  });

  test("come in every kind", () => {
    const kinds = seeds.map((seed) => randomModel(seed).kind);
    for (const state of ["pure", "mixed", "rank-deficient", "infinite-temperature"]) {
      expect(kinds.some((kind) => kind.state === state)).toBe(true);
    }
    for (const centring of ["centred", "subtract", "keep"]) {
      expect(kinds.some((kind) => kind.centring === centring)).toBe(true);
    }
    for (const flag of ["degenerate", "rotated", "nondemolition", "hermitian", "pureSystem"] as const) {
      expect(new Set(kinds.map((kind) => kind[flag])).size).toBe(2);
    }
    expect(kinds.some((kind) => kind.dims.length === 2)).toBe(true);
    expect(new Set(kinds.map((kind) => kind.siteDimension))).toEqual(new Set([2, 3, 4]));
    expect(new Set(kinds.map((kind) => kind.couplings))).toEqual(new Set([1, 2, 3]));
  });
});
