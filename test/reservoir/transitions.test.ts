import { describe, expect, test } from "vitest";
import {
  add,
  addTo,
  adjoint,
  inBasis,
  kron,
  type Matrix,
  maxAbs,
  scale,
  subtract,
  zeros,
} from "../../src/algebra/matrix.ts";
import { transitions } from "../../src/reservoir/transitions.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { withReservoir } from "../oracle/withReservoir.ts";

const seeds = Array.from({ length: 60 }, (_, seed) => seed);

/** |a⟩⟨b|, d × d. */
function unit(d: number, a: number, b: number): Matrix {
  const m = zeros(d);
  m.re[a * d + b] = 1;
  return m;
}

describe("the transition operators", () => {
  test("of opposite transitions are adjoint to each other: W_ba = W_ab†", () => {
    for (const seed of seeds) {
      const { levels, operators } = transitions(randomModel(seed).model);
      for (let a = 0; a < levels; a++) {
        for (let b = 0; b < levels; b++) {
          expect(maxAbs(subtract(operators[b][a], adjoint(operators[a][b])))).toBeLessThan(1e-15);
        }
      }
    }
  });

  test("put together again give V of one site on the tensor product", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const { levels: d, operators, vectors } = transitions(model);
      const n = model.system.dimension;
      let v = zeros(n * d);
      for (const { system, site } of model.reservoirs[0].couplings) {
        const term = kron(system, site);
        v = add(v, add(term, adjoint(term)));
      }
      const sum = zeros(n * d);
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) addTo(sum, kron(operators[a][b], inBasis(unit(d, a, b), adjoint(vectors))));
      }
      expect(maxAbs(subtract(sum, v))).toBeLessThan(1e-13);
    }
  });

  test("have no mean: Σ p_k W_kk = 0, also where the model had an offset", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed, { centring: seed % 2 === 0 ? "subtract" : "keep" });
      const { levels, operators, populations } = transitions(model);
      let mean = zeros(model.system.dimension);
      for (let k = 0; k < levels; k++) mean = add(mean, scale(operators[k][k], populations[k]));
      expect(maxAbs(mean)).toBeLessThan(1e-14);
    }
  });

  test("are 0 exactly where no v couples, in a rotated basis too: rounding opens no transition", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed, { rotated: true, degenerate: false, siteDimension: 4, couplings: 1 });
      const basis = transitions(model);
      // v with a single transition (1 ← 3) in the eigenbasis, written in the user's basis.
      const site = inBasis(unit(4, 1, 3), adjoint(basis.vectors));
      const { operators } = transitions(
        withReservoir(model, { couplings: [{ ...model.reservoirs[0].couplings[0], site }] }),
      );
      operators.forEach((row, a) => {
        row.forEach((w, b) => {
          if ((a === 1 && b === 3) || (a === 3 && b === 1)) expect(maxAbs(w)).toBeGreaterThan(1e-3);
          else expect(maxAbs(w)).toBe(0);
        });
      });
    }
  });
});
