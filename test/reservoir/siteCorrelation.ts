/** The two-point function of the field that S feels, from the site itself and from a list of vacuum modes. */

import { adjoint, diagonal, inBasis, type Matrix, multiply, traceOfProduct, zeros } from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";
import { commonEigenbasis } from "../oracle/jacobi.ts";

/** Entry (i·N + j, k·N + l) of an N² × N² matrix is ⟨X_ij(t) X_kl(0)⟩, X = Σ_q G_q ⊗ v_q + h.c. with tr_S taken apart. */
export type FieldCorrelation = Matrix;

/** tr(ρ x_ij(t) x_kl), x_ij = Σ_q ([G_q]_ij v_q + conj([G_q]_ji) v_q†) an operator on the site. */
export function siteFieldCorrelation(model: Model, t: number): FieldCorrelation {
  const n = model.system.dimension;
  const d = model.reservoirs[0].site.dimension;
  const { a: energies, vectors } = commonEigenbasis(
    model.reservoirs[0].site.hamiltonian,
    model.reservoirs[0].site.state,
  );
  const forward = diagonal(energies.map((energy) => Math.cos(energy * t)));
  energies.forEach((energy, k) => {
    forward.im[k * (d + 1)] = Math.sin(energy * t);
  });
  const u = inBasis(forward, adjoint(vectors));
  const fields: Matrix[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const x = zeros(d);
      for (const { system: g, site: v } of model.reservoirs[0].couplings) {
        for (let a = 0; a < d; a++) {
          for (let b = 0; b < d; b++) {
            const [gr, gi] = [g.re[i * n + j], g.im[i * n + j]];
            const [hr, hi] = [g.re[j * n + i], -g.im[j * n + i]];
            const [vr, vi] = [v.re[a * d + b], v.im[a * d + b]];
            const [wr, wi] = [v.re[b * d + a], -v.im[b * d + a]];
            x.re[a * d + b] += gr * vr - gi * vi + hr * wr - hi * wi;
            x.im[a * d + b] += gr * vi + gi * vr + hr * wi + hi * wr;
          }
        }
      }
      fields.push(x);
    }
  }
  const correlation = zeros(n * n);
  fields.forEach((x, ij) => {
    const left = multiply(model.reservoirs[0].site.state, multiply(multiply(u, x), adjoint(u)));
    fields.forEach((y, kl) => {
      const { re, im } = traceOfProduct(left, y);
      correlation.re[ij * n * n + kl] = re;
      correlation.im[ij * n * n + kl] = im;
    });
  });
  return correlation;
}

/** Σ_modes conj(L_ji) L_kl e^{−iωt}: what Σ (L a† e^{iωt} + L† a e^{−iωt}) gives in the vacuum. */
export function modesFieldCorrelation(
  modes: readonly { readonly frequency: number; readonly coupling: Matrix }[],
  n: number,
  t: number,
): FieldCorrelation {
  const correlation = zeros(n * n);
  for (const { frequency, coupling: l } of modes) {
    const [cos, sin] = [Math.cos(frequency * t), -Math.sin(frequency * t)];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const [xr, xi] = [l.re[j * n + i], -l.im[j * n + i]];
        for (let kl = 0; kl < n * n; kl++) {
          const re = xr * l.re[kl] - xi * l.im[kl];
          const im = xr * l.im[kl] + xi * l.re[kl];
          correlation.re[(i * n + j) * n * n + kl] += re * cos - im * sin;
          correlation.im[(i * n + j) * n * n + kl] += re * sin + im * cos;
        }
      }
    }
  }
  return correlation;
}
