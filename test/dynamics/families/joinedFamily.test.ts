import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { dephasing, nondemolition } from "../../../src/dynamics/closed/nondemolition.ts";
import type { Family } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { joinedFamily } from "../../../src/dynamics/families/joinedFamily.ts";
import { purifiedFamily } from "../../../src/dynamics/families/purifiedFamily.ts";
import { spinBlockFamily } from "../../../src/dynamics/families/spinBlockFamily.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import type { Model } from "../../../src/model/types.ts";
import { bruteForce } from "../../oracle/bruteForce.ts";
import { directSum } from "../../oracle/directSum.ts";
import type { ModelKind } from "../../oracle/randomModel.ts";
import { severalReservoirs } from "../../oracle/severalReservoirs.ts";
import { everyKind } from "../everyKind.ts";
import { familyRun } from "../familyRun.ts";

const short = [0, 0.7, -0.4];

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, count) => sum + count, 0);
}

describe("sectors of several reservoirs", () => {
  for (const [seed, { about, siteDimension: _, ...kind }] of everyKind.entries()) {
    test(`sum to the full tensor product: ${about}`, () => {
      const cases: [number[], number[]][] = [
        [[2, 1], seed % 2 === 0 ? [2, 3] : [3, 2]],
        [
          [1, 3],
          [2, 2],
        ],
      ];
      for (const [numbers, dimensions] of cases) {
        const model = severalReservoirs(seed, numbers, { ...kind, times: short }, dimensions);
        const size = total(numbers);
        const exact = bruteForce(model, size, { numbers });
        const sectors = familyRun(model, joinedFamily(model, size, finiteFamily), size);
        expect(sectors.bound).toBeLessThan(1e-12);
        expect(maxDifference(sectors.rho, exact)).toBeLessThan(1e-12);
        const purified = familyRun(model, joinedFamily(model, size, purifiedFamily), size);
        expect(purified.sectors).toBe(1);
        expect(maxDifference(purified.rho, exact)).toBeLessThan(1e-12);
      }
    });
  }

  test("are products: axes, capacities and numbers of sectors", () => {
    const model = severalReservoirs(3, [3, 2, 2], { state: "mixed", degenerate: false, dims: [2] }, [3, 2, 2]);
    const family = joinedFamily(model, 7, finiteFamily);
    expect([family.axes, family.capacity, family.exactSectors]).toEqual([4, 7, 10 * 3 * 3]);
    expect(family.groupCapacities).toEqual([3, 3, 3, 2, 2, 2, 2]);
  });

  test("may be blocks of total spin of each, and mixed with modes where there are none", () => {
    const kind: Partial<ModelKind> = { state: "mixed", degenerate: false, dims: [2], couplings: 1, times: short };
    for (const [seed, dimensions] of [
      [1, [2, 2]],
      [2, [2, 3]],
    ] as const) {
      const numbers = [3, 2];
      const model = severalReservoirs(seed, numbers, kind, dimensions);
      const make = (one: Model, size: number): Family => spinBlockFamily(one, size, 1e-12) ?? finiteFamily(one, size);
      const { rho } = familyRun(model, joinedFamily(model, 5, make), 5);
      expect(maxDifference(rho, bruteForce(model, 5, { numbers }))).toBeLessThan(1e-11);
    }
  });
});

describe("ρ_S(t) of several reservoirs", () => {
  test("is that of the full tensor product, whatever form is chosen", () => {
    const kind: Partial<ModelKind> = { dims: [2], nondemolition: false, times: short };
    for (const [seed, numbers, dimensions] of [
      [11, [2, 2], [2, 2]],
      [12, [1, 3], [3, 2]],
      [13, [2, 1, 2], [2, 3, 2]],
    ] as const) {
      const model = severalReservoirs(seed, numbers, kind, dimensions);
      const run = simulate(model, total(numbers), { tolerance: 1e-11 });
      expect(run.error.converged).toBe(true);
      expect(maxDifference(run.rho, bruteForce(model, total(numbers), { numbers }))).toBeLessThan(1e-10);
    }
  });

  test("where S only dephases is a product over reservoirs: closed form against the tensor product, kept mean field too", () => {
    for (const centring of ["centred", "keep"] as const) {
      const kind: Partial<ModelKind> = {
        dims: [3],
        nondemolition: true,
        rotated: false,
        centring,
        times: [0, 0.9, -1.3],
      };
      for (const seed of [21, 22]) {
        const numbers = [2, 1];
        const model = severalReservoirs(seed, numbers, kind, [2, 3]);
        const basis = dephasing(model);
        if (basis === null) throw new Error("the model should dephase only");
        const exact = bruteForce(model, 3, { numbers });
        expect(maxDifference(nondemolition(model, 3, basis), exact)).toBeLessThan(1e-12);
        expect(maxDifference(simulate(model, 3, { forms: "fock", tolerance: 1e-11 }).rho, exact)).toBeLessThan(1e-10);
      }
    }
  });

  test("with two halves of the same reservoir is that of the whole, for every M and in the limit", () => {
    const kind: Partial<ModelKind> = { dims: [2], centring: "centred", state: "mixed", couplings: 1, times: short };
    const whole = severalReservoirs(31, [1], kind, [2]);
    const half = { ...whole.reservoirs[0], share: 0.5 };
    const halves: Model = { ...whole, reservoirs: [half, half] };
    for (const size of [4, 40, Number.POSITIVE_INFINITY]) {
      const [a, b] = [halves, whole].map((model) => simulate(model, size, { tolerance: 1e-9 }).rho);
      expect(maxDifference(a, b)).toBeLessThan(3e-9);
    }
  });

  test("averaged over binomial numbers of sites is that of sites drawn at random", () => {
    const kind: Partial<ModelKind> = {
      dims: [2],
      centring: "centred",
      couplings: 1,
      nondemolition: false,
      times: short,
    };
    const model = severalReservoirs(41, [1, 1], kind, [2, 2]);
    const drawn = bruteForce(directSum(model), 3);
    const sum = { ...drawn, re: drawn.re.map((x) => -x), im: drawn.im.map((x) => -x) };
    [1, 3, 3, 1].forEach((ways, k) => {
      const { rho } = simulate(withNumbers(model, [k, 3 - k]), 3, { tolerance: 1e-12, forms: "fock" });
      rho.re.forEach((x, i) => {
        sum.re[i] += (ways / 8) * x;
        sum.im[i] += (ways / 8) * rho.im[i];
      });
    });
    expect(Math.max(...sum.re.map(Math.abs), ...sum.im.map(Math.abs))).toBeLessThan(1e-11);
  });
});

/** The model with numbers of sites of its own, at their sum. */
function withNumbers(model: Model, numbers: readonly number[]): Model {
  const size = total(numbers);
  return {
    ...model,
    reservoirs: model.reservoirs.map((one, r) => ({ ...one, counts: new Map([[size, numbers[r]]]) })),
  };
}
