import { describe, expect, test } from "vitest";
import {
  add,
  adjoint,
  commutator,
  copy,
  diagonal,
  entry,
  hermitianDefect,
  hermitianPart,
  identity,
  inBasis,
  kron,
  type Matrix,
  matrix,
  maxAbs,
  multiply,
  norm,
  scale,
  subtract,
  trace,
  traceless,
  traceOfProduct,
  zeros,
} from "../../src/algebra/matrix.ts";
import { random, randomHermitian, randomMatrix, randomUnitary } from "../oracle/random.ts";

const difference = (a: Matrix, b: Matrix) => maxAbs(subtract(a, b));

/** Row times column with one complex number at a time, in the plainest way. */
function slowProduct(a: Matrix, b: Matrix): Matrix {
  const c = zeros(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.cols; j++) {
      for (let k = 0; k < a.cols; k++) {
        const x = entry(a, i, k);
        const y = entry(b, k, j);
        c.re[i * b.cols + j] += x.re * y.re - x.im * y.im;
        c.im[i * b.cols + j] += x.re * y.im + x.im * y.re;
      }
    }
  }
  return c;
}

describe("a matrix", () => {
  test("is written row by row, an entry being a number or a pair", () => {
    const a = matrix([
      [1, [2, 3], -4],
      [[0, 1], 5, [6, -7]],
    ]);
    expect([a.rows, a.cols]).toEqual([2, 3]);
    expect(entry(a, 0, 1)).toEqual({ re: 2, im: 3 });
    expect(entry(a, 1, 0)).toEqual({ re: 0, im: 1 });
    expect(entry(a, 1, 2)).toEqual({ re: 6, im: -7 });
  });

  test("has rows of one length", () => {
    expect(() => matrix([[1, 2], [3]])).toThrow("row 1 has 1 entries, row 0 has 2");
  });

  test("and its copy do not share numbers", () => {
    const a = identity(2);
    const b = copy(a);
    b.re[0] = 5;
    expect(a.re[0]).toBe(1);
  });
});

describe("sums and products", () => {
  const from = random(11);
  const [a, b, c] = [randomMatrix(from, 3, 4), randomMatrix(from, 4, 2), randomMatrix(from, 2, 5)];

  test("agree with the definition", () => {
    expect(difference(multiply(a, b), slowProduct(a, b))).toBeLessThan(1e-15);
  });

  test("are associative and distributive", () => {
    expect(difference(multiply(multiply(a, b), c), multiply(a, multiply(b, c)))).toBeLessThan(1e-14);
    const other = randomMatrix(from, 4, 2);
    const s = { re: 0.3, im: -1.7 };
    expect(difference(multiply(a, add(b, other, s)), add(multiply(a, b), multiply(a, other), s))).toBeLessThan(1e-14);
  });

  test("leave their operands as they were", () => {
    const before = copy(a);
    add(a, a, { re: 0, im: 2 });
    scale(a, 3);
    multiply(a, b);
    expect(a).toEqual(before);
  });

  test("refuse shapes that do not fit, and say which", () => {
    expect(() => multiply(a, c)).toThrow("cannot multiply 3×4 by 2×5");
    expect(() => add(a, b)).toThrow("cannot add 4×2 to 3×4");
  });

  test("with the identity change nothing", () => {
    expect(multiply(identity(3), a)).toEqual(a);
    expect(multiply(a, identity(4))).toEqual(a);
  });
});

describe("the adjoint", () => {
  const from = random(12);
  const [a, b] = [randomMatrix(from, 3, 4), randomMatrix(from, 4, 2)];

  test("is its own inverse and turns products around", () => {
    expect(adjoint(adjoint(a))).toEqual(a);
    expect(difference(adjoint(multiply(a, b)), multiply(adjoint(b), adjoint(a)))).toBeLessThan(1e-15);
  });

  test("moves an operator to the other side of ⟨x|Ay⟩", () => {
    const [x, y] = [randomMatrix(from, 3, 1), randomMatrix(from, 4, 1)];
    const left = entry(multiply(adjoint(x), multiply(a, y)), 0, 0);
    const right = entry(multiply(adjoint(multiply(adjoint(a), x)), y), 0, 0);
    expect(Math.hypot(left.re - right.re, left.im - right.im)).toBeLessThan(1e-14);
  });

  test("splits a matrix into its Hermitian part and the rest", () => {
    const square = randomMatrix(from, 4);
    const hermitian = hermitianPart(square);
    expect(hermitianDefect(hermitian)).toBe(0);
    const rest = subtract(square, hermitian);
    expect(maxAbs(add(rest, adjoint(rest)))).toBeLessThan(1e-15);
    expect(hermitianDefect(square)).toBeCloseTo(2 * maxAbs(rest), 14);
  });
});

