/**
 * Layers of Fock states by their distance from what leaves the space, and norms of H between them: from the weight of each
 * layer at some times they bound what leaks out in between (docs/certificates.md, sections 3 and 5).
 */

import { eigh } from "../algebra/hermitian.ts";
import { leaving } from "./assemble.ts";
import type { Basis } from "./basis.ts";
import type { BosonHamiltonian, Pattern } from "./hamiltonian.ts";
import { type Neighbours, neighboursIn, normOf } from "./neighbours.ts";
import { Occupations } from "./occupations.ts";

/** Layers told apart; the last one holds all that is farther. */
export const layerCount = 10;

/** Bands of layer 0, by how strongly its Fock states leak; the last one holds all that leak less. */
export const bandCount = 8;

export interface Layers {
  /** For each Fock state: 0 if H leads from it out of the space, else its distance from those, at most layerCount − 1. */
  readonly layerOf: Uint8Array;
  /** For each Fock state of layer 0: its band. */
  readonly bandOf: Uint8Array;
  /** ‖(1 − P) H P‖, from above: what leaks per unit time from a unit of layer 0. */
  readonly leak: number;
  /** ‖(1 − P) H φ‖² ≤ Σ_b leaks[b]² ‖P_b φ‖², P_b the projectors on the bands. */
  readonly leaks: Float64Array;
  /** couplings[j] ≥ ‖P_j H P_j+1‖. */
  readonly couplings: Float64Array;
  /** ‖P_j (H − e) P_j‖ for j = 0 and 1 and some energy e, from above. */
  readonly spread: number;
}

/** Null for a space that nothing leaves from the Fock states in `starts`. */
export function layersOf(
  basis: Basis,
  pattern: Pattern,
  h: BosonHamiltonian,
  starts: readonly number[],
): Layers | null {
  const neighbours = neighboursIn(basis, h);
  // A space that sectors share may hold states that this one never comes to.
  const reached = reachedFrom(starts, basis.fockCount, neighbours);
  const out = exits(basis, pattern, h, reached);
  if (out === null) return null;
  const { layerOf, couplings } = inLayers(basis.fockCount, out.fock, reached, neighbours);
  const squares = leakSquares(out.entries, out.fock, basis);
  return {
    layerOf,
    ...inBands(squares, out.fock, basis.fockCount),
    leak: normBound(out.entries),
    couplings,
    spread: spreadOf(basis, h, layerOf),
  };
}

/** A nonnegative matrix as a list of entries. */
interface Entries {
  readonly rows: number;
  readonly columns: number;
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly size: Float64Array;
}

/** Entries as they are found; room that is used again. */
class EntryList {
  private row = new Int32Array(256);
  private column = new Int32Array(256);
  private size = new Float64Array(256);
  private count = 0;

  add(row: number, column: number, size: number): void {
    const { count } = this;
    if (count === this.size.length) this.grow();
    this.row[count] = row;
    this.column[count] = column;
    this.size[count] = size;
    this.count++;
  }

  /** What was added, until more is. */
  taken(rows: number, columns: number): Entries {
    const { row, column, size, count } = this;
    this.count = 0;
    const [of, to] = [row, column].map((list) => list.subarray(0, count));
    return { rows, columns, row: of, column: to, size: size.subarray(0, count) };
  }

  private grow(): void {
    const { row, column, size, count } = this;
    this.row = new Int32Array(2 * count);
    this.column = new Int32Array(2 * count);
    this.size = new Float64Array(2 * count);
    this.row.set(row);
    this.column.set(column);
    this.size.set(size);
  }
}

/** BᵀB x; `y` is room for B x. */
function squareTimes({ row, column, size }: Entries, x: Float64Array, y: Float64Array, into: Float64Array): void {
  y.fill(0);
  into.fill(0);
  for (let e = 0; e < size.length; e++) y[row[e]] += size[e] * x[column[e]];
  for (let e = 0; e < size.length; e++) into[column[e]] += size[e] * y[row[e]];
}

