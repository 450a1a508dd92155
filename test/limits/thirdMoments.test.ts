import { describe, expect, test } from "vitest";
import { multiply, norm, traceOfProduct } from "../../src/algebra/matrix.ts";
import { thirdMoments } from "../../src/limits/thirdMoments.ts";
import type { Model } from "../../src/model/types.ts";
import { cases } from "../oracle/cases.ts";
import { random } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { severalReservoirs } from "../oracle/severalReservoirs.ts";
import { heisenberg } from "../oracle/slowCorrelation.ts";
import { withReservoir } from "../oracle/withReservoir.ts";

/** The largest third moment at random times, all words. */
function sampled(model: Model, times: number, seed: number): number {
  const from = random(seed);
  const letters = model.reservoirs[0].couplings.flatMap((_, q) =>
    [false, true].map((dagger) => ({ coupling: q + 1, dagger })),
  );
  let largest = 0;
  for (let n = 0; n < times; n++) {
    const at = [0, 1, 2].map(() =>
      letters.map((letter) => heisenberg(model, { ...letter, time: from.between(-9, 9) })),
    );
    for (const a of at[0]) {
      for (const b of at[1]) {
        for (const c of at[2]) {
          const { re, im } = traceOfProduct(model.reservoirs[0].site.state, multiply(multiply(a, b), c));
          largest = Math.max(largest, Math.hypot(re, im));
        }
      }
    }
  }
  return largest;
}

test("of several reservoirs vanish if they do in each, and are the share of the largest otherwise", () => {
  for (let seed = 0; seed < 10; seed++) {
    const model = severalReservoirs(seed, [1, 4], { dims: [2], centring: "centred" }, [2, 3]);
    const each = model.reservoirs.map((one) => thirdMoments({ ...model, reservoirs: [{ ...one, share: 1 }] }));
    const both = thirdMoments(model);
    expect(both.vanish).toBe(each.every(({ vanish }) => vanish));
    expect(both.largest).toBeCloseTo(Math.max(0.2 * each[0].largest, 0.8 * each[1].largest), 13);
  }
});

describe("third moments", () => {
  test("vanish where another program says so, and bound what it finds", () => {
    for (const { model, thirdMoment, expectedRate } of cases) {
      const moments = thirdMoments(model);
      expect(moments.exponent).toBe(expectedRate === "M^-1" ? -1 : -0.5);
      expect(moments.vanish).toBe(thirdMoment === 0);
      expect(moments.largest).toBeGreaterThan(thirdMoment - 1e-14);
    }
  });

  test("of a static field are Σ p v³", () => {
    const field = cases.find(({ name }) => name === "static-dephasing");
    if (field === undefined) throw new Error("the reference case is missing");
    const v = field.model.reservoirs[0].couplings[0].site;
    const expected = [0.5, 0.3, 0.2].reduce((sum, p, k) => sum + p * v.re[k * 4] ** 3, 0);
    expect(thirdMoments(field.model).largest).toBeCloseTo(Math.abs(expected), 14);
  });

  test("are never larger at any times than is said, and not 0 at some unless they vanish", () => {
    for (let seed = 0; seed < 40; seed++) {
      const { model } = randomModel(seed, { couplings: 1 + (seed % 2) });
      const { largest, vanish } = thirdMoments(model);
      const found = sampled(model, 20, seed);
      const size = Math.max(...model.reservoirs[0].couplings.map(({ site }) => norm(site))) ** 3;
      expect(found).toBeLessThan(largest + 1e-13 * size);
      expect(found < 1e-11 * size).toBe(vanish);
    }
  });

  test("vanish at all times, not only at equal ones, for operators that change the level by odd steps", () => {
    // v couples neighbouring levels of a ladder only: three of them cannot come back.
    for (let seed = 0; seed < 10; seed++) {
      const { model } = randomModel(seed, { siteDimension: 4, rotated: false, degenerate: false, couplings: 1 });
      const site = { ...model.reservoirs[0].couplings[0].site, re: new Float64Array(16), im: new Float64Array(16) };
      for (let k = 0; k < 3; k++) {
        site.re[k * 4 + k + 1] = 1 + k;
        site.im[(k + 1) * 4 + k] = 0.5 - k;
      }
      const ladder = withReservoir(model, { couplings: [{ ...model.reservoirs[0].couplings[0], site }] });
      expect(thirdMoments(ladder).vanish).toBe(true);
      // An element between next neighbours closes the triangle, if one of its levels is occupied.
      site.re[0 * 4 + 2] = 0.7;
      const occupied = [0, 1, 2].some((k) => model.reservoirs[0].site.state.re[k * 5] > 0);
      expect(thirdMoments(ladder).vanish).toBe(!occupied);
    }
  });
});
