/** Propagation of a ket by Lanczos windows that grow as the ket spreads, each as long as its memory lasts. */

import type { KrylovKernels } from "../../kernels/krylovKernels.ts";
import type { StepOperator } from "../../kernels/stepOperator.ts";
import { longestStep } from "./chain.ts";
import type { KrylovRoom } from "./krylovRoom.ts";
import { type Column, type Flush, type KrylovOptions, KrylovWindow } from "./krylovWindow.ts";

export interface KrylovInfo {
  applications: number;
  /** Proved bound on the error of the ket made by the windows, in norm, with the rounding of their steps. */
  propagation: number;
  /** The same at each of the times. */
  readonly propagationAt: Float64Array;
}

/**
 * Of a window's reach, or of the next one's if that is expected to be shorter: what lies this close to the next window's
 * centre is formed from there, backward.
 */
const shareOfNext = 0.5;

/** Where at least this many times are formed from a window, the next one begins at one of them, for pairs to meet. */
const fewestToAlign = 4;

/** Most times for which a window's coefficients are kept. */
const mostColumns = 512;

/**
 * Propagates the ket in the first vector of the room (`width` numbers a state) along ascending times ≥ 0, or along their
 * negatives if `direction` is −1, and calls `flush` for all of them, block by block, in no order.
 *
 * φ(c + s) = Σ_j y_j(s) v_j around the centre c of a window, with y' = −iT y; T grows by a row whenever y reaches its last
 * site. The defect of φ is β_m |y_m| at every time, whatever m was then, and the error at most its integral (Saad, SIAM J.
 * Numer. Anal. 29, 209, 1992). That holds without the v_j being orthogonal, so none are orthogonalised again. With H real
 * and φ real the first window is real; the next ones are complex.
 *
 * T and y(0) are real, so y(−s) is the conjugate of y(s): a window serves times on both sides of its centre, and where two
 * of them are equally far from it both kets come from the same products, at the cost of one.
 */
export function krylov(
  kernels: KrylovKernels,
  room: KrylovRoom,
  h: StepOperator,
  startWidth: 1 | 2,
  times: readonly number[],
  direction: 1 | -1,
  options: KrylovOptions,
  flush: Flush,
): KrylovInfo {
  const end = times.at(-1) ?? 0;
  const propagationAt = new Float64Array(times.length);
  const window = new KrylovWindow(kernels, room, h, options, times.length / Math.max(end, 1e-300));
  const way: Way = { times, direction, end, slack: 2 * Number.EPSILON * end, propagationAt, flush };
  window.begin(startWidth);
  const { norm } = window;
  let stand: Stand = { centre: 0, next: 0, waiting: 0, propagation: 0, steps: 0 };
  while (stand.waiting < times.length) stand = through(window, way, stand);
  // Each step and each application rounds like a few additions; e^{−iTt} is off by rounding times ‖T‖t.
  const steps = Math.sqrt(stand.steps);
  times.forEach((t, i) => {
    propagationAt[i] += norm * Number.EPSILON * (8 + 4 * steps + 4 * window.chain.norm * t);
  });
  return {
    applications: window.applications,
    propagation: propagationAt.reduce((most, one) => Math.max(most, one), 0),
    propagationAt,
  };
}

interface Way {
  readonly times: readonly number[];
  readonly direction: 1 | -1;
  readonly end: number;
  /** Times closer than this are one. */
  readonly slack: number;
  readonly propagationAt: Float64Array;
  readonly flush: Flush;
}

/** Where a way has come to, at the beginning of a window. */
interface Stand {
  /** The time of the window's ket. */
  readonly centre: number;
  /** The first time that is not before the centre. */
  readonly next: number;
  /** The first time of which no ket was formed. */
  readonly waiting: number;
  /** Bound on the error of the window's ket. */
  readonly propagation: number;
  readonly steps: number;
}

/** Goes through one window: forms the kets that are nearest to its centre, and begins the next one where it ends. */
function through(window: KrylovWindow, way: Way, stand: Stand): Stand {
  const { times, end, slack } = way;
  const { centre } = stand;
  const columns: Column[] = [];
  let { next, waiting, steps } = stand;
  let behind = next - 1;
  let reached = 0;
  let ahead = 0;
  let step = 0;
  const form = (last: number) => {
    for (const { forward, backward, defect } of columns) {
      for (const i of [forward, backward]) if (i >= 0 && i <= last) way.propagationAt[i] = stand.propagation + defect;
    }
    window.form(columns, last, way.direction, way.flush);
  };
  for (;;) {
    const back = behind >= waiting ? Math.max(0, centre - times[behind]) : Number.POSITIVE_INFINITY;
    const forth = next < times.length ? times[next] - centre : Number.POSITIVE_INFINITY;
    const target = Math.min(back, forth);
    if (target === Number.POSITIVE_INFINITY) break;
    const far = target - reached;
    if (far <= slack) {
      const [forward, backward] = [forth - target <= slack ? next++ : -1, back - target <= slack ? behind-- : -1];
      if (forward >= 0) ahead++;
      columns.push({ s: target, y: window.coefficients(), forward, backward, defect: window.defect });
      if (columns.length === mostColumns && behind < waiting) {
        form(next - 1);
        waiting = next;
        behind = next - 1;
        columns.length = 0;
        window.forget();
      }
      continue;
    }
    const pieces = Math.max(1, Math.ceil((far * window.chain.radius) / longestStep));
    // Steps that differ by rounding only are made one, and their coefficients with them.
    if (Math.abs(far / pieces - step) > slack) step = far / pieces;
    const length = window.advance(step, far, end, reached === 0, back < Number.POSITIVE_INFINITY);
    if (length === 0) break;
    steps++;
    // Adding up the pieces must end on the time itself, whatever rounding says.
    reached = Math.abs(far - length) <= slack ? target : reached + length;
  }
  if (next === times.length) {
    form(next - 1);
    return { ...stand, waiting: next, next, steps };
  }
  const last = columns.at(-1);
  const aligned = last !== undefined && last.s > 0 && ahead >= fewestToAlign ? last : null;
  const from = aligned ?? { s: reached, y: window.coefficients(), defect: window.defect };
  const own = from.s - shareOfNext * Math.min(from.s, from.s * window.nextReach);
  const formed = columns.reduce((most, { s, forward }) => (s <= own ? Math.max(most, forward) : most), waiting - 1);
  form(Math.max(formed, stand.next - 1));
  window.restart(from.y, way.direction);
  return {
    centre: aligned === null ? centre + reached : centre + aligned.s,
    next,
    waiting: Math.max(formed + 1, stand.next),
    propagation: stand.propagation + from.defect,
    steps,
  };
}
