/** The minimal form of F: the fewest vacuum modes, and a static Gaussian field instead of modes that never move. */

import { eigh } from "../algebra/hermitian.ts";
import { addTo, adjoint, type Matrix, maxAbs, norm, traceOfProduct, zeros } from "../algebra/matrix.ts";
import { rememberedOf } from "../algebra/remembered.ts";
import type { Model } from "../model/types.ts";
import { frequencyGap } from "./frequencyGap.ts";
import type { BosonMode } from "./modes.ts";
import { standardModes } from "./modes.ts";

export interface MinimalForm {
  /** Oscillators in their vacuum, by ascending frequency. */
  readonly modes: readonly BosonMode[];
  /** Hermitian A_r, N × N: H_S → H_S + Σ_r ξ_r A_r with independent ξ_r ~ N(0, 1). */
  readonly field: readonly Matrix[];
  /** By how much the frequency of a mode was moved at most, where several that hardly differ were taken as one. */
  readonly moved: number;
}

/** Frequencies closer than this, relative to the largest, form one group. */
export const frequencyTolerance = 1e-10;

/** Couplings below this, relative to the largest, are rounding errors. */
const negligibleCoupling = 1e-13;

/**
 * Modes of equal frequency are mixed until as few as possible couple (rank of J_ω, physics section 3); what commutes
 * among those at ω = 0 becomes a static field. A group is left as it is where mixing saves nothing, and only modes that
 * act on common entries are mixed, so that conserved charges survive.
 */
export const minimalForm = rememberedOf((model: Model): MinimalForm => {
  const modes = standardModes(model);
  return reduceModes(modes, frequencyGap(model, widthOf(modes)));
});

/** The minimal form of any list of vacuum modes; those within `gap` are taken as one. */
export function reduceModes(list: readonly BosonMode[], gap = frequencyTolerance * widthOf(list)): MinimalForm {
  const largest = Math.max(0, ...list.map((mode) => norm(mode.coupling)));
  const coupled = list.filter((mode) => norm(mode.coupling) > negligibleCoupling * largest);
  const modes: BosonMode[] = [];
  const field: Matrix[] = [];
  let moved = 0;
  for (const group of frequencyGroups(coupled, gap, gap)) {
    for (const { frequency } of group.modes) moved = Math.max(moved, Math.abs(frequency - group.frequency));
    const couplings = group.modes.map((mode) => mode.coupling);
    if (group.frequency !== 0) {
      modes.push(...fewest(couplings).map((coupling) => ({ frequency: group.frequency, coupling })));
      continue;
    }
    const split = splitStatic(couplings);
    field.push(...split.field);
    modes.push(...fewest(split.moving).map((coupling) => ({ frequency: 0, coupling })));
  }
  return { modes, field, moved };
}

/** The largest frequency. */
export function widthOf(modes: readonly { readonly frequency: number }[]): number {
  return modes.reduce((largest, { frequency }) => Math.max(largest, Math.abs(frequency)), 0);
}

/**
 * Modes of equal frequency, ascending: those closer to each other than `gap`, and `spread` apart at most, have the one in the
 * middle. Those within `gap` of 0 have frequency exactly 0.
 */
export function frequencyGroups<T extends { readonly frequency: number }>(
  list: readonly T[],
  gap = frequencyTolerance * widthOf(list),
  spread = Number.POSITIVE_INFINITY,
): { frequency: number; modes: T[] }[] {
  const still = list.filter(({ frequency }) => Math.abs(frequency) <= gap);
  // From 0 outwards on both sides, so that those at −ω are grouped as those at ω are.
  const side = (sign: number) => {
    const groups: T[][] = [];
    const moving = list.filter(({ frequency }) => sign * frequency > gap);
    for (const mode of moving.sort((a, b) => sign * (a.frequency - b.frequency))) {
      const last = groups.at(-1) ?? [];
      const beyond = (one: T | undefined) => Math.abs(mode.frequency - (one?.frequency ?? Number.POSITIVE_INFINITY));
      if (beyond(last.at(-1)) <= gap && beyond(last[0]) <= spread) last.push(mode);
      else groups.push([mode]);
    }
    return groups.map((modes) => ({
      frequency: 0.5 * (modes[0].frequency + modes[modes.length - 1].frequency),
      modes,
    }));
  };
  return [...side(-1).reverse(), ...(still.length > 0 ? [{ frequency: 0, modes: still }] : []), ...side(1)];
}

/** The fewest operators L' with Σ vec(L') vec(L')† = Σ vec(L) vec(L)†. */
export function fewest(couplings: readonly Matrix[]): Matrix[] {
  return overlapping(couplings).flatMap((cluster) => {
    const n = cluster.length;
    if (n === 1) return cluster;
    const gram = zeros(n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const { re, im } = traceOfProduct(adjoint(cluster[i]), cluster[j]);
        gram.re[i * n + j] = re;
        gram.im[i * n + j] = im;
      }
    }
    const { values, vectors } = eigh(gram);
    const kept = [...values.keys()].filter((i) => values[i] > 1e-15 * values[n - 1]);
    if (kept.length === n) return cluster;
    return kept.map((i) => {
      const mixed = zeros(cluster[0].rows);
      cluster.forEach((coupling, j) => {
        addTo(mixed, coupling, { re: vectors.re[j * n + i], im: vectors.im[j * n + i] });
      });
      return mixed;
    });
  });
}

