import { describe, expect, test } from "vitest";
import {
  add,
  adjoint,
  diagonal,
  entry,
  hermitianPart,
  identity,
  inBasis,
  kron,
  type Matrix,
  matrix,
  maxAbs,
  multiply,
  scale,
  subtract,
  zeros,
} from "../../../src/algebra/matrix.ts";
import { matrixAt, maxDifference } from "../../../src/algebra/series.ts";
import { nondemolitionBasis } from "../../../src/dynamics/closed/nondemolition.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import type { Model } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { slowModes } from "../../oracle/bosonicBruteForce.ts";
import { bruteForce } from "../../oracle/bruteForce.ts";
import { cases } from "../../oracle/cases.ts";
import { asModel } from "../../oracle/plainModel.ts";
import { random, randomHermitian, randomUnitary } from "../../oracle/random.ts";
import { type ModelKind, randomModel } from "../../oracle/randomModel.ts";
import { affordableSizes, forSeeds } from "../laws.ts";
import { closed } from "./closedRun.ts";

const infinity = Number.POSITIVE_INFINITY;

/** (21) with the product over all modes written out, for H_S and L diagonal in the user's basis. */
function productOverModes(model: Model, m: number, n: number, t: number): { re: number; im: number } {
  let log = { re: 0, im: 0 };
  for (const { frequency: w, coupling } of slowModes(model)) {
    const [a, b] = [entry(coupling, m, m), entry(coupling, n, n)];
    const small = Math.abs(w * t) < 1e-5;
    const s = small ? t * t : (4 * Math.sin((w * t) / 2) ** 2) / (w * w);
    const phase = small ? (w * t ** 3) / 6 : (w * t - Math.sin(w * t)) / (w * w);
    log = {
      re: log.re - 0.5 * ((a.re - b.re) ** 2 + (a.im - b.im) ** 2) * s,
      im: log.im + (b.re * a.im - b.im * a.re) * s + (a.re ** 2 + a.im ** 2 - b.re ** 2 - b.im ** 2) * phase,
    };
  }
  return log;
}

/** Sites whose two levels are `gap` apart and whose operators are all given in another basis, on an S that only dephases. */
function nearlyDegenerate(seed: number, gap: number): Model {
  const from = random(seed);
  const rotated = (values: readonly number[], u: Matrix) => hermitianPart(inBasis(diagonal(values), adjoint(u)));
  const s = randomUnitary(from, 3);
  const u = randomUnitary(from, 2);
  return asModel({
    name: "nearly degenerate",
    dims: [3],
    systemHamiltonian: rotated([-0.9, 0.2, 0.7], s),
    systemState: scale(matrix(Array.from({ length: 3 }, () => [1, 1, 1])), 1 / 3),
    siteHamiltonian: rotated([0.7, 0.7 + gap], u),
    siteState: rotated([0.9, 0.1], u),
    couplings: [{ system: rotated([0.9, -0.6, 0.2], s), site: randomHermitian(from, 2), hc: "included" }],
    ...{ center: "subtract", times: [0, 0.4, 1, 2.5, 6], sizes: [1], tolerance: 1e-6 },
  });
}

