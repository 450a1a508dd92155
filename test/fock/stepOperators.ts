import { assemble } from "../../src/fock/assemble.ts";
import type { Basis } from "../../src/fock/basis.ts";
import { type BosonHamiltonian, patternOf } from "../../src/fock/hamiltonian.ts";
import { applySparse } from "../../src/fock/sparse.ts";
import { type ArraySource, withKrylovKernels } from "../../src/kernels/krylovKernels.ts";
import type { StepOperator } from "../../src/kernels/stepOperator.ts";
import { random } from "../oracle/random.ts";
import { type HamiltonianKind, randomHamiltonian } from "./randomHamiltonian.ts";

/** H x by the kernel for a random x with `width` numbers a state, with that x. */
export function applied(
  basis: Basis,
  width: 1 | 2,
  sizes: readonly number[],
  build: (arrays: ArraySource) => StepOperator,
): { x: Float64Array; y: Float64Array; overlap: number } {
  const length = basis.dimension * width;
  const bytes = [...sizes, 8 * length, 8 * length].reduce((sum, size) => sum + 64 * Math.ceil(size / 64), 0);
  return withKrylovKernels(bytes, (kernels, arrays) => {
    const h = build(arrays);
    const from = random(basis.dimension + width);
    const [x, y] = [arrays.floats(length), arrays.floats(length)];
    for (let i = 0; i < length; i++) x[i] = from.normal();
    // σ = 2 and γ = 1 with z = x: y = 2 H x − x.
    const overlap = kernels.step(h, width, x, x, y, 2, 1);
    return { x: x.slice(), y: y.map((value, i) => 0.5 * (value + x[i])), overlap };
  });
}

/** With real operators; some couplings multiples of another, some symmetric. */
export function realHamiltonian(seed: number, kind: HamiltonianKind): BosonHamiltonian {
  const h = randomHamiltonian(seed, kind);
  const n = kind.dimension;
  const real = (o: { re: Float64Array }) => ({ rows: n, cols: n, re: o.re, im: new Float64Array(n * n) });
  const symmetric = (re: Float64Array) => re.map((x, at) => x + re[(at % n) * n + Math.floor(at / n)]);
  return {
    ...h,
    system: real(h.system),
    ladders: h.ladders.map(({ mode, coupling }, t) => {
      if (t === 0) return { mode, coupling: real(coupling) };
      if (t === 1) return { mode, coupling: real({ re: h.ladders[0].coupling.re.map((x) => -0.4 * x) }) };
      return { mode, coupling: real({ re: symmetric(coupling.re) }) };
    }),
    hoppings: h.hoppings.map((hopping) => ({ ...hopping, operator: real(hopping.operator) })),
  };
}

/** y − H x and the overlap's error against the assembled matrix. */
export function deviation(basis: Basis, h: BosonHamiltonian, width: 1 | 2, found: ReturnType<typeof applied>): number {
  const matrix = assemble(basis, patternOf([h]), h);
  const part = (from: Float64Array, c: number) =>
    Float64Array.from({ length: basis.dimension }, (_, i) => (c < width ? from[i * width + c] : 0));
  const expected = { re: part(found.x, 2), im: part(found.x, 2) };
  applySparse(matrix, { re: part(found.x, 0), im: part(found.x, 1) }, expected);
  let worst = 0;
  let overlap = 0;
  for (let i = 0; i < basis.dimension; i++) {
    for (let c = 0; c < width; c++) {
      const y = (c === 0 ? expected.re : expected.im)[i];
      const x = found.x[i * width + c];
      worst = Math.max(worst, Math.abs(found.y[i * width + c] - y));
      overlap += x * (2 * y - x);
    }
  }
  return Math.max(worst, Math.abs(overlap - found.overlap) / basis.dimension);
}
