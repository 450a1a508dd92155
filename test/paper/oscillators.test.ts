import { expect, test } from "vitest";
import { adjoint, commutator, identity, matrix, maxAbs, traceOfProduct, zeros } from "../../src/algebra/matrix.ts";
import { matrixAt } from "../../src/algebra/series.ts";
import { fockSpace, oscillatorDynamics, oscillatorEnergy, thermalState } from "../../src/paper/oscillators.ts";

test("states with up to n quanta in m modes are as many as stars and bars allow, the vacuum first", () => {
  const { states } = fockSpace(3, 4);
  expect(states).toHaveLength(35);
  expect(states[0]).toEqual([0, 0, 0]);
  expect(new Set(states.map(String)).size).toBe(35);
});

test("[a_i, a_j†] = δ_ij below the cutoff", () => {
  const space = fockSpace(2, 3);
  const inner = space.states.map((state) => state[0] + state[1] < 3);
  for (const i of [0, 1]) {
    for (const j of [0, 1]) {
      const c = commutator(space.lower[i], adjoint(space.lower[j]));
      const one = identity(space.states.length);
      inner.forEach((row, r) => {
        inner.forEach((col, s) => {
          const at = r * inner.length + s;
          if (row && col) expect(c.re[at]).toBeCloseTo(i === j ? one.re[at] : 0, 14);
        });
      });
    }
  }
});

test("a thermal state has the number of quanta it is asked for", () => {
  const space = fockSpace(1, 200);
  const n = traceOfProduct(thermalState(space, 1.7), oscillatorEnergy(space, [1])).re;
  expect(n).toBeCloseTo(1.7, 10);
});

test("a spin that displaces one oscillator loses coherence as exp(−8g² sin²(ωt/2)/ω²)", () => {
  const [g, omega] = [0.3, 0.9];
  const coupling = matrix([
    [g, 0],
    [0, -g],
  ]);
  const state = matrix([
    [0.5, 0.5],
    [0.5, 0.5],
  ]);
  const times = [0.4, 2, 5];
  const system = { hamiltonian: zeros(2), state };
  const rho = oscillatorDynamics(system, [{ frequency: omega, coupling }], fockSpace(1, 25), times);
  times.forEach((t, at) => {
    const { re, im } = matrixAt(rho, at);
    const expected = Math.exp((-8 * (g * Math.sin((omega * t) / 2)) ** 2) / omega ** 2) / 2;
    expect(Math.hypot(re[1], im[1])).toBeCloseTo(expected, 12);
  });
});

test("annihilators of different modes commute", () => {
  const { lower } = fockSpace(2, 4);
  expect(maxAbs(commutator(lower[0], lower[1]))).toBe(0);
});
