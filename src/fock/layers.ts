/**
 * Layers of Fock states by their distance from what leaves the space, and norms of H between them: from the weight of each
 * layer at some times they bound what leaks out in between (docs/architecture.md, "Errors").
 */

import { eigh } from "../algebra/hermitian.ts";
import type { Matrix } from "../algebra/matrix.ts";
import { adjoint, multiply } from "../algebra/matrix.ts";
import { Growing, ladderAmplitudes, leaving } from "./assemble.ts";
import type { Basis } from "./basis.ts";
import type { BosonHamiltonian, Pattern } from "./hamiltonian.ts";
import { Occupations } from "./occupations.ts";

/** Layers told apart; the last one holds all that is farther. */
export const layerCount = 10;

export interface Layers {
  /** For each Fock state: 0 if H leads from it out of the space, else its distance from those, at most layerCount − 1. */
  readonly layerOf: Uint8Array;
  /** ‖(1 − P) H P‖, from above: what leaks per unit time from a unit of layer 0. */
  readonly leak: number;
  /** couplings[j] ≥ ‖P_j H P_j+1‖. */
  readonly couplings: Float64Array;
  /** ‖P_j (H − e) P_j‖ for j = 0 and 1 and some energy e, from above. */
  readonly spread: number;
}

/** A nonnegative matrix as a list of entries. */
interface Entries {
  readonly row: Growing;
  readonly column: Growing;
  readonly size: Growing;
}

const noEntries = (): Entries => ({ row: new Growing(), column: new Growing(), size: new Growing() });

/** Null for a space that nothing leaves from the Fock states in `starts`. */
export function layersOf(
  basis: Basis,
  pattern: Pattern,
  h: BosonHamiltonian,
  starts: readonly number[],
): Layers | null {
  const { fockCount, modes } = basis;
  const layerOf = new Uint8Array(fockCount).fill(layerCount - 1);
  const outside = new Occupations(modes);
  const out = noEntries();
  const norms = operatorNorms(h);
  const amplitudes = ladderAmplitudes(basis, h);
  const eachNeighbour = (f: number, visit: (g: number, size: number) => void) => {
    for (const { mode, coupling } of h.ladders) {
      const norm = norms.get(coupling) as number;
      const up = basis.raised[f * modes + mode];
      const down = basis.lowered[f * modes + mode];
      if (up >= 0) visit(up, norm * amplitudes[f * modes + mode]);
      if (down >= 0) visit(down, norm * amplitudes[down * modes + mode]);
    }
    h.hoppings.forEach(({ to, from, operator }, t) => {
      if (to === from) return;
      const norm = norms.get(operator) as number;
      const into = basis.hopped[t][f];
      const back = basis.returned[t][f];
      const at = f * modes;
      const { occupations: n } = basis;
      if (into >= 0) visit(into, norm * Math.sqrt(n[at + from] * (n[at + to] + 1)));
      if (back >= 0) visit(back, norm * Math.sqrt(n[at + to] * (n[at + from] + 1)));
    });
  };
  // A space that sectors share may hold states that this one never comes to.
  const reached = new Uint8Array(fockCount);
  const stack = [...starts];
  for (const f of starts) reached[f] = 1;
  for (let f = stack.pop(); f !== undefined; f = stack.pop()) {
    eachNeighbour(f, (g, size) => {
      if (size === 0 || reached[g] === 1) return;
      reached[g] = 1;
      stack.push(g);
    });
  }
  leaving(basis, pattern, h, (f, vector, entries, o, size) => {
    if (reached[f] === 0 || size * (norms.get(o) as number) === 0) return;
    if (!leaves(basis, f, entries) && !leavesBack(basis, f, entries)) return;
    layerOf[f] = 0;
    out.row.push(outside.add(vector));
    out.column.push(f);
    out.size.push(size * (norms.get(o) as number));
  });
  if (outside.count === 0) return null;
  const between = Array.from({ length: layerCount - 1 }, noEntries);
  for (let layer = 0; layer + 1 < layerCount; layer++) {
    for (let f = 0; f < fockCount; f++) {
      if (layerOf[f] !== layer) continue;
      eachNeighbour(f, (g) => {
        if (reached[g] === 1 && layerOf[g] > layer + 1) layerOf[g] = layer + 1;
      });
    }
  }
  for (let f = 0; f < fockCount; f++) {
    const layer = layerOf[f];
    if (layer + 1 >= layerCount) continue;
    eachNeighbour(f, (g, size) => {
      if (layerOf[g] !== layer + 1 || reached[g] === 0) return;
      between[layer].row.push(f);
      between[layer].column.push(g);
      between[layer].size.push(size);
    });
  }
  return {
    layerOf,
    spread: spreadOf(basis, h, layerOf, norms),
    leak: normBound(out, outside.count, fockCount),
    couplings: Float64Array.from(between, (entries) => normBound(entries, fockCount, fockCount)),
  };
}

