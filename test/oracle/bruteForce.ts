/** ρ_S(t) for finite M on the full tensor product, straight from (2)-(9). */

import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, adjoint, identity, kron, norm, scale, zeros } from "../../src/algebra/matrix.ts";
import type { MatrixSeries } from "../../src/algebra/series.ts";
import { zeroSeries } from "../../src/algebra/series.ts";
import type { Model } from "../../src/model/types.ts";
import type { Ket } from "./cholesky.ts";
import { factor } from "./cholesky.ts";
import type { Apply } from "./taylor.ts";
import { taylorEvolve } from "./taylor.ts";

export interface BruteForceOptions {
  /** Default: the model's. */
  readonly times?: readonly number[];
  /** Propagate every product ket of ρ^{⊗M}, also those that differ by an exchange of sites only. */
  readonly everyKet?: boolean;
}

/**
 * The dimension N d^M should not exceed a few thousand. v_q with its offset where the model keeps the mean field.
 * The index of a joint state is ((s·d + m_1)·d + m_2)·d + … .
 */
export function bruteForce(model: Model, size: number, options: BruteForceOptions = {}): MatrixSeries {
  const times = options.times ?? model.times;
  const n = model.system.dimension;
  const d = model.reservoirs[0].site.dimension;
  const sites = d ** size;
  const { apply, normBound } = totalHamiltonian(model, size);
  const rho = zeroSeries(times, n);
  const siteKets = factor(model.reservoirs[0].site.state);
  for (const systemKet of factor(model.system.state)) {
    for (const { choice, weight } of productKets(siteKets.length, size, options.everyKet ?? false)) {
      let psi = systemKet;
      for (const k of choice) psi = tensor(psi, siteKets[k]);
      taylorEvolve(apply, normBound, psi, times, (t, now) => addReduced(rho, t, now, sites, weight));
    }
  }
  return rho;
}

/** H = H_S + Σ_m h^[m] + Σ_q G_q ⊗ M^{-1/2} Σ_m v_q^[m] + H.c., as a product with a vector, and a bound on its norm. */
export function totalHamiltonian(model: Model, size: number): { apply: Apply; normBound: number } {
  const n = model.system.dimension;
  const d = model.reservoirs[0].site.dimension;
  let onSite = kron(identity(n), model.reservoirs[0].site.hamiltonian);
  for (const { system, site, offset } of model.reservoirs[0].couplings) {
    const v = model.meanField.kept ? add(site, identity(d), offset) : site;
    const term = scale(kron(system, v), 1 / Math.sqrt(size));
    onSite = add(onSite, add(term, adjoint(term)));
  }
  const pairs = nonzero(onSite);
  const systemEntries = nonzero(model.system.hamiltonian);
  const sites = d ** size;
  const apply: Apply = (psi, out) => {
    out.re.fill(0);
    out.im.fill(0);
    for (const { row, col, re, im } of systemEntries) {
      multiplyAdd(psi, out, col * sites, row * sites, sites, re, im);
    }
    for (let m = 0; m < size; m++) {
      const right = d ** (size - 1 - m);
      const left = d ** m;
      for (const { row, col, re, im } of pairs) {
        const to = Math.floor(row / d) * sites + (row % d) * right;
        const from = Math.floor(col / d) * sites + (col % d) * right;
        for (let l = 0; l < left; l++) {
          multiplyAdd(psi, out, from + l * d * right, to + l * d * right, right, re, im);
        }
      }
    }
  };
  return { apply, normBound: norm(model.system.hamiltonian) + size * norm(onSite) };
}

interface Entry {
  readonly row: number;
  readonly col: number;
  readonly re: number;
  readonly im: number;
}

export function nonzero(a: Matrix): Entry[] {
  const entries: Entry[] = [];
  for (let row = 0; row < a.rows; row++) {
    for (let col = 0; col < a.cols; col++) {
      const re = a.re[row * a.cols + col];
      const im = a.im[row * a.cols + col];
      if (re !== 0 || im !== 0) entries.push({ row, col, re, im });
    }
  }
  return entries;
}

/** out[to …] += (re + i im) psi[from …]. */
export function multiplyAdd(psi: Ket, out: Ket, from: number, to: number, count: number, re: number, im: number): void {
  for (let i = 0; i < count; i++) {
    const x = psi.re[from + i];
    const y = psi.im[from + i];
    out.re[to + i] += re * x - im * y;
    out.im[to + i] += re * y + im * x;
  }
}

/** ρ_S += weight · tr_R |ψ⟩⟨ψ|, where the rest of the index counts `rest` states. */
export function addReduced(rho: MatrixSeries, t: number, psi: Ket, rest: number, weight: number): void {
  const n = rho.dimension;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let re = 0;
      let im = 0;
      for (let r = 0; r < rest; r++) {
        const [a, b] = [i * rest + r, j * rest + r];
        re += psi.re[a] * psi.re[b] + psi.im[a] * psi.im[b];
        im += psi.im[a] * psi.re[b] - psi.re[a] * psi.im[b];
      }
      rho.re[(t * n + i) * n + j] += weight * re;
      rho.im[(t * n + i) * n + j] += weight * im;
    }
  }
}

/**
 * Which factor of ρ each site is in; H does not tell sites apart, so one order of each choice stands for all of them.
 */
function productKets(kinds: number, size: number, every: boolean): { choice: number[]; weight: number }[] {
  const kets: { choice: number[]; weight: number }[] = [];
  const extend = (choice: number[]) => {
    if (choice.length === size) {
      kets.push({ choice, weight: every ? 1 : orders(choice) });
      return;
    }
    const first = every || choice.length === 0 ? 0 : choice[choice.length - 1];
    for (let k = first; k < kinds; k++) extend([...choice, k]);
  };
  extend([]);
  return kets;
}

/** In how many different orders the entries can be put. */
function orders(choice: number[]): number {
  let count = 1;
  const seen = new Map<number, number>();
  choice.forEach((k, i) => {
    const times = (seen.get(k) ?? 0) + 1;
    seen.set(k, times);
    count = (count * (i + 1)) / times;
  });
  return count;
}

export function tensor(a: Ket, b: Ket): Ket {
  const column = (x: Ket): Matrix => ({ ...zeros(0), rows: x.re.length, cols: 1, re: x.re, im: x.im });
  return kron(column(a), column(b));
}
