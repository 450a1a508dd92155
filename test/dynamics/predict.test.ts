import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Prediction, predict } from "../../src/dynamics/predict.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { readModel } from "../../src/model/read.ts";
import type { Model } from "../../src/model/types.ts";
import { randomModel } from "../oracle/randomModel.ts";

const folder = new URL("../../examples/", import.meta.url);

function modelOf(text: string, name = "model"): Model {
  const { model } = readModel(text, name);
  if (model === undefined) throw new Error(`${name} is not a model`);
  return model;
}

function example(name: string): Model {
  return modelOf(readFileSync(new URL(name, folder), "utf8"), name);
}

/** A qubit and three reservoirs of spins, each of another frequency: six modes. */
function threeReservoirs(strength: number, until: number): Model {
  return modelOf(`
system: { dims: 2, hamiltonian: 0.5 * sigmaz + 0.3 * sigmax, state: plus }
reservoirs:
  - share: 0.3
    hamiltonian: proj(up)
    state: thermal(1)
    couplings: [{ system: ${strength} * sigmax, site: sigmax, hc: included }]
  - share: 0.3
    hamiltonian: 0.6 * proj(up)
    state: thermal(1)
    couplings: [{ system: ${strength} * sigmaz, site: sigmax, hc: included }]
  - share: 0.4
    hamiltonian: 1.6 * proj(up)
    state: thermal(1)
    couplings: [{ system: ${strength} * sigmax, site: sigmax, hc: included }]
times: { from: 0, to: ${until}, points: 101 }
sizes: [inf]
tolerance: 1e-6
`);
}

/** A qubit and thermal sites of three levels: six modes. */
function qutrits(coupling: string, until: number): Model {
  return modelOf(`
system: { dims: 2, hamiltonian: 0.5 * sigmaz + 0.2 * sigmax, state: plus }
reservoir: { dims: 3, hamiltonian: [[0, 0, 0], [0, 0.8, 0], [0, 0, 1.9]], state: thermal(1) }
couplings:
  - { system: ${coupling}, site: [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]], hc: added }
times: { from: 0, to: ${until}, points: 101 }
sizes: [inf]
tolerance: 1e-6
`);
}

