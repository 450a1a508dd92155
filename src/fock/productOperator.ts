/** H as a sum of products O_r ⊗ X_r, where the space has no holes: one number for a block of N × N entries. */

import type { ArraySource } from "../kernels/krylovKernels.ts";
import { boundsOf, partsFor } from "../kernels/parts.ts";
import type { ProductOperator } from "../kernels/stepOperator.ts";
import { ladderAmplitudes } from "./assemble.ts";
import type { Basis } from "./basis.ts";
import type { BosonHamiltonian } from "./hamiltonian.ts";

/** True if every Fock state has all levels of S, and all operators are real. */
export function isProductOperator(basis: Basis, h: BosonHamiltonian): boolean {
  return basis.dimension === basis.fockCount * basis.system && isReal(h);
}

export function isReal({ system, ladders, hoppings }: BosonHamiltonian): boolean {
  const operators = [system, ...ladders.map(({ coupling }) => coupling), ...hoppings.map(({ operator }) => operator)];
  return operators.every(({ im }) => im.every((x) => x === 0));
}

/** An operator on S, and the terms of X that go with it. */
export interface Product {
  readonly operator: Float64Array;
  /** Index into the ladders or hoppings of H; `up` for b†, `down` for b. */
  readonly terms: {
    readonly kind: "up" | "down" | "forth" | "back";
    readonly index: number;
    readonly factor: number;
  }[];
}

/** Operators that are multiples of one another are one. */
export function productsOf(h: BosonHamiltonian): Product[] {
  const n = h.dimension;
  const found: Product[] = [];
  const add = (operator: Float64Array, kind: Product["terms"][number]["kind"], index: number) => {
    const size = operator.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    if (size === 0) return;
    for (const { operator: known, terms } of found) {
      const factor = ratio(operator, known, size);
      if (factor === null) continue;
      terms.push({ kind, index, factor });
      return;
    }
    found.push({ operator, terms: [{ kind, index, factor: 1 }] });
  };
  h.ladders.forEach(({ coupling }, t) => {
    add(coupling.re, "up", t);
    add(transposed(coupling.re, n), "down", t);
  });
  h.hoppings.forEach(({ to, from, operator }, t) => {
    add(operator.re, "forth", t);
    if (to !== from) add(transposed(operator.re, n), "back", t);
  });
  return found;
}

function transposed(o: Float64Array, n: number): Float64Array {
  return o.map((_, at) => o[(at % n) * n + Math.floor(at / n)]);
}

/** c with a = c b to rounding, or null. */
function ratio(a: Float64Array, b: Float64Array, size: number): number | null {
  let at = 0;
  for (let i = 0; i < b.length; i++) if (Math.abs(b[i]) > Math.abs(b[at])) at = i;
  const c = a[at] / b[at];
  return a.every((x, i) => Math.abs(x - c * b[i]) <= 2e-16 * size) ? c : null;
}

/** Two Fock states. */
function scratchLength(n: number): number {
  return 4 * n + 4;
}

/** Sizes in bytes of the arrays of `productOperator`, at most. */
export function productOperatorSizes(basis: Basis, h: BosonHamiltonian): number[] {
  const { fockCount, system: n } = basis;
  const products = productsOf(h).length;
  const entries = 2 * fockCount * (h.ladders.length + h.hoppings.length);
  return [
    ...[8 * fockCount, 8 * n * n, 4 * products * (fockCount + 1), 4 * entries, 8 * entries],
    ...[8 * n * n * products, 8 * partsFor(n * fockCount) * scratchLength(n)],
  ];
}

export function productOperator(basis: Basis, h: BosonHamiltonian, arrays: ArraySource): ProductOperator {
  const { fockCount, modes, system: n, occupations } = basis;
  const products = productsOf(h);
  const energies = arrays.floats(fockCount);
  for (let f = 0; f < fockCount; f++) {
    let sum = 0;
    for (let k = 0; k < modes; k++) sum += h.modes[k].frequency * occupations[f * modes + k];
    energies[f] = sum;
  }
  const onSystem = arrays.floats(n * n);
  onSystem.set(h.system.re);
  const rowStart = arrays.ints(products.length * (fockCount + 1));
  const most = 2 * fockCount * (h.ladders.length + h.hoppings.length);
  const column = arrays.ints(most);
  const values = arrays.floats(most);
  const operators = arrays.floats(n * n * products.length);
  const amplitudes = ladderAmplitudes(basis, h);
  let e = 0;
  const put = (g: number, size: number) => {
    if (g < 0 || size === 0) return;
    column[e] = g;
    values[e++] = size;
  };
  products.forEach(({ operator, terms }, r) => {
    operators.set(operator, r * n * n);
    const first = r * (fockCount + 1);
    for (let f = 0; f < fockCount; f++) {
      rowStart[first + f] = e;
      const at = f * modes;
      for (const { kind, index, factor } of terms) {
        if (kind === "up" || kind === "down") {
          const { mode } = h.ladders[index];
          // Row f of b† has the state below it, row f of b the one above.
          const g = kind === "up" ? basis.lowered[at + mode] : basis.raised[at + mode];
          if (g >= 0) put(g, factor * amplitudes[(kind === "up" ? g : f) * modes + mode]);
          continue;
        }
        const { to, from } = h.hoppings[index];
        if (to === from) {
          put(f, factor * occupations[at + to]);
          continue;
        }
        const [add, remove] = kind === "forth" ? [to, from] : [from, to];
        const g = kind === "forth" ? basis.returned[index][f] : basis.hopped[index][f];
        put(g, factor * Math.sqrt(occupations[at + add] * (occupations[at + remove] + 1)));
      }
    }
    rowStart[first + fockCount] = e;
  });
  const parts = partsFor(n * fockCount);
  return {
    ...{ bounds: boundsOf(fockCount, parts), scratch: arrays.floats(parts * scratchLength(n)) },
    ...{ kind: "products", fockCount, system: n, energies, onSystem, termCount: products.length },
    ...{ rowStart, column, values, operators },
  };
}
