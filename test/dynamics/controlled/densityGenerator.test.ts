import { expect, test } from "vitest";
import {
  add,
  adjoint,
  commutator,
  hermitianPart,
  type Matrix,
  multiply,
  scale,
  trace,
} from "../../../src/algebra/matrix.ts";
import { conjugated, densityGenerator } from "../../../src/dynamics/controlled/densityGenerator.ts";
import { ketGenerator } from "../../../src/dynamics/controlled/ketGenerator.ts";
import { systemOperator } from "../../../src/dynamics/controlled/systemOperator.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { zeroVector } from "../../../src/fock/sparse.ts";
import { random, randomHermitian, randomMatrix, randomState } from "../../oracle/random.ts";

const n = 3;
const from = random(5);
const h = randomHermitian(from, n);
const l = randomMatrix(from, n);
const a = randomHermitian(from, n);
const rho = randomState(from, n);

/** S alone. */
const basis = reachableBasis(
  {
    ...{ dimension: n, modes: 0, groupOf: [], capacities: [], weights: [], ladders: [], hoppings: [] },
    system: new Uint8Array(n * n).fill(1),
  },
  [{ occupations: [], levels: [0, 1, 2] }],
  0,
);
const protocol = {
  ...{ pulses: [], scan: false, trajectories: { seed: 1, most: 2, always: false } },
  decays: [{ operator: l, rate: 0.6 }],
  drives: [{ operator: a, envelope: { kind: "number", value: 1 } as const }],
};

function expectClose(x: { re: Float64Array; im: Float64Array }, y: Matrix): void {
  y.re.forEach((re, e) => {
    expect(x.re[e]).toBeCloseTo(re, 12);
    expect(x.im[e]).toBeCloseTo(y.im[e], 12);
  });
}

test("the Liouvillian is −i[H, ρ] + rate (LρL† − ½{L†L, ρ}), its drives −i[A, ρ], and keeps the trace", () => {
  const generator = densityGenerator(basis, systemOperator(basis, h), protocol);
  const out = zeroVector(n * n);
  generator.multiply(rho, out);
  const square = multiply(adjoint(l), l);
  const lost = scale(add(multiply(square, rho), multiply(rho, square)), -0.3);
  const gained = scale(multiply(multiply(l, rho), adjoint(l)), 0.6);
  const slope = add(add(scale(commutator(h, rho), { re: 0, im: -1 }), lost), gained);
  expectClose(out, slope);
  expect(trace(slope).re).toBeCloseTo(0, 13);
  generator.terms[0].multiply(rho, out);
  expectClose(out, scale(commutator(a, rho), { re: 0, im: -1 }));
});

test("a joint density matrix is conjugated by an operator on S", () => {
  expectClose(conjugated(systemOperator(basis, l), rho, n), multiply(multiply(l, rho), adjoint(l)));
});

test("what is Hermitian stays so to the last bit", () => {
  const state = hermitianPart(rho);
  const applied = zeroVector(n * n);
  densityGenerator(basis, systemOperator(basis, h), protocol).multiply(state, applied);
  for (const x of [applied, conjugated(systemOperator(basis, l), state, n)]) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        expect(x.re[i * n + j]).toBe(x.re[j * n + i]);
        expect(Math.abs(x.im[i * n + j] + x.im[j * n + i])).toBe(0);
      }
    }
  }
});

test("on kets the generator is −i(H − c) − ½ rate L†L, with a common energy c taken away", () => {
  const generator = ketGenerator(basis, systemOperator(basis, h), protocol);
  const x = randomMatrix(from, n, 1);
  const out = zeroVector(n);
  generator.multiply(x, out);
  const plain = add(multiply(scale(h, { re: 0, im: -1 }), x), multiply(multiply(adjoint(l), l), x), -0.3);
  // The same real c for every component: i (out − plain)/x.
  const shift = (i: number) => {
    const [re, im] = [out.re[i] - plain.re[i], out.im[i] - plain.im[i]];
    const size = x.re[i] ** 2 + x.im[i] ** 2;
    return { re: (re * x.re[i] + im * x.im[i]) / size, im: (im * x.re[i] - re * x.im[i]) / size };
  };
  for (const i of [0, 1, 2]) {
    expect(shift(i).re).toBeCloseTo(0, 12);
    expect(shift(i).im).toBeCloseTo(shift(0).im, 12);
  }
});
