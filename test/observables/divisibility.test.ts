import { expect, test } from "vitest";
import { choiState, superoperator } from "../../src/algebra/choi.ts";
import { add, adjoint, kron, matrix, multiply, scale, zeros } from "../../src/algebra/matrix.ts";
import { matrixAt, zeroSeries } from "../../src/algebra/series.ts";
import { dynamicalMap } from "../../src/dynamics/experiments/dynamicalMap.ts";
import { divisibility } from "../../src/observables/divisibility.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { randomModel } from "../oracle/randomModel.ts";

/** Pauli maps: σ_k ↦ f_k σ_k, whose Choi states are diagonal in Bell states, with eigenvalues (1 ± f_1 ± f_2 ± f_3)/4. */
function pauliMaps(factors: readonly (readonly [number, number, number])[]) {
  const choi = zeroSeries(
    factors.map((_, t) => t),
    4,
  );
  const paulis = [
    matrix([
      [0, 1],
      [1, 0],
    ]),
    matrix([
      [0, [0, -1]],
      [[0, 1], 0],
    ]),
    matrix([
      [1, 0],
      [0, -1],
    ]),
  ];
  factors.forEach((f, t) => {
    let state = scale(
      kron(
        matrix([
          [1, 0],
          [0, 1],
        ]),
        matrix([
          [1, 0],
          [0, 1],
        ]),
      ),
      0.25,
    );
    // σᵀ differs from σ for σ_y alone, by its sign.
    paulis.forEach((pauli, k) => {
      state = add(state, kron(pauli, pauli), ((k === 1 ? -1 : 1) * f[k]) / 4);
    });
    choi.re.set(state.re, t * 16);
    choi.im.set(state.im, t * 16);
  });
  return choi;
}

test("of Pauli maps is that of the quotients of their factors", () => {
  const { steps, measure } = divisibility(
    pauliMaps([
      [1, 1, 1],
      [0.5, 0.5, 0.6],
      [0.4, 0.4, 0.3],
      [0.4, 0.44, 0.3],
    ]),
    1e-12,
  );
  const quotients = [
    [0.5, 0.5, 0.6],
    [0.8, 0.8, 0.5],
    [1, 1.1, 1],
  ];
  quotients.forEach(([x, y, z], t) => {
    const eigenvalues = [1 + x - y - z, 1 - x + y - z, 1 - x - y + z, 1 + x + y + z].map((value) => value / 4);
    expect(steps[t].least).toBeCloseTo(Math.min(...eigenvalues), 12);
  });
  expect(steps.map(({ verdict }) => verdict)).toEqual(["divisible", "not divisible", "not divisible"]);
  // (1 − 1.6 + 0.5)/4 and (1 − 2.1 + 1)/4, …: each negative eigenvalue twice.
  expect(measure).toBeCloseTo(2 * (0.025 + 2 * 0.025), 12);
});

test("of steps from a map without inverse is undecided, and near it as uncertain as its condition says", () => {
  const { steps } = divisibility(
    pauliMaps([
      [1, 1, 1],
      [1e-9, 1e-9, 0.5],
      [0, 0, 0.4],
      [0.1, 0.1, 0.3],
    ]),
    1e-10,
  );
  expect(steps.map(({ verdict }) => verdict)).toEqual(["divisible", "undecided", "undecided"]);
  expect(steps[1].condition).toBeCloseTo(1e9, -5);
  expect(steps[2].least).toBeNaN();
});

test("uncertainties hold: exact maps of a few sites, and the same with errors of the size stated", () => {
  const times = Array.from({ length: 8 }, (_, t) => 0.5 * t);
  for (const seed of [2, 7]) {
    const { model } = randomModel(seed, { siteDimension: 2, dims: [2], times, strength: 1 });
    // Λ(|a⟩⟨b|) by polarisation, from four states of S on the full tensor product.
    const exact = zeroSeries(times, 4);
    const evolved = (ket: ReturnType<typeof matrix>) =>
      bruteForce({ ...model, system: { ...model.system, state: multiply(ket, adjoint(ket)) } }, 2);
    const h = Math.SQRT1_2;
    const [up, down, plus, circle] = [
      [[1], [0]],
      [[0], [1]],
      [[h], [h]],
      [[h], [[0, h] as const]],
    ].map((rows) => evolved(matrix(rows as never)));
    times.forEach((_, t) => {
      const [u, d, p, c] = [up, down, plus, circle].map((series) => matrixAt(series, t));
      const mean = add(scale(u, 0.5), d, 0.5);
      // |0⟩⟨1| = (p − mean) + i (c − mean), with c = (1 + σ_y)/2 and σ_x + iσ_y = 2|0⟩⟨1|.
      const raise = add(add(p, mean, -1), add(c, mean, -1), { re: 0, im: 1 });
      const columns = [u, raise, adjoint(raise), d];
      const l = zeros(4);
      columns.forEach((column, ab) => {
        for (let ij = 0; ij < 4; ij++) {
          l.re[ij * 4 + ab] = column.re[ij];
          l.im[ij * 4 + ab] = column.im[ij];
        }
      });
      const state = choiState(l);
      exact.re.set(state.re, t * 16);
      exact.im.set(state.im, t * 16);
    });
    const found = dynamicalMap(model, 2, { tolerance: 1e-11 }).rho;
    const [a, b] = [divisibility(exact, 1e-12).steps, divisibility(found, 1e-11).steps];
    a.forEach((step, t) => {
      expect(Math.abs(step.least - b[t].least)).toBeLessThanOrEqual(b[t].uncertainty);
      expect(Math.abs(step.least - b[t].least)).toBeLessThan(1e-8);
    });
    const rough = { ...exact, re: exact.re.map((x, i) => x + 1e-6 * Math.sin(7 * i + seed)) };
    divisibility(rough, 1e-6).steps.forEach((step, t) => {
      expect(Math.abs(step.least - a[t].least)).toBeLessThanOrEqual(step.uncertainty);
    });
    expect(superoperator(matrixAt(exact, 0)).re[0]).toBeCloseTo(1, 12);
  }
});
