/** Eigensystem of a real symmetric tridiagonal matrix by the implicit QL method. */

const maxSweeps = 60;

/**
 * Diagonalises the tridiagonal matrix with diagonal `d` (length n) and off-diagonal `e` (length ≥ n − 1), in place:
 * on return `d` holds the eigenvalues, ascending, and `e` is destroyed. If `rows` is given (n rows of `width` numbers),
 * every rotation is applied to its rows: started from the rows of Qᵀ it ends with the eigenvectors of Q T Qᵀ as rows;
 * started from the identity, with those of T. Literature: Golub and Van Loan, Matrix Computations, section 8.3.
 *
 * Throws Error if an eigenvalue does not settle, which happens only with NaN or Infinity among the input.
 */
export function tridiagonalEigensystem(d: Float64Array, e: Float64Array, rows?: Float64Array, width = 0): void {
  const n = d.length;
  // The textbook test against the two neighbours never passes where both vanish (rank-deficient input): add a floor.
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(d[i]) + (i < n - 1 ? Math.abs(e[i]) : 0));
  const floor = 1e-17 * scale;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(e[m]);
        if (size <= floor || size <= Number.EPSILON * 0.5 * (Math.abs(d[m]) + Math.abs(d[m + 1]))) break;
      }
      if (m === l) break;
      if (sweep === maxSweeps || !Number.isFinite(d[l])) throw new Error("tridiagonal eigensystem: no convergence");
      sweepQL(d, e, l, m, rows, width);
    }
  }
  sortAscending(d, rows, width);
}

/** One implicit QL sweep over the unreduced block l..m, with Wilkinson's shift. */
function sweepQL(
  d: Float64Array,
  e: Float64Array,
  l: number,
  m: number,
  rows: Float64Array | undefined,
  width: number,
) {
  let g = (d[l + 1] - d[l]) / (2 * e[l]);
  let r = Math.hypot(g, 1);
  g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    r = Math.sqrt(f * f + g * g);
    if (i + 1 < m) e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    r = (d[i] - g) * s + 2 * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
    if (rows !== undefined) rotateRows(rows, i * width, (i + 1) * width, width, c, s);
  }
  d[l] -= p;
  e[l] = g;
  if (m < e.length) e[m] = 0;
}

/** (upper, lower) → (c·upper − s·lower, s·upper + c·lower). */
function rotateRows(rows: Float64Array, upper: number, lower: number, width: number, c: number, s: number): void {
  for (let k = 0; k < width; k++) {
    const a = rows[upper + k];
    const b = rows[lower + k];
    rows[upper + k] = c * a - s * b;
    rows[lower + k] = s * a + c * b;
  }
}

function sortAscending(d: Float64Array, rows: Float64Array | undefined, width: number): void {
  const n = d.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => d[i] - d[j]);
  if (order.every((from, to) => from === to)) return;
  const values = d.slice();
  const vectors = rows?.slice();
  for (let to = 0; to < n; to++) {
    const from = order[to];
    d[to] = values[from];
    if (rows !== undefined && vectors !== undefined) {
      rows.set(vectors.subarray(from * width, (from + 1) * width), to * width);
    }
  }
}
