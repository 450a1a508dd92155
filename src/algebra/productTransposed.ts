/** A Bᵀ for real matrices, row after row: the inner loop of everything that pairs eigenvectors. */

/** c[i·q + j] = Σ_m a[i·width + m] b[j·width + m] for p rows of a and q rows of b. */
export function productTransposed(
  a: Float64Array,
  p: number,
  b: Float64Array,
  q: number,
  width: number,
  c: Float64Array = new Float64Array(p * q),
): Float64Array {
  let i = 0;
  // Two rows by two: each number that is loaded is used twice.
  for (; i + 1 < p; i += 2) {
    const a0 = i * width;
    const a1 = a0 + width;
    let j = 0;
    for (; j + 1 < q; j += 2) {
      const b0 = j * width;
      const b1 = b0 + width;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      for (let m = 0; m < width; m++) {
        const x0 = a[a0 + m];
        const x1 = a[a1 + m];
        const y0 = b[b0 + m];
        const y1 = b[b1 + m];
        s00 += x0 * y0;
        s01 += x0 * y1;
        s10 += x1 * y0;
        s11 += x1 * y1;
      }
      c[i * q + j] = s00;
      c[i * q + j + 1] = s01;
      c[(i + 1) * q + j] = s10;
      c[(i + 1) * q + j + 1] = s11;
    }
    if (j < q) {
      c[i * q + j] = rowProduct(a, a0, b, j * width, width);
      c[(i + 1) * q + j] = rowProduct(a, a1, b, j * width, width);
    }
  }
  if (i < p) for (let j = 0; j < q; j++) c[i * q + j] = rowProduct(a, i * width, b, j * width, width);
  return c;
}

function rowProduct(a: Float64Array, from: number, b: Float64Array, other: number, width: number): number {
  let sum = 0;
  for (let m = 0; m < width; m++) sum += a[from + m] * b[other + m];
  return sum;
}
