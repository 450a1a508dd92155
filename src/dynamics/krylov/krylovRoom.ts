/** The arrays that Krylov windows work in. */

import type { ChainRoom } from "../../kernels/krylovArrays.ts";
import type { ArraySource } from "../../kernels/krylovKernels.ts";
import { partsFor } from "../../kernels/parts.ts";
import { mostPolynomials } from "./chain.ts";

/** Arrays of the kernels. */
export interface KrylovRoom {
  /** Joint states. */
  readonly rows: number;
  /** The start is at its beginning; room for one vector more than either dimension. */
  readonly vectors: Float64Array;
  /** One complex vector. */
  readonly carry: Float64Array;
  /** y_j(t), for `stride` times; zero at first. */
  readonly yRe: Float64Array;
  readonly yIm: Float64Array;
  readonly stride: number;
  /** φ for a block of states at `stride` times. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly chain: ChainRoom;
}

/** Numbers from one vector to the next: whole lines of the cache, an odd number so that vectors do not share sets. */
export function spacing(numbers: number): number {
  return 8 * (Math.ceil(numbers / 8) | 1);
}

/** Sizes of a room. */
export interface RoomShape {
  readonly rows: number;
  readonly floats: Readonly<Record<"vectors" | "carry" | "y" | "phi" | "site", number>>;
  readonly stride: number;
  /** In bytes. */
  readonly sizes: readonly number[];
}

/**
 * The room for windows of the given dimensions over `rows` joint states, and for blocks of `block` states at `stride`
 * (even) times, one for each part of their list.
 */
export function roomShape(
  rows: number,
  [real, complex]: readonly [real: number, complex: number],
  startsReal: boolean,
  block: number,
  stride: number,
): RoomShape {
  const most = Math.max(startsReal ? real : 0, complex);
  const floats = {
    vectors: Math.max(startsReal ? (real + 1) * spacing(rows) : 0, (complex + 1) * spacing(2 * rows)),
    carry: 2 * rows,
    y: (most + 1) * stride,
    phi: block * stride * partsFor(rows),
    site: most + 1,
  };
  const { vectors, carry, y, phi, site } = floats;
  const all = [
    vectors,
    carry,
    y,
    y,
    phi,
    phi,
    site,
    site,
    mostPolynomials,
    ...new Array(5).fill(2 * site),
    2 * mostPolynomials,
  ];
  return { rows, floats, stride, sizes: all.map((count) => 8 * count) };
}

export function makeRoom({ rows, floats, stride }: RoomShape, arrays: ArraySource): KrylovRoom {
  const site = () => arrays.floats(2 * floats.site);
  return {
    rows,
    vectors: arrays.floats(floats.vectors),
    carry: arrays.floats(floats.carry),
    yRe: arrays.floats(floats.y).fill(0),
    yIm: arrays.floats(floats.y).fill(0),
    stride,
    re: arrays.floats(floats.phi),
    im: arrays.floats(floats.phi),
    chain: {
      alpha: arrays.floats(floats.site),
      beta: arrays.floats(floats.site),
      coefficients: arrays.floats(mostPolynomials),
      ...{ y: site(), spare: site(), spare2: site(), even: site(), odd: site() },
      last: arrays.floats(2 * mostPolynomials),
    },
  };
}
