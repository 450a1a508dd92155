import { describe, expect, test } from "vitest";
import { add, adjoint, maxAbs, norm, scale, subtract, zeros } from "../../src/algebra/matrix.ts";
import { maxDifference } from "../../src/algebra/series.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import type { Model } from "../../src/model/types.ts";
import { alone } from "../../src/reservoir/alone.ts";
import { minimalForm } from "../../src/reservoir/minimal.ts";
import { standardModes } from "../../src/reservoir/modes.ts";
import { spectralDistance, vacuumModesOfMinimal, vacuumModesOfThermal } from "../../src/reservoir/spectralWeight.ts";
import { thermalPairs } from "../../src/reservoir/thermal.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { directSum } from "../oracle/directSum.ts";
import { severalReservoirs } from "../oracle/severalReservoirs.ts";

const limit = Number.POSITIVE_INFINITY;

describe("one reservoir of several", () => {
  test("is the model itself where there is one", () => {
    const model = severalReservoirs(1, [1], {}, [2]);
    expect(alone(model, 7)).toEqual([{ model, size: 7 }]);
    expect(alone(model, 7)[0].model).toBe(model);
  });

  test("has its own number of sites, and couplings √(M_r/M) G", () => {
    const model = severalReservoirs(2, [1, 3], { dims: [2] }, [2, 3]);
    const parts = alone(model, 100);
    expect(parts.map(({ size }) => size)).toEqual([25, 75]);
    parts.forEach((part, r) => {
      const [reservoir] = part.model.reservoirs;
      expect(part.model.reservoirs.length).toBe(1);
      reservoir.couplings.forEach(({ system }, q) => {
        const wanted = scale(model.reservoirs[r].couplings[q].system, Math.sqrt([0.25, 0.75][r]));
        expect(norm(subtract(system, wanted))).toBeLessThan(1e-15);
      });
    });
    expect(alone(model, limit).map(({ size }) => size)).toEqual([limit, limit]);
  });

  test("is left out where it has no site", () => {
    expect(alone(severalReservoirs(2, [1, 3], { dims: [2] }, [2, 3]), 1).map(({ size }) => size)).toEqual([1]);
  });

  test("gives the limit's modes together: those of a site drawn at random, in every form", () => {
    for (let seed = 0; seed < 12; seed++) {
      const model = severalReservoirs(seed, [2, 3, 1], { dims: [2], centring: "centred" }, [2, 3, 2]);
      const drawn = standardModes(directSum(model));
      const modes = standardModes(model);
      expect(new Set(modes.map(({ reservoir }) => reservoir))).toEqual(new Set([1, 2, 3]));
      expect(spectralDistance(modes, drawn)).toBeLessThan(1e-13);
      expect(spectralDistance(vacuumModesOfMinimal(minimalForm(model)), drawn)).toBeLessThan(1e-13);
      const statics = modes.filter(({ k, l }) => k === l).map(({ coupling }) => coupling);
      expect(spectralDistance(vacuumModesOfThermal(thermalPairs(model), statics), drawn)).toBeLessThan(1e-13);
    }
  });

  test("keeps what rounding leaves of mean fields that cancel at the shares", () => {
    // v = σx + 1 in one reservoir and σx − 1 in the other: the shares' mean fields cancel, those of 2 and 1 sites do not.
    const base = severalReservoirs(
      3,
      [1, 1],
      { dims: [2], couplings: 1, centring: "centred", times: [0, 1, 2] },
      [2, 2],
    );
    const system = base.reservoirs[0].couplings[0].system;
    const reservoirs = base.reservoirs.map((one, r) => ({
      ...one,
      couplings: [{ ...one.couplings[0], system, offset: { re: r === 0 ? 1 : -1, im: 0 } }],
    }));
    const model: Model = { ...base, reservoirs, meanField: { operator: zeros(2), kept: false, matters: false } };
    const kept: Model = { ...model, meanField: { operator: zeros(2), kept: true, matters: true } };
    const exact = bruteForce(kept, 3, { numbers: [2, 1] });
    expect(maxDifference(simulate(model, 3, { tolerance: 1e-11 }).rho, exact)).toBeLessThan(1e-10);
    expect(maxDifference(bruteForce(model, 3, { numbers: [2, 1] }), exact)).toBeGreaterThan(0.01);
    // At 4 sites nothing is left: the closed sum of both parts vanishes.
    const sum = alone(model, 4).reduce((total, part) => {
      const [{ couplings }] = part.model.reservoirs;
      const term = scale(couplings[0].system, scaleOf(couplings[0].offset, Math.sqrt(part.size)));
      return add(total, add(term, adjoint(term)));
    }, zeros(2));
    expect(maxAbs(sum)).toBeLessThan(1e-15);
  });
});

function scaleOf({ re, im }: { re: number; im: number }, s: number) {
  return { re: s * re, im: s * im };
}
