import { expect, test } from "vitest";
import { applyMap, choiState, mapDimension, superoperator } from "../../src/algebra/choi.ts";
import { eigh } from "../../src/algebra/hermitian.ts";
import {
  add,
  adjoint,
  identity,
  kron,
  matrix,
  maxAbs,
  multiply,
  scale,
  subtract,
  zeros,
} from "../../src/algebra/matrix.ts";
import { random, randomMatrix } from "../oracle/random.ts";

/** X ↦ Σ K X K†, as a Choi state straight from its definition. */
function fromKraus(kraus: readonly ReturnType<typeof zeros>[]) {
  const n = kraus[0].rows;
  const pair = zeros(n * n, 1);
  for (let a = 0; a < n; a++) pair.re[a * (n + 1)] = 1 / Math.sqrt(n);
  return kraus.reduce(
    (sum, k) => {
      const ket = multiply(kron(k, identity(n)), pair);
      return add(sum, multiply(ket, adjoint(ket)));
    },
    zeros(n * n),
  );
}

test("Choi state and matrix of a map both do what its Kraus operators do", () => {
  for (const n of [2, 3]) {
    const from = random(n);
    const kraus = [randomMatrix(from, n), randomMatrix(from, n)];
    const choi = fromKraus(kraus);
    expect(mapDimension(choi)).toBe(n);
    const x = randomMatrix(from, n);
    const expected = kraus.reduce((sum, k) => add(sum, multiply(multiply(k, x), adjoint(k))), zeros(n));
    expect(maxAbs(subtract(applyMap(choi, x), expected))).toBeLessThan(1e-13);
    const column = { ...x, rows: n * n, cols: 1 };
    const image = multiply(superoperator(choi), column);
    expect(maxAbs(subtract({ ...image, rows: n, cols: n }, expected))).toBeLessThan(1e-13);
    expect(maxAbs(subtract(choiState(superoperator(choi)), choi))).toBeLessThan(1e-15);
  }
});

test("transposition is positive but not completely so", () => {
  const l = matrix([
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
  ]);
  expect([...eigh(choiState(l)).values]).toEqual([-0.5, 0.5, 0.5, 0.5].map((x) => expect.closeTo(x, 14)));
  expect(() => mapDimension(scale(identity(3), 1))).toThrow("square");
});
