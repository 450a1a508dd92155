import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { predict } from "../../src/dynamics/predict.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { readModel } from "../../src/model/read.ts";
import type { Model } from "../../src/model/types.ts";
import { randomModel } from "../oracle/randomModel.ts";

const folder = new URL("../../examples/", import.meta.url);

function example(name: string): Model {
  const { model } = readModel(readFileSync(new URL(name, folder), "utf8"), name);
  if (model === undefined) throw new Error(`${name} is not a model`);
  return model;
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

  test("of what is too large to be tried is counted, and says so: ten levels of ten sites, all of them filled", () => {
    const model = example("anharmonic-ladder.yaml");
    const { path, dimension, bytes, seconds } = predict(model, 10);
    expect(path).toContain("at least this much: too large for a trial");
    // Up to three quanta in 99 modes, with both levels of S: C(102, 3) · 2.
    expect(dimension).toBe(343_400);
    expect(bytes).toBeGreaterThan(1e9);
    expect(seconds).toBeGreaterThan(60);
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
