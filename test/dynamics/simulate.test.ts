import { describe, expect, test } from "vitest";
import { eigh } from "../../src/algebra/hermitian.ts";
import { diagonal, hermitianDefect, type Matrix, matrix, trace } from "../../src/algebra/matrix.ts";
import { matrixAt, maxDifference } from "../../src/algebra/series.ts";
import { meanField } from "../../src/dynamics/closed/meanField.ts";
import { ImpossibleRunError, TooLargeError } from "../../src/dynamics/errors.ts";
import { limitFamily } from "../../src/dynamics/families/limitFamily.ts";
import { meanFieldRun, simulate, simulation } from "../../src/dynamics/simulate.ts";
import { readModel } from "../../src/model/read.ts";
import { defineModel } from "../../src/model/validate.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { cases } from "../oracle/cases.ts";
import { asModel } from "../oracle/plainModel.ts";
import { type ModelKind, randomModel } from "../oracle/randomModel.ts";
import { familyRun } from "./familyRun.ts";
import { affordableSizes, forSeeds, many } from "./laws.ts";

const infinity = Number.POSITIVE_INFINITY;

describe("simulate, against the full tensor product", () => {
  test("is right to 1e-10 for random models of every kind, at every size", { timeout: 3_600_000 }, () => {
    forSeeds(12, 120, (seed) => {
      const { model, kind } = randomModel(seed);
      const sizes = affordableSizes(model.system.dimension, kind.siteDimension, many ? 1024 : 100);
      for (const size of many ? sizes : sizes.slice(-2)) {
        const exact = bruteForce(model, size);
        for (const forms of ["closed", "fock"] as const) {
          const run = simulate(model, size, { tolerance: 1e-11, forms });
          expect(maxDifference(run.rho, exact), `seed ${seed}, M = ${size}, ${run.path}`).toBeLessThan(1e-10);
        }
      }
    });
  });

  test("is right for a single site of two levels at infinite temperature", () => {
    for (let seed = 0; seed < 6; seed++) {
      const { model } = randomModel(seed, { siteDimension: 2, state: "infinite-temperature", dims: [2] });
      for (const size of [1, 2, 3]) {
        const run = simulate(model, size, { tolerance: 1e-11, forms: "fock" });
        expect(maxDifference(run.rho, bruteForce(model, size)), `seed ${seed}, M = ${size}`).toBeLessThan(1e-10);
      }
    }
  });

  test("does not cut away levels of the site with a population of 1e-4, or states of S", () => {
    for (let seed = 0; seed < 4; seed++) {
      const { plain } = randomModel(seed, {
        siteDimension: 3,
        state: "mixed",
        rotated: false,
        degenerate: false,
        centring: "subtract",
        dims: [2],
        strength: 1,
        times: [1, 4],
      });
      const rare = (p: number) =>
        asModel({
          ...plain,
          siteState: diagonal([1 - 2 * p, p, p]),
          systemState: diagonal([1 - p, p]),
        });
      const exact = bruteForce(rare(1e-4), 4);
      expect(maxDifference(exact, bruteForce(rare(0), 4))).toBeGreaterThan(1e-6);
      expect(maxDifference(simulate(rare(1e-4), 4, { tolerance: 1e-9 }).rho, exact)).toBeLessThan(1e-9);
    }
  });
});

