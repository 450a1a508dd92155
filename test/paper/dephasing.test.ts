import { expect, test } from "vitest";
import { commutator, maxAbs, traceOfProduct } from "../../src/algebra/matrix.ts";
import { modulus } from "../../src/paper/complexNumbers.ts";
import {
  byOscillators,
  dephasing,
  modesOf,
  printedModulus,
  secondMoment,
  sineSquared,
} from "../../src/paper/dephasing.ts";
import { paperReservoir } from "../../src/paper/fluctuationReservoir.ts";

const real = dephasing({ seed: 3, site: 2, strength: 0.4, hermitian: true, times: [1] });

test("H_S and G commute, whatever basis they are given in", () => {
  const { system, reservoirs } = dephasing({ seed: 2, site: 3, times: [1] }).model;
  const { couplings } = reservoirs[0];
  expect(maxAbs(commutator(system.hamiltonian, couplings[0].system))).toBeLessThan(1e-14);
});

test("D_mm = 1, and D_mn(0) = 1", () => {
  const d = dephasing({ seed: 2, site: 2, times: [1] });
  expect(modulus(byOscillators(d, 1.3, 1, 1, "all"))).toBeCloseTo(1, 13);
  expect(byOscillators(d, 0, 0, 2, "all").re).toBeCloseTo(1, 13);
});

test("static modes make the difference between all modes and those with k ≠ l", () => {
  const reservoir = paperReservoir(real.model);
  expect(modesOf(reservoir, "all")).toHaveLength(4);
  expect(modesOf(reservoir, "k ≠ l")).toHaveLength(2);
  for (const over of ["all", "k ≠ l"] as const) {
    const shown = modulus(byOscillators(real, 2, 0, 1, over));
    expect(shown).toBeCloseTo(printedModulus(real, 2, 0, 1, over), 12);
  }
});

test("sin²(ωt/2)/ω² goes to t²/4", () => {
  expect(sineSquared(1e-6, 3)).toBeCloseTo(sineSquared(0, 3), 10);
});

test("the second moment is Σ p_k |v_kl|²", () => {
  const { basis, site } = paperReservoir(real.model);
  const v = site[0];
  let sum = 0;
  for (let k = 0; k < 2; k++) {
    for (let l = 0; l < 2; l++) sum += basis.populations[k] * (v.re[2 * k + l] ** 2 + v.im[2 * k + l] ** 2);
  }
  expect(secondMoment(real)).toBeCloseTo(sum, 14);
  expect(
    traceOfProduct(real.model.reservoirs[0].site.state, real.model.reservoirs[0].couplings[0].site).re,
  ).toBeCloseTo(0, 14);
});
