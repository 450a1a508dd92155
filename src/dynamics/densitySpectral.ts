/** Mixed starts in a small space: ρ_S(t) as a sum over pairs of eigenvectors, whose number does not grow with the kets. */

import type { Basis } from "../fock/basis.ts";
import type { ComplexVector } from "../fock/sparse.ts";
import { type Block, type Expansion, fillPhases } from "./spectral.ts";

/** Σ_j factor_j e^{−i(λ_i − λ_j)t} for one eigenvector i: the partners j and their factors. */
interface PairSum {
  readonly partners: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** What ρ_S(t) is made of: entry (a, b) is Σ_i Σ_j K^{ab}_ij e^{−i(λ_i − λ_j)t}. */
export interface DensitySpectrum {
  readonly values: Float64Array;
  /** sums[a·N + b][i], for a ≤ b. */
  readonly sums: readonly (readonly PairSum[])[];
}

/** Terms below this, relative to the number of pairs, change no digit. */
const negligible = 1e-17;

/**
 * The pairs of a mixture of kets, each given in the eigenbasis (same blocks for all). `gauge` are the phases u_i of the
 * basis states: the user's amplitudes are u_i times those of the expansion.
 */
export function densitySpectrum(
  basis: Basis,
  expansions: readonly (readonly Expansion[])[],
  weights: readonly number[],
  gauge: ComplexVector | null,
): DensitySpectrum {
  const { system: n } = basis;
  const used = usedEigenvectors(expansions);
  const density = densityInEigenbasis(used, expansions, weights);
  const onLevel = Array.from({ length: n }, (_, level) => componentsOn(basis, used, level, gauge));
  const sums: PairSum[][] = [];
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      sums.push(a <= b ? pairSums(density, onLevel[a], onLevel[b], used.length, a === b) : []);
    }
  }
  return { values: Float64Array.from(used, ({ block, index }) => block.values[index]), sums };
}

interface UsedEigenvector {
  readonly block: Block;
  /** Its row in the block. */
  readonly index: number;
}

/** Every eigenvector on which some ket has weight. */
function usedEigenvectors(expansions: readonly (readonly Expansion[])[]): UsedEigenvector[] {
  const known = new Map<Block, Set<number>>();
  for (const { block, chosen } of expansions.flat()) {
    const indices = known.get(block) ?? new Set<number>();
    for (const j of chosen) indices.add(j);
    known.set(block, indices);
  }
  return [...known].flatMap(([block, indices]) => [...indices].map((index) => ({ block, index })));
}

/** R_ij = Σ_k w_k c_ki c̄_kj over the used eigenvectors. */
function densityInEigenbasis(
  used: readonly UsedEigenvector[],
  expansions: readonly (readonly Expansion[])[],
  weights: readonly number[],
): ComplexVector {
  const count = used.length;
  const numberOf = new Map<Block, Int32Array>();
  used.forEach(({ block, index }, number) => {
    const numbers = numberOf.get(block) ?? new Int32Array(block.states.length);
    numbers[index] = number;
    numberOf.set(block, numbers);
  });
  const density = { re: new Float64Array(count * count), im: new Float64Array(count * count) };
  const empty = new Int32Array(0);
  expansions.forEach((expansion, k) => {
    for (const left of expansion) {
      for (const right of expansion) {
        const rows = numberOf.get(left.block) ?? empty;
        const columns = numberOf.get(right.block) ?? empty;
        for (let i = 0; i < left.chosen.length; i++) {
          const from = rows[left.chosen[i]] * count;
          for (let j = 0; j < right.chosen.length; j++) {
            const at = from + columns[right.chosen[j]];
            density.re[at] += weights[k] * (left.re[i] * right.re[j] + left.im[i] * right.im[j]);
            density.im[at] += weights[k] * (left.im[i] * right.re[j] - left.re[i] * right.im[j]);
          }
        }
      }
    }
  });
  return density;
}

/** ⟨f, level|v_i⟩ in the user's phases, at i·fockCount + f. */
function componentsOn(
  basis: Basis,
  used: readonly UsedEigenvector[],
  level: number,
  gauge: ComplexVector | null,
): ComplexVector {
  const { fockCount } = basis;
  const part = { re: new Float64Array(used.length * fockCount), im: new Float64Array(used.length * fockCount) };
  for (let i = 0; i < used.length; i++) {
    const { block, index } = used[i];
    const { length } = block.states;
    for (let c = 0; c < length; c++) {
      const state = block.states[c];
      if (basis.level[state] !== level) continue;
      const vr = block.re[index * length + c];
      const vi = block.im.length === 0 ? 0 : block.im[index * length + c];
      const cos = gauge === null ? 1 : gauge.re[state];
      const sin = gauge === null ? 0 : gauge.im[state];
      const at = i * fockCount + basis.fock[state];
      part.re[at] = vr * cos - vi * sin;
      part.im[at] = vr * sin + vi * cos;
    }
  }
  return part;
}

