import { expect, test } from "vitest";
import { commutator, maxAbs, scale, subtract, trace } from "../../src/algebra/matrix.ts";
import { maxDifference } from "../../src/algebra/series.ts";
import { spin } from "../../src/paper/operators.ts";
import { seededModel } from "../../src/paper/seededModel.ts";
import {
  atSite,
  fluctuationOperator,
  overSites,
  tensorPower,
  tensorProductDynamics,
} from "../../src/paper/tensorProduct.ts";
import { bruteForce } from "../oracle/bruteForce.ts";

test("spins of three sites have the commutators of one spin", () => {
  const [x, y, z] = [spin.x, spin.y, spin.z].map((s) => overSites(s, 3));
  expect(maxAbs(subtract(commutator(x, y), scale(z, { re: 0, im: 2 })))).toBe(0);
  expect(maxAbs(commutator(atSite(spin.x, 1, 3), atSite(spin.y, 2, 3)))).toBe(0);
});

test("commutators of fluctuation operators become averages: [X, Y] = 2i Z/M, which does not fluctuate", () => {
  const commuted = commutator(fluctuationOperator(spin.x, 4), fluctuationOperator(spin.y, 4));
  expect(maxAbs(subtract(commuted, scale(overSites(spin.z, 4), { re: 0, im: 0.5 })))).toBeLessThan(1e-15);
});

test("a tensor power of a state has trace 1", () => {
  const { site } = seededModel({ seed: 2, system: 2, site: 3, couplings: 1, times: [0] }).reservoirs[0];
  expect(trace(tensorPower(site.state, 3)).re).toBeCloseTo(1, 13);
});

test("agrees with the brute force of the tests, which applies H term by term in a Taylor series", () => {
  const times = [-0.6, 1.3];
  for (const [seed, site, size] of [
    [5, 2, 3],
    [6, 3, 2],
  ]) {
    const model = seededModel({ seed, system: 2, site, couplings: 2, times });
    expect(maxDifference(tensorProductDynamics(model, size, times), bruteForce(model, size))).toBeLessThan(1e-11);
  }
});
