/** A sparse complex matrix by rows, and its action on a vector. */

export interface SparseOperator {
  readonly dimension: number;
  /** Entries of row i are those from starts[i] to starts[i + 1] − 1. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Gathers entries row by row; entries at the same place add up. */
export class SparseBuilder {
  readonly #rows: Map<number, { re: number; im: number }>[];

  constructor(dimension: number) {
    this.#rows = Array.from({ length: dimension }, () => new Map());
  }

  add(row: number, column: number, re: number, im: number): void {
    if (re === 0 && im === 0) return;
    const known = this.#rows[row].get(column);
    if (known === undefined) this.#rows[row].set(column, { re, im });
    else {
      known.re += re;
      known.im += im;
    }
  }

  build(): SparseOperator {
    const dimension = this.#rows.length;
    const starts = new Int32Array(dimension + 1);
    this.#rows.forEach((row, i) => {
      starts[i + 1] = starts[i] + row.size;
    });
    const columns = new Int32Array(starts[dimension]);
    const re = new Float64Array(starts[dimension]);
    const im = new Float64Array(starts[dimension]);
    let at = 0;
    for (const row of this.#rows) {
      for (const [column, value] of row) {
        columns[at] = column;
        re[at] = value.re;
        im[at] = value.im;
        at++;
      }
    }
    return { dimension, starts, columns, re, im };
  }
}

/** A complex vector. */
export interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeroVector(dimension: number): ComplexVector {
  return { re: new Float64Array(dimension), im: new Float64Array(dimension) };
}

/** To which of the invariant subspaces, numbered from 0, each index belongs: those that entries lead to from each other. */
export function invariantParts({ dimension, starts, columns }: SparseOperator): Int32Array {
  const part = new Int32Array(dimension).fill(-1);
  let count = 0;
  for (let first = 0; first < dimension; first++) {
    if (part[first] >= 0) continue;
    const found = [first];
    part[first] = count;
    for (const i of found) {
      for (let at = starts[i]; at < starts[i + 1]; at++) {
        const j = columns[at];
        if (part[j] >= 0) continue;
        part[j] = count;
        found.push(j);
      }
    }
    count++;
  }
  return part;
}

/** The operator within invariant subspaces that `indices` make up, which are its new ones in this order. */
export function withinIndices(a: SparseOperator, indices: Int32Array): SparseOperator {
  const place = new Map(Array.from(indices, (index, i) => [index, i]));
  const builder = new SparseBuilder(indices.length);
  indices.forEach((index, i) => {
    for (let at = a.starts[index]; at < a.starts[index + 1]; at++) {
      builder.add(i, place.get(a.columns[at]) as number, a.re[at], a.im[at]);
    }
  });
  return builder.build();
}

/** out = A x. */
export function apply({ dimension, starts, columns, re, im }: SparseOperator, x: ComplexVector, out: ComplexVector) {
  for (let i = 0; i < dimension; i++) {
    let sr = 0;
    let si = 0;
    for (let at = starts[i]; at < starts[i + 1]; at++) {
      const j = columns[at];
      sr += re[at] * x.re[j] - im[at] * x.im[j];
      si += re[at] * x.im[j] + im[at] * x.re[j];
    }
    out.re[i] = sr;
    out.im[i] = si;
  }
}

/** Between which numbers the eigenvalues of a Hermitian operator lie, by Gershgorin's discs. */
export function spectralInterval({ dimension, starts, columns, re, im }: SparseOperator): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < dimension; i++) {
    let centre = 0;
    let radius = 0;
    for (let at = starts[i]; at < starts[i + 1]; at++) {
      if (columns[at] === i) centre = re[at];
      else radius += Math.hypot(re[at], im[at]);
    }
    low = Math.min(low, centre - radius);
    high = Math.max(high, centre + radius);
  }
  return [low, high];
}

/** Largest sum of moduli along a row: no smaller than the spectral radius. */
export function rowNorm({ dimension, starts, re, im }: SparseOperator): number {
  let largest = 0;
  for (let i = 0; i < dimension; i++) {
    let sum = 0;
    for (let at = starts[i]; at < starts[i + 1]; at++) sum += Math.hypot(re[at], im[at]);
    largest = Math.max(largest, sum);
  }
  return largest;
}
