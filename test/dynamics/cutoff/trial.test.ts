import { describe, expect, test } from "vitest";
import { trialOf } from "../../../src/dynamics/cutoff/trial.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { Stage } from "../../../src/dynamics/stage/stage.ts";
import { randomModel } from "../../oracle/randomModel.ts";

const kind = { siteDimension: 2, state: "mixed", nondemolition: false, centring: "subtract", dims: [2] } as const;

describe("a trial", () => {
  test("stays small, and takes the whole space where that is small", () => {
    const { model } = randomModel(1, kind);
    const whole = new Stage(model, finiteFamily(model, 4), 1e-8, 2 ** 30);
    const { trial, cutoff, choice } = trialOf(whole);
    expect([trial, cutoff]).toEqual([4, 4]);
    expect(choice?.seconds).toBeGreaterThan(0);
    const wide = randomModel(1, { ...kind, siteDimension: 4, dims: [4] }).model;
    const stage = new Stage(wide, limitFamily(wide), 1e-8, 2 ** 30);
    trialOf(stage);
    expect(stage.dimension).toBeLessThan(3000);
  });

  test("expects more seconds of a smaller tolerance", () => {
    const { model } = randomModel(2, { ...kind, siteDimension: 3, times: [3] });
    const seconds = [1e-4, 1e-8, 1e-12].map(
      (tolerance) => trialOf(new Stage(model, limitFamily(model), tolerance, 2 ** 30)).choice?.seconds ?? 0,
    );
    expect(seconds[0]).toBeGreaterThan(0);
    expect(seconds[1]).toBeGreaterThanOrEqual(seconds[0]);
    expect(seconds[2]).toBeGreaterThan(seconds[0]);
  });
});
