/** The matrix of a Hamiltonian in a basis, and the matrix of what leaves that basis through its cutoff. */

import type { Matrix } from "../algebra/matrix.ts";
import type { Basis } from "./basis.ts";
import type { BosonHamiltonian, Pattern } from "./hamiltonian.ts";
import { Occupations } from "./occupations.ts";
import type { SparseMatrix } from "./sparse.ts";

/** Called for each entry, rows ascending. */
type Emit = (column: number, re: number, im: number) => void;

/** P H P: dimension × dimension, Hermitian, with the entries of the pattern. */
export function assemble(basis: Basis, pattern: Pattern, h: BosonHamiltonian): SparseMatrix {
  const rowStart = new Int32Array(basis.dimension + 1);
  const row = rowVisitor(basis, pattern, h);
  let count = 0;
  for (let i = 0; i < basis.dimension; i++) {
    row(i, () => count++);
    rowStart[i + 1] = count;
  }
  const a = {
    rows: basis.dimension,
    cols: basis.dimension,
    rowStart,
    column: new Int32Array(count),
    re: new Float64Array(count),
    im: new Float64Array(count),
  };
  let e = 0;
  for (let i = 0; i < basis.dimension; i++) {
    row(i, (column, re, im) => {
      a.column[e] = column;
      a.re[e] = re;
      a.im[e++] = im;
    });
  }
  return a;
}

/** Writes the entries of another Hamiltonian with the same pattern into an assembled matrix. */
export function refill(a: SparseMatrix, basis: Basis, pattern: Pattern, h: BosonHamiltonian): void {
  const row = rowVisitor(basis, pattern, h);
  let e = 0;
  for (let i = 0; i < basis.dimension; i++) {
    row(i, (_, re, im) => {
      a.re[e] = re;
      a.im[e++] = im;
    });
  }
}

/** Calls back for every entry of row i, always in the same order. */
function rowVisitor(basis: Basis, pattern: Pattern, h: BosonHamiltonian): (i: number, emit: Emit) => void {
  const { system: n, modes, occupations, indexOf } = basis;
  const energies = new Float64Array(basis.fockCount);
  for (let f = 0; f < basis.fockCount; f++) {
    for (let k = 0; k < modes; k++) energies[f] += h.modes[k].frequency * occupations[f * modes + k];
  }
  const amplitudes = ladderAmplitudes(basis, h);
  const diagonalEntries = pattern.system.slice();
  for (const { to, from, entries } of pattern.hoppings) {
    if (to === from)
      entries.forEach((bit, i) => {
        diagonalEntries[i] |= bit;
      });
  }
  return (i, emit) => {
    const f = basis.fock[i];
    const s = basis.level[i];
    const at = f * modes;
    for (let to = 0; to < n; to++) {
      if (diagonalEntries[s * n + to] === 0 && to !== s) continue;
      let re = h.system.re[s * n + to] + (to === s ? energies[f] : 0);
      let im = h.system.im[s * n + to];
      for (const hop of h.hoppings) {
        if (hop.to !== hop.from) continue;
        const count = occupations[at + hop.to];
        re += count * hop.operator.re[s * n + to];
        im += count * hop.operator.im[s * n + to];
      }
      emit(indexOf[f * n + to], re, im);
    }
    for (let t = 0; t < h.ladders.length; t++) {
      const { mode, coupling } = h.ladders[t];
      const { entries } = pattern.ladders[t];
      const down = basis.lowered[at + mode];
      if (down >= 0)
        emitBlock(emit, indexOf, down * n, s, n, entries, coupling, amplitudes[down * modes + mode], false);
      const up = basis.raised[at + mode];
      if (up >= 0) emitBlock(emit, indexOf, up * n, s, n, entries, coupling, amplitudes[at + mode], true);
    }
    for (let t = 0; t < h.hoppings.length; t++) {
      const { to, from, operator } = h.hoppings[t];
      if (to === from) continue;
      const { entries } = pattern.hoppings[t];
      const origin = basis.returned[t][f];
      if (origin >= 0) {
        const size = Math.sqrt(occupations[at + to] * (occupations[at + from] + 1));
        emitBlock(emit, indexOf, origin * n, s, n, entries, operator, size, false);
      }
      const target = basis.hopped[t][f];
      if (target >= 0) {
        const size = Math.sqrt(occupations[at + from] * (occupations[at + to] + 1));
        emitBlock(emit, indexOf, target * n, s, n, entries, operator, size, true);
      }
    }
  };
}

/** Row s of the block size · O (or of its adjoint) in the columns that belong to one Fock state. */
function emitBlock(
  emit: Emit,
  indexOf: Int32Array,
  columns: number,
  s: number,
  n: number,
  entries: Uint8Array,
  o: Matrix,
  size: number,
  adjoint: boolean,
): void {
  for (let to = 0; to < n; to++) {
    const entry = adjoint ? to * n + s : s * n + to;
    if (entries[entry] === 0) continue;
    const column = indexOf[columns + to];
    if (column >= 0) emit(column, size * o.re[entry], adjoint ? -size * o.im[entry] : size * o.im[entry]);
  }
}

