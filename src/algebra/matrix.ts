/** Dense complex matrices and what quantum mechanics does with them. */

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A dense complex matrix, row-major, real and imaginary parts in separate arrays of length rows × cols. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeros(rows: number, cols: number = rows): Matrix {
  return { rows, cols, re: new Float64Array(rows * cols), im: new Float64Array(rows * cols) };
}

export function identity(n: number): Matrix {
  const one = zeros(n);
  for (let i = 0; i < n; i++) one.re[i * n + i] = 1;
  return one;
}

/** An entry as a user writes it in code: a real number, or `[re, im]`. */
export type Entry = number | readonly [number, number];

/** The matrix with the given rows. Throws RangeError if the rows differ in length. */
export function matrix(rows: readonly (readonly Entry[])[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const m = zeros(rows.length, cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) throw new RangeError(`row ${i} has ${row.length} entries, row 0 has ${cols}`);
    row.forEach((entry, j) => {
      m.re[i * cols + j] = typeof entry === "number" ? entry : entry[0];
      m.im[i * cols + j] = typeof entry === "number" ? 0 : entry[1];
    });
  });
  return m;
}

export function diagonal(values: ArrayLike<number>): Matrix {
  const n = values.length;
  const m = zeros(n);
  for (let i = 0; i < n; i++) m.re[i * n + i] = values[i]!;
  return m;
}

export function copy(a: Matrix): Matrix {
  return { rows: a.rows, cols: a.cols, re: a.re.slice(), im: a.im.slice() };
}

export function entry(a: Matrix, i: number, j: number): Complex {
  return { re: a.re[i * a.cols + j]!, im: a.im[i * a.cols + j]! };
}

/** a + s b, with a complex or real factor s (default 1). */
export function add(a: Matrix, b: Matrix, s: Complex | number = 1): Matrix {
  const sum = copy(a);
  addTo(sum, b, s);
  return sum;
}

/** a += s b, in place. Throws RangeError on unequal shapes. */
export function addTo(a: Matrix, b: Matrix, s: Complex | number = 1): void {
  if (a.rows !== b.rows || a.cols !== b.cols) throw new RangeError(`cannot add ${shape(b)} to ${shape(a)}`);
  const sr = typeof s === "number" ? s : s.re;
  const si = typeof s === "number" ? 0 : s.im;
  for (let i = 0; i < a.re.length; i++) {
    const br = b.re[i]!;
    const bi = b.im[i]!;
    a.re[i]! += sr * br - si * bi;
    a.im[i]! += sr * bi + si * br;
  }
}

export function subtract(a: Matrix, b: Matrix): Matrix {
  return add(a, b, -1);
}

export function scale(a: Matrix, s: Complex | number): Matrix {
  return add(zeros(a.rows, a.cols), a, s);
}

/** a b. Throws RangeError if the inner dimensions differ. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows) throw new RangeError(`cannot multiply ${shape(a)} by ${shape(b)}`);
  const c = zeros(a.rows, b.cols);
  const { cols: inner } = a;
  const { cols } = b;
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < inner; k++) {
      const ar = a.re[i * inner + k]!;
      const ai = a.im[i * inner + k]!;
      if (ar === 0 && ai === 0) continue;
      for (let j = 0; j < cols; j++) {
        const br = b.re[k * cols + j]!;
        const bi = b.im[k * cols + j]!;
        c.re[i * cols + j]! += ar * br - ai * bi;
        c.im[i * cols + j]! += ar * bi + ai * br;
      }
    }
  }
  return c;
}

/** Conjugate transpose. */
export function adjoint(a: Matrix): Matrix {
  const t = zeros(a.cols, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      t.re[j * a.rows + i] = a.re[i * a.cols + j]!;
      t.im[j * a.rows + i] = -a.im[i * a.cols + j]!;
    }
  }
  return t;
}

export function trace(a: Matrix): Complex {
  let re = 0;
  let im = 0;
  for (let i = 0; i < Math.min(a.rows, a.cols); i++) {
    re += a.re[i * a.cols + i]!;
    im += a.im[i * a.cols + i]!;
  }
  return { re, im };
}

/** tr(a b), without forming the product. */
export function traceOfProduct(a: Matrix, b: Matrix): Complex {
  let re = 0;
  let im = 0;
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      const ar = a.re[i * a.cols + j]!;
      const ai = a.im[i * a.cols + j]!;
      const br = b.re[j * b.cols + i]!;
      const bi = b.im[j * b.cols + i]!;
      re += ar * br - ai * bi;
      im += ar * bi + ai * br;
    }
  }
  return { re, im };
}

/** Kronecker product a ⊗ b: the first factor is the slowest index. */
export function kron(a: Matrix, b: Matrix): Matrix {
  const c = zeros(a.rows * b.rows, a.cols * b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      const ar = a.re[i * a.cols + j]!;
      const ai = a.im[i * a.cols + j]!;
      if (ar === 0 && ai === 0) continue;
      for (let k = 0; k < b.rows; k++) {
        for (let l = 0; l < b.cols; l++) {
          const br = b.re[k * b.cols + l]!;
          const bi = b.im[k * b.cols + l]!;
          const at = (i * b.rows + k) * c.cols + j * b.cols + l;
          c.re[at] = ar * br - ai * bi;
          c.im[at] = ar * bi + ai * br;
        }
      }
    }
  }
  return c;
}

export function commutator(a: Matrix, b: Matrix): Matrix {
  return subtract(multiply(a, b), multiply(b, a));
}

/** u† a u: the matrix a in the basis of the columns of u. */
export function inBasis(a: Matrix, u: Matrix): Matrix {
  return multiply(multiply(adjoint(u), a), u);
}

/** Largest modulus of an entry. */
export function maxAbs(a: Matrix): number {
  let largest = 0;
  for (let i = 0; i < a.re.length; i++) largest = Math.max(largest, Math.hypot(a.re[i]!, a.im[i]!));
  return largest;
}

/** Frobenius norm. */
export function norm(a: Matrix): number {
  let sum = 0;
  for (let i = 0; i < a.re.length; i++) sum += a.re[i]! ** 2 + a.im[i]! ** 2;
  return Math.sqrt(sum);
}

/** Largest modulus of an entry of a − a†. */
export function hermitianDefect(a: Matrix): number {
  return maxAbs(subtract(a, adjoint(a)));
}

/** (a + a†)/2. */
export function hermitianPart(a: Matrix): Matrix {
  return scale(add(a, adjoint(a)), 0.5);
}

/** a − (tr a / n) 1: what is left of a once its multiple of the identity is taken away. */
export function traceless(a: Matrix): Matrix {
  const { re, im } = trace(a);
  return add(a, identity(a.rows), { re: -re / a.rows, im: -im / a.rows });
}

function shape(a: Matrix): string {
  return `${a.rows}×${a.cols}`;
}
