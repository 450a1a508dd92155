import { describe, expect, test } from "vitest";
import { zeros } from "../../../src/algebra/matrix.ts";
import { familyPattern, typicalPoint, vanishes } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { random } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";

const sizes = [2, 50, 1e23, Number.POSITIVE_INFINITY];

describe("the pattern of a family", () => {
  test("has an entry wherever any sector has one", () => {
    const from = random(111);
    for (let seed = 0; seed < 12; seed++) {
      const { model } = randomModel(seed, { centring: "subtract", rotated: seed % 2 === 0 });
      for (const size of sizes) {
        const family = size === Number.POSITIVE_INFINITY ? limitFamily(model) : finiteFamily(model, size);
        const pattern = familyPattern(family);
        const point: number[] = [];
        for (let i = 0; i < family.axes; i++) point.push(from.normal() * family.axis(i, point).deviation);
        const h = family.hamiltonian(point);
        h.system.re.forEach((re, i) => {
          if (re !== 0 || h.system.im[i] !== 0) expect(pattern.system[i]).toBe(1);
        });
        h.ladders.forEach(({ coupling, mode }, t) => {
          expect(pattern.ladders[t].mode).toBe(mode);
          coupling.re.forEach((re, i) => {
            if (re !== 0 || coupling.im[i] !== 0) expect(pattern.ladders[t].entries[i]).toBe(1);
          });
        });
        expect(pattern.hoppings.length).toBe(h.hoppings.length);
      }
    }
  });
});

describe("a typical point", () => {
  test("is a sector that exists, off the means by no more than a few deviations", () => {
    for (let seed = 0; seed < 12; seed++) {
      const { model } = randomModel(seed, { centring: "subtract" });
      for (const size of sizes) {
        const family = size === Number.POSITIVE_INFINITY ? limitFamily(model) : finiteFamily(model, size);
        const point = typicalPoint(family);
        expect(point.length).toBe(family.axes);
        point.forEach((x, i) => {
          const { deviation, counts } = family.axis(i, point.slice(0, i));
          expect(Math.abs(x)).toBeLessThanOrEqual(1.5 * deviation + 1);
          if (counts === undefined || counts.trials > 1e12) return;
          expect(x + counts.mean).toBeGreaterThan(-1e-9);
          expect(x + counts.mean).toBeLessThanOrEqual(counts.trials + 1e-9);
        });
      }
    }
  });
});

describe("an operator vanishes", () => {
  test("if it has no entry, however small", () => {
    expect(vanishes(zeros(2))).toBe(true);
    expect(vanishes({ ...zeros(2), im: Float64Array.of(0, 0, 1e-300, 0) })).toBe(false);
  });
});