describe("a prediction", () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".yaml"))) {
    test(`is within a factor 4 of the states that a run takes: ${name}`, () => {
      const model = example(name);
      for (const size of model.sizes) {
        const { dimension, method, modes } = predict(model, size);
        const run = simulate(model, size);
        expect(method).toBe(run.method);
        expect(dimension / run.cost.dimension, `M = ${size}, ${modes} modes`).toBeLessThan(4);
        expect(dimension / run.cost.dimension, `M = ${size}`).toBeGreaterThan(0.25);
      }
    });
  }

  test("has no more states than there is room for: eight sites, eight modes", () => {
    const { model } = readModel(
      `
system: { hamiltonian: 0.5 * sigmaz, state: plus }
reservoir: { hamiltonian: 'jmat(1, "z")', state: thermal(0.5) }
couplings:
  - { system: 0.4 * sigmam, site: 'jmat(1, "+")' }
  - { system: 0.3 * sigmaz, site: 'jmat(1, "x")', hc: added }
times: { from: 0, to: 8, points: 41 }
tolerance: 1e-6`,
      "model",
    );
    if (model === undefined) throw new Error("not a model");
    const { dimension, modes, most } = predict(model, 8);
    expect(modes).toBe(8);
    // Occupations of 8 modes by up to 8 quanta, with both levels of S: C(16, 8) · 2.
    expect(dimension).toBeLessThanOrEqual(25_740);
    expect(most).not.toBeNull();
  });

  test("of what is too large to be tried is counted, and says so: ten levels of ten sites, all of them filled", () => {
    const model = example("anharmonic-ladder.yaml");
    const { path, dimension, bytes, seconds, most } = predict(model, 10);
    expect(path).toContain("too large for a trial");
    expect(most).toBeNull();
    // Up to three quanta in 99 modes, with both levels of S: C(102, 3) · 2.
    expect(dimension).toBe(343_400);
    expect(bytes).toBeGreaterThan(1e9);
    expect(seconds).toBeGreaterThan(60);
  });

  test.each([
    ["three reservoirs", () => threeReservoirs(0.35, 10), 40_000],
    ["three reservoirs, for longer", () => threeReservoirs(0.2, 20), 30_000],
    ["three levels", () => qutrits("0.3 * sigmaz + 0.15 * sigmax", 30), 15_000],
    ["three levels, strongly coupled", () => qutrits("0.25 * sigmax", 14), 50_000],
  ])("looks farther where many modes are filled far beyond a trial, and is within a factor 3: %s", (_, model, many) => {
    const { dimension, least, most } = predict(model(), Number.POSITIVE_INFINITY);
    const { cost } = simulate(model(), Number.POSITIVE_INFINITY);
    expect(cost.dimension).toBeGreaterThan(many);
    expect(dimension / cost.dimension).toBeLessThan(3);
    expect(dimension / cost.dimension).toBeGreaterThan(1 / 3);
    expect(least.dimension).toBeLessThan(2 * cost.dimension);
    expect(most?.dimension).toBeGreaterThan(0.8 * cost.dimension);
  });

  test("says only what a run takes at least where its shells do not fall as far as they can be seen", () => {
    const weak = predict(threeReservoirs(0.2, 20), Number.POSITIVE_INFINITY);
    const { least, most } = predict(threeReservoirs(0.35, 30), Number.POSITIVE_INFINITY);
    expect(most).toBeNull();
    expect(least.dimension).toBeGreaterThan(2 * weak.dimension);
    expect(least.seconds).toBeGreaterThan(2 * weak.seconds);
  });

  test("has a smaller look with less effort, and then leaves more open", () => {
    const model = qutrits("0.3 * sigmaz + 0.15 * sigmax", 30);
    const [short, long] = [0.01, 1].map((effort) => predict(model, Number.POSITIVE_INFINITY, { effort }));
    const open = ({ least, most }: Prediction) => (most?.dimension ?? Number.POSITIVE_INFINITY) / least.dimension;
    expect(open(short)).toBeGreaterThan(open(long));
  });

  test("is within a factor 6 of the states and the sectors that random models take", () => {
    for (let seed = 0; seed < 10; seed++) {
      const { model } = randomModel(seed, { siteDimension: 2, centring: "subtract", tolerance: 1e-6 });
      for (const size of [Number.POSITIVE_INFINITY, 200]) {
        const expected = predict(model, size, { forms: "fock" });
        const { cost } = simulate(model, size, { forms: "fock" });
        const about = `seed ${seed}, M = ${size}`;
        expect(expected.dimension / cost.dimension, about).toBeLessThan(6);
        expect(expected.dimension / cost.dimension, about).toBeGreaterThan(1 / 6);
        expect(expected.sectors / cost.sectors, about).toBeLessThan(6);
        expect(expected.sectors / cost.sectors, about).toBeGreaterThan(1 / 6);
      }
    }
  });

  test("expects more of a smaller tolerance and of later times", () => {
    const { model } = randomModel(3, {
      siteDimension: 2,
      state: "mixed",
      times: [2],
      degenerate: false,
      nondemolition: false,
    });
    const infinity = Number.POSITIVE_INFINITY;
    const usual = predict(model, infinity, { tolerance: 1e-4 });
    expect(predict(model, infinity, { tolerance: 1e-10 }).dimension).toBeGreaterThan(usual.dimension);
    const late = predict({ ...model, times: [8] }, infinity, { tolerance: 1e-4 });
    expect(late.dimension).toBeGreaterThan(usual.dimension);
    expect(late.bytes).toBeGreaterThan(usual.bytes);
  });
});
