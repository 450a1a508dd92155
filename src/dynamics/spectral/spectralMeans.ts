/**
 * Means of Hermitian operators in a mixture of kets as sums over pairs of eigenvectors, Σ_ij R_ij A_ij e^{−i(λ_j − λ_i)t}: at a
 * cost that grows neither with the kets nor with the times.
 */

import { FourierSums } from "../../algebra/fourierSum.ts";
import type { FourierTerms } from "../../algebra/fourierTerms.ts";
import type { SparseMatrix } from "../../fock/sparse.ts";
import { complexProductTransposed, type PlanarMatrix } from "../../kernels/product.ts";
import { negligiblePair } from "./pairTerms.ts";
import type { Block, Expansion, Spectrum } from "./spectral.ts";

/** Has no entries between different blocks of the spectrum; a diagonal one is a list of numbers. */
export type BlockOperator = SparseMatrix | Float64Array;

/** Means of each operator at each of the times. */
export function spectralMeans(
  spectrum: Spectrum,
  expansions: readonly (readonly Expansion[])[],
  weights: readonly number[],
  operators: readonly BlockOperator[],
  times: readonly number[],
): readonly Float64Array[] {
  const sums = new FourierSums(operators.length, times);
  const constants = operators.map(() => 0);
  for (const block of spectrum.blocks) {
    const overlap = overlapsIn(block, expansions, weights);
    if (overlap === null) continue;
    const means = operators.map((operator) => inEigenvectors(operator, block, spectrum));
    const n = block.states.length;
    means.forEach(({ re }, a) => {
      for (let i = 0; i < n; i++) constants[a] += overlap.re[i * (n + 1)] * re[i * (n + 1)];
    });
    sums.add(pairsOf(block.values, overlap, means));
  }
  return sums.finish().map(({ re }, a) => re.map((value) => value + constants[a]));
}

/** R_ij = Σ weight c̄_i c_j of the kets in a block; null if none is there. */
function overlapsIn(
  block: Block,
  expansions: readonly (readonly Expansion[])[],
  weights: readonly number[],
): PlanarMatrix | null {
  const n = block.states.length;
  const parts = expansions.flatMap((expansion, k) =>
    expansion.filter((part) => part.block === block).map((part) => ({ part, root: Math.sqrt(weights[k]) })),
  );
  if (parts.length === 0) return null;
  const count = parts.length;
  const amplitudes = { re: new Float64Array(n * count), im: new Float64Array(n * count) };
  parts.forEach(({ part, root }, k) => {
    part.chosen.forEach((i, c) => {
      amplitudes.re[i * count + k] = root * part.re[c];
      amplitudes.im[i * count + k] = root * part.im[c];
    });
  });
  return complexProductTransposed(n, n, count, conjugated(amplitudes), amplitudes);
}

/** ⟨v_i|A|v_j⟩. */
function inEigenvectors(operator: BlockOperator, { states, re, im }: Block, { placeOf }: Spectrum): PlanarMatrix {
  const n = states.length;
  const vectors = { re, im: im.length === 0 ? new Float64Array(n * n) : im };
  /** A v_j in row j. */
  const image = { re: new Float64Array(n * n), im: new Float64Array(n * n) };
  const add = (a: number, b: number, x: number, y: number) => {
    for (let j = 0, from = b, to = a; j < n; j++, from += n, to += n) {
      image.re[to] += x * vectors.re[from] - y * vectors.im[from];
      image.im[to] += x * vectors.im[from] + y * vectors.re[from];
    }
  };
  for (let a = 0; a < n; a++) {
    const row = states[a];
    if (operator instanceof Float64Array) {
      if (operator[row] !== 0) add(a, a, operator[row], 0);
      continue;
    }
    for (let e = operator.rowStart[row]; e < operator.rowStart[row + 1]; e++) {
      add(a, placeOf[operator.column[e]], operator.re[e], operator.im.length === 0 ? 0 : operator.im[e]);
    }
  }
  return complexProductTransposed(n, n, n, conjugated(vectors), image);
}

function conjugated({ re, im }: PlanarMatrix): PlanarMatrix {
  return { re, im: im.map((x) => -x) };
}

/** Pairs i < j; each brings the pair (j, i), which is its conjugate. */
function pairsOf(values: Float64Array, overlap: PlanarMatrix, means: readonly PlanarMatrix[]): FourierTerms {
  const n = values.length;
  const most = (n * (n - 1)) / 2;
  const frequencies = new Float64Array(most);
  const coefficients = new Float64Array(4 * means.length * most);
  let count = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const e = i * n + j;
      let largest = 0;
      means.forEach(({ re, im }, a) => {
        const x = overlap.re[e] * re[e] - overlap.im[e] * im[e];
        const y = overlap.re[e] * im[e] + overlap.im[e] * re[e];
        const at = 4 * (count * means.length + a);
        coefficients[at] = x;
        coefficients[at + 1] = y;
        coefficients[at + 2] = x;
        coefficients[at + 3] = -y;
        largest = Math.max(largest, Math.abs(x) + Math.abs(y));
      });
      if (largest >= negligiblePair) frequencies[count++] = values[j] - values[i];
    }
  }
  return { count, frequencies, coefficients };
}
