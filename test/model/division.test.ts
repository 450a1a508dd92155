import { describe, expect, test } from "vitest";
import type { Circumstances } from "../../src/model/division.ts";
import { divided } from "../../src/model/division.ts";
import { randomModel } from "../oracle/randomModel.ts";

/** A two-level site with splitting 1 in the state 1/2, coupled by 0.1 σx ⊗ σx. */
const circumstances: Circumstances = (() => {
  const x = { rows: 2, cols: 2, re: Float64Array.of(0, 1, 1, 0), im: new Float64Array(4) };
  const half = { ...x, re: Float64Array.of(0.5, 0, 0, 0.5) };
  return {
    hamiltonian: { ...x, re: Float64Array.of(1, 0, 0, 0) },
    stateAt: () => half,
    couplings: [{ system: { ...x, re: Float64Array.of(0, 0.1, 0.1, 0) }, site: x }],
    share: 1,
    farthest: 10,
    tolerance: 1e-6,
    finite: false,
  };
})();

const uniform = { of: "splitting", law: { kind: "uniform", mean: 1, width: 2 } } as const;

describe("the number of values", () => {
  test("is what the time, the tolerance and the strength of the coupling need", () => {
    const count = (change: Partial<Circumstances>) =>
      divided(uniform, { ...circumstances, ...change })?.atoms.length ?? 0;
    const usual = count({});
    expect(usual).toBeGreaterThan(5);
    expect(count({ farthest: 40 })).toBeGreaterThan(2 * usual);
    expect(count({ tolerance: 1e-10 })).toBeGreaterThan(usual);
    expect(count({ share: 1e-4 })).toBeLessThan(usual);
    expect(count({ farthest: 1e-3 })).toBe(1);
    expect(divided(uniform, { ...circumstances, farthest: 1e4 })).toBeUndefined();
  });

  test("is that of the coupling's moments: two for the limit, three if sizes are finite", () => {
    const spread = { ...uniform, of: "coupling" } as const;
    expect(divided(spread, circumstances)?.atoms.length).toBe(2);
    expect(divided(spread, { ...circumstances, finite: true })?.atoms.length).toBe(3);
  });

  test("may be given, and then it is told how long it is good for: longer with more", () => {
    const until = (quantiles: number) =>
      Number(/until \|t\| ≈ ([\d.]+)/.exec(divided({ ...uniform, quantiles }, circumstances)?.note ?? "")?.[1]);
    expect(until(40)).toBeGreaterThan(1.4 * until(10));
    expect(divided({ ...uniform, nodes: 5 }, circumstances)?.atoms.length).toBe(5);
    expect(divided({ of: "coupling", values: [{ value: 1, share: 1 }] }, circumstances)?.note).toContain("as listed");
  });

  test("does without couplings and in any basis", () => {
    const { reservoirs } = randomModel(4, { siteDimension: 3, rotated: true }).model;
    const [{ site, couplings }] = reservoirs;
    const given = { ...circumstances, hamiltonian: site.hamiltonian, stateAt: () => site.state };
    expect(divided(uniform, { ...given, couplings })?.atoms.length).toBeGreaterThan(3);
    expect(divided(uniform, { ...given, couplings: [] })?.atoms.length).toBe(1);
  });
});
