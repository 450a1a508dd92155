import { expect, test } from "vitest";
import {
  add,
  adjoint,
  hermitianPart,
  identity,
  kron,
  matrix,
  maxAbs,
  multiply,
  subtract,
} from "../../src/algebra/matrix.ts";
import { matrixAt } from "../../src/algebra/series.ts";
import { propagator, reducedDynamics } from "../../src/paper/denseEvolution.ts";
import { jump, spin } from "../../src/paper/operators.ts";
import { randomMatrix, uniform } from "../../src/paper/seededModel.ts";

test("a spin precesses: e^{−iσxt} is cos t − i sin t σx", () => {
  const t = 0.83;
  const expected = matrix([
    [Math.cos(t), [0, -Math.sin(t)]],
    [[0, -Math.sin(t)], Math.cos(t)],
  ]);
  expect(maxAbs(subtract(propagator(spin.x, t), expected))).toBeLessThan(1e-15);
});

test("two spins that exchange an excitation: the first one's population is cos² t", () => {
  const exchange = kron(spin.lower, spin.raise);
  const h = add(exchange, adjoint(exchange));
  const times = [-0.4, 0, 1.1];
  const rho = reducedDynamics(h, kron(jump(2, 0, 0), jump(2, 1, 1)), 2, times);
  times.forEach((t, at) => {
    const now = matrixAt(rho, at);
    expect(now.re[0]).toBeCloseTo(Math.cos(t) ** 2, 14);
    expect(now.re[3]).toBeCloseTo(Math.sin(t) ** 2, 14);
    expect(Math.hypot(now.re[1], now.im[1])).toBeLessThan(1e-15);
  });
});

test("the propagator of a random Hermitian matrix is unitary, and a group", () => {
  const h = hermitianPart(randomMatrix(uniform(3), 7));
  const u = propagator(h, 0.7);
  expect(maxAbs(subtract(multiply(u, adjoint(u)), identity(7)))).toBeLessThan(1e-13);
  expect(maxAbs(subtract(multiply(u, u), propagator(h, 1.4)))).toBeLessThan(1e-13);
});
