import { describe, expect, test } from "vitest";
import { add, diagonal, matrix, scale } from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { nextCertified } from "../../../src/dynamics/cutoff/certify.ts";
import { TooLargeError } from "../../../src/dynamics/errors.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import type { Model } from "../../../src/model/types.ts";
import { asModel } from "../../oracle/plainModel.ts";

const infinity = Number.POSITIVE_INFINITY;
const sigmax = matrix([
  [0, 1],
  [1, 0],
]);

/** A qubit that does not conserve the number of quanta, coupled to spins that start in their ground state or warm. */
function spins(times: readonly number[], up = 0): Model {
  const tilted = matrix([
    [0.5, 0.3],
    [0.3, -0.5],
  ]);
  return asModel({
    name: "a qubit among spins",
    dims: [2],
    systemHamiltonian: tilted,
    systemState: diagonal([1, 0]),
    siteHamiltonian: diagonal([1, 0]),
    siteState: diagonal([up, 1 - up]),
    couplings: [{ system: scale(sigmax, 0.2), site: sigmax, hc: "included" }],
    center: "subtract",
    times,
    sizes: [infinity],
    tolerance: 1e-7,
  });
}

const until = (end: number, points: number) => Array.from({ length: points }, (_, i) => (i * end) / (points - 1));

describe("a certified run", () => {
  test("ends at late times too, with a bound that meets the tolerance and is near it in cutoff", () => {
    const model = spins(until(200, 601));
    const usual = simulate(model, infinity, { forms: "fock" });
    for (const tolerance of [1e-4, 1e-7]) {
      const run = simulate(model, infinity, { forms: "fock", certified: true, tolerance });
      expect(run.error).toMatchObject({ converged: true, tolerance });
      expect(run.error.bound).toBeLessThanOrEqual(tolerance);
      expect(run.warnings).toEqual([]);
      // Two more quanta, not ten: the bound is of second order.
      expect(run.cost.cutoff).toBeLessThanOrEqual(usual.cost.cutoff + 4);
    }
  });

  test("has at every time a bound that holds, against a run that is certified to far less", () => {
    const model = spins(until(-12, 25), 0.3);
    const truth = simulate(model, infinity, { forms: "fock", form: "thermal", certified: true, tolerance: 1e-11 });
    for (const form of ["minimal", "thermal"] as const) {
      const run = simulate(model, infinity, { form, certified: true, tolerance: 1e-5 });
      expect(run.error.converged).toBe(true);
      run.error.boundAt?.forEach((bound, t) => {
        const at = (x: Float64Array) => x.subarray(4 * t, 4 * t + 4);
        const off = maxDifference(
          { ...run.rho, re: at(run.rho.re), im: at(run.rho.im) },
          { ...truth.rho, re: at(truth.rho.re), im: at(truth.rho.im) },
        );
        expect(bound + (truth.error.boundAt?.[t] ?? Number.NaN)).toBeGreaterThanOrEqual(off);
      });
    }
  });

  test("refines the average over a static field until what is proved of it is small, where the estimate is content before", () => {
    const field = { system: diagonal([0, 0.1, 2]), site: diagonal([1, -1]), hc: "included" as const };
    const flip = matrix([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ]);
    // The field turns the third level fast, in which S never is: that only shows when it is evolved.
    const model = asModel({
      name: "an idle level in a field",
      dims: [3],
      systemHamiltonian: diagonal([0.5, -0.5, 0]),
      systemState: diagonal([1, 0, 0]),
      siteHamiltonian: diagonal([1, 0]),
      siteState: diagonal([0.3, 0.7]),
      couplings: [{ system: scale(flip, 0.2), site: sigmax, hc: "included" }, field],
      center: "subtract",
      times: until(6, 21),
      sizes: [infinity],
      tolerance: 1e-5,
    });
    const [usual, certified] = [false, true].map((proved) => simulate(model, infinity, { certified: proved }));
    expect(usual.error.bound).toBeGreaterThan(1e-5);
    expect(certified.error).toMatchObject({ converged: true });
    expect(certified.cost.sectors).toBeGreaterThan(usual.cost.sectors);
    expect(maxDifference(usual.rho, certified.rho)).toBeLessThan(2e-5);
  });

  test("sums exactly over numbers of sites, since nothing is proved of few nodes", () => {
    const model = spins([0, 1, 5], 0.3);
    const [usual, certified] = [false, true].map((proved) => simulate(model, 1000, { certified: proved }));
    expect(usual.error.bound).toBe(null);
    expect(certified.error.converged).toBe(true);
    expect(certified.error.bound).toBeLessThanOrEqual(1e-7);
  });

  test("says so where no cutoff can do: below what double precision proves", () => {
    const run = simulate(spins(until(50, 11)), infinity, { forms: "fock", certified: true, tolerance: 2e-14 });
    expect(run.error.converged).toBe(false);
    expect(run.warnings.join()).toMatch(/Double precision proves no more than .*e-1[0-9] here/);
  });

  test("in closed form has the tolerance that was asked for, and says if rounding is more than that", () => {
    const one = spins([0, 3]);
    const idle = { ...one, system: { ...one.system, hamiltonian: scale(sigmax, 0.5) } };
    const [usual, certified] = [1e-3, 1e-15].map((tolerance) => simulate(idle, 100, { tolerance, certified: true }));
    expect(usual).toMatchObject({ method: "nondemolition", error: { tolerance: 1e-3, converged: true }, warnings: [] });
    expect(certified.error).toMatchObject({ tolerance: 1e-15, converged: false });
    expect(certified.warnings.join()).toContain("Double precision proves no more than");
  });

  test("says so where nothing is proved: a static field of more sites than doubles can count", () => {
    const tilted = spins([0, 5], 0.3);
    const [{ couplings, ...one }] = tilted.reservoirs;
    const site = add(couplings[0].site, diagonal([0.7, -0.3]));
    const model = { ...tilted, reservoirs: [{ ...one, couplings: [{ ...couplings[0], site }] }] };
    const run = simulate(model, 1e17, { certified: true, forms: "fock" });
    expect(run.error).toMatchObject({ converged: false, bound: null, boundAt: null });
    expect(run.warnings.join()).toContain("Nothing is proved of this run's error");
  });

  test("that does not fit says how far it came", () => {
    const wide = { ...spins(until(60, 5), 0.4), form: "minimal" as const };
    const run = () => simulate(wide, infinity, { certified: true, tolerance: 1e-8, memory: 3e6 });
    expect(run).toThrow(TooLargeError);
  });
});

describe("the next cutoff", () => {
  test("goes by how the bound fell, a little nearer, but never much beyond what is known", () => {
    const known = [
      { cutoff: 20, bound: 1e-2 },
      { cutoff: 22, bound: 1e-3 },
    ];
    expect(nextCertified(known, 1e-4, infinity)).toBe(24);
    expect(nextCertified(known, 9e-4, infinity)).toBe(23);
    expect(nextCertified(known, 1e-30, infinity)).toBe(31);
    expect(nextCertified(known, 1e-30, 25)).toBe(25);
  });

  test("is two more with nothing known of the fall, and a good deal more where there is none", () => {
    expect(nextCertified([{ cutoff: 10, bound: 1 }], 1e-6, infinity)).toBe(12);
    const flat = [
      { cutoff: 10, bound: 3 },
      { cutoff: 12, bound: 3 },
    ];
    expect(nextCertified(flat, 1e-6, infinity)).toBe(18);
  });
});