describe("the error that a run states", () => {
  const kind: Partial<ModelKind> = { centring: "subtract", nondemolition: false, times: [0.5, 1.5, -1, 3] };

  test("is met, and never above its bound: a run at far higher cutoffs and finer nodes differs by less", {
    timeout: 3_600_000,
  }, () => {
    forSeeds(12, 220, (seed) => {
      const size = [infinity, 1000, 30, 5][seed % 4];
      const three = seed % 3 === 0;
      // Nine modes at a hundredth of the tolerance would take minutes: three mixed levels only where M is small.
      const mixed =
        three && size > 5 ? { state: seed % 2 === 0 ? ("pure" as const) : ("rank-deficient" as const) } : {};
      const { model } = randomModel(seed, { ...kind, ...mixed, siteDimension: three ? 3 : 2 });
      const tolerance = seed % 5 === 0 ? 1e-4 : 1e-6;
      const run = simulate(model, size, { tolerance, forms: "fock" });
      const finer = simulate(model, size, { tolerance: 1e-3 * tolerance, forms: "fock" });
      const about = `seed ${seed}, M = ${size}, ${run.path}`;
      expect(run.error.converged, about).toBe(true);
      expect(run.error.estimate, about).toBeLessThanOrEqual(tolerance);
      const error = maxDifference(run.rho, finer.rho);
      expect(error, about).toBeLessThanOrEqual(tolerance + finer.error.estimate);
      if (run.error.bound !== null) expect(error, about).toBeLessThanOrEqual(run.error.bound + 1e-3 * tolerance);
    });
  });

  test("is met in the limit, against its vacuum modes at a cutoff that nothing chose", { timeout: 3_600_000 }, () => {
    forSeeds(6, 60, (seed) => {
      const { model } = randomModel(seed, { ...kind, siteDimension: 2, dims: [2], strength: 0.5 });
      const run = simulate(model, infinity, { tolerance: 1e-6, forms: "fock" });
      const family = limitFamily(model);
      const { rho } = familyRun(model, family, 16, { nodes: family.axes < 2 ? 40 : 12 }, 1e-9);
      expect(maxDifference(run.rho, rho), `seed ${seed}`).toBeLessThan(1e-6);
    });
  });

  test("is met where a strong static field is seen at one late time only", () => {
    for (const strength of [1, 3, 6, 12, 30]) {
      for (const times of [[1], [0, 1]]) {
        const model = asModel({
          name: "a strong static field",
          dims: [2],
          systemHamiltonian: diagonal([0.3, -0.3]),
          systemState: matrix([
            [0.5, 0.5],
            [0.5, 0.5],
          ]),
          siteHamiltonian: diagonal([0, 1]),
          siteState: diagonal([0.5, 0.5]),
          couplings: [{ system: diagonal([strength / 2, -strength / 2]), site: diagonal([1, -1]), hc: "included" }],
          center: "error",
          times,
          sizes: [infinity],
          tolerance: 1e-6,
        });
        for (const size of [infinity, 1000, 40]) {
          for (const tolerance of [1e-4, 1e-6, 1e-9]) {
            const run = simulate(model, size, { forms: "fock", tolerance });
            // The closed form: exp(−2 (strength t)²) in the limit.
            const error = maxDifference(run.rho, simulate(model, size).rho);
            const about = `strength ${strength}, times ${times}, M = ${size}, tolerance ${tolerance}`;
            if (run.error.converged) expect(error, about).toBeLessThanOrEqual(tolerance);
          }
        }
      }
    }
  });

  test("is the bound in a certified run", () => {
    for (let seed = 0; seed < 4; seed++) {
      const { model } = randomModel(seed, { ...kind, siteDimension: 2, state: "pure", dims: [2], times: [0.5, -1] });
      const run = simulate(model, infinity, { tolerance: 1e-6, forms: "fock", certified: true });
      expect(run.error.converged).toBe(true);
      expect(run.error.bound).toBeLessThanOrEqual(1e-6);
      const usual = simulate(model, infinity, { tolerance: 1e-6, forms: "fock" });
      expect(run.cost.cutoff).toBeGreaterThanOrEqual(usual.cost.cutoff);
    }
  });

  test("is stated for every tolerance that a model may ask for, met or not", () => {
    const { model } = randomModel(1, { ...kind, siteDimension: 3, state: "pure", dims: [4], times: [1, 10] });
    const finest = simulate(model, infinity, { tolerance: 1e-12 });
    for (const tolerance of [1e-9, 1e-13, 1.1e-14]) {
      const run = simulate(model, infinity, { tolerance });
      const error = maxDifference(run.rho, finest.rho);
      expect(error).toBeLessThan(1e-9);
      if (run.error.converged) expect(error).toBeLessThanOrEqual(tolerance + 1e-12);
    }
  });

  test("has its parts add up to the estimate", () => {
    for (let seed = 0; seed < 8; seed++) {
      const { error } = simulate(randomModel(seed, { ...kind, siteDimension: 2 }).model, 50, { tolerance: 1e-6 });
      const { truncation, propagation, average } = error.parts;
      expect(truncation + propagation + average).toBeCloseTo(error.estimate, 15);
    }
  });
});

