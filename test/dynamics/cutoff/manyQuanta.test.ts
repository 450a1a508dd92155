/** What the cutoff is said to cost where modes are slow and strongly coupled, against runs that are very much sharper. */

import { expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { defineModel } from "../../../src/model/validate.ts";

const limit = Number.POSITIVE_INFINITY;

// [H_S, ρ_S, splitting of a site, its upper population, coupling, last time, tolerance]
const cases: readonly (readonly [string, string, number, number, number, number, number])[] = [
  // Shells rise again before the edge, and cutoffs 93 and 96 agree ten times better than either is right.
  ["0.5 * sigmaz", "plus", 0.05, 0.2, 0.291, 60, 1e-6],
  ["0.5 * sigmaz", "plus", 0.05, 0.5 / (1 + Math.exp(0.5)), 0.3, 60, 1e-8],
  // The last shells are emptied by the edge.
  ["0.5 * sigmaz + 0.2 * sigmax", "plus_i", 0.1, 0, 0.323, 40, 1e-8],
  // A first cutoff of 8 cuts off where much is.
  ["0.5 * sigmaz", "up", 0.3, 0.02, 0.27, 20, 1e-6],
  ["0.5 * sigmaz + 0.2 * sigmax", "plus", 0.3, 0, 0.161, 40, 1e-9],
  // From cutoff 22 to 23 the error falls to 0.7 of what it was, where the last shells fall to 0.14; so it does from 12 to 14.
  ["0.5 * sigmaz", "up", 0.3, 0, 0.314, 60, 1e-6],
  ["0.5 * sigmaz", "plus", 0.05, 0, 0.0968, 20, 1e-9],
  // From cutoff 18 to 29 it falls by 2e-5, and the last shells by 4e-8.
  ["0.5 * sigmaz + 0.2 * sigmax", "plus_i", 0.3, 0, 0.322, 60, 1e-9],
];

test.each(cases)("H_S = %s, ρ_S = %s, ω = %f, p = %f, g = %f up to t = %d: ρ_S is within the estimate", (...row) => {
  const [hamiltonian, state, splitting, upper, strength, to, tolerance] = row;
  const model = defineModel({
    system: { hamiltonian, state },
    reservoir: { hamiltonian: `${splitting} * proj(up)`, state: `${upper} * proj(up) + ${1 - upper} * proj(down)` },
    couplings: [{ system: `${strength} * sigmax`, site: "sigmax", hc: "included" }],
    times: { from: 0, to, points: 101 },
  });
  const { rho, error } = simulate(model, limit, { tolerance });
  const sharp = simulate(model, limit, { tolerance: 1e-4 * tolerance });
  expect(error.converged).toBe(true);
  expect(error.estimate).toBeLessThanOrEqual(tolerance);
  expect(maxDifference(rho, sharp.rho)).toBeLessThan(error.estimate);
});
