/** What a Krylov window does with vectors, by the WebAssembly kernels or by their twins, on arrays of one arena. */

import { type Arena, withArena } from "./arena.ts";
import { blocksTwin } from "./blocksTwin.ts";
import { chainStepTwin, formTwin, superposeTwin } from "./combineTwin.ts";
import type { ChainRoom, CombineRoom, Formed } from "./krylovArrays.ts";
import { productsTwin, rowsTwin, subtractScaledTwin } from "./lanczosTwin.ts";
import { type KernelExports, kernels } from "./module.ts";
import { alone, boundsOf, type PartExports, type PartKernel, type PartRunner, partsFor, sumOfParts } from "./parts.ts";
import type { BlockOperator, ProductOperator, RowOperator, StepOperator } from "./stepOperator.ts";
import { withTeam } from "./team.ts";

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
 * Calls `use` with kernels and the source of all arrays that are given to them, `bytes` at most (`arenaBytes`). With `parts` other
 * threads may join (`withTeam`); what comes out is the same. Throws KernelMemoryError if the kernels cannot have that much.
 */
export function withKrylovKernels<T>(
  bytes: number,
  use: (kernels: KrylovKernels, arrays: ArraySource) => T,
  parts = 1,
): T {
  const fast = kernels();
  if (fast === null) return use(twins, plainArrays);
  const here = () =>
    withArena(fast.memory, bytes, (arena) => use(wasmKernels(fast.run, alone(exportsOf(fast.run))), arena));
  if (parts === 1) return here();
  return withTeam((team) => {
    if (team === null) return here();
    const { run, memory } = team.kernels;
    return withArena(memory, bytes, (arena) => use(wasmKernels(run, team.parts), arena));
  });
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

function exportsOf(run: KernelExports): PartExports {
  return run as unknown as PartExports;
}

function wasmKernels(run: KernelExports, inParts: PartRunner): KrylovKernels {
  return {
    step: (h, width, x, z, y, sigma, gamma) => {
      const vectors: Vectors = [x.byteOffset, z.byteOffset, y.byteOffset, sigma, gamma];
      if (h.kind === "blocks") return stepOfBlocks(run, inParts, h, width, vectors);
      if (h.kind === "products") return stepOfProducts(run, inParts, h, width, vectors);
      return stepOfRows(run, inParts, h, width, vectors);
    },
    subtractScaled: (y, x, s) => {
      const parts = partsFor(y.length / 2);
      if (parts === 1) return run.subtractScaled(y.length, y.byteOffset, x.byteOffset, s);
      const at = (from: number, to: number) => [to - from, y.byteOffset + 8 * from, x.byteOffset + 8 * from, s];
      return sumOfParts(inParts("subtractScaled", argumentsOf(boundsOf(y.length, parts), at)));
    },
    superpose: (vectors, apart, size, width, rows, y, out) => {
      const at = (from: number, to: number) => [
        ...[vectors.byteOffset + 8 * width * from, 8 * apart, size, width, to - from],
        ...[y.byteOffset, out.byteOffset + 16 * from],
      ];
      inParts("superpose", argumentsOf(boundsOf(rows, partsFor(rows)), at));
    },
    form: (room, size, width, mirrored, into) => form(inParts, room, size, width, mirrored, into),
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

/** x, z and y as pointers, σ and γ. */
type Vectors = readonly [x: number, z: number, y: number, sigma: number, gamma: number];

/** What a part of a kernel is called with. */
type Arguments = (from: number, to: number, part: number) => number[];

function argumentsOf(bounds: readonly number[], at: Arguments): readonly (readonly number[])[] {
  return bounds.slice(1).map((to, part) => at(bounds[part], to, part));
}

/** The parts' sum; where there is only one the kernel is called `alone`, since small spaces are stepped through very often. */
function stepInParts(
  alone: (...a: readonly number[]) => number,
  inParts: PartRunner,
  kernel: PartKernel,
  bounds: readonly number[],
  at: Arguments,
): number {
  if (bounds.length === 2) return alone(...at(bounds[0], bounds[1], 0));
  return sumOfParts(inParts(kernel, argumentsOf(bounds, at)));
}

function stepOfRows(
  run: KernelExports,
  inParts: PartRunner,
  h: RowOperator,
  width: number,
  [x, z, y, sigma, gamma]: Vectors,
): number {
  const { rowStart, column, re, im } = h;
  const real = im.length === 0;
  const fourth = real ? width : im.byteOffset;
  return stepInParts(
    real ? run.realRows : run.complexRows,
    inParts,
    real ? "realRows" : "complexRows",
    h.bounds,
    (from, to) => [from, to, rowStart.byteOffset, column.byteOffset, re.byteOffset, fourth, x, z, y, sigma, gamma],
  );
}

function stepOfBlocks(
  run: KernelExports,
  inParts: PartRunner,
  h: BlockOperator,
  width: number,
  [x, z, y, sigma, gamma]: Vectors,
): number {
  const scratch = scratchOf(h);
  return stepInParts(run.blocks, inParts, "blocks", h.bounds, (from, to, part) => [
    from,
    to,
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
    scratch(part),
    x,
    z,
    y,
    sigma,
    gamma,
  ]);
}

function stepOfProducts(
  run: KernelExports,
  inParts: PartRunner,
  h: ProductOperator,
  width: number,
  [x, z, y, sigma, gamma]: Vectors,
): number {
  const scratch = scratchOf(h);
  return stepInParts(run.products, inParts, "products", h.bounds, (from, to, part) => [
    h.fockCount,
    from,
    to,
    h.system,
    width,
    h.energies.byteOffset,
    h.onSystem.byteOffset,
    h.termCount,
    h.rowStart.byteOffset,
    h.column.byteOffset,
    h.values.byteOffset,
    h.operators.byteOffset,
    scratch(part),
    x,
    z,
    y,
    sigma,
    gamma,
  ]);
}

/** Where a part has its scratch. */
function scratchOf({ scratch, bounds }: ProductOperator | BlockOperator): (part: number) => number {
  const each = scratch.byteLength / (bounds.length - 1);
  return (part) => scratch.byteOffset + part * each;
}

function form(
  inParts: PartRunner,
  room: CombineRoom,
  size: number,
  width: number,
  mirrored: boolean,
  into: Formed,
): void {
  const { vectors, apart, yRe, yIm, stride, times, re, im, rhoRe, rhoIm } = room;
  const { blocks, bounds, pairs, whole, layerOf, populations, looked, fock, peaks } = into;
  const phases = pairs.cos.length > 0;
  const count = bounds.length - 1;
  const own = (all: Float64Array, part: number) => all.byteOffset + (all.byteLength / count) * part;
  const parts = argumentsOf(bounds, (from, to, part) => [
    to - from,
    blocks.byteOffset + 16 * from,
    vectors.byteOffset,
    8 * apart,
    size,
    width,
    yRe.byteOffset,
    yIm.byteOffset,
    stride,
    times,
    mirrored ? 1 : 0,
    own(re, part),
    own(im, part),
    whole ? 1 : 0,
    pairs.list.byteOffset,
    phases ? pairs.cos.byteOffset : 0,
    phases ? pairs.sin.byteOffset : 0,
    own(rhoRe, part),
    own(rhoIm, part),
    layerOf.length > 0 ? layerOf.byteOffset : 0,
    own(populations, part),
    looked.length,
    looked.byteOffset,
    fock.byteOffset,
    peaks.byteOffset,
  ]);
  inParts("formBlocks", parts);
  for (const all of [rhoRe, rhoIm, populations]) addCopies(all, count);
}

/** Adds what the parts after the first have found to that. */
function addCopies(all: Float64Array, count: number): void {
  const length = all.length / count;
  for (let part = 1; part < count; part++) {
    for (let i = 0; i < length; i++) all[i] += all[part * length + i];
  }
}
