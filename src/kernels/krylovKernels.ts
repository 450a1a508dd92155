/** What a Krylov window does with vectors, by the WebAssembly kernels or by their twins, on arrays of one arena. */

import { type Arena, withArena } from "./arena.ts";
import { blocksTwin } from "./blocksTwin.ts";
import { chainStepTwin, formTwin, superposeTwin } from "./combineTwin.ts";
import type { ChainRoom, CombineRoom, Formed } from "./krylovArrays.ts";
import { productsTwin, rowsTwin, subtractScaledTwin } from "./lanczosTwin.ts";
import { type KernelExports, kernels } from "./module.ts";
import type { BlockOperator, ProductOperator, StepOperator } from "./stepOperator.ts";

export interface KrylovKernels {
  /** y = σ H x − γ z; gives ⟨x|y⟩. Vectors have `width` numbers a state: 1 (real) or 2 (complex). */
  step(
    h: StepOperator,
    width: number,
    x: Float64Array,
    z: Float64Array,
    y: Float64Array,
    sigma: number,
    gamma: number,
  ): number;
  /** y −= s x; gives ‖y‖². */
  subtractScaled(y: Float64Array, x: Float64Array, s: number): number;
  /** out[i] = Σ_j y_j v_j[i]; y and `out` are complex, interleaved. `out` may be the first vector if those are complex too. */
  superpose(
    vectors: Float64Array,
    apart: number,
    size: number,
    width: number,
    rows: number,
    y: Float64Array,
    out: Float64Array,
  ): void;
  /**
   * φ_t[i] = Σ_j y_j(t) v_j[i] at the times of the room, a block of states at a time, and what `into` makes of it. If
   * `mirrored`, y is given for the first half of the times only, and the second half are their negatives.
   */
  form(room: CombineRoom, size: number, width: number, mirrored: boolean, into: Formed): void;
  chainStep(room: ChainRoom, size: number, centre: number, radius: number, count: number): void;
}

/** Where arrays come from: the kernels' memory, or anywhere for the twins. */
export type ArraySource = Pick<Arena, "floats" | "ints">;

/**
 * Calls `use` with kernels and the source of all arrays that are given to them, `bytes` at most (`arenaBytes`). Throws
 * KernelMemoryError if the kernels cannot have that much.
 */
export function withKrylovKernels<T>(bytes: number, use: (kernels: KrylovKernels, arrays: ArraySource) => T): T {
  const fast = kernels();
  if (fast === null) return use(twins, plainArrays);
  return withArena(fast.memory, bytes, (arena) => use(wasmKernels(fast.run), arena));
}

const plainArrays: ArraySource = {
  floats: (length) => new Float64Array(length),
  ints: (length) => new Int32Array(length),
};

const twins: KrylovKernels = {
  step: (h, ...rest) => {
    if (h.kind === "rows") return rowsTwin(h, ...rest);
    return h.kind === "blocks" ? blocksTwin(h, ...rest) : productsTwin(h, ...rest);
  },
  subtractScaled: subtractScaledTwin,
  superpose: superposeTwin,
  form: formTwin,
  chainStep: chainStepTwin,
};

function wasmKernels(run: KernelExports): KrylovKernels {
  return {
    step: (h, width, x, z, y, sigma, gamma) => {
      const vectors = [x.byteOffset, z.byteOffset, y.byteOffset, sigma, gamma] as const;
      if (h.kind === "blocks") return stepOfBlocks(run, h, width, vectors);
      if (h.kind === "products") return stepOfProducts(run, h, width, vectors);
      const { rows, rowStart, column, re, im } = h;
      const pattern = [rows, rowStart.byteOffset, column.byteOffset, re.byteOffset] as const;
      if (im.length === 0) return run.realRows(...pattern, width, ...vectors);
      return run.complexRows(...pattern, im.byteOffset, ...vectors);
    },
    subtractScaled: (y, x, s) => run.subtractScaled(y.length, y.byteOffset, x.byteOffset, s),
    superpose: (vectors, apart, size, width, rows, y, out) =>
      run.superpose(vectors.byteOffset, 8 * apart, size, width, rows, y.byteOffset, out.byteOffset),
    form: ({ vectors, apart, yRe, yIm, stride, times, re, im, rhoRe, rhoIm }, size, width, mirrored, into) => {
      const { blocks, pairs, whole, layerOf, populations, looked, fock, peaks } = into;
      const phases = pairs.cos.length > 0;
      run.formBlocks(
        blocks.length / 4,
        blocks.byteOffset,
        vectors.byteOffset,
        8 * apart,
        size,
        width,
        yRe.byteOffset,
        yIm.byteOffset,
        stride,
        times,
        mirrored ? 1 : 0,
        re.byteOffset,
        im.byteOffset,
        whole ? 1 : 0,
        pairs.list.byteOffset,
        phases ? pairs.cos.byteOffset : 0,
        phases ? pairs.sin.byteOffset : 0,
        rhoRe.byteOffset,
        rhoIm.byteOffset,
        layerOf.length > 0 ? layerOf.byteOffset : 0,
        populations.byteOffset,
        looked.length,
        looked.byteOffset,
        fock.byteOffset,
        peaks.byteOffset,
      );
    },
    chainStep: (room, size, centre, radius, count) =>
      run.chainStep(
        size,
        room.alpha.byteOffset,
        room.beta.byteOffset,
        centre,
        radius,
        count,
        room.coefficients.byteOffset,
        room.y.byteOffset,
        room.spare.byteOffset,
        room.spare2.byteOffset,
        room.even.byteOffset,
        room.odd.byteOffset,
        room.last.byteOffset,
      ),
  };
}

function stepOfBlocks(
  run: KernelExports,
  h: BlockOperator,
  width: number,
  vectors: readonly [number, number, number, number, number],
): number {
  return run.blocks(
    h.blockCount,
    h.starts.byteOffset,
    h.blockEnergies.byteOffset,
    h.innerEnergies.byteOffset,
    h.system,
    width,
    h.onSystem.byteOffset,
    h.termCount,
    h.runStart.byteOffset,
    h.from.byteOffset,
    h.reach.byteOffset,
    h.size.byteOffset,
    h.innerCount,
    h.rowStart.byteOffset,
    h.column.byteOffset,
    h.values.byteOffset,
    h.operators.byteOffset,
    h.scratch.byteOffset,
    ...vectors,
  );
}

function stepOfProducts(
  run: KernelExports,
  h: ProductOperator,
  width: number,
  vectors: readonly [number, number, number, number, number],
): number {
  return run.products(
    h.fockCount,
    h.system,
    width,
    h.energies.byteOffset,
    h.onSystem.byteOffset,
    h.termCount,
    h.rowStart.byteOffset,
    h.column.byteOffset,
    h.values.byteOffset,
    h.operators.byteOffset,
    h.scratch.byteOffset,
    ...vectors,
  );
}
