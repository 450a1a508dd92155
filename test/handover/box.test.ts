import { expect, test } from "vitest";
import { matrix, zeros } from "../../src/algebra/matrix.ts";
import { boxDimension, boxHamiltonian, evolveBox, withField } from "../../src/handover/box.ts";
import { Propagator } from "../../src/handover/chebyshev.ts";
import { zeroVector } from "../../src/handover/sparseOperator.ts";

const up = { re: Float64Array.of(1, 0), im: new Float64Array(2) };
const lower = matrix([
  [0, 0],
  [1, 0],
]);

test("one excitation that goes to and fro: populations are cos² gt and sin² gt", () => {
  const h = matrix([
    [0.5, 0],
    [0, -0.5],
  ]);
  const g = 0.3;
  const mode = { frequency: 1, coupling: { ...lower, re: lower.re.map((x) => g * x) } };
  const times = [0, 1, 4.5];
  const { rho, edges } = evolveBox(h, [mode], [5], [{ weight: 1, system: up, quanta: [0] }], times);
  times.forEach((t, i) => {
    expect(rho.re[4 * i]).toBeCloseTo(Math.cos(g * t) ** 2, 12);
    expect(rho.re[4 * i + 3]).toBeCloseTo(Math.sin(g * t) ** 2, 12);
  });
  expect(edges[0]).toBeLessThan(1e-20);
});

test("a driven oscillator is a coherent state: its highest states are as full as Poisson says", () => {
  const one = matrix([[0.8]]);
  const start = { weight: 1, system: { re: Float64Array.of(1), im: Float64Array.of(0) }, quanta: [0] };
  const { edges } = evolveBox(zeros(1), [{ frequency: 0, coupling: one }], [12], [start], [0, 1]);
  // |α|² = 0.64 at t = 1; n = 10 and 11, in a box too large to matter.
  const poisson = (n: number, mean: number): number => {
    let p = Math.exp(-mean);
    for (let k = 1; k <= n; k++) p *= mean / k;
    return p;
  };
  expect(edges[0] / (poisson(10, 0.64) + poisson(11, 0.64))).toBeCloseTo(1, 2);
});

test("starts that are followed in invariant subspaces give what the whole box gives", () => {
  const h = matrix([
    [0.5, 0],
    [0, -0.5],
  ]);
  const exchanging = [0.6, 1.1].map((frequency, k) => ({
    frequency,
    coupling: { ...lower, re: lower.re.map((x) => (k + 1) * 0.2 * x) },
  }));
  const starts = [
    { weight: 0.7, system: { re: Float64Array.of(0.6, 0.48), im: Float64Array.of(0, 0.64) }, quanta: [1, 2] },
    { weight: 0.3, system: up, quanta: [0, 1] },
  ];
  const times = [0, 2.5, 7];
  const levels = [6, 5];
  const { rho, edges } = evolveBox(h, exchanging, levels, starts, times);
  const whole = new Propagator(boxHamiltonian(h, exchanging, levels));
  const bosons = boxDimension(1, levels);
  const expected = rho.re.map(() => 0);
  let edge = 0;
  for (const { weight, system, quanta } of starts) {
    times.forEach((t, place) => {
      const state = zeroVector(2 * bosons);
      for (let i = 0; i < 2; i++) {
        state.re[i * bosons + quanta[0] * levels[1] + quanta[1]] = system.re[i];
        state.im[i * bosons + quanta[0] * levels[1] + quanta[1]] = system.im[i];
      }
      whole.advance(state, t);
      let high = 0;
      for (let b = 0; b < bosons; b++) {
        const [p, q] = [b, bosons + b];
        expected[4 * place] += weight * (state.re[p] ** 2 + state.im[p] ** 2);
        expected[4 * place + 1] += weight * (state.re[p] * state.re[q] + state.im[p] * state.im[q]);
        expected[4 * place + 2] += weight * (state.re[p] * state.re[q] + state.im[p] * state.im[q]);
        expected[4 * place + 3] += weight * (state.re[q] ** 2 + state.im[q] ** 2);
        if (b % levels[1] >= levels[1] - 2) {
          high += state.re[p] ** 2 + state.im[p] ** 2 + state.re[q] ** 2 + state.im[q] ** 2;
        }
      }
      edge = Math.max(edge, weight * high);
    });
  }
  expected.forEach((value, e) => {
    expect(rho.re[e]).toBeCloseTo(value, 12);
  });
  expect(edges[1]).toBeCloseTo(edge, 12);
});

test("modes of different sizes stand in the order of their list, S slowest; H is Hermitian", () => {
  const levels = [2, 3];
  expect(boxDimension(2, levels)).toBe(12);
  const modes = [
    { frequency: 1, coupling: lower },
    { frequency: 10, coupling: lower },
  ];
  const h = boxHamiltonian(zeros(2), modes, levels);
  const entries = new Map<string, [number, number]>();
  for (let i = 0; i < 12; i++) {
    for (let at = h.starts[i]; at < h.starts[i + 1]; at++) entries.set(`${i},${h.columns[at]}`, [h.re[at], h.im[at]]);
  }
  // |down; 1, 2⟩ is state 6 + 3 + 2 and has the energy 21.
  expect(entries.get("11,11")).toEqual([21, 0]);
  // L a† of the second mode: |up; 0, 1⟩ → |down; 0, 2⟩ with √2.
  expect(entries.get("8,1")?.[0]).toBeCloseTo(Math.SQRT2, 14);
  for (const [key, [re, im]] of entries) {
    const [backRe, backIm] = entries.get(key.split(",").reverse().join()) ?? [];
    expect(backRe).toBe(re);
    expect(backIm).toBeCloseTo(-im, 15);
  }
});

test("a field shifts H_S by its value times its operator", () => {
  const shifted = withField(lower, [lower, lower], [2, -0.5]);
  expect([...shifted.re]).toEqual([0, 0, 2.5, 0]);
});
