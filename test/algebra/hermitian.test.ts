import { expect, it } from "vitest";
import { eigh } from "../../src/algebra/hermitian.ts";
import {
  add,
  adjoint,
  diagonal,
  identity,
  inBasis,
  type Matrix,
  maxAbs,
  multiply,
  scale,
  subtract,
  zeros,
} from "../../src/algebra/matrix.ts";
import { describeEachKind } from "../kernels/eachKind.ts";

function uniform(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

function randomHermitian(n: number, real: boolean, seed: number): Matrix {
  const draw = uniform(seed);
  const a = zeros(n);
  for (let i = 0; i < n * n; i++) {
    a.re[i] = draw();
    if (!real) a.im[i] = draw();
  }
  return add(a, adjoint(a));
}

function expectEigensystem(a: Matrix): void {
  const { values, vectors } = eigh(a);
  const size = Math.max(maxAbs(a), 1e-300);
  const n = a.rows;
  expect(maxAbs(subtract(multiply(adjoint(vectors), vectors), identity(n)))).toBeLessThan(2e-14);
  expect(maxAbs(subtract(multiply(a, vectors), multiply(vectors, diagonal(values))))).toBeLessThan(
    1e-14 * size * (n + 4),
  );
  for (let i = 1; i < n; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1]);
}

describeEachKind("eigh", () => {
  it("squares of entries may overflow or underflow", () => {
    for (const n of [2, 3, 12]) {
      for (const real of [true, false]) {
        const a = randomHermitian(n, real, n);
        const plain = eigh(a);
        for (const power of [-1040, -600, 600, 1000]) {
          const size = 2 ** power;
          const { values, vectors } = eigh(scale(a, { re: size, im: 0 }));
          // What is left of subnormal entries is rounded.
          const digits = power < -1000 ? 1e-8 : 1e-14;
          values.forEach((value, i) => {
            expect(Math.abs(value / size - plain.values[i])).toBeLessThan(digits * n);
          });
          expect(maxAbs(subtract(multiply(adjoint(vectors), vectors), identity(n)))).toBeLessThan(1e-14 * n);
        }
      }
    }
  });

  for (const n of [1, 2, 3, 4, 7, 20, 60]) {
    for (const real of [true, false]) {
      it(`diagonalises random ${real ? "real" : "complex"} ${n}×${n} matrices`, () => {
        for (let seed = 1; seed < 6; seed++) expectEigensystem(randomHermitian(n, real, seed));
      });
    }
  }

  it("gives orthonormal vectors for degenerate and rank-deficient matrices", () => {
    for (const real of [true, false]) {
      const { vectors } = eigh(randomHermitian(12, real, 9));
      for (const spectrum of [
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        [1, 1, 1, 2, 2, 2, 2, 5, 5, 5, 5, 5],
        Array(12).fill(3),
      ]) {
        const a = multiply(multiply(vectors, diagonal(spectrum)), adjoint(vectors));
        const hermitian = scale(add(a, adjoint(a)), 0.5);
        expectEigensystem(hermitian);
        eigh(hermitian).values.forEach((value, i) => {
          expect(value).toBeCloseTo(spectrum[i], 12);
        });
      }
    }
  });

  it("keeps zero, diagonal and block matrices exact", () => {
    expectEigensystem(zeros(5));
    expectEigensystem(diagonal([3, -1, 2, 2]));
    const a = diagonal([1, 1, -1, 4, 4]);
    a.im[1] = -2;
    a.im[5] = 2;
    expectEigensystem(a);
  });

  it("takes couplings whose squares underflow for none", () => {
    // As the rest of a large matrix of low rank has them once its few columns are reduced.
    for (const small of [1e-160, 2e-162, 1e-170]) {
      for (const imaginary of [0, 1]) {
        const levels = [1, 2, 3, 4, 5];
        const a = diagonal(levels);
        for (let i = 0; i < 5; i++) {
          for (let j = 0; j < i; j++) {
            for (const [at, sign] of [
              [5 * i + j, 1],
              [5 * j + i, -1],
            ]) {
              a.re[at] = small;
              a.im[at] = imaginary * sign * small;
            }
          }
        }
        expectEigensystem(a);
        expect([...eigh(a).values]).toEqual(levels);
      }
    }
  });

  it("keeps graded spectra", () => {
    const { vectors } = eigh(randomHermitian(8, false, 3));
    const spectrum = [1e-12, 1e-9, 1e-6, 1e-3, 1, 1e2, 1e3, 1e4];
    const a = multiply(multiply(vectors, diagonal(spectrum)), adjoint(vectors));
    expectEigensystem(scale(add(a, adjoint(a)), 0.5));
  });

  it("agrees with a similarity transform to diagonal form", () => {
    const a = randomHermitian(9, false, 21);
    const { values, vectors } = eigh(a);
    expect(maxAbs(subtract(inBasis(a, vectors), diagonal(values)))).toBeLessThan(1e-13);
  });
});
