/** What a Krylov window does with vectors, by the WebAssembly kernels or by their twins, on arrays of one arena. */

import { type Arena, withArena } from "./arena.ts";
import { blocksTwin } from "./blocksTwin.ts";
import { chainStepTwin, formTwin, superposeTwin } from "./combineTwin.ts";
import type { ChainRoom, CombineRoom, Formed } from "./krylovArrays.ts";
import { productsTwin, rowsTwin, subtractScaledTwin } from "./lanczosTwin.ts";
import { type KernelExports, kernels } from "./module.ts";
import { alone, boundsOf, type PartExports, type PartRunner, partsFor, sumOfParts } from "./parts.ts";
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
      const vectors = [x.byteOffset, z.byteOffset, y.byteOffset, sigma, gamma];
      if (h.kind === "blocks") return stepOfBlocks(inParts, h, width, vectors);
      if (h.kind === "products") return stepOfProducts(inParts, h, width, vectors);
      return stepOfRows(inParts, h, width, vectors);
    },
    subtractScaled: (y, x, s) => {
      const parts = pairsOf(boundsOf(y.length, partsFor(y.length / 2)));
      const at = ([from, to]: Pair) => [to - from, y.byteOffset + 8 * from, x.byteOffset + 8 * from, s];
      return sumOfParts(inParts("subtractScaled", parts.map(at)));
    },
    superpose: (vectors, apart, size, width, rows, y, out) => {
      const parts = pairsOf(boundsOf(rows, partsFor(rows)));
      const at = ([from, to]: Pair) => [
        ...[vectors.byteOffset + 8 * width * from, 8 * apart, size, width, to - from],
        ...[y.byteOffset, out.byteOffset + 16 * from],
      ];
      inParts("superpose", parts.map(at));
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

type Pair = readonly [from: number, to: number];

function pairsOf(bounds: readonly number[]): readonly Pair[] {
  return bounds.slice(1).map((to, part): Pair => [bounds[part], to]);
}

function stepOfRows(inParts: PartRunner, h: RowOperator, width: number, vectors: readonly number[]): number {
  const { rowStart, column, re, im } = h;
  const pattern = [rowStart.byteOffset, column.byteOffset, re.byteOffset];
  const real = im.length === 0;
  const how = [...pattern, real ? width : im.byteOffset, ...vectors];
  const parts = pairsOf(h.bounds).map((range) => [...range, ...how]);
  return sumOfParts(inParts(real ? "realRows" : "complexRows", parts));
}

function stepOfBlocks(inParts: PartRunner, h: BlockOperator, width: number, vectors: readonly number[]): number {
  const scratch = scratchOf(h);
  const parts = pairsOf(h.bounds).map((range, part) => [
    ...range,
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
    ...vectors,
  ]);
  return sumOfParts(inParts("blocks", parts));
}

function stepOfProducts(inParts: PartRunner, h: ProductOperator, width: number, vectors: readonly number[]): number {
  const scratch = scratchOf(h);
  const parts = pairsOf(h.bounds).map((range, part) => [
    h.fockCount,
    ...range,
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
    ...vectors,
  ]);
  return sumOfParts(inParts("products", parts));
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
  const parts = pairsOf(bounds).map(([from, to], part) => [
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
