import { expect, test } from "vitest";
import { besselJ, Propagator } from "../../src/handover/chebyshev.ts";
import { apply, SparseBuilder, zeroVector } from "../../src/handover/sparseOperator.ts";
import { random } from "../oracle/random.ts";
import { taylorEvolve } from "../oracle/taylor.ts";

test("Bessel functions obey their recurrence, their sum rule and Jacobi's expansion of cos", () => {
  for (const x of [0, 1e-8, 0.3, 2.4, 17, 250, 3000]) {
    const j = besselJ(x, Math.ceil(x + 12 * Math.cbrt(x) + 20));
    for (let n = 1; n + 1 < j.length; n++) expect(x * (j[n - 1] + j[n + 1]) - 2 * n * j[n]).toBeCloseTo(0, 9);
    expect(j.reduce((sum, value, n) => sum + (n === 0 ? 1 : 2) * value ** 2, 0)).toBeCloseTo(1, 12);
    // cos x = J_0 − 2 J_2 + 2 J_4 − …
    const cosine = j.reduce((sum, value, n) => sum + (n % 2 ? 0 : (n === 0 ? 1 : 2) * (n % 4 ? -1 : 1) * value), 0);
    expect(cosine).toBeCloseTo(Math.cos(x), 11);
  }
});

test("e^{−iHt} is what Taylor's series gives", () => {
  const { uniform } = random(7);
  const n = 12;
  const builder = new SparseBuilder(n);
  for (let i = 0; i < n; i++) {
    builder.add(i, i, 3 * uniform(), 0);
    for (let j = 0; j < i; j++) {
      const [re, im] = [uniform() - 0.5, uniform() - 0.5];
      builder.add(i, j, re, im);
      builder.add(j, i, re, -im);
    }
  }
  const h = builder.build();
  const state = zeroVector(n);
  for (let i = 0; i < n; i++) [state.re[i], state.im[i]] = [uniform() - 0.5, uniform() - 0.5];
  const expected = zeroVector(n);
  taylorEvolve(
    (psi, out) => apply(h, psi, out),
    20,
    state,
    [2.7],
    (_, psi) => {
      expected.re.set(psi.re);
      expected.im.set(psi.im);
    },
  );
  new Propagator(h).advance(state, 2.7);
  for (let i = 0; i < n; i++) {
    expect(state.re[i]).toBeCloseTo(expected.re[i], 12);
    expect(state.im[i]).toBeCloseTo(expected.im[i], 12);
  }
});
