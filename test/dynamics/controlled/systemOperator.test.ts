import { expect, test } from "vitest";
import { identity, kron, type Matrix } from "../../../src/algebra/matrix.ts";
import { actOnSystem, systemOperator } from "../../../src/dynamics/controlled/systemOperator.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { applySparse, zeroVector } from "../../../src/fock/sparse.ts";
import { random, randomMatrix } from "../../oracle/random.ts";

/** One mode, all joint states up to three quanta: Fock state f and level s in f·N + s. */
const full = reachableBasis(
  {
    ...{ dimension: 2, modes: 1, groupOf: [0], capacities: [Number.POSITIVE_INFINITY], weights: [1], hoppings: [] },
    system: new Uint8Array(4).fill(1),
    ladders: [{ mode: 0, entries: new Uint8Array(4).fill(1) }],
  },
  [{ occupations: [0], levels: [0, 1] }],
  3,
);

function dense(a: Matrix, x: { re: Float64Array; im: Float64Array }) {
  const y = zeroVector(x.re.length);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      const [re, im] = [a.re[i * a.cols + j], a.im[i * a.cols + j]];
      y.re[i] += re * x.re[j] - im * x.im[j];
      y.im[i] += re * x.im[j] + im * x.re[j];
    }
  }
  return y;
}

test("A ⊗ 1 acts as the Kronecker product does, also in other phases of the basis states", () => {
  const from = random(3);
  const a = randomMatrix(from, 2);
  const x = { re: randomMatrix(from, 8, 1).re, im: randomMatrix(from, 8, 1).im };
  const expected = dense(kron(identity(4), a), x);
  const y = zeroVector(8);
  applySparse(systemOperator(full, a), x, y);
  const angle = Array.from({ length: 8 }, () => from.between(0, 6));
  const gauge = { re: Float64Array.from(angle, Math.cos), im: Float64Array.from(angle, Math.sin) };
  const turn = (v: typeof x, sign: number) => ({
    re: v.re.map((re, i) => re * gauge.re[i] - sign * v.im[i] * gauge.im[i]),
    im: v.re.map((re, i) => v.im[i] * gauge.re[i] + sign * re * gauge.im[i]),
  });
  const turned = turn(actOnSystem(full, a, turn(x, -1), gauge), 1);
  const plain = actOnSystem(full, a, x, null);
  for (let i = 0; i < 8; i++) {
    for (const found of [y, plain, turned]) {
      expect(found.re[i]).toBeCloseTo(expected.re[i], 13);
      expect(found.im[i]).toBeCloseTo(expected.im[i], 13);
    }
  }
});
