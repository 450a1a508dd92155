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

/** A bound on the norm: the largest sum of moduli in a row. */
export function rowSum(a: SparseMatrix): number {
  let most = 0;
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) sum += Math.hypot(a.re[e], a.im.length === 0 ? 0 : a.im[e]);
    most = Math.max(most, sum);
  }
  return most;
}

/** The same matrix without the entries that are 0 or, their column being −1, lead nowhere. */
export function withoutZeros(a: SparseMatrix): SparseMatrix {
  const { rows, rowStart, column, re, im } = a;
  const real = im.length === 0;
  const kept: number[] = [];
  const starts = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
      if (column[e] >= 0 && (re[e] !== 0 || (!real && im[e] !== 0))) kept.push(e);
    }
    starts[i + 1] = kept.length;
  }
  return {
    ...a,
    rowStart: starts,
    column: Int32Array.from(kept, (e) => column[e]),
    re: Float64Array.from(kept, (e) => re[e]),
    im: real ? im : Float64Array.from(kept, (e) => im[e]),
  };
}
