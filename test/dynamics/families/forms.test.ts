import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { ImpossibleRunError } from "../../../src/dynamics/errors.ts";
import { formFamily, formShare } from "../../../src/dynamics/families/forms.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { bosonicBruteForce } from "../../oracle/bosonicBruteForce.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { anharmonicLadder } from "../../reservoir/anharmonicLadder.ts";
import { familyRun } from "../familyRun.ts";

const weak = { strength: 0.3, times: [0.6, -0.4], centring: "subtract", dims: [2] } as const;

describe("every form of F", () => {
  test("gives ρ_S(t) of the paper's own modes", () => {
    for (const [seed, siteDimension, state] of [
      [0, 2, "mixed"],
      [4, 3, "pure"],
    ] as const) {
      const { model } = randomModel(seed, { ...weak, siteDimension, state, degenerate: false });
      const oracle = bosonicBruteForce(model, { box: 11, total: 11 });
      for (const form of ["standard", "minimal", "chain", "merged"] as const) {
        const { family, bound } = formFamily(model, form, 1e-9);
        expect(bound).toBeLessThanOrEqual(formShare * 1e-9);
        const { rho } = familyRun(model, family, 11, { nodes: 12 });
        expect(maxDifference(rho, oracle), `${form}, seed ${seed}`).toBeLessThan(1e-10 + bound);
      }
    }
  });

  test("gives it for a thermal oscillator as well, and that form is refused where there is none, with a way out", () => {
    const warm = defineModel({
      system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
      couplings: [{ system: "0.15 * sigmam", site: "sigmap" }],
      times: [2],
    });
    const [thermal, minimal] = (["thermal", "minimal"] as const).map((form) =>
      familyRun(warm, formFamily(warm, form, 1e-10).family, form === "thermal" ? 40 : 12),
    );
    expect(maxDifference(thermal.rho, minimal.rho)).toBeLessThan(1e-9);
    expect(() => formFamily(anharmonicLadder, "thermal", 1e-6)).toThrow(ImpossibleRunError);
    expect(() => formFamily(anharmonicLadder, "thermal", 1e-6)).toThrow(/exactly one pair.*`form: auto`/);
  });

  test("has as many modes as it says: ninety in the paper's list, a few in a chain", () => {
    const modesOf = (form: "standard" | "minimal" | "chain") => {
      const { family } = formFamily(anharmonicLadder, form, 1e-6);
      return family.hamiltonian(new Array<number>(family.axes).fill(0)).modes.length;
    };
    expect(modesOf("standard")).toBe(90);
    expect(modesOf("minimal")).toBe(90);
    expect(modesOf("chain")).toBeLessThan(10);
    expect(formFamily(anharmonicLadder, "chain", 1e-6).family.path).toMatch(/^a chain of \d blocks/);
    expect(formFamily(anharmonicLadder, "merged", 1e-2).family.path).toMatch(/^vacuum modes \(90 merged into \d+\)/);
  });
});