describe("ρ_S(t)", () => {
  test("does not depend on the order, the number or the sign of the times, and is ρ_S at t = 0", () => {
    for (const [seed, size] of [
      [1, infinity],
      [2, 20],
      [3, 3],
    ]) {
      const { model } = randomModel(seed, { siteDimension: 2, centring: "subtract", times: [2, -1, 0, 0.5, -3, 0.5] });
      const tolerance = 1e-9;
      const whole = simulate(model, size, { tolerance }).rho;
      expect(whole.times).toEqual(model.times);
      const n = model.system.dimension;
      model.times.forEach((time, t) => {
        const alone = simulate({ ...model, times: [time] }, size, { tolerance }).rho;
        const at = matrixAt(whole, t);
        const difference = maxDifference(alone, { times: [time], dimension: n, re: at.re, im: at.im });
        expect(difference, `seed ${seed}, t = ${time}`).toBeLessThan(2 * tolerance);
      });
      const start = { times: [0], dimension: n, re: model.system.state.re, im: model.system.state.im };
      const zero = matrixAt(whole, 2);
      expect(maxDifference(start, { times: [0], dimension: n, re: zero.re, im: zero.im })).toBeLessThan(tolerance);
    }
  });

  test("is a state at all times, to the tolerance", () => {
    for (let seed = 0; seed < 8; seed++) {
      const { model } = randomModel(seed, { siteDimension: 2, centring: "subtract", times: [0.3, 4, -9] });
      const { rho, error } = simulate(model, seed % 2 === 0 ? infinity : 100, { tolerance: 1e-7, forms: "fock" });
      for (let t = 0; t < 3; t++) {
        const state = matrixAt(rho, t);
        expect(hermitianDefect(state)).toBe(0);
        expect(Math.abs(trace(state).re - 1)).toBeLessThanOrEqual(error.tolerance);
        expect(eigh(state).values[0]).toBeGreaterThan(-4 * error.tolerance);
      }
    }
  });

  test("turned backward in time by conjugation: ρ(−t) under H is the conjugate of ρ(t) under the conjugate of H", () => {
    const { plain } = randomModel(9, { siteDimension: 2, centring: "subtract", times: [1.3, -0.4] });
    const bar = (a: Matrix) => ({ ...a, im: a.im.map((x) => -x) });
    const mirrored = asModel({
      ...plain,
      systemHamiltonian: bar(plain.systemHamiltonian),
      systemState: bar(plain.systemState),
      siteHamiltonian: bar(plain.siteHamiltonian),
      siteState: bar(plain.siteState),
      couplings: plain.couplings.map((c) => ({ ...c, system: bar(c.system), site: bar(c.site) })),
      times: [-1.3, 0.4],
    });
    for (const size of [infinity, 12]) {
      const [a, b] = [asModel(plain), mirrored].map((model) => simulate(model, size, { tolerance: 1e-9 }).rho);
      expect(maxDifference(a, { ...b, im: b.im.map((x) => -x) })).toBeLessThan(2e-9);
    }
  });
});

describe("many sites", () => {
  test("cost no more than a thousand, up to 10^23, and come to the limit", () => {
    const qubit = cases.find(({ name }) => name === "two-couplings");
    if (qubit === undefined) throw new Error("the reference case is missing");
    const model = { ...qubit.model, times: [0.5, 1, 2] };
    const [thousand, ...more] = [1e3, 1e9, 1e15, 1e23, infinity].map((size) =>
      simulate(model, size, { tolerance: 1e-7 }),
    );
    const work = ({ cost }: typeof thousand) => cost.dimension * cost.sectors;
    for (const run of more) {
      expect(run.error.converged).toBe(true);
      expect(work(run)).toBeLessThan(2 * work(thousand));
    }
    expect(maxDifference(more[2].rho, more[3].rho)).toBeLessThan(2e-7);
    expect(maxDifference(more[1].rho, more[3].rho)).toBeLessThan(5e-7);
  });
});

describe("a run that cannot be", () => {
  test("for too little memory says what it needs, what it may use, and what to do", () => {
    const { model } = randomModel(4, { siteDimension: 4, state: "pure", dims: [4], strength: 3, times: [20] });
    const small = () => simulate(model, infinity, { memory: 2 ** 20, tolerance: 1e-10 });
    expect(small).toThrow(TooLargeError);
    expect(small).toThrow(/3 modes need more than \d+ states and [\d.]+ MB for a tolerance of 1e-10/);
    expect(small).toThrow("1.05 MB may be used");
    expect(small).toThrow("larger tolerance or shorter times");
  });

  test("for a mean field that grows with M says so, and takes finite sizes", () => {
    const { model } = randomModel(5, { centring: "keep", siteDimension: 2 });
    expect(model.meanField.matters).toBe(true);
    expect(() => simulate(model, infinity)).toThrow(ImpossibleRunError);
    expect(() => simulate(model, infinity)).toThrow("there is no limit M = ∞. Ask for finite sizes");
    expect(simulate(model, 3).error.converged).toBe(true);
  });
});

