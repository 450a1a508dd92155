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
function ladderAmplitudes(basis: Basis, h: BosonHamiltonian): Float64Array {
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
  const { system: n, modes } = basis;
  const outside = new Occupations(modes);
  const vector = new Uint16Array(modes);
  const entriesOf = new Map<number, { column: number; re: number; im: number }[]>();
  const amplitudes = ladderAmplitudes(basis, h);
  let count = 0;
  /** The block `size` · O (or its adjoint) from Fock state f into the state in `vector`, which is outside. */
  const leave = (f: number, entries: Uint8Array, o: Matrix, size: number, dagger: boolean) => {
    for (let to = 0; to < n; to++) {
      for (let s = 0; s < n; s++) {
        const column = basis.indexOf[f * n + s];
        const entry = dagger ? s * n + to : to * n + s;
        if (column < 0 || entries[entry] === 0) continue;
        const row = outside.add(vector) * n + to;
        const list = entriesOf.get(row) ?? [];
        list.push({ column, re: size * o.re[entry], im: (dagger ? -size : size) * o.im[entry] });
        entriesOf.set(row, list);
        count++;
      }
    }
  };
  const most = basis.cutoff + 1e-9;
  for (let f = 0; f < basis.fockCount; f++) {
    const at = f * modes;
    const load = () => {
      for (let k = 0; k < modes; k++) vector[k] = basis.occupations[at + k];
    };
    h.ladders.forEach(({ mode, coupling }, t) => {
      const size = amplitudes[at + mode];
      if (size === 0 || basis.heights[f] + pattern.weights[mode] <= most) return;
      load();
      vector[mode]++;
      leave(f, pattern.ladders[t].entries, coupling, size, false);
    });
    h.hoppings.forEach(({ to, from, operator }, t) => {
      for (const [add, remove, dagger] of [
        [to, from, false],
        [from, to, true],
      ] as const) {
        const quanta = basis.occupations[at + remove];
        if (add === remove || quanta === 0) continue;
        if (basis.heights[f] + pattern.weights[add] - pattern.weights[remove] <= most) continue;
        load();
        vector[remove]--;
        vector[add]++;
        const size = Math.sqrt(quanta * vector[add]);
        leave(f, pattern.hoppings[t].entries, operator, size, dagger);
      }
    });
  }
  const rowStart = new Int32Array(entriesOf.size + 1);
  const column = new Int32Array(count);
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  let row = 0;
  let e = 0;
  for (const list of entriesOf.values()) {
    for (const item of list) {
      column[e] = item.column;
      re[e] = item.re;
      im[e++] = item.im;
    }
    rowStart[++row] = e;
  }
  return { rows: entriesOf.size, cols: basis.dimension, rowStart, column, re, im };
}
