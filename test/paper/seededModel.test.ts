import { expect, test } from "vitest";
import { commutator, maxAbs, traceOfProduct } from "../../src/algebra/matrix.ts";
import { seededModel, uniform } from "../../src/paper/seededModel.ts";
import { eigenbasis } from "../../src/reservoir/eigenbasis.ts";

const draw = { seed: 4, system: 3, site: 4, couplings: 2, rank: 2, times: [0] };

test("the same seed draws the same model, another seed another one", () => {
  const [a, b, c] = [4, 4, 5].map((seed) => seededModel({ ...draw, seed }));
  expect(a).toEqual(b);
  expect(a.reservoirs[0].couplings[0].system.re).not.toEqual(c.reservoirs[0].couplings[0].system.re);
});

test("numbers fill (0, 1) evenly", () => {
  const next = uniform(1);
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 10000; i++) counts[Math.floor(10 * next())]++;
  // Five standard deviations of a binomial count.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test("a model has the rank asked for, a site that does not move, and v without mean", () => {
  const { site, couplings } = seededModel(draw).reservoirs[0];
  expect([...eigenbasis(site).populations].filter((p) => p > 0)).toHaveLength(2);
  expect(maxAbs(commutator(site.hamiltonian, site.state))).toBeLessThan(1e-14);
  for (const { site: v } of couplings) {
    const { re, im } = traceOfProduct(site.state, v);
    expect(Math.hypot(re, im)).toBeLessThan(1e-15);
  }
});
