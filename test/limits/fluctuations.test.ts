import { describe, expect, test } from "vitest";
import { hermitianDefect, multiply, traceOfProduct } from "../../src/algebra/matrix.ts";
import { correlation } from "../../src/limits/correlations.ts";
import { fluctuations, siteQuadrature } from "../../src/limits/fluctuations.ts";
import type { Model } from "../../src/model/types.ts";
import { cases } from "../oracle/cases.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { severalReservoirs } from "../oracle/severalReservoirs.ts";
import { withReservoir } from "../oracle/withReservoir.ts";

function called(name: string): Model {
  const found = cases.find((reference) => reference.name === name);
  if (found === undefined) throw new Error(`the reference case ${name} is missing`);
  return found.model;
}

describe("the fluctuation operator", () => {
  test("is v itself if v is Hermitian, and a quadrature of it if not", () => {
    expect(siteQuadrature(called("static-dephasing"), 1).kind).toBe("v");
    const { operator, kind } = siteQuadrature(called("qubit"), 1, Math.PI / 2);
    expect(kind).toBe("quadrature");
    expect(hermitianDefect(operator)).toBeLessThan(1e-16);
    // v = |0⟩⟨1|: (−i v + i v†)/√2 is σy/√2.
    expect(operator.im[1]).toBeCloseTo(-Math.SQRT1_2, 15);
    expect(() => siteQuadrature(called("qubit"), 2)).toThrow("there is no coupling 2");
  });

  test("has the moments that its correlation functions give, at every M", () => {
    for (let seed = 0; seed < 12; seed++) {
      const { model } = randomModel(seed, { hermitian: true, siteDimension: 2 + (seed % 3) });
      const word = (n: number) => Array.from({ length: n }, () => ({ coupling: 1, dagger: false, time: 0 }));
      const { distributions } = fluctuations(model, [1, 2, 5, 20]);
      for (const { size, values, probabilities } of distributions) {
        for (const n of [2, 3, 4, 6]) {
          const moment = values.reduce((sum, x, i) => sum + probabilities[i] * x ** n, 0);
          const scale = values.reduce((sum, x, i) => sum + probabilities[i] * Math.abs(x) ** n, 0);
          expect(Math.abs(moment - correlation(model, word(n), size).re)).toBeLessThan(1e-11 * scale + 1e-14);
        }
      }
    }
  });

  test("has the limiting variance tr ρx², for every M", () => {
    for (let seed = 20; seed < 30; seed++) {
      const { model } = randomModel(seed);
      const { operator, variance, distributions } = fluctuations(model, [1, 8, 64]);
      const squared = traceOfProduct(operator, multiply(operator, model.reservoirs[0].site.state));
      expect(variance).toBeCloseTo(squared.re, 12);
      for (const { values, probabilities } of distributions) {
        expect(values.reduce((sum, x, i) => sum + probabilities[i] * x * x, 0)).toBeCloseTo(variance, 11);
      }
    }
  });

  test("is never farther from the normal distribution than Berry and Esseen allow", () => {
    for (let seed = 0; seed < 30; seed++) {
      const { model } = randomModel(seed);
      for (const { distance, bound } of fluctuations(model, [1, 2, 4, 16, 64, 256]).distributions) {
        expect(distance).toBeLessThanOrEqual(bound);
        expect(distance).toBeGreaterThan(0);
      }
    }
  });

  test("approaches it as Esseen's asymptotic coefficient over √M", () => {
    for (const name of ["qubit", "static-dephasing", "two-couplings", "degenerate-level"]) {
      const { distributions, asymptotic } = fluctuations(called(name), [2 ** 12, 2 ** 16, 2 ** 20]);
      const scaled = distributions.map(({ size, distance }) => (distance * Math.sqrt(size)) / asymptotic - 1);
      expect(Math.abs(scaled[0])).toBeLessThan(0.005);
      expect(Math.abs(scaled[2])).toBeLessThan(5e-4);
    }
  });

  test("measures the exponent −1/2", () => {
    const { approach } = fluctuations(called("qubit"), [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]);
    expect(Math.abs((approach?.exponent ?? 0) + 0.5)).toBeLessThan(0.01);
  });

  test("stands still where v does nothing to ρ", () => {
    const { model } = randomModel(1, {
      siteDimension: 2,
      state: "pure",
      rotated: false,
      degenerate: false,
      couplings: 1,
    });
    const occupied = model.reservoirs[0].site.state.re[0] > 0.5 ? 0 : 1;
    const site = { ...model.reservoirs[0].couplings[0].site, re: new Float64Array(4), im: new Float64Array(4) };
    site.re[3 * (1 - occupied)] = 1;
    const still = withReservoir(model, { couplings: [{ ...model.reservoirs[0].couplings[0], site }] });
    const { variance, distributions, asymptotic, approach } = fluctuations(still, [1, 10]);
    expect([variance, asymptotic, approach]).toEqual([0, 0, null]);
    expect(distributions.map(({ distance }) => distance)).toEqual([0, 0]);
  });
});

test("of several reservoirs are those of the sites that have the coupling, as many as there are at M", () => {
  const model = severalReservoirs(2, [1, 4], { dims: [2], couplings: 1, centring: "centred" }, [2, 3]);
  const found = fluctuations(model, [10, 100], { coupling: 2 });
  const alone = fluctuations({ ...model, reservoirs: [{ ...model.reservoirs[1], share: 1 }] }, [8, 80]);
  expect(found.distributions.map(({ size }) => size)).toEqual([10, 100]);
  expect(found.distributions.map(({ distance, bound }) => [distance, bound])).toEqual(
    alone.distributions.map(({ distance, bound }) => [distance, bound]),
  );
  expect(() => fluctuations(model, [10], { coupling: 3 })).toThrow("from 1 to 2");
  // Of one or two sites none is of the first kind, which has a fifth of all.
  expect(fluctuations(model, [1, 2, 5]).distributions.map(({ size }) => size)).toEqual([5]);
});
