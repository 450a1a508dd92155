import { describe, expect, it } from "vitest";
import { maxDifference } from "../../src/algebra/series.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { cases } from "../oracle/cases.ts";

/** Asked for 1e-8 on every entry; 1e-7 would already be a wrong number. */
const accuracy = 1e-8;

describe("simulate agrees with the reference cases", () => {
  for (const item of cases) {
    for (const forms of item.nondemolition === undefined ? (["fock"] as const) : (["fock", "closed"] as const)) {
      it(`${item.name}, ${forms}, in the limit`, () => {
        const run = simulate(item.model, Number.POSITIVE_INFINITY, { tolerance: 1e-8, forms });
        expect(run.error.converged).toBe(true);
        expect(maxDifference(run.rho, item.limit)).toBeLessThan(accuracy);
      });
      for (const { size, centred, model, rho } of item.finite) {
        it(`${item.name}, ${forms}, M = ${size}${centred ? "" : ", offsets kept"}`, () => {
          const run = simulate(model, size, { tolerance: 1e-8, forms });
          expect(run.error.converged).toBe(true);
          expect(maxDifference(run.rho, rho)).toBeLessThan(accuracy);
        });
      }
    }
  }
});
