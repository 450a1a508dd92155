import { expect, test } from "vitest";
import { adjoint, hermitianDefect, maxAbs, subtract } from "../../src/algebra/matrix.ts";
import { maxDifference } from "../../src/algebra/series.ts";
import {
  interactionOperator,
  paperDynamics,
  paperHamiltonian,
  paperReservoir,
  printedField,
} from "../../src/paper/fluctuationReservoir.ts";
import { fockSpace } from "../../src/paper/oscillators.ts";
import { seededModel } from "../../src/paper/seededModel.ts";
import { bosonicBruteForce } from "../oracle/bosonicBruteForce.ts";

test("agrees with the bosonic brute force of the tests, which works with one operator on S for each mode", () => {
  const times = [-0.7, 1];
  const model = seededModel({ seed: 8, system: 2, site: 3, couplings: 2, rank: 1, strength: 0.2, times });
  const other = bosonicBruteForce(model, { box: 7, total: 7 });
  expect(maxDifference(paperDynamics(model, 7, times), other)).toBeLessThan(1e-11);
});

test("H_SF is Hermitian although no X_q is", () => {
  const model = seededModel({ seed: 9, system: 2, site: 2, couplings: 2, times: [0] });
  const reservoir = paperReservoir(model);
  const space = fockSpace(reservoir.pairs.length, 2);
  expect(hermitianDefect(paperHamiltonian(model, reservoir, space))).toBeLessThan(1e-15);
  expect(hermitianDefect(interactionOperator(reservoir, 0, space))).toBeGreaterThan(0.1);
});

test("the field of the derivation is X or not, as v is real or complex", () => {
  const model = seededModel({ seed: 10, system: 2, site: 2, couplings: 1, hermitian: true, times: [0] });
  const reservoir = paperReservoir(model);
  const space = fockSpace(reservoir.pairs.length, 1);
  const field = printedField(reservoir, 0, space);
  expect(maxAbs(subtract(field, adjoint(field)))).toBe(0);
  // φ has conj(v_lk) where X has v_lk: complex conjugates of each other, for Hermitian v.
  const x = interactionOperator(reservoir, 0, space);
  expect(maxAbs(subtract(field, { ...x, im: x.im.map((y) => -y) }))).toBeLessThan(1e-15);
});
