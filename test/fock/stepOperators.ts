import type { Basis } from "../../src/fock/basis.ts";
import { type ArraySource, type StepOperator, withKrylovKernels } from "../../src/kernels/krylovKernels.ts";
import { random } from "../oracle/random.ts";

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
