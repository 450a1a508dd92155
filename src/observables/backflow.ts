/** Backflow of information into a qubit: how far its states become easier to tell apart again. */

import type { Matrix } from "../algebra/matrix.ts";
import { kron, matrix, traceOfProduct } from "../algebra/matrix.ts";
import { type MatrixSeries, matrixAt } from "../algebra/series.ts";

/** A direction on the Bloch sphere. */
export type Direction = readonly [x: number, y: number, z: number];

export interface Backflow {
  /** Σ of all rises of the trace distance from one time to the next, for the best pair. 0 if it only falls. */
  readonly measure: number;
  /** The pair are the pure states at this point of the Bloch sphere and at the opposite one. */
  readonly direction: Direction;
  /** Their trace distance at each time. */
  readonly distance: Float64Array;
}

/**
 * The measure of Breuer, Laine and Piilo (Phys. Rev. Lett. 103, 210401, 2009) for the map of a qubit, given as its Choi
 * states (4 × 4) at ascending times: the largest sum of rises of the trace distance over all pairs of initial states.
 * The best pairs of a qubit are antipodal pure states (Wißmann et al., Phys. Rev. A 86, 062108, 2012), whose distance
 * is the length of T_t n, T_t the linear part of the map of Bloch vectors; n and −n are the same pair. The half sphere
 * is searched on a grid, and its best places are refined to 1e-9. Rises between two times of the list are not seen: the
 * measure is a lower bound of that with all times. Throws RangeError if S is no qubit.
 */
export function backflow(choi: MatrixSeries): Backflow {
  const maps = blochMaps(choi);
  const rises = (n: Direction): number => {
    let sum = 0;
    let before = Number.POSITIVE_INFINITY;
    for (let at = 0; at < maps.length; at += 9) {
      const now = lengthAt(maps, at, n);
      if (now > before) sum += now - before;
      before = now;
    }
    return sum;
  };
  const tried = halfSphere(gridPoints)
    .map((n) => ({ n, value: rises(n) }))
    .sort((a, b) => b.value - a.value);
  // All hills up to about how high they are, and the highest of them to the top.
  const climbed = apart(tried).map((one) => climb(one, rises, rough));
  climbed.sort((a, b) => b.value - a.value);
  const [best] = climbed
    .slice(0, highest)
    .map((one) => climb(one, rises, fine))
    .sort((a, b) => b.value - a.value);
  const distance = Float64Array.from(choi.times, (_, t) => lengthAt(maps, 9 * t, best.n));
  return { measure: best.value, direction: best.n, distance };
}

const gridPoints = 600;
const refined = 16;
const highest = 3;

/** Last steps of a climb. */
const rough = 1e-3;
const fine = 1e-9;

/** Directions with a larger overlap lie on the same hill: neighbours on the grid are about 0.1 apart. */
const sameHill = Math.cos(0.15);

interface Place {
  readonly n: Direction;
  readonly value: number;
}

/** T_t, 3 × 3 row by row, time after time: T_ij = tr((σ_i ⊗ σ_jᵀ) C). */
function blochMaps(choi: MatrixSeries): Float64Array {
  if (choi.dimension !== 4) {
    throw new RangeError(
      `backflow is found for a qubit, whose Choi states are 4×4, not ${choi.dimension}×${choi.dimension}.`,
    );
  }
  const operators = paulis.flatMap((output) => paulis.map((input) => kron(output, transpose(input))));
  const maps = new Float64Array(9 * choi.times.length);
  choi.times.forEach((_, t) => {
    const state = matrixAt(choi, t);
    operators.forEach((operator, e) => {
      maps[9 * t + e] = traceOfProduct(operator, state).re;
    });
  });
  return maps;
}

const paulis: readonly Matrix[] = [
  matrix([
    [0, 1],
    [1, 0],
  ]),
  matrix([
    [0, [0, -1]],
    [[0, 1], 0],
  ]),
  matrix([
    [1, 0],
    [0, -1],
  ]),
];

function transpose({ rows, cols, re, im }: Matrix): Matrix {
  const at = (e: number) => (e % rows) * cols + Math.floor(e / rows);
  return { rows: cols, cols: rows, re: re.map((_, e) => re[at(e)]), im: im.map((_, e) => im[at(e)]) };
}

function lengthAt(maps: Float64Array, at: number, [x, y, z]: Direction): number {
  const a = maps[at] * x + maps[at + 1] * y + maps[at + 2] * z;
  const b = maps[at + 3] * x + maps[at + 4] * y + maps[at + 5] * z;
  const c = maps[at + 6] * x + maps[at + 7] * y + maps[at + 8] * z;
  // Lengths are at most 1: nothing overflows, and a length below 1e-150 is none.
  return Math.sqrt(a * a + b * b + c * c);
}

/** The best places, none of them near a better one: those next to the best lead to the same peak. */
function apart(ranked: readonly Place[]): Place[] {
  const chosen: Place[] = [];
  for (const place of ranked) {
    if (chosen.length === refined) break;
    if (chosen.every(({ n }) => Math.abs(overlap(n, place.n)) < sameHill)) chosen.push(place);
  }
  return chosen;
}

function overlap(a: Direction, b: Direction): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Directions spread evenly over the half sphere z ≥ 0 along a golden spiral, and the axes. */
function halfSphere(count: number): Direction[] {
  const turn = Math.PI * (3 - Math.sqrt(5));
  const spiral = Array.from({ length: count }, (_, i): Direction => {
    const z = (i + 0.5) / count;
    const r = Math.sqrt(1 - z * z);
    return [r * Math.cos(i * turn), r * Math.sin(i * turn), z];
  });
  return [[1, 0, 0], [0, 1, 0], [0, 0, 1], ...spiral];
}

/** What leads up by less is rounding: it would be followed for ever. */
const flat = 1e-14;

/** Steps along two tangents, halved where no step leads up. */
function climb(start: Place, value: (n: Direction) => number, finest: number): Place {
  let best = start;
  for (let step = 0.1; step > finest; ) {
    const [u, v] = tangents(best.n);
    let next = best;
    for (let k = 0; k < 8; k++) {
      const [a, b] = [step * Math.cos((k * Math.PI) / 4), step * Math.sin((k * Math.PI) / 4)];
      const n = unit([0, 1, 2].map((i) => best.n[i] + a * u[i] + b * v[i]));
      const here = value(n);
      if (here > next.value + flat) next = { n, value: here };
    }
    if (next === best) step /= 2;
    best = next;
  }
  return best;
}

function tangents(n: Direction): [Direction, Direction] {
  const [x, y, z] = n;
  const u = Math.abs(z) < 0.9 ? unit([-y, x, 0]) : unit([0, -z, y]);
  return [u, [y * u[2] - z * u[1], z * u[0] - x * u[2], x * u[1] - y * u[0]]];
}

function unit([x, y, z]: readonly number[]): Direction {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}
