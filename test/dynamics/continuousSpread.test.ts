import { expect, test } from "vitest";
import { simulate } from "../../src/dynamics/simulate.ts";
import type { SpreadSpec } from "../../src/model/spec.ts";
import type { Model } from "../../src/model/types.ts";
import { checkModel, defineModel } from "../../src/model/validate.ts";

const strength = 0.2;
const end = 12;

/** A qubit that dephases by V = g σz ⊗ σx among spins in the state 1/2 of spread splittings. */
function model(spread: SpreadSpec, tolerance = 1e-9): Model {
  return defineModel({
    system: { hamiltonian: "0 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "qeye(2) / 2", spread },
    couplings: [{ system: `${strength} * sigmaz`, site: "sigmax", hc: "included" }],
    times: { from: 0, to: end, points: 25 },
    tolerance,
  });
}

/** Spin-boson: log|D| = −½ Δ² ∫ f(ω) 4 sin²(ωt/2)/ω² dω with Δ = 2g, for a density f, by the midpoint rule. */
function closedForm(f: (x: number) => number, from: number, to: number, t: number): number {
  const count = 40_000;
  let sum = 0;
  let norm = 0;
  for (let i = 0; i < count; i++) {
    const x = from + ((to - from) * (i + 0.5)) / count;
    sum += (f(x) * 4 * Math.sin((x * t) / 2) ** 2) / x ** 2;
    norm += f(x);
  }
  return Math.exp((-0.5 * (2 * strength) ** 2 * sum) / norm);
}

const spreads: [SpreadSpec, (x: number) => number, number, number][] = [
  [{ of: "splitting", law: "normal", mean: 0, deviation: 1 }, (x) => Math.exp(-0.5 * x * x), -9, 9],
  [{ of: "splitting", law: "uniform", mean: 0.5, width: 3 }, () => 1, -1, 2],
  [
    { of: "splitting", law: "lorentzian", mean: 0.2, width: 0.6, cut: 3 },
    (x) => 1 / ((x - 0.2) ** 2 + 0.09),
    -2.8,
    3.2,
  ],
];

test.each(spreads)(
  "the values chosen for %o dephase S as the continuous law does, to the tolerance",
  (spread, f, from, to) => {
    const spreadModel = model(spread);
    const { rho } = simulate(spreadModel, Number.POSITIVE_INFINITY);
    rho.times.forEach((t, i) => {
      const found = Math.hypot(rho.re[4 * i + 1], rho.im[4 * i + 1]);
      expect(Math.abs(found - 0.5 * closedForm(f, from, to, t))).toBeLessThan(2e-9);
    });
    expect(spreadModel.reservoirs.length).toBeGreaterThan(8);
    expect(spreadModel.reservoirs.length).toBeLessThan(120);
  },
);

test("a spread that covers 0 lets D fall for good, where a single splitting gives all of it back", () => {
  const spread = simulate(model(spreads[0][0]), Number.POSITIVE_INFINITY).rho;
  const last = spread.times.length - 1;
  const found = 2 * Math.hypot(spread.re[4 * last + 1], spread.im[4 * last + 1]);
  // The formula that examples/inhomogeneous.yaml states, erf(12/√2) being 1.
  expect(found).toBeCloseTo(Math.exp(-((2 * strength) ** 2) * (end * Math.sqrt(Math.PI / 2) - 1)), 9);
  const period = { ...model({ of: "splitting", values: [{ value: 1, share: 1 }] }), times: [2 * Math.PI] };
  const back = simulate(period, Number.POSITIVE_INFINITY).rho;
  expect(2 * Math.hypot(back.re[1], back.im[1])).toBeCloseTo(1, 12);
});

test("the number of values grows with the time and the digits asked for, is told, and too many are refused", () => {
  const [{ 0: spread }] = [spreads[1]];
  const count = (tolerance: number) => model(spread, tolerance).reservoirs.length;
  expect(count(1e-4)).toBeLessThan(count(1e-9));
  expect(model(spread).notes?.[0]).toMatch(/values of the splitting's factor .*for \|t\| ≤ 12.*until \|t\| ≈ \d/);
  const { issues } = checkModel({
    system: { hamiltonian: "sigmaz", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "down", spread },
    couplings: [{ system: "sigmaz", site: "sigmap" }],
    times: [1e5],
  });
  expect(issues).toMatchObject([{ severity: "error", path: ["reservoir", "spread"] }]);
});

test("a spread of couplings needs two values for the limit: their mean square is all that counts", () => {
  const spread: SpreadSpec = { of: "coupling", law: "normal", mean: 1, deviation: 0.3 };
  const spreadModel = model(spread);
  expect(spreadModel.reservoirs.length).toBe(2);
  const alike = model({ of: "coupling", values: [{ value: Math.sqrt(1.09), share: 1 }] });
  const [a, b] = [spreadModel, alike].map((one) => simulate(one, Number.POSITIVE_INFINITY).rho);
  a.re.forEach((x, i) => {
    expect(Math.abs(x - b.re[i])).toBeLessThan(1e-13);
  });
});

test("what stands still is counted where its variance is another one at each splitting", () => {
  const [beta, g, width, tolerance] = [2, 0.3, 1.6, 1e-7];
  const warm = defineModel({
    system: { hamiltonian: "0 * sigmaz", state: "plus" },
    reservoir: {
      hamiltonian: "proj(up)",
      state: `thermal(${beta})`,
      spread: { of: "splitting", law: "uniform", width },
    },
    couplings: [{ system: `${g} * sigmaz`, site: "sigmaz", hc: "included" }],
    center: "subtract",
    times: [0.5, 1, 2],
    tolerance,
  });
  const { rho } = simulate(warm, Number.POSITIVE_INFINITY);
  // The variance of σz at x is 1/cosh²(βx/2), whose primitive is (2/β) tanh(βx/2).
  const primitive = (x: number) => (2 / beta) * Math.tanh((beta * x) / 2);
  const variance = (primitive(1 + width / 2) - primitive(1 - width / 2)) / width;
  rho.times.forEach((t, i) => {
    const exact = 0.5 * Math.exp(-2 * g ** 2 * variance * t ** 2);
    expect(Math.abs(rho.re[4 * i + 1] - exact)).toBeLessThan(tolerance);
  });
  expect(warm.reservoirs.length).toBeGreaterThan(2);
});
