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
  /** How many of the sites belong to each reservoir, where there are several. */
  readonly numbers?: readonly number[];
}

/**
 * The dimension N Π d should not exceed a few thousand. v_q with its offset where the model keeps the mean field.
 * The index of a joint state is ((s·d_1 + m_1)·d_2 + m_2)·d_3 + … , the sites of the first reservoir first.
 */
export function bruteForce(model: Model, size: number, options: BruteForceOptions = {}): MatrixSeries {
  const times = options.times ?? model.times;
  const numbers = options.numbers ?? [size];
  const n = model.system.dimension;
  const { apply, normBound, rest } = totalHamiltonian(model, size, numbers);
  const rho = zeroSeries(times, n);
  const factors = model.reservoirs.map(({ site }) => factor(site.state));
  for (const systemKet of factor(model.system.state)) {
    let products = [{ psi: systemKet, weight: 1 }];
    numbers.forEach((count, r) => {
      const choices = productKets(factors[r].length, count, options.everyKet ?? false);
      products = products.flatMap(({ psi, weight }) =>
        choices.map((one) => ({
          psi: one.choice.reduce((ket, k) => tensor(ket, factors[r][k]), psi),
          weight: weight * one.weight,
        })),
      );
    });
    for (const { psi, weight } of products) {
      taylorEvolve(apply, normBound, psi, times, (t, now) => addReduced(rho, t, now, rest, weight));
    }
  }
  return rho;
}

/**
 * H = H_S + Σ_m h^[m] + Σ_q G_q ⊗ M^{-1/2} Σ_m v_q^[m] + H.c., as a product with a vector, a bound on its norm, and the
 * dimension of all sites. `numbers`: how many sites each reservoir has; M counts all.
 */
export function totalHamiltonian(
  model: Model,
  size: number,
  numbers: readonly number[] = [size],
): { apply: Apply; normBound: number; rest: number } {
  const n = model.system.dimension;
  const kinds = model.reservoirs.map(({ site: { dimension: d, hamiltonian }, couplings }) => {
    let onSite = kron(identity(n), hamiltonian);
    for (const { system, site, offset } of couplings) {
      const v = model.meanField.kept ? add(site, identity(d), offset) : site;
      const term = scale(kron(system, v), 1 / Math.sqrt(size));
      onSite = add(onSite, add(term, adjoint(term)));
    }
    return { d, pairs: nonzero(onSite), norm: norm(onSite) };
  });
  const systemEntries = nonzero(model.system.hamiltonian);
  const sites = numbers.flatMap((count, r) => Array.from({ length: count }, () => kinds[r]));
  const rest = sites.reduce((product, { d }) => product * d, 1);
  const apply: Apply = (psi, out) => {
    out.re.fill(0);
    out.im.fill(0);
    for (const { row, col, re, im } of systemEntries) {
      multiplyAdd(psi, out, col * rest, row * rest, rest, re, im);
    }
    let left = 1;
    for (const { d, pairs } of sites) {
      const right = rest / (left * d);
      for (const { row, col, re, im } of pairs) {
        const to = Math.floor(row / d) * rest + (row % d) * right;
        const from = Math.floor(col / d) * rest + (col % d) * right;
        for (let l = 0; l < left; l++) {
          multiplyAdd(psi, out, from + l * d * right, to + l * d * right, right, re, im);
        }
      }
      left *= d;
    }
  };
  const normBound = norm(model.system.hamiltonian) + sites.reduce((sum, kind) => sum + kind.norm, 0);
  return { apply, normBound, rest };
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
