import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { add, adjoint, type Matrix, maxAbs, multiply, scale, subtract } from "../../src/algebra/matrix.ts";
import { describeReservoir } from "../../src/handover/describe.ts";
import { type HandoverProgress, RefusedHandoverError } from "../../src/handover/handover.ts";
import { eigenstates, handover, hierarchyHandover, oscillators } from "../../src/handover/prepare.ts";
import { readModel } from "../../src/model/read.ts";
import { defineModel } from "../../src/model/validate.ts";
import { standardModes } from "../../src/reservoir/modes.ts";
import { spectralDistance } from "../../src/reservoir/spectralWeight.ts";

const options = { form: "minimal" as const, tolerance: 1e-6, mostStates: 5000, mostTimes: 20, version: "test" };
const qubit = (changes = {}) =>
  defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
    couplings: [{ system: "0.15 * sigmam", site: "sigmap" }],
    times: { from: 0, to: 6, points: 31 },
    ...changes,
  });

describe("a handover", () => {
  test("is refused before the reference is computed where there is no room in any case", () => {
    const runs: unknown[] = [];
    const told = { onRun: (progress: unknown) => runs.push(progress) };
    expect(() => handover(qubit(), { ...options, ...told, mostStates: 20 })).toThrow("20 are allowed");
    const hermitian = qubit({ couplings: [{ system: "0.15 * sigmax", site: "sigmax", hc: "included" }] });
    expect(() => hierarchyHandover(hermitian, { ...options, ...told, mostStates: 20 })).toThrow("20 are allowed");
    expect(runs).toEqual([]);
    hierarchyHandover(hermitian, { ...options, ...told });
    expect(runs.length).toBeGreaterThan(0);
  });

  test("tells where the search for cut-offs stands, up to its end", () => {
    const hermitian = qubit({ couplings: [{ system: "0.15 * sigmax", site: "sigmax", hc: "included" }] });
    for (const search of [handover, hierarchyHandover]) {
      const told: HandoverProgress[] = [];
      search(hermitian, { ...options, onProgress: (progress) => told.push(progress) });
      const { doing, done, total } = told[told.length - 1];
      expect(doing).toMatch(/^ρ_S\(t\) with .* (Fock states|tiers)$/);
      expect(done).toBe(total);
    }
  });

  test("has no entries that are rounding: what its box conserves is seen", () => {
    const text = readFileSync(new URL("../../examples/two-isotopes.yaml", import.meta.url), "utf8");
    const { model } = readModel(text, "two-isotopes.yaml");
    if (model === undefined) throw new Error("not a model");
    const { field } = oscillators(model, "thermal");
    for (const { re, im } of field) {
      // σ_z, but for its size.
      expect([re[1], re[2], ...im].every((x) => x === 0)).toBe(true);
      expect(re[0]).toBeCloseTo(-re[3], 12);
    }
  });

  test.each(["minimal", "standard", "thermal"] as const)("in the %s form agrees with the reference", (form) => {
    const f = handover(qubit(), { ...options, form });
    expect(f.deviation).toBeLessThan(3.4e-7);
    expect(f.reference.times).toHaveLength(21);
    expect(f.timesRemark).toBe("21 of the model's 31 times");
    expect(f.modes.map(({ occupation }) => occupation)).toEqual(
      form === "thermal" ? [expect.closeTo(0.75, 12)] : [0, 0],
    );
  });

  test.each([
    { pulses: { sequence: "hahn" } },
    { drive: [{ operator: "sigmax", envelope: "cos(t)" }] },
    { decay: { T1: 5 } },
  ])("is refused with %o, which the scripts would leave out", (more) => {
    expect(() => handover(qubit(more), options)).toThrow(RefusedHandoverError);
  });

  test("has static modes as a field, in every form", () => {
    const model = qubit({
      couplings: [{ system: "0.1 * sigmax", site: "sigmaz + sigmax", hc: "included" }],
      center: "subtract",
    });
    for (const form of ["minimal", "standard", "thermal"] as const) {
      const { modes, field } = oscillators(model, form);
      expect(modes.every(({ frequency }) => frequency !== 0)).toBe(true);
      expect(field).toHaveLength(1);
    }
  });

  test("is refused where the mean field is kept, where there is no limit", () => {
    const model = qubit({
      couplings: [{ system: "0.1 * sigmax", site: "sigmaz", hc: "included" }],
      center: "keep",
      sizes: [10],
    });
    expect(() => handover(model, options)).toThrow("no limit");
  });

  test("is refused where a hierarchy would be wrong, with the reason", () => {
    expect(() => hierarchyHandover(qubit(), options)).toThrow(RefusedHandoverError);
    expect(() => hierarchyHandover(qubit(), options)).toThrow(/Hermitian operator Q.*σ₋.*--to qutip/s);
  });

  test("is refused as too large where the average over a field or the box would be", () => {
    try {
      handover(qubit(), { ...options, mostStates: 20 });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: "RefusedHandoverError", tooLarge: true });
    }
    const late = qubit({
      couplings: [{ system: "sigmaz", site: "sigmaz", hc: "included" }],
      center: "subtract",
      times: [0, 1000],
    });
    expect(() => handover(late, options)).toThrow("static fields");
  });
});

test("eigenstates are the mixture", () => {
  const { state } = qubit({ system: { hamiltonian: "sigmaz", state: "0.7 * proj(plus) + 0.3 * proj(up)" } }).system;
  const mixture = eigenstates(state).reduce<Matrix>(
    (sum, { probability, ket }) => {
      const column = { rows: 2, cols: 1, ...ket };
      return add(sum, multiply(column, adjoint(column)), probability);
    },
    scale(state, 0),
  );
  expect(maxAbs(subtract(mixture, state))).toBeLessThan(1e-15);
  expect(eigenstates(qubit().system.state)).toHaveLength(1);
});

test("all forms of a description carry the same two-point data", () => {
  const model = qubit();
  const { forms, hermitianBaths, spectralWeights, pairs } = describeReservoir(model);
  const standard = standardModes(model);
  expect(spectralDistance(forms.standard.modes, standard)).toBeLessThan(1e-16);
  expect(spectralDistance(forms.minimal.modes, standard)).toBeLessThan(1e-16);
  const vacuum = forms.thermal.modes.flatMap(({ frequency, coupling, occupation = 0 }) => [
    { frequency, coupling: scale(coupling, Math.sqrt(occupation + 1)) },
    { frequency: -frequency, coupling: scale(adjoint(coupling), Math.sqrt(occupation)) },
  ]);
  expect(spectralDistance(vacuum, standard)).toBeLessThan(1e-16);
  expect(hermitianBaths).toBeNull();
  expect(spectralWeights?.map(({ frequency }) => frequency)).toEqual([-1, 1]);
  expect(pairs).toHaveLength(1);
});
