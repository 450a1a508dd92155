import { expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { evolve } from "../../../src/dynamics/evolve.ts";
import { comeBack, layerBound } from "../../../src/dynamics/layers/layerBound.ts";
import { krylovWindows, spectral } from "../../../src/dynamics/stage/propagator.ts";
import { shellBound } from "../../oracle/shellBound.ts";
import { cutCase, cutSpace } from "../cutCases.ts";

const layers = (leak: number, ...couplings: number[]) => ({
  ...{ layerOf: new Uint8Array(0), bandOf: new Uint8Array(0), leaks: Float64Array.of(leak), spread: 1, leak },
  couplings: Float64Array.from(couplings),
});

test("what has left comes back to the outermost layer first: leak · t of it, then from layer to layer", () => {
  const after = comeBack(layers(2, 0.5, 0.25), new Float64Array(3), 1e-3, 0.01);
  expect(after[0] / 1e-3).toBeCloseTo(2 * 0.01, 6);
  expect(after[1] / 1e-3).toBeCloseTo((2 * 0.5 * 0.01 ** 2) / 2, 8);
  expect(after[2] / 1e-3).toBeCloseTo((2 * 0.5 * 0.25 * 0.01 ** 3) / 6, 10);
});

test("is never more than has left, and nothing where nothing has", () => {
  expect([...comeBack(layers(2, 3, 1), Float64Array.of(1e-6, 1e-6, 0), 1e-6, 50)]).toEqual([1e-6, 1e-6, 1e-6]);
  expect([...comeBack(layers(2, 3, 1), new Float64Array(3), 0, 1)]).toEqual([0, 0, 0]);
  expect(layerBound(Float64Array.of(1e-6, 1e-6), Float64Array.of(0.1, 1), 1e-6)).toBe(1e-6);
});

test("in many steps is the shell bound, whose shells are the layers the other way round", () => {
  const of = layers(0.7, 0.5, 0.4, 0.3);
  const leaked = (t: number) => 1e-3 * t;
  const norms = [0.01, 0.1, 0.3, 0.9];
  const times = Array.from({ length: 40 }, (_, i) => (i + 1) / 20);
  let errors: Float64Array = new Float64Array(4);
  const found = times.map((t) => {
    errors = comeBack(of, errors, leaked(t), 1 / 20);
    return layerBound(errors, Float64Array.from(norms), leaked(t));
  });
  const rates = [
    [0, 0.3, 0, 0, 0],
    [0.3, 0, 0.4, 0, 0],
    [0, 0.4, 0, 0.5, 0],
    [0, 0, 0.5, 0, 0.7],
    [0, 0, 0, 0.7, 0],
  ];
  const populations = times.map(() => norms.map((x) => x * x).reverse());
  const expected = shellBound({ rates, times, leaked: times.map(leaked), populations });
  found.forEach((bound, i) => {
    expect(bound / expected[i]).toBeCloseTo(1, 8);
  });
});

test("along Krylov windows a run's bound is of second order at early times, and never below the true error", () => {
  const times = [0, 0.1, -0.2, 0.5, 1, -2, 4];
  const gains: number[] = [];
  for (let seed = 0; seed < 60; seed++) {
    const { h, ket } = cutCase(seed);
    const cutoff = 2 + (seed % 4);
    const start = [{ weight: 1, levels: ket, occupations: new Array<number>(h.modes.length).fill(0) }];
    const { rho, info } = evolve(cutSpace(h, cutoff), h, start, times, krylovWindows({ tolerance: 1e-10 }));
    const truth = evolve(cutSpace(h, cutoff + 8), h, start, times, spectral());
    const bounds = info.boundAt?.() ?? new Float64Array(0);
    times.forEach((_, i) => {
      const at = (x: Float64Array) => x.slice(i * h.dimension ** 2, (i + 1) * h.dimension ** 2);
      const one = { ...rho, times: [0], re: at(rho.re), im: at(rho.im) };
      const other = { ...rho, times: [0], re: at(truth.rho.re), im: at(truth.rho.im) };
      const rest = truth.info.boundAt?.()[i] ?? Number.NaN;
      expect(bounds[i], `seed ${seed}, t = ${times[i]}`).toBeGreaterThanOrEqual(maxDifference(one, other) - rest);
    });
    expect(Math.max(...bounds)).toBeLessThanOrEqual((info.leaked + info.propagation) * (1 + 1e-12));
    const early = evolve(cutSpace(h, cutoff), h, start, [0.5], krylovWindows({ tolerance: 1e-10 })).info;
    gains.push(early.leaked / (early.boundAt?.()[0] ?? Number.NaN));
  }
  gains.sort((a, b) => a - b);
  expect(gains[30]).toBeGreaterThan(100);
});