/** Fock states in the order in which they were come to, each with its place. */
class FockList {
  readonly fock: number[] = [];
  private readonly places: Int32Array;

  constructor(places: Int32Array) {
    this.places = places;
  }

  /** The place of a Fock state, which is appended if it is new: the list must be the only one that holds it. */
  place(f: number): number {
    if (this.places[f] < 0) this.places[f] = this.fock.push(f) - 1;
    return this.places[f];
  }
}

/** 1 for each Fock state that H leads to. */
function reachedFrom(starts: readonly number[], fockCount: number, neighbours: Neighbours): Uint8Array {
  const reached = new Uint8Array(fockCount);
  const list = new Int32Array(fockCount);
  let found = 0;
  const reach = (f: number) => {
    if (reached[f] === 1) return;
    reached[f] = 1;
    list[found++] = f;
  };
  starts.forEach(reach);
  for (let next = 0; next < found; next++) {
    const count = neighbours.of(list[next]);
    for (let i = 0; i < count; i++) reach(neighbours.fock[i]);
  }
  return reached;
}

/** The Fock states that H leads out of the space from, and how: a row for each outside, a column for each of those; or null. */
function exits(
  basis: Basis,
  pattern: Pattern,
  h: BosonHamiltonian,
  reached: Uint8Array,
): { readonly fock: readonly number[]; readonly entries: Entries } | null {
  const outside = new Occupations(basis.modes);
  const inside = new FockList(new Int32Array(basis.fockCount).fill(-1));
  const entries = new EntryList();
  leaving(basis, pattern, h, (f, vector, support, operator, size) => {
    const strength = size * normOf(operator);
    if (reached[f] === 0 || strength === 0 || !touches(basis, f, support)) return;
    entries.add(outside.add(vector), inside.place(f), strength);
  });
  if (outside.count === 0) return null;
  return { fock: inside.fock, entries: entries.taken(outside.count, inside.fock.length) };
}

/** Some level that is kept of f has an entry in its column, or in its row. */
function touches({ system: n, indexOf }: Basis, f: number, support: Uint8Array): boolean {
  for (let s = 0; s < n; s++) {
    if (indexOf[f * n + s] < 0) continue;
    for (let to = 0; to < n; to++) if (support[to * n + s] === 1 || support[s * n + to] === 1) return true;
  }
  return false;
}

/** Layer after layer from the first on, and the norms of H between neighbours. */
function inLayers(
  fockCount: number,
  first: readonly number[],
  reached: Uint8Array,
  neighbours: Neighbours,
): Pick<Layers, "layerOf" | "couplings"> {
  const last = layerCount - 1;
  const layerOf = new Uint8Array(fockCount).fill(last);
  const couplings = new Float64Array(last);
  const places = new Int32Array(fockCount).fill(-1);
  const between = new EntryList();
  let inner = new FockList(places);
  for (const f of first) {
    layerOf[f] = 0;
    inner.place(f);
  }
  for (let layer = 0; layer < last; layer++) {
    const outer = inner;
    inner = new FockList(places);
    for (const f of outer.fock) {
      const count = neighbours.of(f);
      for (let i = 0; i < count; i++) {
        const g = neighbours.fock[i];
        if (reached[g] === 0 || layerOf[g] <= layer) continue;
        layerOf[g] = layer + 1;
      }
    }
    for (const f of outer.fock) {
      const count = neighbours.of(f);
      const row = places[f];
      for (let i = 0; i < count; i++) {
        const g = neighbours.fock[i];
        if (reached[g] === 1 && layerOf[g] === layer + 1) between.add(row, inner.place(g), neighbours.sizes[i]);
      }
    }
    couplings[layer] = normBound(between.taken(outer.fock.length, inner.fock.length));
  }
  return { layerOf, couplings };
}

/** How fast amplitudes are taken to fall from height to height, in leakSquares: any number would do, a likely one is best. */
const fall = 1;

