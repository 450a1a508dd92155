/** The common eigenbasis of the site's Hamiltonian and state, (13). */

import { jointEigenbasis } from "../algebra/jointEigenbasis.ts";
import { adjoint, diagonal, inBasis, type Matrix, maxAbs, multiply, norm, subtract, zeros } from "../algebra/matrix.ts";
import { rememberedOf } from "../algebra/remembered.ts";

export interface Eigenbasis {
  /** E_k, ascending; exactly equal inside a degenerate level. */
  readonly energies: Float64Array;
  /** p_k ≥ 0, summing to 1, descending inside a degenerate level. */
  readonly populations: Float64Array;
  /** |χ_k⟩ in column k, in the basis in which the site was given. */
  readonly vectors: Matrix;
}

/** Energies closer than this, relative to the largest, differ by rounding: they are one degenerate level. */
export const degeneracyTolerance = 1e-13;

/** Populations below this are rounding errors of an empty level. */
const emptyLevel = 1e-14;

/**
 * Diagonalises h (d × d Hermitian) and ρ together, with [h, ρ] = 0. Phases are fixed by making the largest component of each
 * vector real and positive. Source: (13), physics section 1.
 */
export const eigenbasis = rememberedOf((site: { readonly hamiltonian: Matrix; readonly state: Matrix }): Eigenbasis => {
  const common = jointEigenbasis(site.hamiltonian, site.state);
  const d = common.rows;
  const energies = diagonalOf(inBasis(site.hamiltonian, common));
  const populations = diagonalOf(inBasis(site.state, common));
  const order = Array.from({ length: d }, (_, k) => k);
  const gap = degeneracyTolerance * Math.max(maxAbs(site.hamiltonian), Number.MIN_VALUE);
  for (let from = 0, to = 1; from < d; from = to++) {
    while (to < d && energies[to] - energies[to - 1] <= gap) to++;
    const level = order.slice(from, to).sort((k, l) => populations[l] - populations[k]);
    for (let i = from; i < to; i++) order[i] = level[i - from];
    energies.fill(energies.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from), from, to);
  }
  const filled = populations.map((p) => (p < emptyLevel ? 0 : p));
  const sum = filled.reduce((total, p) => total + p, 0);
  const vectors = zeros(d);
  order.forEach((source, k) => {
    copyColumn(common, source, vectors, k);
  });
  return { energies, populations: Float64Array.from(order, (k) => filled[k] / sum), vectors };
});

/** What a site's operators are in the eigenbasis beside its energies and populations, and what is therefore left out of them. */
export interface OffEigenbasis {
  /** Norm of what is left out of h. */
  readonly hamiltonian: number;
  /** Trace norm of what is left out of ρ, at most. */
  readonly state: number;
}

/** Off the diagonal of h and ρ there is rounding, and what makes h and ρ commute up to rounding only. */
export function offEigenbasis(
  { hamiltonian, state }: { readonly hamiltonian: Matrix; readonly state: Matrix },
  { energies, populations, vectors }: Eigenbasis,
): OffEigenbasis {
  const left = (a: Matrix, values: Float64Array) => norm(subtract(inBasis(a, vectors), diagonal(values)));
  return {
    hamiltonian: left(hamiltonian, energies),
    state: Math.sqrt(energies.length) * left(state, populations),
  };
}

/** The operator a of a site, d × d, in the eigenbasis: entry (k, l) is ⟨χ_k|a|χ_l⟩. */
export function inEigenbasis(a: Matrix, basis: Eigenbasis): Matrix {
  return multiply(multiply(adjoint(basis.vectors), a), basis.vectors);
}

function diagonalOf(a: Matrix): Float64Array {
  return Float64Array.from({ length: a.rows }, (_, k) => a.re[k * a.cols + k]);
}

/** Copies column `source` of a into column `target` of b, its largest component made real and positive. */
function copyColumn(a: Matrix, source: number, b: Matrix, target: number): void {
  let largest = 0;
  for (let i = 0; i < a.rows; i++) {
    // The first of several equally large components decides, so that rounding does not.
    if (modulus(a, i, source) > modulus(a, largest, source) * (1 + 1e-9)) largest = i;
  }
  const size = modulus(a, largest, source);
  const cos = a.re[largest * a.cols + source] / size;
  const sin = a.im[largest * a.cols + source] / size;
  for (let i = 0; i < a.rows; i++) {
    const re = a.re[i * a.cols + source];
    const im = a.im[i * a.cols + source];
    b.re[i * b.cols + target] = re * cos + im * sin;
    b.im[i * b.cols + target] = im * cos - re * sin;
  }
}

function modulus(a: Matrix, i: number, j: number): number {
  return Math.hypot(a.re[i * a.cols + j], a.im[i * a.cols + j]);
}