/** Clusters of operators that have nonzero entries in common, directly or through others. */
function overlapping(couplings: readonly Matrix[]): Matrix[][] {
  const largest = Math.max(0, ...couplings.map(maxAbs));
  const clusters: { support: Set<number>; members: Matrix[] }[] = [];
  for (const coupling of couplings) {
    const support = new Set<number>();
    for (let i = 0; i < coupling.re.length; i++) {
      if (Math.hypot(coupling.re[i], coupling.im[i]) > negligibleCoupling * largest) support.add(i);
    }
    const touched = clusters.filter((cluster) => [...support].some((i) => cluster.support.has(i)));
    const merged = { support, members: [coupling] };
    for (const cluster of touched) {
      for (const i of cluster.support) merged.support.add(i);
      merged.members.unshift(...cluster.members);
      clusters.splice(clusters.indexOf(cluster), 1);
    }
    clusters.push(merged);
  }
  return clusters.map((cluster) => cluster.members);
}

/**
 * Splits the field X = Σ_j (L_j a_j† + h.c.) of modes at ω = 0 into a classical and a moving part. In a basis B_α of
 * Hermitian operators X = Σ_α B_α φ_α with ⟨φ_α φ_β⟩ = R + iA: fields that commute with all others (the kernel of A,
 * measured by R) are independent random numbers; the rest is carried by modes again.
 */
function splitStatic(couplings: readonly Matrix[]): { field: Matrix[]; moving: Matrix[] } {
  if (couplings.length === 0) return { field: [], moving: [] };
  const basis = hermitianBasis(couplings[0].rows);
  const size = basis.length;
  const correlation = zeros(size);
  for (const coupling of couplings) {
    const c = basis.map((b) => traceOfProduct(b, coupling));
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        correlation.re[i * size + j] += c[i].re * c[j].re + c[i].im * c[j].im;
        correlation.im[i * size + j] += c[i].re * c[j].im - c[i].im * c[j].re;
      }
    }
  }
  const strength = eigh({ ...correlation, im: new Float64Array(size * size) });
  const kept = [...strength.values.keys()].filter((i) => strength.values[i] > 1e-14 * strength.values[size - 1]);
  // Column r of `frame` is a field of variance 1 times its operator, in the basis B_α.
  const frame = kept.map((i) =>
    Float64Array.from({ length: size }, (_, a) => strength.vectors.re[a * size + i] * Math.sqrt(strength.values[i])),
  );
  const rank = kept.length;
  const commutators = zeros(rank);
  for (let r = 0; r < rank; r++) {
    for (let s = 0; s < rank; s++) {
      let sum = 0;
      for (let a = 0; a < size; a++) {
        for (let b = 0; b < size; b++) sum += frame[r][a] * correlation.im[a * size + b] * frame[s][b];
      }
      commutators.im[r * rank + s] = sum / (strength.values[kept[r]] * strength.values[kept[s]]);
    }
  }
  const { values, vectors } = eigh(commutators);
  const still = [...values.keys()].filter((i) => Math.abs(values[i]) < 1e-11);
  if (still.length === 0) return { field: [], moving: [...couplings] };
  // The kernel is closed under conjugation: its projector is real, and so are the projector's eigenvectors.
  const projector = zeros(rank);
  for (const i of still) {
    for (let r = 0; r < rank; r++) {
      for (let s = 0; s < rank; s++) {
        projector.re[r * rank + s] +=
          vectors.re[r * rank + i] * vectors.re[s * rank + i] + vectors.im[r * rank + i] * vectors.im[s * rank + i];
      }
    }
  }
  const kernel = eigh(projector).vectors;
  const field = still.map((_, i) => combine(basis, frame, (r) => ({ re: kernel.re[r * rank + rank - 1 - i], im: 0 })));
  const moving = [...values.keys()]
    .filter((i) => Math.abs(values[i]) >= 1e-11 && 1 + values[i] > 1e-13)
    .map((i) => {
      const amplitude = Math.sqrt(1 + values[i]);
      return combine(basis, frame, (r) => ({
        re: amplitude * vectors.re[r * rank + i],
        im: -amplitude * vectors.im[r * rank + i],
      }));
    });
  return { field, moving };
}

function combine(
  basis: readonly Matrix[],
  frame: readonly Float64Array[],
  weight: (r: number) => { re: number; im: number },
): Matrix {
  const sum = zeros(basis[0].rows);
  basis.forEach((operator, a) => {
    let re = 0;
    let im = 0;
    frame.forEach((column, r) => {
      const w = weight(r);
      re += column[a] * w.re;
      im += column[a] * w.im;
    });
    addTo(sum, operator, { re, im });
  });
  return sum;
}

/** N² Hermitian operators with tr(B_α B_β) = δ_αβ. */
function hermitianBasis(n: number): Matrix[] {
  const basis: Matrix[] = [];
  for (let i = 0; i < n; i++) {
    const b = zeros(n);
    b.re[i * n + i] = 1;
    basis.push(b);
    for (let j = i + 1; j < n; j++) {
      const symmetric = zeros(n);
      symmetric.re[i * n + j] = Math.SQRT1_2;
      symmetric.re[j * n + i] = Math.SQRT1_2;
      const antisymmetric = zeros(n);
      antisymmetric.im[i * n + j] = -Math.SQRT1_2;
      antisymmetric.im[j * n + i] = Math.SQRT1_2;
      basis.push(symmetric, antisymmetric);
    }
  }
  return basis;
}