/**
 * w_f² with ‖(1 − P) H φ‖² ≤ Σ_f w_f² ‖φ_f‖², for the Fock states of layer 0. With B the norms of what leads out, B_of ≥ ‖⟨o|H|f⟩‖,
 * ‖(1 − P) H φ‖² ≤ Σ (BᵀB)_fg ‖φ_f‖ ‖φ_g‖, where 2 ‖φ_f‖ ‖φ_g‖ ≤ ‖φ_f‖² x_g/x_f + ‖φ_g‖² x_f/x_g: w_f² = (BᵀB x)_f / x_f for any x > 0,
 * and equal where x_f = ‖φ_f‖.
 */
function leakSquares(entries: Entries, fock: readonly number[], { heights, cutoff }: Basis): Float64Array {
  const x = Float64Array.from(fock, (f) => Math.exp(fall * (cutoff - heights[f])));
  const squares = new Float64Array(x.length);
  squareTimes(entries, x, new Float64Array(entries.rows), squares);
  return squares.map((square, i) => (square / x[i]) * (1 + 1e-14));
}

/** Bands in which w² differs by no more than a factor of 2, from the largest down. */
function inBands(squares: Float64Array, fock: readonly number[], fockCount: number): Pick<Layers, "bandOf" | "leaks"> {
  const bandOf = new Uint8Array(fockCount);
  const leaks = new Float64Array(bandCount);
  const largest = squares.reduce((most, square) => Math.max(most, square), 0);
  squares.forEach((square, i) => {
    const band = Math.min(bandCount - 1, Math.floor(Math.log2(largest / square)));
    bandOf[fock[i]] = band;
    leaks[band] = Math.max(leaks[band], Math.sqrt(square));
  });
  return { bandOf, leaks };
}

/** Energies of the bosons and of S about their middle; what hops inside a layer by the largest sum over a row. */
function spreadOf(basis: Basis, h: BosonHamiltonian, layerOf: Uint8Array): number {
  const { fockCount, modes, occupations } = basis;
  const system = eigh(h.system).values;
  const hoppings = h.hoppings.map(({ to, from, operator }) => ({ to, from, norm: normOf(operator) }));
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let hops = 0;
  for (let f = 0; f < fockCount; f++) {
    if (layerOf[f] > 1) continue;
    let energy = 0;
    for (let k = 0; k < modes; k++) energy += h.modes[k].frequency * occupations[f * modes + k];
    low = Math.min(low, energy);
    high = Math.max(high, energy);
    let row = 0;
    for (const { to, from, norm } of hoppings) {
      const [a, b] = [occupations[f * modes + to], occupations[f * modes + from]];
      row += norm * (to === from ? a : Math.sqrt(a * (b + 1)) + Math.sqrt(b * (a + 1)));
    }
    hops = Math.max(hops, row);
  }
  if (low > high) return 0;
  return 0.5 * (high - low + system[system.length - 1] - system[0]) + hops;
}

const sweeps = 8;

/** ‖B‖ from above for a nonnegative B: ‖B‖² ≤ max_i (BᵀB x)_i / x_i for every positive x (Collatz and Wielandt). */
function normBound(entries: Entries): number {
  if (entries.size.length === 0) return 0;
  const x = new Float64Array(entries.columns).fill(1);
  const y = new Float64Array(entries.rows);
  const next = new Float64Array(x.length);
  let best = Number.POSITIVE_INFINITY;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    squareTimes(entries, x, y, next);
    let largest = 0;
    let peak = 0;
    for (let i = 0; i < x.length; i++) {
      largest = Math.max(largest, next[i] / x[i]);
      peak = Math.max(peak, next[i]);
    }
    best = Math.min(best, largest);
    if (peak === 0) return 0;
    // Away from zero, so that x stays positive.
    for (let i = 0; i < x.length; i++) x[i] = Math.max(next[i] / peak, 1e-6);
  }
  return Math.sqrt(best) * (1 + 1e-14);
}
