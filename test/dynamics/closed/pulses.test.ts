import { describe, expect, test } from "vitest";
import { adjoint, identity, type Matrix, multiply, zeros } from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { dephasing, nondemolitionBasis } from "../../../src/dynamics/closed/nondemolition.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import type { Model, Protocol } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { controlledBruteForce, sitesOf } from "../../oracle/controlledBruteForce.ts";
import { random, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { forSeeds } from "../laws.ts";

const infinity = Number.POSITIVE_INFINITY;

describe("the closed form under pulses", () => {
  const quiet = { scan: false, drives: [], decays: [], trajectories: { seed: 1, most: 10, always: false } };
  /** A permutation with phases of the levels in which S dephases. */
  const shuffle = (from: ReturnType<typeof random>, basis: Matrix): Matrix => {
    const n = basis.rows;
    const order = Array.from({ length: n }, (_, k) => k).sort(() => from.uniform() - 0.5);
    const u = zeros(n);
    order.forEach((to, k) => {
      const angle = from.between(-3, 3);
      u.re[to * n + k] = Math.cos(angle);
      u.im[to * n + k] = Math.sin(angle);
    });
    return multiply(multiply(basis, u), adjoint(basis));
  };
  const withPulses = (model: Model, pulses: Protocol["pulses"], scan = false): Model => ({
    ...model,
    protocol: { ...quiet, pulses, scan },
  });

  test("that permute its levels is the full tensor product; whatever a pulse at time 0 does, and times of both signs", () => {
    forSeeds(6, 60, (seed) => {
      const { model: plain } = randomModel(seed, {
        ...{ nondemolition: true, siteDimension: 2, dims: [2 + (seed % 2)] },
        times: [0, 0.5, 1.3, -0.4, -1.7, 2.2, 0.8],
      });
      const basis = nondemolitionBasis(plain) as Matrix;
      const from = random(seed + 7);
      const pulses = [-1.1, 0.8, 1.9].map((at) => ({ at, unitary: shuffle(from, basis) }));
      const all = [...pulses, { at: 0, unitary: randomUnitary(from, basis.rows) }].sort((a, b) => a.at - b.at);
      const model = withPulses(plain, all);
      for (const size of [1, 3]) {
        const exact = controlledBruteForce(model, sitesOf(model, size), { pulses: all }, model.times);
        const run = simulate(model, size);
        expect(run.path).toBe("closed form: S only dephases, from pulse to pulse");
        expect(maxDifference(run.rho, exact), `seed ${seed}, M = ${size}`).toBeLessThan(1e-10);
      }
    });
  });

  test("is what the same runs give in a Fock space, for M = ∞ and scans that end with any pulse", () => {
    for (const seed of [3, 5, 8]) {
      const kind = { nondemolition: true, dims: [2], siteDimension: 2, strength: 0.4, centring: "subtract" } as const;
      const { model: plain } = randomModel(seed, { ...kind, times: [0.7, 0, 1.6], tolerance: 1e-9 });
      const basis = nondemolitionBasis(plain) as Matrix;
      const from = random(seed);
      const turns = [0.25, 0.75].map((at) => ({ at, unitary: shuffle(from, basis) }));
      const ends = [0, 1].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
      const scan = withPulses(plain, [ends[0], ...turns, ends[1]], true);
      const train = withPulses(plain, [ends[0], ...turns]);
      for (const model of [scan, train]) {
        for (const size of [4, infinity]) {
          const run = simulate(model, size);
          expect(run.method).toBe("nondemolition");
          const slow = simulate(model, size, { forms: "fock" });
          expect(slow.method).toBe("fock");
          expect(maxDifference(run.rho, slow.rho), `seed ${seed}, M = ${size}`).toBeLessThan(2e-9);
        }
      }
    }
  });

  test("at M = 10^12 is the limit to 1e-5, and the limit is smooth there", () => {
    const { model: plain } = randomModel(5, { nondemolition: true, dims: [2], centring: "subtract", times: [0.9, 2] });
    const basis = nondemolitionBasis(plain) as Matrix;
    const model = withPulses(plain, [{ at: 0.6, unitary: shuffle(random(1), basis) }]);
    const limit = simulate(model, infinity).rho;
    const [near, nearer] = [1e10, 1e12].map((size) => maxDifference(simulate(model, size).rho, limit));
    expect(near).toBeLessThan(1e-4);
    expect(nearer).toBeLessThan(0.2 * near);
    expect(nearer).toBeGreaterThan(0.05 * near);
  });

  test("of one mode is the filter function: |D| = exp(−2 c² |∫ y(s) e^{iωs} ds|²), y turning sign at each pulse", () => {
    const [c, omega, count, duration] = [0.4, 1.3, 6, 9];
    const model = defineModel({
      system: { hamiltonian: "0.3 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: "1.3 * proj(up)", state: "down" },
      couplings: [{ system: "0.4 * sigmaz", site: "sigmax", hc: "included" }],
      pulses: { sequence: "cpmg", count, duration },
      times: [0, 1, 2.4, 5, 8.5, 9],
    });
    const { rho, method } = simulate(model, infinity);
    expect(method).toBe("nondemolition");
    const flips = Array.from({ length: count }, (_, k) => (duration * (2 * k + 1)) / (2 * count));
    model.times.forEach((t, at) => {
      // ∫ y e^{iωs} ds over the stretches, each (e^{iωb} − e^{iωa})/iω.
      let [re, im, sign, a] = [0, 0, 1, 0];
      for (const b of [...flips.filter((flip) => flip < t), t]) {
        re += (sign * (Math.sin(omega * b) - Math.sin(omega * a))) / omega;
        im -= (sign * (Math.cos(omega * b) - Math.cos(omega * a))) / omega;
        [sign, a] = [-sign, b];
      }
      const size = Math.hypot(rho.re[4 * at + 1], rho.im[4 * at + 1]);
      expect(size).toBeCloseTo(0.5 * Math.exp(-2 * c * c * (re * re + im * im)), 13);
    });
  });

  test("holds where pulses turn what the reservoir does not see, and not where they mix what it does", () => {
    const model = (pulses: unknown) =>
      defineModel({
        system: {
          dims: [2, 2],
          hamiltonian: "0.3 * kron(sigmaz, qeye(2)) + 0.2 * kron(qeye(2), sigmaz)",
          state: "kron(plus, up)",
        },
        reservoir: { hamiltonian: "proj(up)", state: "thermal(1)" },
        couplings: [{ system: "0.2 * kron(sigmaz, qeye(2))", site: "sigmap" }],
        pulses: pulses as never,
        times: [0.5, 2, 3],
        tolerance: 1e-9,
      });
    const turned = model([
      { at: 1, rotate: "0.5 * kron(qeye(2), sigmax)", angle: 0.7 },
      { at: 2.5, unitary: "kron(sigmax, sigmay)" },
    ]);
    expect(simulate(turned, 5).method).toBe("nondemolition");
    expect(maxDifference(simulate(turned, 5).rho, simulate(turned, 5, { forms: "fock" }).rho)).toBeLessThan(1e-9);
    const mixed = model([{ at: 1, rotate: "0.5 * kron(sigmax, qeye(2))", angle: 0.7 }]);
    expect(simulate(mixed, 5).method).toBe("fock");
    const late = model([{ at: 3, rotate: "0.5 * kron(sigmax, qeye(2))", angle: 0.7 }]);
    expect(simulate(late, 5).method).toBe("nondemolition");
    expect(maxDifference(simulate(late, 5).rho, simulate(late, 5, { forms: "fock" }).rho)).toBeLessThan(1e-9);
    expect(
      dephasing({
        ...turned,
        protocol: { ...turned.protocol, decays: [{ operator: identity(4), rate: 1 }] } as Protocol,
      }),
    ).toBeNull();
  });
});
