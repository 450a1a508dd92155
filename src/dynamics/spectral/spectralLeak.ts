/**
 * What leaks out of a truncated space along a spectral evolution: a proved bound on ∫‖(1 − P)HPφ(s)‖ ds (physics section
 * 7), from the components of the leak on the eigenvectors.
 */

import { gaussRule, uniform } from "../../algebra/gauss.ts";
import type { SparseMatrix } from "../../fock/sparse.ts";
import { productTransposed } from "../../kernels/product.ts";
import type { Block, Expansion, Spectrum } from "./spectral.ts";

/** ⟨outside_r|leak|v_j⟩ of one block, for the outside states that the block reaches: entry r·n + j. */
export interface BlockLeak {
  readonly rows: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly moduli: Float64Array;
}

export interface SpectralLeak {
  /** Number of states outside. */
  readonly rows: number;
  readonly blocks: ReadonlyMap<Block, BlockLeak>;
}

export function spectralLeak(leak: SparseMatrix, { blocks: all, blockOf, placeOf }: Spectrum): SpectralLeak {
  const reached: number[][] = [];
  for (let r = 0; r < leak.rows; r++) {
    for (let e = leak.rowStart[r]; e < leak.rowStart[r + 1]; e++) {
      reached[blockOf[leak.column[e]]] ??= [];
      const rows = reached[blockOf[leak.column[e]]];
      if (rows[rows.length - 1] !== r) rows.push(r);
    }
  }
  const blocks = new Map<Block, BlockLeak>();
  all.forEach((block, x) => {
    const n = block.states.length;
    if (reached[x] === undefined) return;
    const rows = Int32Array.from(reached[x]);
    const re = new Float64Array(rows.length * n);
    const im = new Float64Array(rows.length * n);
    const columns = rows.length > 4 ? { re: transposed(block.re, n), im: transposed(block.im, n) } : null;
    rows.forEach((r, at) => {
      for (let e = leak.rowStart[r]; e < leak.rowStart[r + 1]; e++) {
        if (blockOf[leak.column[e]] !== x) continue;
        const i = placeOf[leak.column[e]];
        const [lr, li] = [leak.re[e], leak.im[e]];
        // Component i of all eigenvectors: apart by n where these are rows, side by side once turned.
        const { re: vr, im: vi } = columns ?? block;
        const [first, step] = columns === null ? [i, n] : [i * n, 1];
        for (let j = 0, to = at * n, from = first; j < n; j++, to++, from += step) {
          re[to] += lr * vr[from];
          im[to] += li * vr[from];
          if (vi.length === 0) continue;
          re[to] -= li * vi[from];
          im[to] += lr * vi[from];
        }
      }
    });
    const moduli = re.map((x, e) => Math.sqrt(x * x + im[e] * im[e]));
    blocks.set(block, { rows, re, im, moduli });
  });
  return { rows: leak.rows, blocks };
}

function transposed(rows: Float64Array, n: number): Float64Array {
  const columns = new Float64Array(rows.length);
  for (let j = 0, at = 0; at < rows.length; j++) {
    for (let i = 0; i < n; i++, at++) columns[i * n + j] = rows[at];
  }
  return columns;
}

/** Windows of 8/(spectral width), in which 16 Gauss nodes integrate ‖leak φ‖² to 1e-25 of its largest value. */
const windowPhase = 8;
const windowRule = gaussRule(uniform, 16);
/** More windows than this are not sampled; the second number where the bound is what counts. */
const mostWindows = { usual: 24, certified: 1024 };

/** An upper bound on ∫_0^t ‖leak φ(s)‖ ds of one ket, for every t between 0 and the end that it was made for. */
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

const unsampled = new Float64Array(0);

/**
 * The curves of some kets up to `end`, of either sign. Where the largest flux of a ket would leak more than `enough` in all, its
 * flux is sampled (exactly, see above), unless the way is too long for that.
 */