/** Energies of the bosons and of S about their middle; what hops inside a layer by the largest sum over a row. */
function spreadOf(basis: Basis, h: BosonHamiltonian, layerOf: Uint8Array, norms: Map<Matrix, number>): number {
  const { fockCount, modes, occupations } = basis;
  const system = eigh(h.system).values;
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
    for (const { to, from, operator } of h.hoppings) {
      const [a, b] = [occupations[f * modes + to], occupations[f * modes + from]];
      const size = to === from ? a : Math.sqrt(a * (b + 1)) + Math.sqrt(b * (a + 1));
      row += size * (norms.get(operator) as number);
    }
    hops = Math.max(hops, row);
  }
  if (low > high) return 0;
  return 0.5 * (high - low + system[system.length - 1] - system[0]) + hops;
}

/** Some level of f has an entry in its column, or in its row. */
function leaves({ system: n, indexOf }: Basis, f: number, entries: Uint8Array): boolean {
  for (let s = 0; s < n; s++) {
    if (indexOf[f * n + s] < 0) continue;
    for (let to = 0; to < n; to++) if (entries[to * n + s] === 1) return true;
  }
  return false;
}

function leavesBack({ system: n, indexOf }: Basis, f: number, entries: Uint8Array): boolean {
  for (let s = 0; s < n; s++) {
    if (indexOf[f * n + s] < 0) continue;
    for (let to = 0; to < n; to++) if (entries[s * n + to] === 1) return true;
  }
  return false;
}

/** Largest singular value of each operator. */
function operatorNorms(h: BosonHamiltonian): Map<Matrix, number> {
  const norms = new Map<Matrix, number>();
  for (const o of [...h.ladders.map((ladder) => ladder.coupling), ...h.hoppings.map((hopping) => hopping.operator)]) {
    if (norms.has(o)) continue;
    const { values } = eigh(multiply(adjoint(o), o));
    norms.set(o, Math.sqrt(Math.max(0, values[values.length - 1])) * (1 + 1e-14));
  }
  return norms;
}

const sweeps = 8;

/** ‖B‖ from above for a nonnegative B: ‖B‖² ≤ max_i (BᵀB x)_i / x_i for every positive x (Collatz and Wielandt). */
function normBound({ row, column, size }: Entries, rows: number, columns: number): number {
  if (row.count === 0) return 0;
  const x = new Float64Array(columns).fill(1);
  const y = new Float64Array(rows);
  const next = new Float64Array(columns);
  let best = Number.POSITIVE_INFINITY;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    y.fill(0);
    next.fill(0);
    for (let e = 0; e < row.count; e++) y[row.values[e]] += size.values[e] * x[column.values[e]];
    for (let e = 0; e < row.count; e++) next[column.values[e]] += size.values[e] * y[row.values[e]];
    let largest = 0;
    let peak = 0;
    for (let i = 0; i < columns; i++) {
      largest = Math.max(largest, next[i] / x[i]);
      peak = Math.max(peak, next[i]);
    }
    best = Math.min(best, largest);
    if (peak === 0) return 0;
    // Away from zero, so that x stays positive.
    for (let i = 0; i < columns; i++) x[i] = Math.max(next[i] / peak, 1e-6);
  }
  return Math.sqrt(best) * (1 + 1e-14);
}
