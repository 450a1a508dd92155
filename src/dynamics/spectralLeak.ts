/**
 * What leaks out of a truncated space along a spectral evolution: a proved bound on ∫‖(1 − P)HPφ(s)‖ ds (physics section
 * 7), from the components of the leak on the eigenvectors.
 */

import { gaussRule, uniform } from "../algebra/gauss.ts";
import type { SparseMatrix } from "../fock/sparse.ts";
import type { Block, Expansion, Spectrum } from "./spectral.ts";

/** ⟨outside_r|leak|v_j⟩ of one block, for the outside states that the block reaches: entry r·n + j. */
interface BlockLeak {
  readonly rows: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export interface SpectralLeak {
  /** Number of states outside. */
  readonly rows: number;
  readonly blocks: ReadonlyMap<Block, BlockLeak>;
}

export function spectralLeak(leak: SparseMatrix, { blocks: all, blockOf, placeOf }: Spectrum): SpectralLeak {
  const reached = all.map(() => new Set<number>());
  for (let r = 0; r < leak.rows; r++) {
    for (let e = leak.rowStart[r]; e < leak.rowStart[r + 1]; e++) reached[blockOf[leak.column[e]]].add(r);
  }
  const blocks = new Map<Block, BlockLeak>();
  all.forEach((block, x) => {
    const n = block.states.length;
    const rows = Int32Array.from(reached[x]);
    if (rows.length === 0) return;
    const re = new Float64Array(rows.length * n);
    const im = new Float64Array(rows.length * n);
    rows.forEach((r, at) => {
      for (let e = leak.rowStart[r]; e < leak.rowStart[r + 1]; e++) {
        if (blockOf[leak.column[e]] !== x) continue;
        const i = placeOf[leak.column[e]];
        for (let j = 0; j < n; j++) {
          const vr = block.re[j * n + i];
          const vi = block.im.length === 0 ? 0 : block.im[j * n + i];
          re[at * n + j] += leak.re[e] * vr - leak.im[e] * vi;
          im[at * n + j] += leak.re[e] * vi + leak.im[e] * vr;
        }
      }
    });
    blocks.set(block, { rows, re, im });
  });
  return { rows: leak.rows, blocks };
}

/** Windows of 8/(spectral width), in which 16 Gauss nodes integrate ‖leak φ‖² to 1e-25 of its largest value. */
const windowPhase = 8;
const windowRule = gaussRule(uniform, 16);
/** More windows than this are not sampled; the second number where the bound is what counts. */
const mostWindows = { usual: 24, certified: 1024 };

/** An upper bound on ∫_0^t ‖leak φ(s)‖ ds for every t between 0 and the end that it was made for. */
export interface LeakCurve {
  /** The flux never exceeds this, whatever interferes: Σ_j |⟨outside|leak|v_j⟩ c_j|, in norm over the states outside. */
  readonly rate: number;
  /** What rounding may take from a flux that was sampled. */
  readonly rounding: number;
  /** Windows of this length, none if the flux was not sampled: */
  readonly length: number;
  /** the mean of ‖leak φ‖² in each of them, */
  readonly squares: Float64Array;
  /** and the integral of ‖leak φ‖ up to the start of each. */
  readonly sums: Float64Array;
}

const noLeak: LeakCurve = {
  ...{ rate: 0, rounding: 0, length: 0 },
  ...{ squares: new Float64Array(0), sums: new Float64Array(0) },
};

/**
 * The curve up to `end`, of either sign. Where the largest flux would leak more than `enough` in all, the flux is sampled
 * (exactly, see above), unless the way is too long for that.
 */
export function leakCurve(
  leak: SpectralLeak,
  expansion: readonly Expansion[],
  end: number,
  { enough = 0, certified = false } = {},
): LeakCurve {
  if (leak.rows === 0 || end === 0) return noLeak;
  const parts = expansion.flatMap((part) => {
    const own = leak.blocks.get(part.block);
    return own === undefined ? [] : [{ part, own }];
  });
  if (parts.length === 0) return noLeak;
  const rate = Math.sqrt(sumOfSquares(moduli(leak.rows, parts)));
  if (Math.abs(end) * rate <= enough) return { ...noLeak, rate };
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { part } of parts) {
    for (const j of part.chosen) {
      lowest = Math.min(lowest, part.block.values[j]);
      highest = Math.max(highest, part.block.values[j]);
    }
  }
  const windows = Math.max(1, Math.ceil(((highest - lowest) * Math.abs(end)) / windowPhase));
  if (windows > (certified ? mostWindows.certified : mostWindows.usual)) return { ...noLeak, rate };
  const length = end / windows;
  const squares = new Float64Array(windows);
  const sums = new Float64Array(windows);
  for (let w = 0; w < windows; w++) {
    windowRule.nodes.forEach((node, q) => {
      squares[w] += windowRule.weights[q] * fluxSquared(leak.rows, parts, length * (w + 0.5 * (node + 1)));
    });
    if (w + 1 < windows) sums[w + 1] = sums[w] + Math.abs(length) * Math.sqrt(squares[w]);
  }
  const largest = Math.max(Math.abs(lowest), Math.abs(highest));
  const rounding = Number.EPSILON * (16 + 2 * largest * Math.abs(end)) * rate;
  return { rate, rounding, length, squares, sums };
}

/** The curve at t, which has the sign of its end and is not beyond it. */
export function leakedUntil({ rate, rounding, length, squares, sums }: LeakCurve, t: number): number {
  const simple = rate * Math.abs(t);
  if (length === 0) return simple;
  const window = Math.min(squares.length - 1, Math.floor(t / length));
  // Cauchy and Schwarz on the part of the window that lies before t.
  const within = Math.min(Math.abs(t - window * length), Math.abs(length));
  return Math.min(
    simple,
    sums[window] + Math.sqrt(within * Math.abs(length) * squares[window]) + rounding * Math.abs(t),
  );
}

interface Part {
  readonly part: Expansion;
  readonly own: BlockLeak;
}

/** Σ_j |⟨outside_r|leak|v_j⟩ c_j| for each outside state. */
function moduli(rows: number, parts: readonly Part[]): Float64Array {
  const sum = new Float64Array(rows);
  for (const { part, own } of parts) {
    const n = part.block.states.length;
    for (let c = 0; c < part.chosen.length; c++) {
      const j = part.chosen[c];
      const amplitude = Math.hypot(part.re[c], part.im[c]);
      for (let r = 0; r < own.rows.length; r++) {
        sum[own.rows[r]] += amplitude * Math.hypot(own.re[r * n + j], own.im[r * n + j]);
      }
    }
  }
  return sum;
}

function fluxSquared(rows: number, parts: readonly Part[], s: number): number {
  const re = new Float64Array(rows);
  const im = new Float64Array(rows);
  for (const { part, own } of parts) {
    const n = part.block.states.length;
    for (let c = 0; c < part.chosen.length; c++) {
      const j = part.chosen[c];
      const cos = Math.cos(part.block.values[j] * s);
      const sin = -Math.sin(part.block.values[j] * s);
      const ar = part.re[c] * cos - part.im[c] * sin;
      const ai = part.re[c] * sin + part.im[c] * cos;
      for (let r = 0; r < own.rows.length; r++) {
        const lr = own.re[r * n + j];
        const li = own.im[r * n + j];
        re[own.rows[r]] += lr * ar - li * ai;
        im[own.rows[r]] += lr * ai + li * ar;
      }
    }
  }
  return sumOfSquares(re) + sumOfSquares(im);
}

function sumOfSquares(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return sum;
}
