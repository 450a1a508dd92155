/** H as a sum of products where Fock states stand in blocks: one block is stored, and where each of its runs is in the others. */

import type { ArraySource } from "../kernels/krylovKernels.ts";
import { evenBounds, partsFor } from "../kernels/parts.ts";
import type { BlockOperator } from "../kernels/stepOperator.ts";
import type { Basis, Blocks } from "./basis.ts";
import type { BosonHamiltonian } from "./hamiltonian.ts";
import { isProductOperator, type Product, productsOf } from "./productOperator.ts";

/** True if also nothing hops and bosons are free, so that what a mode does does not depend on the others. */
export function isBlockOperator(basis: Basis, h: BosonHamiltonian): boolean {
  const free = h.groups.every(({ step, capacity }) => step === 0 && capacity === Number.POSITIVE_INFINITY);
  return basis.blocks !== null && h.hoppings.length === 0 && free && isProductOperator(basis, h);
}

/** Sizes in bytes of the arrays of `blockOperator`, at most. */
export function blockOperatorSizes(basis: Basis, h: BosonHamiltonian): number[] {
  const { system: n } = basis;
  const { outer, starts } = basis.blocks as Blocks;
  const products = productsOf(h).length;
  const blockCount = starts.length - 1;
  const innerCount = starts[1];
  const outerTerms = 2 * h.ladders.filter(({ mode }) => mode < outer).length;
  const innerTerms = 2 * h.ladders.length - outerTerms;
  const runs = outerTerms * blockCount;
  const entries = innerTerms * innerCount;
  return [
    ...[4 * (blockCount + 1), 8 * blockCount, 8 * innerCount, 8 * n * n],
    ...[4 * (products * blockCount + 1), 4 * runs, 4 * runs, 8 * runs],
    ...[4 * products * (innerCount + 1), 4 * entries, 8 * entries, 8 * n * n * products],
    8 * partsFor(basis.dimension) * scratchLength(n, products, outerTerms),
  ];
}

/** Two Fock states; for each product where its runs begin and end, and where each run is. */
function scratchLength(n: number, products: number, outerTerms: number): number {
  return 4 * n + 4 + products + outerTerms;
}

export function blockOperator(basis: Basis, h: BosonHamiltonian, arrays: ArraySource): BlockOperator {
  const { system: n, modes } = basis;
  const { outer, starts: blockStarts } = basis.blocks as Blocks;
  const products = productsOf(h);
  const blockCount = blockStarts.length - 1;
  const innerCount = blockStarts[1];
  const starts = arrays.ints(blockCount + 1);
  starts.set(blockStarts);
  const blockEnergies = arrays.floats(blockCount);
  for (let b = 0; b < blockCount; b++) blockEnergies[b] = energyOf(basis, h, starts[b], 0, outer);
  const innerEnergies = arrays.floats(innerCount);
  for (let i = 0; i < innerCount; i++) innerEnergies[i] = energyOf(basis, h, i, outer, modes);
  const onSystem = arrays.floats(n * n);
  onSystem.set(h.system.re);
  const runs = runsOf(basis, h, products, arrays);
  const rows = rowsOf(basis, h, products, arrays);
  const operators = arrays.floats(n * n * products.length);
  products.forEach(({ operator }, r) => {
    operators.set(operator, r * n * n);
  });
  const outerTerms = 2 * h.ladders.filter(({ mode }) => mode < outer).length;
  const parts = partsFor(basis.dimension);
  return {
    ...{ kind: "blocks", system: n, blockCount, starts, blockEnergies, innerEnergies, onSystem },
    ...{ termCount: products.length, ...runs, innerCount, ...rows, operators },
    bounds: evenBounds(blockStarts, parts),
    scratch: arrays.floats(parts * scratchLength(n, products.length, outerTerms)),
  };
}

/** Σ_k ω_k n_k over modes from `first` to `end`. */
function energyOf({ modes, occupations }: Basis, h: BosonHamiltonian, f: number, first: number, end: number): number {
  let sum = 0;
  for (let k = first; k < end; k++) sum += h.modes[k].frequency * occupations[f * modes + k];
  return sum;
}

interface Entry {
  readonly column: number;
  readonly size: number;
}

/** Row f of what the modes from `first` to `end` add to X. */
function rowOf(basis: Basis, h: BosonHamiltonian, { terms }: Product, f: number, first: number, end: number): Entry[] {
  const row: Entry[] = [];
  for (const { kind, index, factor } of terms) {
    const { mode } = h.ladders[index];
    if (mode < first || mode >= end) continue;
    const at = f * basis.modes + mode;
    // Row f of b† has the state below it, row f of b the one above.
    const column = kind === "up" ? basis.lowered[at] : basis.raised[at];
    if (column < 0) continue;
    const quanta = basis.occupations[at] + (kind === "up" ? 0 : 1);
    row.push({ column, size: factor * Math.sqrt(quanta * h.groups[h.modes[mode].group].filled) });
  }
  return row;
}

function runsOf(basis: Basis, h: BosonHamiltonian, products: readonly Product[], arrays: ArraySource) {
  const { outer, starts } = basis.blocks as Blocks;
  const blockCount = starts.length - 1;
  const most = 2 * h.ladders.filter(({ mode }) => mode < outer).length * blockCount;
  const runStart = arrays.ints(products.length * blockCount + 1);
  const from = arrays.ints(most);
  const reach = arrays.ints(most);
  const size = arrays.floats(most);
  const lengthFrom = new Map<number, number>();
  for (let b = 0; b < blockCount; b++) lengthFrom.set(starts[b], starts[b + 1] - starts[b]);
  let k = 0;
  for (let b = 0; b < blockCount; b++) {
    const reachOf = (column: number) => Math.min(starts[b + 1] - starts[b], lengthFrom.get(column) as number);
    products.forEach((product, r) => {
      runStart[b * products.length + r] = k;
      const row = rowOf(basis, h, product, starts[b], 0, outer);
      for (const entry of row.sort((p, q) => reachOf(q.column) - reachOf(p.column))) {
        from[k] = entry.column;
        reach[k] = reachOf(entry.column);
        size[k++] = entry.size;
      }
    });
  }
  runStart[products.length * blockCount] = k;
  return { runStart, from, reach, size };
}

/** The rows of the first block: where no outer mode is filled, places are Fock states. */
function rowsOf(basis: Basis, h: BosonHamiltonian, products: readonly Product[], arrays: ArraySource) {
  const { outer, starts } = basis.blocks as Blocks;
  const innerCount = starts[1];
  const most = 2 * h.ladders.filter(({ mode }) => mode >= outer).length * innerCount;
  const rowStart = arrays.ints(products.length * (innerCount + 1));
  const column = arrays.ints(most);
  const values = arrays.floats(most);
  let e = 0;
  products.forEach((product, r) => {
    const first = r * (innerCount + 1);
    for (let i = 0; i < innerCount; i++) {
      rowStart[first + i] = e;
      const row = rowOf(basis, h, product, i, outer, basis.modes);
      for (const entry of row.sort((p, q) => p.column - q.column)) {
        column[e] = entry.column;
        values[e++] = entry.size;
      }
    }
    rowStart[first + innerCount] = e;
  });
  return { rowStart, column, values };
}