describe("a run in steps", () => {
  test("says where it stands after each piece of work, and can be left at any", () => {
    const { model } = randomModel(6, { siteDimension: 2, state: "mixed", centring: "subtract", degenerate: false });
    const steps = simulation(model, 100, { tolerance: 1e-7, forms: "fock" });
    let last = { stage: "cutoff", done: 0, total: 1, seconds: 0 };
    let sectors = 0;
    for (;;) {
      const step = steps.next();
      if (step.done) {
        expect(step.value.cost.sectors).toBe(sectors);
        break;
      }
      expect(step.value.size).toBe(100);
      expect(step.value.seconds).toBeGreaterThanOrEqual(last.seconds);
      expect(step.value.dimension).toBeGreaterThan(0);
      if (step.value.stage === "sectors" && last.stage === "sectors") {
        expect(step.value.done).toBeGreaterThanOrEqual(last.done);
      }
      last = step.value;
      if (step.value.stage === "sectors") sectors = step.value.total;
    }
    expect(last).toMatchObject({ stage: "sectors", done: last.total });
  });

  test("is the same run as in one", () => {
    const { model } = randomModel(7, { siteDimension: 2, state: "pure" });
    const steps = simulation(model, 5);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value.rho).toEqual(simulate(model, 5).rho);
  });
});

describe("a mean-field run", () => {
  test("is the mean field, as a result", () => {
    const { model } = randomModel(8, { centring: "keep" });
    const run = meanFieldRun(model);
    expect([run.method, run.size, run.error.converged]).toEqual(["mean-field", infinity, true]);
    expect(run.rho).toEqual(meanField(model).rho);
  });
});

describe("a level in which few sites are", () => {
  // Of seven sites, 0.7 on average start in the second level; without any of them S and its modes hold one quantum at most.
  const model = defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: {
      dims: 3,
      hamiltonian: [
        [0, 0, 0],
        [0, 0.8, 0],
        [0, 0, 1.3],
      ],
      state: "0.9 * proj(basis(3, 0)) + 0.1 * proj(basis(3, 1))",
    },
    couplings: [
      { system: "0.15 * sigmam", site: "basis(3, 1) * dag(basis(3, 0))" },
      { system: "0.12 * sigmam", site: "basis(3, 2) * dag(basis(3, 0))" },
    ],
    times: [10, 60],
    tolerance: 1e-6,
  });

  test("does not settle the cutoff for the sectors in which more are: every size meets its tolerance", () => {
    for (const size of [5, 6, 7, 8, 9]) {
      const { error, rho } = simulate(model, size);
      expect(error.converged, `M = ${size}`).toBe(true);
      const finer = simulate(model, size, { tolerance: 1e-9 });
      expect(maxDifference(rho, finer.rho), `M = ${size}`).toBeLessThan(1e-6);
    }
  });
});

describe("an average over a static field that leaks more off its mean", () => {
  const text = `
system: { dims: 2, hamiltonian: 0.5 * sigmaz + 0.3 * sigmax, state: plus }
reservoir: { dims: 2, hamiltonian: proj(up), state: 0.7 * proj(down) + 0.3 * proj(up) }
couplings: [{ system: 0.25 * sigmax, site: sigmax + sigmaz + 0.4 * qeye(2), hc: included }]
times: { from: 0, to: 8, points: 17 }
sizes: [inf]`;

  test("errs no more than it says, and meets its tolerance, in modes that start in their vacuum", () => {
    const { model } = readModel(text, "static field");
    if (model === undefined) throw new Error("no model");
    const truth = simulate(model, infinity, { tolerance: 1e-12, form: "thermal" });
    for (const tolerance of [1e-4, 1e-6, 1e-8, 1e-10]) {
      const { rho, error } = simulate(model, infinity, { tolerance, form: "minimal" });
      expect(error.converged, `${tolerance}`).toBe(true);
      expect(maxDifference(rho, truth.rho), `${tolerance}`).toBeLessThanOrEqual(error.estimate);
    }
  });
});

test("a run that misses its tolerance by what rounding leaves off the diagonal of a site says so", () => {
  const model = defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "0.4 * sigmax + 0.3 * sigmay + 0.2 * sigmaz", state: "thermal(1.3)" },
    couplings: [{ system: "0.2 * sigmam", site: "sigmap" }],
    center: "subtract",
    times: [1e7],
    tolerance: 1e-10,
  });
  const { error, warnings } = simulate(model, 2);
  expect(error.converged).toBe(false);
  expect(warnings.join()).toMatch(/Rounding, .* may cost/);
});