export function leakCurves(
  leak: SpectralLeak,
  expansions: readonly (readonly Expansion[])[],
  end: number,
  { enough = 0, certified = false } = {},
): readonly LeakCurve[] {
  const curves = expansions.map((expansion): LeakCurve => {
    return { rate: largestFlux(leak, expansion), rounding: 0, length: 0, squares: unsampled, sums: unsampled };
  });
  const beyond = ({ rate }: LeakCurve) => rate * Math.abs(end) > enough;
  if (!curves.some(beyond)) return curves;
  const sampled = [...curves.keys()].filter((k) => beyond(curves[k]));
  const parts = sampled.map((k) => leakingParts(leak, expansions[k]));
  const { lowest, highest, most } = extentOf(parts.flat());
  const windows = Math.max(1, Math.ceil(((highest - lowest) * Math.abs(end)) / windowPhase));
  if (windows > (certified ? mostWindows.certified : mostWindows.usual)) return curves;
  const length = end / windows;
  const means = meanSquares(leak.rows, parts, length, windows);
  const turning = 2 * Math.max(Math.abs(lowest), Math.abs(highest)) * Math.abs(end);
  sampled.forEach((k, m) => {
    const squares = means[m];
    const sums = new Float64Array(windows);
    for (let w = 1; w < windows; w++) sums[w] = sums[w - 1] + Math.abs(length) * Math.sqrt(squares[w - 1]);
    const { rate } = curves[k];
    const rounding = Number.EPSILON * (2 * most + 4 * stepped + turning) * rate;
    curves[k] = { rate, rounding, length, squares, sums };
  });
  return curves;
}

/** For each ket what never leaks faster: the `rate` of its curve. */
export function leakRates(leak: SpectralLeak, expansions: readonly (readonly Expansion[])[]): number[] {
  return expansions.map((expansion) => largestFlux(leak, expansion));
}

/** The curve at t, which has the sign of its end and is not beyond it. */
export function leakedUntil({ rate, rounding, length, squares, sums }: LeakCurve, t: number): number {
  const simple = rate * Math.abs(t);
  if (length === 0) return simple;
  const window = Math.min(squares.length - 1, Math.floor(t / length));
  // Cauchy and Schwarz on the part of the window that lies before t.
  const within = Math.min(Math.abs(t - window * length), Math.abs(length));
  const sampled = sums[window] + Math.sqrt(within * Math.abs(length) * squares[window]);
  return Math.min(simple, sampled + rounding * Math.abs(t));
}

interface Part {
  readonly part: Expansion;
  readonly own: BlockLeak;
}

function leakingParts({ blocks }: SpectralLeak, expansion: readonly Expansion[]): readonly Part[] {
  const parts: Part[] = [];
  for (const part of expansion) {
    const own = blocks.get(part.block);
    if (own !== undefined) parts.push({ part, own });
  }
  return parts;
}

/** The lowest and the highest eigenvalue, and the most of them in a block. */
function extentOf(parts: readonly Part[]): { lowest: number; highest: number; most: number } {
  let [lowest, highest, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const { part } of parts) {
    most = Math.max(most, part.chosen.length);
    for (const j of part.chosen) {
      lowest = Math.min(lowest, part.block.values[j]);
      highest = Math.max(highest, part.block.values[j]);
    }
  }
  return { lowest, highest, most };
}

/** ‖Σ_j |⟨outside|leak|v_j⟩ c_j|‖ over the outside states. */
function largestFlux({ rows, blocks }: SpectralLeak, expansion: readonly Expansion[]): number {
  const sum = new Float64Array(rows);
  for (const { block, chosen, re, im } of expansion) {
    const own = blocks.get(block);
    if (own === undefined) continue;
    const n = block.states.length;
    for (let c = 0; c < chosen.length; c++) {
      const amplitude = Math.sqrt(re[c] * re[c] + im[c] * im[c]);
      for (let r = 0; r < own.rows.length; r++) sum[own.rows[r]] += amplitude * own.moduli[r * n + chosen[c]];
    }
  }
  return Math.sqrt(sumOfSquares(sum));
}

/** Numbers held at once for sampling. */
const mostSamples = 1 << 18;

/** The mean of ‖leak φ‖² over each window of a length, for each ket. */
function meanSquares(
  rows: number,
  kets: readonly (readonly Part[])[],
  length: number,
  windows: number,
): readonly Float64Array[] {
  const nodes = windowRule.nodes.length;
  const together = Math.max(1, Math.floor(mostSamples / (2 * rows * kets.length * nodes)));
  const waves = wavesOf(kets);
  const squares = kets.map(() => new Float64Array(windows));
  for (let first = 0; first < windows; first += together) {
    const count = nodes * Math.min(together, windows - first);
    // Amplitude outside r of ket k at moment s in (k·rows + r)·count + s.
    const re = new Float64Array(kets.length * rows * count);
    const im = new Float64Array(kets.length * rows * count);
    for (const wave of waves) addWave(wave, rows, phasesOf(wave.values, first, count, length), re, im);
    squares.forEach((own, k) => {
      for (let r = 0; r < rows; r++) {
        const from = (k * rows + r) * count;
        for (let s = 0, w = first; s < count; w++) {
          for (let q = 0; q < nodes; q++, s++) {
            own[w] += windowRule.weights[q] * (re[from + s] * re[from + s] + im[from + s] * im[from + s]);
          }
        }
      }
    });
  }
  return squares;
}

