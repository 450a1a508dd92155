/** The Hamiltonian and the kets of a sector in the form that Krylov's kernels take. */

import { assemble, refill } from "../../fock/assemble.ts";
import type { Basis } from "../../fock/basis.ts";
import { blockOperator, blockOperatorSizes, isBlockOperator } from "../../fock/blockOperator.ts";
import { inRealGauge, realGauge } from "../../fock/components.ts";
import type { BosonHamiltonian } from "../../fock/hamiltonian.ts";
import { isProductOperator, productOperator, productOperatorSizes } from "../../fock/productOperator.ts";
import { rowOperator, rowOperatorSizes } from "../../fock/rowOperator.ts";
import { type ComplexVector, type SparseMatrix, zeroVector } from "../../fock/sparse.ts";
import type { Ket, Space } from "../sector/evolution.ts";
import type { Problem } from "./kept.ts";

/** Bytes that H takes where it is a sum of real products. */
export function operatorBytes(basis: Basis, h: BosonHamiltonian): number {
  const sizes = isBlockOperator(basis, h) ? blockOperatorSizes(basis, h) : productOperatorSizes(basis, h);
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The cheapest form of H in this space, the same as before where H is. */
export function problemOf(space: Space, h: BosonHamiltonian): Problem {
  if (space.posed?.h !== h) space.posed = { h, problem: pose(space, h) };
  return space.posed.problem;
}

function pose(space: Space, h: BosonHamiltonian): Problem {
  const { basis } = space;
  if (!isProductOperator(basis, h)) return rowProblem(space, h);
  if (isBlockOperator(basis, h)) {
    return {
      ...{ gauge: null, real: true, sizes: blockOperatorSizes(basis, h) },
      load: (arrays) => blockOperator(basis, h, arrays),
    };
  }
  return {
    ...{ gauge: null, real: true, sizes: productOperatorSizes(basis, h) },
    load: (arrays) => productOperator(basis, h, arrays),
  };
}

function rowProblem(space: Space, h: BosonHamiltonian): Problem {
  const { basis, pattern } = space;
  const assembled = space.matrix ?? assemble(basis, pattern, h);
  if (space.matrix === null) space.matrix = assembled;
  else refill(assembled, basis, pattern, h);
  const real = assembled.im.every((x) => x === 0);
  const gauge = real ? null : realGauge(assembled);
  let matrix: SparseMatrix = assembled;
  if (real) matrix = { ...assembled, im: new Float64Array(0) };
  else if (gauge !== null) matrix = inRealGauge(assembled, gauge);
  return {
    gauge,
    real: real || gauge !== null,
    sizes: rowOperatorSizes(matrix),
    load: (arrays) => rowOperator(matrix, arrays),
  };
}

export interface Start {
  /** 1 if H and the ket are real, but for a phase of the whole. */
  readonly width: 1 | 2;
  load(vectors: Float64Array): void;
}

/** The ket in the joint basis, in the gauge. */
export function startVector(basis: Basis, ket: Ket, { gauge, real }: Problem): Start {
  const f = fockIndex(basis, ket.occupations);
  const states: number[] = [];
  const amplitudes: ComplexVector = zeroVector(basis.system);
  for (let s = 0; s < basis.system; s++) {
    const i = basis.indexOf[f * basis.system + s];
    if (i < 0) continue;
    const cos = gauge === null ? 1 : gauge.re[i];
    const sin = gauge === null ? 0 : gauge.im[i];
    amplitudes.re[states.length] = ket.levels.re[s] * cos + ket.levels.im[s] * sin;
    amplitudes.im[states.length] = ket.levels.im[s] * cos - ket.levels.re[s] * sin;
    states.push(i);
  }
  const { re, im } = amplitudes;
  let largest = 0;
  for (let a = 1; a < states.length; a++) {
    if (Math.hypot(re[a], im[a]) > Math.hypot(re[largest], im[largest])) largest = a;
  }
  const size = Math.hypot(re[largest], im[largest]);
  // ρ does not see a phase of the whole ket.
  const cos = size > 0 ? re[largest] / size : 1;
  const sin = size > 0 ? im[largest] / size : 0;
  const turned = states.map((_, a) => [cos * re[a] + sin * im[a], cos * im[a] - sin * re[a]]);
  const width = real && turned.every(([, y]) => Math.abs(y) <= 1e-16 * size) ? 1 : 2;
  return {
    width,
    load: (vectors) => {
      vectors.fill(0, 0, basis.dimension * width);
      states.forEach((i, a) => {
        vectors[i * width] = turned[a][0];
        if (width === 2) vectors[2 * i + 1] = turned[a][1];
      });
    },
  };
}

/** Throws RangeError if the Fock state is not in the basis. */
export function fockIndex(basis: Basis, occupations: readonly number[]): number {
  const { modes } = basis;
  for (let f = 0; f < basis.fockCount; f++) {
    let k = 0;
    while (k < modes && basis.occupations[f * modes + k] === occupations[k]) k++;
    if (k === modes) return f;
  }
  throw new RangeError("the initial Fock state is not in the basis");
}
