import { describe, expect, test } from "vitest";
import { maxDifference } from "../../src/algebra/series.ts";
import { bosonicBruteForce, slowModes } from "./bosonicBruteForce.ts";
import { cases } from "./cases.ts";

describe("the oracle for M = ∞", () => {
  for (const reference of cases) {
    test(`agrees with another program at short times: ${reference.about}`, () => {
      const times = reference.model.times.slice(0, 3);
      const { model, limit } = reference;
      const many = slowModes(model).length > 4;
      const options = many ? { box: 6, total: 6, times } : { box: 12, total: 12, times };
      const rho = bosonicBruteForce(model, options);
      const short = { ...limit, times, re: limit.re.slice(0, rho.re.length), im: limit.im.slice(0, rho.im.length) };
      expect(maxDifference(rho, short)).toBeLessThan(1e-9);
    });
  }
});
