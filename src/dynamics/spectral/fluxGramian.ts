/** How alike eigenvectors leak. */

import { productTransposed } from "../../kernels/product.ts";
import type { BlockLeak } from "./spectralLeak.ts";

/**
 * Σ_r conj(l_rj) l_rk of what leaks from the n eigenvectors of a block into each state r outside: n × n, Hermitian; im is empty
 * if that is real.
 */
export function fluxGramian(own: BlockLeak, n: number): { re: Float64Array; im: Float64Array } {
  const rows = own.rows.length;
  const complex = own.im.some((x) => x !== 0);
  const width = complex ? 2 * rows : rows;
  const flat = new Float64Array(width * n);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < n; j++) {
      flat[j * width + r] = own.re[r * n + j];
      if (complex) flat[j * width + rows + r] = own.im[r * n + j];
    }
  }
  const re = productTransposed(n, n, width, flat, flat);
  if (!complex) return { re, im: new Float64Array(0) };
  const turned = new Float64Array(width * n);
  for (let j = 0; j < n; j++) {
    for (let r = 0; r < rows; r++) {
      turned[j * width + r] = flat[j * width + rows + r];
      turned[j * width + rows + r] = -flat[j * width + r];
    }
  }
  return { re, im: productTransposed(n, n, width, flat, turned) };
}
