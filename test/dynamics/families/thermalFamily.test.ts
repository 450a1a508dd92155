import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import type { Family } from "../../../src/dynamics/families/family.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { thermalFamily } from "../../../src/dynamics/families/thermalFamily.ts";
import { cases } from "../../oracle/cases.ts";
import type { ModelKind } from "../../oracle/randomModel.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { familyRun } from "../familyRun.ts";

const kind: Partial<ModelKind> = {
  siteDimension: 2,
  state: "mixed",
  degenerate: false,
  nondemolition: false,
  dims: [2],
  strength: 0.4,
  times: [0.7, -1.1],
};

function quanta(family: Family): number {
  return Math.max(...(family.starts?.() ?? []).map(({ occupations }) => occupations[0]));
}

describe("a thermal oscillator", () => {
  test("does to S what the pair of vacuum modes does that it stands for", () => {
    let compared = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { model } = randomModel(seed, kind);
      const thermal = thermalFamily(model, 1e-8);
      // Hot oscillators are right as well, but slow.
      if (thermal === null || quanta(thermal) > 20) continue;
      const one = familyRun(model, thermal, quanta(thermal) + 9, { nodes: 10 });
      const two = familyRun(model, limitFamily(model), 12, { nodes: 10 });
      expect(maxDifference(one.rho, two.rho), `seed ${seed}`).toBeLessThan(1e-9);
      compared++;
    }
    expect(compared).toBeGreaterThan(1);
  });

  test("is found in the paper's qubit, and gives the result of another program", () => {
    const qubit = cases.find(({ name }) => name === "qubit");
    if (qubit === undefined) throw new Error("the reference case is missing");
    const thermal = thermalFamily(qubit.model, 1e-10);
    if (thermal === null) throw new Error("the qubit's two modes are one oscillator");
    expect(thermal.hamiltonian([]).modes.length).toBe(1);
    // Excitations are conserved: the space is complete whatever the cutoff.
    const { rho } = familyRun(qubit.model, thermal, quanta(thermal) + 2);
    expect(maxDifference(rho, qubit.limit)).toBeLessThan(1e-8);
  });

  test("does not exist for a pure site, nor at infinite temperature", () => {
    expect(thermalFamily(randomModel(1, { ...kind, state: "pure" }).model, 1e-8)).toBeNull();
    expect(thermalFamily(randomModel(1, { ...kind, state: "infinite-temperature" }).model, 1e-8)).toBeNull();
  });
});
