/** Operators that the examples of the paper are written with, and words for a model. */

import { type Matrix, matrix } from "../algebra/matrix.ts";
import type { Model } from "../model/types.ts";

/** Of a spin 1/2, index 0 being up: x, y, z; `lower` is |down⟩⟨up|, `raise` |up⟩⟨down|. */
export const spin = {
  x: matrix([
    [0, 1],
    [1, 0],
  ]),
  y: matrix([
    [0, [0, -1]],
    [[0, 1], 0],
  ]),
  z: matrix([
    [1, 0],
    [0, -1],
  ]),
  lower: matrix([
    [0, 0],
    [1, 0],
  ]),
  raise: matrix([
    [0, 1],
    [0, 0],
  ]),
} as const;

/** |k⟩⟨l| in n dimensions, k and l from 0. */
export function jump(n: number, k: number, l: number): Matrix {
  return matrix(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === k && j === l ? 1 : 0))));
}

/** Such as "N = 2, d = 3, Q = 1, M = 4". */
export function sites(model: Model, size: number): string {
  const { system } = model;
  const { site, couplings } = model.reservoirs[0];
  return `N = ${system.dimension}, d = ${site.dimension}, Q = ${couplings.length}, M = ${size}`;
}