describe("the trace", () => {
  const from = random(13);
  const [a, b, c] = [randomMatrix(from, 4), randomMatrix(from, 4), randomMatrix(from, 4)];
  const close = (x: { re: number; im: number }, y: { re: number; im: number }) =>
    expect(Math.hypot(x.re - y.re, x.im - y.im)).toBeLessThan(1e-13);

  test("is cyclic", () => close(trace(multiply(multiply(a, b), c)), trace(multiply(c, multiply(a, b)))));

  test("of a product needs no product", () => close(traceOfProduct(a, b), trace(multiply(a, b))));

  test("of a rectangular product too", () => {
    const [x, y] = [randomMatrix(from, 2, 5), randomMatrix(from, 5, 2)];
    close(traceOfProduct(x, y), trace(multiply(x, y)));
    close(traceOfProduct(x, y), traceOfProduct(y, x));
  });

  test("of a commutator is 0", () => close(trace(commutator(a, b)), { re: 0, im: 0 }));

  test("is what `traceless` takes away, spread over the diagonal", () => {
    close(trace(traceless(a)), { re: 0, im: 0 });
    const { re, im } = trace(a);
    expect(difference(add(traceless(a), identity(4), { re: re / 4, im: im / 4 }), a)).toBeLessThan(1e-15);
  });

  test("of a†a is the square of the Frobenius norm", () => {
    expect(traceOfProduct(adjoint(a), a).re).toBeCloseTo(norm(a) ** 2, 12);
  });
});

describe("the Kronecker product", () => {
  const from = random(14);

  test("has the first factor as the slowest index", () => {
    const ab = kron(diagonal([1, 2]), diagonal([1, 10, 100]));
    expect(Array.from({ length: 6 }, (_, i) => ab.re[i * 7])).toEqual([1, 10, 100, 2, 20, 200]);
  });

  test("of products is the product of Kronecker products, also of rectangles", () => {
    const [a, b] = [randomMatrix(from, 2, 3), randomMatrix(from, 3, 2)];
    const [c, d] = [randomMatrix(from, 3, 2), randomMatrix(from, 2, 4)];
    const left = multiply(kron(a, b), kron(c, d));
    expect(difference(left, kron(multiply(a, c), multiply(b, d)))).toBeLessThan(1e-14);
  });

  test("is associative, and has the product of the traces as its trace", () => {
    const [a, b, c] = [randomMatrix(from, 2), randomMatrix(from, 3), randomMatrix(from, 2)];
    expect(difference(kron(kron(a, b), c), kron(a, kron(b, c)))).toBeLessThan(1e-14);
    const [x, y, both] = [trace(a), trace(b), trace(kron(a, b))];
    expect(both.re).toBeCloseTo(x.re * y.re - x.im * y.im, 13);
    expect(both.im).toBeCloseTo(x.re * y.im + x.im * y.re, 13);
  });
});

describe("a change of basis", () => {
  test("keeps traces and norms, and is undone by the adjoint", () => {
    const from = random(15);
    const [a, u] = [randomHermitian(from, 5), randomUnitary(from, 5)];
    const b = inBasis(a, u);
    expect(norm(b)).toBeCloseTo(norm(a), 13);
    expect(trace(b).re).toBeCloseTo(trace(a).re, 13);
    expect(difference(inBasis(b, adjoint(u)), a)).toBeLessThan(1e-14);
  });

  test("puts ⟨u_i|a|u_j⟩ into entry (i, j)", () => {
    const from = random(16);
    const [a, u] = [randomMatrix(from, 3), randomUnitary(from, 3)];
    const column = (j: number) => matrix([0, 1, 2].map((i) => [[u.re[i * 3 + j], u.im[i * 3 + j]] as const]));
    const { re, im } = entry(multiply(adjoint(column(2)), multiply(a, column(0))), 0, 0);
    const found = entry(inBasis(a, u), 2, 0);
    expect(Math.hypot(found.re - re, found.im - im)).toBeLessThan(1e-14);
  });
});
