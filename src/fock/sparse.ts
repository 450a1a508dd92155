/** Complex sparse matrices in compressed rows, and their application to vectors. */

export interface SparseMatrix {
  readonly rows: number;
  readonly cols: number;
  /** Entries of row i are those from rowStart[i] to rowStart[i + 1]. */
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly re: Float64Array;
  /** Empty if the matrix is real. */
  readonly im: Float64Array;
}

/** A complex vector, real and imaginary parts apart. */
export interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeroVector(n: number): ComplexVector {
  return { re: new Float64Array(n), im: new Float64Array(n) };
}

/** y = a x. y must not be x. */
export function applySparse(a: SparseMatrix, x: ComplexVector, y: ComplexVector): void {
  if (a.im.length === 0) applyReal(a, x, y);
  else applyComplex(a, x, y);
}

function applyReal(a: SparseMatrix, x: ComplexVector, y: ComplexVector): void {
  const { rowStart, column, re } = a;
  const xr = x.re;
  const xi = x.im;
  for (let i = 0; i < a.rows; i++) {
    let sr = 0;
    let si = 0;
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
      const j = column[e];
      sr += re[e] * xr[j];
      si += re[e] * xi[j];
    }
    y.re[i] = sr;
    y.im[i] = si;
  }
}

function applyComplex(a: SparseMatrix, x: ComplexVector, y: ComplexVector): void {
  const { rowStart, column, re, im } = a;
  const xr = x.re;
  const xi = x.im;
  for (let i = 0; i < a.rows; i++) {
    let sr = 0;
    let si = 0;
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
      const j = column[e];
      sr += re[e] * xr[j] - im[e] * xi[j];
      si += re[e] * xi[j] + im[e] * xr[j];
    }
    y.re[i] = sr;
    y.im[i] = si;
  }
}

/** ‖v‖. */
export function euclidean(v: ComplexVector): number {
  let sum = 0;
  for (let i = 0; i < v.re.length; i++) sum += v.re[i] * v.re[i] + v.im[i] * v.im[i];
  return Math.sqrt(sum);
}
