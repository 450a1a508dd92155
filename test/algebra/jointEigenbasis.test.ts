import { expect, test } from "vitest";
import { jointEigenbasis } from "../../src/algebra/jointEigenbasis.ts";
import {
  adjoint,
  diagonal,
  hermitianPart,
  identity,
  inBasis,
  type Matrix,
  multiply,
  norm,
  subtract,
} from "../../src/algebra/matrix.ts";
import { random, randomUnitary } from "../oracle/random.ts";

function offDiagonal(a: Matrix): number {
  return norm(subtract(a, diagonal(Float64Array.from({ length: a.rows }, (_, k) => a.re[k * a.cols + k]))));
}

test("two commuting matrices are diagonal to rounding in one basis, however close their eigenvalues are", () => {
  for (let seed = 0; seed < 300; seed++) {
    const from = random(seed);
    const n = from.integer(2, 9);
    const close = (values: number[]) => {
      for (let k = 1; k < n; k++) {
        const kind = from.uniform();
        if (kind < 0.4) values[k] = values[k - 1] + 10 ** -from.between(1, 16);
        else if (kind < 0.6) values[k] = values[k - 1];
      }
      return values;
    };
    const numbers = () => close(Array.from({ length: n }, () => from.uniform()));
    const turn = adjoint(randomUnitary(from, n));
    const [a, b] = [numbers(), numbers()].map((values) => hermitianPart(inBasis(diagonal(values), turn)));
    const vectors = jointEigenbasis(a, b);
    expect(norm(subtract(multiply(adjoint(vectors), vectors), identity(n)))).toBeLessThan(1e-14);
    const [inA, inB] = [inBasis(a, vectors), inBasis(b, vectors)];
    expect(offDiagonal(inA), `seed ${seed}`).toBeLessThan(1e-14 * norm(a));
    expect(offDiagonal(inB), `seed ${seed}`).toBeLessThan(1e-14 * norm(b));
    for (let k = 1; k < n; k++) expect(inA.re[k * (n + 1)]).toBeGreaterThan(inA.re[(k - 1) * (n + 1)] - 1e-15);
  }
});

test("the larger of two scales does not decide: either may be in any unit", () => {
  const from = random(1);
  const turn = adjoint(randomUnitary(from, 3));
  const of = (values: number[]) => hermitianPart(inBasis(diagonal(values), turn));
  for (const unit of [1e-30, 1, 1e30]) {
    const [a, b] = [of([1, 1 + 1e-9, 2].map((x) => unit * x)), of([0.5, 0.2, 0.3])];
    const vectors = jointEigenbasis(a, b);
    expect(offDiagonal(inBasis(a, vectors))).toBeLessThan(1e-14 * norm(a));
    expect(offDiagonal(inBasis(b, vectors))).toBeLessThan(1e-14);
  }
  const zero = of([0, 0, 0]);
  expect(offDiagonal(inBasis(of([0.5, 0.2, 0.3]), jointEigenbasis(zero, of([0.5, 0.2, 0.3]))))).toBeLessThan(1e-14);
});
