/** The common eigenbasis of the site's Hamiltonian and state, (13). */

import { eigh } from "../algebra/hermitian.ts";
import { adjoint, diagonal, inBasis, type Matrix, maxAbs, multiply, norm, subtract, zeros } from "../algebra/matrix.ts";

export interface Eigenbasis {
  /** E_k, ascending; exactly equal inside a degenerate level. */
  readonly energies: Float64Array;
  /** p_k ≥ 0, summing to 1, descending inside a degenerate level. */
  readonly populations: Float64Array;
  /** |χ_k⟩ in column k, in the basis in which the site was given. */
  readonly vectors: Matrix;
}

/** Energies closer than this, relative to the largest, are one degenerate level. */
export const degeneracyTolerance = 1e-10;

/** Populations below this are rounding errors of an empty level. */
const emptyLevel = 1e-14;

/**
 * Diagonalises h (d × d Hermitian) and, inside each degenerate level, ρ, with [h, ρ] = 0. Phases are fixed by making
 * the largest component of each vector real and positive. Source: (13), physics section 1.
 */
export function eigenbasis(site: { readonly hamiltonian: Matrix; readonly state: Matrix }): Eigenbasis {
  const { values, vectors: levels } = eigh(site.hamiltonian);
  const d = values.length;
  const energies = new Float64Array(d);
  const populations = new Float64Array(d);
  const vectors = zeros(d);
  const stateInLevels = inBasis(site.state, levels);
  const gap = degeneracyTolerance * Math.max(maxAbs(site.hamiltonian), Number.MIN_VALUE);
  for (let from = 0; from < d; ) {
    let to = from + 1;
    while (to < d && values[to] - values[to - 1] <= gap) to++;
    const size = to - from;
    const block = zeros(size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        block.re[i * size + j] = stateInLevels.re[(from + i) * d + from + j];
        block.im[i * size + j] = stateInLevels.im[(from + i) * d + from + j];
      }
    }
    const inside = eigh(block);
    const energy = values.subarray(from, to).reduce((sum, value) => sum + value, 0) / size;
    const rotated = multiply(columns(levels, from, to), inside.vectors);
    for (let j = 0; j < size; j++) {
      const k = from + j;
      const source = size - 1 - j;
      energies[k] = energy;
      populations[k] = inside.values[source];
      copyColumn(rotated, source, vectors, k);
    }
    from = to;
  }
  let sum = 0;
  for (let k = 0; k < d; k++) {
    if (populations[k] < emptyLevel) populations[k] = 0;
    sum += populations[k];
  }
  for (let k = 0; k < d; k++) populations[k] /= sum;
  return { energies, populations, vectors };
}

/** What a site's operators are in the eigenbasis beside its energies and populations, and what is therefore left out of them. */
export interface OffEigenbasis {
  /** Norm of what is left out of h. */
  readonly hamiltonian: number;
  /** Trace norm of what is left out of ρ, at most. */
  readonly state: number;
}

/**
 * Off the diagonal of h and ρ there is rounding; that of ρ is larger between levels that are almost equal, as rounding of h mixes
 * those.
 */
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

function columns(a: Matrix, from: number, to: number): Matrix {
  const part = zeros(a.rows, to - from);
  for (let j = from; j < to; j++) {
    for (let i = 0; i < a.rows; i++) {
      part.re[i * part.cols + j - from] = a.re[i * a.cols + j];
      part.im[i * part.cols + j - from] = a.im[i * a.cols + j];
    }
  }
  return part;
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