/** ⟨f + 1_k| b_k† √(filled − step n) |f⟩ for every Fock state f and mode k. */
export function ladderAmplitudes(basis: Basis, h: BosonHamiltonian): Float64Array {
  const { modes, occupations } = basis;
  const amplitudes = new Float64Array(basis.fockCount * modes);
  const inGroup = new Float64Array(h.groups.length);
  for (let f = 0; f < basis.fockCount; f++) {
    inGroup.fill(0);
    for (let k = 0; k < modes; k++) inGroup[h.modes[k].group] += occupations[f * modes + k];
    for (let k = 0; k < modes; k++) {
      const { group } = h.modes[k];
      const { filled, step, capacity } = h.groups[group];
      // A full group must give exactly 0: the root of a rounding error would not be small.
      const supply = inGroup[group] >= capacity ? 0 : Math.max(0, filled - step * inGroup[group]);
      amplitudes[f * modes + k] = Math.sqrt((occupations[f * modes + k] + 1) * supply);
    }
  }
  return amplitudes;
}

/**
 * (1 − P) H P: its rows are the joint states just outside the basis, so that ‖leak φ‖ is the integrand of the truncation
 * bound of physics section 7. Empty (no rows) for a complete basis.
 */
export function assembleLeak(basis: Basis, pattern: Pattern, h: BosonHamiltonian): SparseMatrix {
  const { system: n } = basis;
  const outside = new Occupations(basis.modes);
  const rows = new Growing();
  const columns = new Growing();
  const re = new Growing();
  const im = new Growing();
  leaving(basis, pattern, h, (f, vector, entries, o, size, dagger) => {
    let g = -1;
    for (let to = 0; to < n; to++) {
      for (let s = 0; s < n; s++) {
        const column = basis.indexOf[f * n + s];
        const entry = dagger ? s * n + to : to * n + s;
        if (column < 0 || entries[entry] === 0) continue;
        if (g < 0) g = outside.add(vector);
        rows.push(g * n + to);
        columns.push(column);
        re.push(size * o.re[entry]);
        im.push((dagger ? -size : size) * o.im[entry]);
      }
    }
  });
  // Only rows with entries are kept, in their order.
  const rowOf = new Int32Array(outside.count * n + 1);
  for (let e = 0; e < rows.count; e++) rowOf[rows.values[e]]++;
  const starts = [0];
  let kept = 0;
  for (let row = 0; row < outside.count * n; row++) {
    const count = rowOf[row];
    rowOf[row] = kept;
    if (count > 0) starts[++kept] = starts[kept - 1] + count;
  }
  const rowStart = Int32Array.from(starts);
  const next = rowStart.slice();
  const column = new Int32Array(rows.count);
  const entryRe = new Float64Array(rows.count);
  const entryIm = new Float64Array(rows.count);
  for (let e = 0; e < rows.count; e++) {
    const at = next[rowOf[rows.values[e]]]++;
    column[at] = columns.values[e];
    entryRe[at] = re.values[e];
    entryIm[at] = im.values[e];
  }
  return { rows: kept, cols: basis.dimension, rowStart, column, re: entryRe, im: entryIm };
}

/** A growing list of numbers. */
export class Growing {
  values = new Float64Array(16);
  count = 0;

  push(x: number): void {
    if (this.count === this.values.length) {
      const larger = new Float64Array(2 * this.values.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.count++] = x;
  }
}

/** Called with a Fock state, the occupations outside the basis, and the block `size` · O (or its adjoint) that leads there. */
export type Leave = (
  f: number,
  vector: Uint16Array,
  entries: Uint8Array,
  o: Matrix,
  size: number,
  dagger: boolean,
) => void;

/** Calls back for every term that leads from a Fock state of the basis out of it. */
export function leaving(basis: Basis, pattern: Pattern, h: BosonHamiltonian, leave: Leave): void {
  const { modes } = basis;
  const vector = new Uint16Array(modes);
  const amplitudes = ladderAmplitudes(basis, h);
  const most = basis.cutoff + 1e-9;
  for (let f = 0; f < basis.fockCount; f++) {
    const at = f * modes;
    const load = () => {
      for (let k = 0; k < modes; k++) vector[k] = basis.occupations[at + k];
    };
    for (let t = 0; t < h.ladders.length; t++) {
      const { mode, coupling } = h.ladders[t];
      const size = amplitudes[at + mode];
      if (size === 0 || basis.heights[f] + pattern.weights[mode] <= most) continue;
      load();
      vector[mode]++;
      leave(f, vector, pattern.ladders[t].entries, coupling, size, false);
    }
    for (let t = 0; t < h.hoppings.length; t++) {
      const { to, from, operator } = h.hoppings[t];
      for (const dagger of [false, true]) {
        const [add, remove] = dagger ? [from, to] : [to, from];
        const quanta = basis.occupations[at + remove];
        if (add === remove || quanta === 0) continue;
        if (basis.heights[f] + pattern.weights[add] - pattern.weights[remove] <= most) continue;
        load();
        vector[remove]--;
        vector[add]++;
        leave(f, vector, pattern.hoppings[t].entries, operator, Math.sqrt(quanta * vector[add]), dagger);
      }
    }
  }
}