/** All amplitudes outside that one block feeds: Σ_j z_j e^{−iλ_j s} for each outside state and ket. */
interface Wave {
  readonly values: Float64Array;
  /** Of each amplitude the outside state and the ket. */
  readonly rows: Int32Array;
  readonly kets: Int32Array;
  /** Two rows for each: what cos and sin are multiplied by for the real part, and for the imaginary one. */
  readonly factors: Float64Array;
}

function wavesOf(kets: readonly (readonly Part[])[]): readonly Wave[] {
  const byBlock = new Map<Block, { ket: number; own: BlockLeak; part: Expansion }[]>();
  kets.forEach((parts, ket) => {
    for (const { part, own } of parts) {
      const list = byBlock.get(part.block);
      if (list === undefined) byBlock.set(part.block, [{ ket, own, part }]);
      else list.push({ ket, own, part });
    }
  });
  return [...byBlock].map(([block, list]) => {
    const n = block.states.length;
    const outside = list[0].own.rows.length;
    const factors = new Float64Array(list.length * outside * 4 * n);
    list.forEach(({ own, part }, x) => {
      for (let r = 0; r < outside; r++) {
        const real = 2 * (x * outside + r) * 2 * n;
        part.chosen.forEach((j, c) => {
          const [lr, li] = [own.re[r * n + j], own.im[r * n + j]];
          const zr = lr * part.re[c] - li * part.im[c];
          const zi = lr * part.im[c] + li * part.re[c];
          factors[real + j] = zr;
          factors[real + n + j] = zi;
          factors[real + 2 * n + j] = zi;
          factors[real + 3 * n + j] = -zr;
        });
      }
    });
    return {
      values: block.values,
      rows: Int32Array.from(list.flatMap(({ own }) => [...own.rows])),
      kets: Int32Array.from(list.flatMap(({ ket }) => new Array<number>(outside).fill(ket))),
      factors,
    };
  });
}

/** So many windows are stepped through by multiplication before phases are found afresh. */
const stepped = 32;

/** cos(λ_j s) in s·2n + j and sin(λ_j s) in s·2n + n + j, at the nodes of the windows from `first` on. */
function phasesOf(values: Float64Array, first: number, count: number, length: number): Float64Array {
  const n = values.length;
  const nodes = windowRule.nodes.length;
  const phases = new Float64Array(count * 2 * n);
  const turn = {
    cos: values.map((value) => Math.cos(value * length)),
    sin: values.map((value) => Math.sin(value * length)),
  };
  for (let s = 0; s < count; s++) {
    const at = s * 2 * n;
    const window = Math.floor(s / nodes);
    if (window % stepped !== 0) {
      for (let j = 0, old = at - nodes * 2 * n; j < n; j++, old++) {
        const [cos, sin] = [phases[old], phases[old + n]];
        phases[at + j] = cos * turn.cos[j] - sin * turn.sin[j];
        phases[at + n + j] = sin * turn.cos[j] + cos * turn.sin[j];
      }
      continue;
    }
    const moment = length * (first + window + 0.5 * (windowRule.nodes[s % nodes] + 1));
    for (let j = 0; j < n; j++) {
      phases[at + j] = Math.cos(values[j] * moment);
      phases[at + n + j] = Math.sin(values[j] * moment);
    }
  }
  return phases;
}

function addWave(wave: Wave, rows: number, phases: Float64Array, re: Float64Array, im: Float64Array): void {
  const { values, factors } = wave;
  const n = values.length;
  const count = phases.length / (2 * n);
  const amplitudes = productTransposed(2 * wave.rows.length, count, 2 * n, factors, phases);
  for (let a = 0; a < wave.rows.length; a++) {
    const to = (wave.kets[a] * rows + wave.rows[a]) * count;
    const from = 2 * a * count;
    for (let s = 0; s < count; s++) {
      re[to + s] += amplitudes[from + s];
      im[to + s] += amplitudes[from + count + s];
    }
  }
}

function sumOfSquares(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return sum;
}