/** R_ij Σ_f ⟨f, a|v_i⟩⟨v_j|f, b⟩ for every pair that matters; for a = b conjugate pairs are counted once, twice. */
function pairSums(
  density: ComplexVector,
  left: ComplexVector,
  right: ComplexVector,
  count: number,
  same: boolean,
): PairSum[] {
  const fockCount = left.re.length / count;
  const rows: PairSum[] = [];
  for (let i = 0; i < count; i++) {
    const partners: number[] = [];
    const re: number[] = [];
    const im: number[] = [];
    for (let j = same ? i : 0; j < count; j++) {
      const rr = density.re[i * count + j];
      const ri = density.im[i * count + j];
      if (Math.abs(rr) + Math.abs(ri) < negligible) continue;
      let xr = 0;
      let xi = 0;
      for (let f = 0, a = i * fockCount, b = j * fockCount; f < fockCount; f++, a++, b++) {
        xr += left.re[a] * right.re[b] + left.im[a] * right.im[b];
        xi += left.im[a] * right.re[b] - left.re[a] * right.im[b];
      }
      const factor = same && j > i ? 2 : 1;
      const kr = factor * (rr * xr - ri * xi);
      const ki = factor * (rr * xi + ri * xr);
      if (Math.abs(kr) + Math.abs(ki) < negligible) continue;
      partners.push(j);
      re.push(kr);
      im.push(ki);
    }
    rows.push({ partners: Int32Array.from(partners), re: Float64Array.from(re), im: Float64Array.from(im) });
  }
  return rows;
}

/** Room for `densityAt` with up to `most` times, to be used again and again. */
export interface DensityWorkspace {
  readonly most: number;
  readonly phases: ComplexVector;
  readonly sum: ComplexVector;
  readonly rho: ComplexVector;
}

export function densityWorkspace(spectrum: DensitySpectrum, most: number): DensityWorkspace {
  const pair = (length: number) => ({ re: new Float64Array(length), im: new Float64Array(length) });
  return {
    most,
    phases: pair(spectrum.values.length * most),
    sum: pair(most),
    rho: pair(spectrum.sums.length * most),
  };
}

/**
 * Entries a ≤ b of ρ_S at the given times, entry (a, b) at the t-th time in (a·N + b)·times.length + t; the result lies in
 * the workspace.
 */
export function densityAt(
  spectrum: DensitySpectrum,
  times: ArrayLike<number>,
  { phases, sum, rho }: DensityWorkspace,
): ComplexVector {
  const { values, sums } = spectrum;
  const count = times.length;
  for (let i = 0; i < values.length; i++) {
    const from = i * count;
    const own = { re: phases.re.subarray(from, from + count), im: phases.im.subarray(from, from + count) };
    fillPhases(values[i], times, 1, 0, own);
  }
  rho.re.fill(0);
  rho.im.fill(0);
  for (let entry = 0; entry < sums.length; entry++) {
    for (let i = 0; i < sums[entry].length; i++) {
      const pairs = sums[entry][i];
      if (pairs.partners.length === 0) continue;
      sumPartners(pairs, phases, sum, count);
      addTimesPhase(sum, phases, i * count, rho, entry * count, count);
    }
  }
  return rho;
}

/** sum(t) = Σ_j K_ij e^{+iλ_j t}. */
function sumPartners({ partners, re, im }: PairSum, phases: ComplexVector, sum: ComplexVector, count: number): void {
  const sumRe = sum.re;
  const sumIm = sum.im;
  sumRe.fill(0, 0, count);
  sumIm.fill(0, 0, count);
  for (let p = 0; p < partners.length; p++) {
    const from = partners[p] * count;
    const cos = phases.re.subarray(from, from + count);
    const sin = phases.im.subarray(from, from + count);
    const kr = re[p];
    const ki = im[p];
    if (ki === 0) {
      for (let t = 0; t < count; t++) {
        sumRe[t] += kr * cos[t];
        sumIm[t] -= kr * sin[t];
      }
    } else {
      for (let t = 0; t < count; t++) {
        sumRe[t] += kr * cos[t] + ki * sin[t];
        sumIm[t] += ki * cos[t] - kr * sin[t];
      }
    }
  }
}

/** rho(t) += sum(t) · phase(t). */
function addTimesPhase(
  sum: ComplexVector,
  phases: ComplexVector,
  own: number,
  rho: ComplexVector,
  at: number,
  count: number,
): void {
  const sumRe = sum.re;
  const sumIm = sum.im;
  const cos = phases.re.subarray(own, own + count);
  const sin = phases.im.subarray(own, own + count);
  for (let t = 0; t < count; t++) {
    rho.re[at + t] += cos[t] * sumRe[t] - sin[t] * sumIm[t];
    rho.im[at + t] += cos[t] * sumIm[t] + sin[t] * sumRe[t];
  }
}