describe("the closed form of pure dephasing", () => {
  test("is the full tensor product, for every kind of site", { timeout: 3_600_000 }, () => {
    forSeeds(25, 200, (seed) => {
      const { model, kind } = randomModel(seed, { nondemolition: true });
      for (const size of affordableSizes(model.system.dimension, kind.siteDimension, 70)) {
        const error = maxDifference(closed(model, size), bruteForce(model, size));
        expect(error, `seed ${seed}, M = ${size}`).toBeLessThan(1e-12);
      }
    });
  });

  test("is good to rounding, and proved to be, where levels are almost equal in a rotated basis", () => {
    for (let seed = 1; seed <= 8; seed++) {
      for (const gap of [1e-4, 1e-6, 1e-8, 3e-10, 1e-12]) {
        const model = nearlyDegenerate(seed, gap);
        for (const size of [1, 4]) {
          const { rho, error } = simulate(model, size);
          const exact = bruteForce(model, size);
          model.times.forEach((t, at) => {
            const off = maxAbs(subtract(matrixAt(rho, at), matrixAt(exact, at)));
            expect(off, `seed ${seed}, gap ${gap}, M = ${size}, t = ${t}`).toBeLessThan(error.boundAt?.[at] ?? 0);
          });
          expect(error.bound).toBeLessThan(1e-12);
        }
      }
    }
  });

  test("has a bound of a few ulps where there is little to be rounded, for every M", () => {
    const model = defineModel({
      system: { hamiltonian: "sigmaz", state: "plus" },
      reservoir: { hamiltonian: "0.3 * sigmaz", state: "thermal(1)" },
      couplings: [{ system: "0.3 * sigmaz", site: "sigmap" }],
      times: { from: 0, to: 3, points: 4 },
    });
    for (const size of [1, 10, 1e6, 1e23, infinity]) expect(simulate(model, size).error.bound).toBeLessThan(2e-13);
  });

  test("in the limit is the product over all modes, the static ones included", () => {
    forSeeds(25, 300, (seed) => {
      const kind: Partial<ModelKind> = { nondemolition: true, rotated: false, centring: "subtract" };
      const { model } = randomModel(seed, { ...kind, times: [0, 0.7, -3, 25] });
      const rho = closed(model, infinity);
      const n = model.system.dimension;
      model.times.forEach((t, at) => {
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            const log = productOverModes(model, i, j, t);
            const h = model.system.hamiltonian;
            const angle = log.im - (h.re[i * (n + 1)] - h.re[j * (n + 1)]) * t;
            const size = Math.exp(log.re);
            const start = entry(model.system.state, i, j);
            const found = entry(matrixAt(rho, at), i, j);
            const re = size * (start.re * Math.cos(angle) - start.im * Math.sin(angle));
            const im = size * (start.re * Math.sin(angle) + start.im * Math.cos(angle));
            expect(Math.hypot(found.re - re, found.im - im), `seed ${seed}, t = ${t}`).toBeLessThan(1e-11);
          }
        }
      });
    });
  });

  test("is the Fock-space path, in the limit and for many sites", () => {
    for (let seed = 0; seed < 5; seed++) {
      const { model } = randomModel(seed, {
        nondemolition: true,
        siteDimension: 2,
        dims: [2],
        strength: 0.5,
        centring: "subtract",
        times: [0.5, -1.2],
      });
      for (const size of [infinity, 1000, 7]) {
        const run = simulate(model, size, { forms: "fock", tolerance: 1e-9 });
        expect(run.method).toBe("fock");
        expect(maxDifference(run.rho, simulate(model, size).rho), `seed ${seed}, M = ${size}`).toBeLessThan(1e-9);
      }
    }
  });

  for (const { name, model, limit, finite } of cases.filter((item) => item.nondemolition !== undefined)) {
    test(`agrees with another program: ${name}`, () => {
      expect(maxDifference(closed(model, infinity), limit)).toBeLessThan(1e-9);
      for (const { size, model: own, rho } of finite) expect(maxDifference(closed(own, size), rho)).toBeLessThan(1e-9);
    });
  }

  test("goes over into the limit without a seam up to 10^23 sites, as M^{−1/2} at worst", () => {
    for (let seed = 0; seed < 10; seed++) {
      const { model } = randomModel(seed, { nondemolition: true, centring: "subtract", times: [0.4, -2, 9] });
      const limit = closed(model, infinity);
      const scaled = [1e4, 1e8, 1e12, 1e16, 1e20].map(
        (size) => Math.sqrt(size) * (maxDifference(closed(model, size), limit) - 1e-13),
      );
      // 10^5 and more in front of 1/√M would be lost digits.
      for (const size of [1e16, 1e20, 1e23]) {
        expect(maxDifference(closed(model, size), limit)).toBeLessThan(
          1e-13 + (3 * Math.abs(scaled[0]) + 1) / Math.sqrt(size),
        );
      }
      expect(scaled[1]).toBeLessThan(3 * Math.abs(scaled[0]) + 1e-3);
    }
  });

  test("keeps populations, coherences that nothing distinguishes, and the trace", () => {
    // Levels 0 and 1 of S are alike to the reservoir.
    const { plain } = randomModel(3, { dims: [3], siteDimension: 3, centring: "subtract" });
    const g = diagonal([0.4, 0.4, -1]);
    const model = asModel({
      ...plain,
      systemHamiltonian: diagonal([0.3, 0.3, 0]),
      couplings: plain.couplings.map((c) => ({ ...c, system: g })),
      times: [0, 2, 17],
    });
    for (const size of [1, 50, 1e12, infinity]) {
      const rho = closed(model, size);
      for (let t = 0; t < 3; t++) {
        const [state, start] = [matrixAt(rho, t), model.system.state];
        for (const at of [0, 1, 3, 4, 8]) {
          expect(Math.abs(state.re[at] - start.re[at]) + Math.abs(state.im[at] - start.im[at])).toBeLessThan(1e-13);
        }
      }
    }
  });

  test("is immediate whatever the number of sites", () => {
    const { model } = randomModel(4, { nondemolition: true, siteDimension: 4, dims: [4], centring: "subtract" });
    const long = { ...model, times: Array.from({ length: 200 }, (_, i) => 0.1 * i) };
    const seconds = (size: number) => {
      const began = performance.now();
      closed(long, size);
      return performance.now() - began;
    };
    seconds(10);
    const [few, most] = [10, 1e23].map((size) => Math.min(seconds(size), seconds(size), seconds(size)));
    expect(most).toBeLessThan(4 * few + 20);
  });
});

