/** The two-point function of the field that S feels from a chain, without diagonalising it. */

import { add, identity, type Matrix, maxAbs, multiply, scale, zeros } from "../../src/algebra/matrix.ts";
import type { Chain } from "../../src/reservoir/chain.ts";
import { type FieldCorrelation, modesFieldCorrelation } from "./siteCorrelation.ts";

/** Σ_ab conj([L_a]_ji) [e^{−iht}]_ab [L_b]_kl, and the field's A_r ⊗ A_r, laid out as by `modesFieldCorrelation`; S of n levels. */
export function chainCorrelation(
  { hamiltonian, couplings }: Chain,
  field: readonly Matrix[],
  n: number,
  t: number,
): FieldCorrelation {
  const propagator = exponential(hamiltonian, t);
  const correlation = modesFieldCorrelation(
    field.map((coupling) => ({ frequency: 0, coupling })),
    n,
    t,
  );
  couplings.forEach((left, a) => {
    couplings.forEach((right, b) => {
      const [ur, ui] = [propagator.re[a * propagator.cols + b], propagator.im[a * propagator.cols + b]];
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const [xr, xi] = [left.re[j * n + i], -left.im[j * n + i]];
          const [yr, yi] = [ur * xr - ui * xi, ur * xi + ui * xr];
          for (let kl = 0; kl < n * n; kl++) {
            correlation.re[(i * n + j) * n * n + kl] += yr * right.re[kl] - yi * right.im[kl];
            correlation.im[(i * n + j) * n * n + kl] += yr * right.im[kl] + yi * right.re[kl];
          }
        }
      }
    });
  });
  return correlation;
}

/** e^{−iht} by its Taylor series for t/2^s, squared s times. */
function exponential(h: Matrix, t: number): Matrix {
  // Five times the largest entry: more than a row of a chain with blocks of two sums up to.
  const squarings = Math.max(0, Math.ceil(Math.log2(5 * maxAbs(h) * Math.abs(t) + 1)));
  const step = scale(h, { re: 0, im: -t / 2 ** squarings });
  let sum: Matrix = h.rows === 0 ? zeros(0) : identity(h.rows);
  let term = sum;
  for (let k = 1; k <= 24; k++) {
    term = scale(multiply(step, term), 1 / k);
    sum = add(sum, term);
  }
  for (let s = 0; s < squarings; s++) sum = multiply(sum, sum);
  return sum;
}