describe("a mean field that is kept", () => {
  const onlyMean = { system: "0.3 * sigmaz", site: "0.7 * qeye(2)" };
  const couplings = {
    "is all that sites do": [onlyMean],
    "acts where sites do alike": [
      { system: "kron(0.2 * sigmaz, qeye(2))", site: "sigmax" },
      { system: "kron(qeye(2), 0.3 * sigmaz)", site: "0.7 * qeye(2)" },
    ],
  };
  test.each(Object.entries(couplings))("and %s, turns the phases of S", (_, list) => {
    const two = list.length > 1;
    const model = defineModel({
      system: two
        ? { dims: [2, 2], hamiltonian: "kron(sigmaz, qeye(2))", state: "kron(plus, plus)" }
        : { hamiltonian: "0 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: "0.4 * sigmaz", state: "thermal(1)" },
      couplings: list,
      center: "keep",
      times: [0.5, 3],
      sizes: [5],
    });
    const run = simulate(model, 5);
    expect(run.method).toBe("nondemolition");
    expect(maxDifference(run.rho, simulate(model, 5, { forms: "fock", tolerance: 1e-10 }).rho)).toBeLessThan(1e-9);
    // 2 √M c g turns the coherence of the last qubit, whose start is |+⟩.
    const angle = 2 * 2 * Math.sqrt(5) * 0.7 * 0.3 * 3;
    const rho = matrixAt(run.rho, 1);
    const populations = two ? 4 : 2;
    expect(entry(rho, 0, 1).re).toBeCloseTo(Math.cos(angle) / populations, 12);
    expect(entry(rho, 0, 1).im).toBeCloseTo(-Math.sin(angle) / populations, 12);
  });
});

describe("the basis in which S only dephases", () => {
  test("is found in any basis, also where operators are degenerate or multiples of 1", () => {
    const from = random(101);
    const { plain } = randomModel(5, { siteDimension: 2, couplings: 2, centring: "subtract" });
    for (const [h, g] of [
      [diagonal([1, 1, 2, 2]), diagonal([0, 1, 0, 1])],
      [identity(4), diagonal([1, 2, 3, 4])],
      [zeros(4), identity(4)],
      [kron(diagonal([1, -1]), identity(2)), kron(identity(2), diagonal([1, -1]))],
    ]) {
      const u = randomUnitary(from, 4);
      const turn = (a: typeof h) => hermitianPart(inBasis(a, u));
      const model = asModel({
        ...plain,
        dims: [4],
        systemHamiltonian: turn(h),
        systemState: scale(identity(4), 0.25),
        couplings: plain.couplings.map((c) => ({ ...c, system: turn(g), hc: "added" as const })),
      });
      const basis = nondemolitionBasis(model);
      if (basis === null) throw new Error("there is a basis, but none was found");
      for (const operator of [model.system.hamiltonian, ...model.reservoirs[0].couplings.map(({ system }) => system)]) {
        const inside = inBasis(operator, basis);
        for (let i = 0; i < 4; i++) inside.re[i * 5] = inside.im[i * 5] = 0;
        expect(Math.hypot(...inside.re, ...inside.im)).toBeLessThan(1e-11);
      }
    }
  });

  test("is found where G is Hermitian up to rounding only, as a product of written matrices is", () => {
    const { plain } = randomModel(5, { siteDimension: 2, couplings: 1, dims: [4], centring: "subtract" });
    for (let seed = 0; seed < 10; seed++) {
      const from = random(seed);
      const u = randomUnitary(from, 4);
      const exact = hermitianPart(inBasis(diagonal([1, 2, -1, 0]), u));
      const system = add(exact, randomHermitian(from, 4), { re: 0, im: 5e-17 });
      const model = asModel({
        ...plain,
        systemHamiltonian: hermitianPart(inBasis(diagonal([0.1, 0.5, 0.7, 1]), u)),
        couplings: [{ ...plain.couplings[0], system, hc: "added" }],
      });
      expect(nondemolitionBasis(model), `seed ${seed}`).not.toBeNull();
    }
  });

  test("does not exist where something does not commute, H_S with G or G with G†", () => {
    const { plain } = randomModel(6, { dims: [2], siteDimension: 2, centring: "subtract" });
    const z = diagonal([1, -1]);
    const x = matrix([
      [0, 1],
      [1, 0],
    ]);
    const raise = matrix([
      [0, 1],
      [0, 0],
    ]);
    const withOperators = (h: typeof z, g: typeof z) =>
      asModel({ ...plain, systemHamiltonian: h, couplings: [{ ...plain.couplings[0], system: g, hc: "added" }] });
    expect(nondemolitionBasis(withOperators(z, x))).toBeNull();
    expect(nondemolitionBasis(withOperators(zeros(2), raise))).toBeNull();
    expect(nondemolitionBasis(withOperators(z, add(z, identity(2), { re: 0, im: 2 })))).not.toBeNull();
    // A weak coupling that does not commute is no rounding error.
    expect(nondemolitionBasis(withOperators(z, add(z, x, 1e-6)))).toBeNull();
  });

  test("is that of the random models made to dephase, and of hardly any other", () => {
    for (let seed = 0; seed < 30; seed++) {
      expect(nondemolitionBasis(randomModel(seed, { nondemolition: true }).model)).not.toBeNull();
      expect(nondemolitionBasis(randomModel(seed, { nondemolition: false }).model)).toBeNull();
    }
  });

  test("is unitary", () => {
    for (let seed = 0; seed < 10; seed++) {
      const { model } = randomModel(seed, { nondemolition: true, dims: [4], rotated: true });
      const basis = nondemolitionBasis(model) ?? zeros(4);
      expect(maxAbs(subtract(multiply(adjoint(basis), basis), identity(4)))).toBeLessThan(1e-13);
    }
  });
});
