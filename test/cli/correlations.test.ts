import { afterAll, expect, test } from "vitest";
import { bosonize, folder, smallModel } from "./commandLine.ts";

const place = folder({
  "model.yaml": smallModel(),
  "classical.yaml": smallModel({
    couplings: "[{ system: 0.1 * sigmaz, site: sigmaz, hc: included }]",
    center: "subtract",
  }),
});
afterAll(place.remove);

function correlations(model: string, ...args: string[]) {
  return bosonize(["correlations", model, ...args], { cwd: place.path });
}

test("two letters: tr(ρ v(t) v†) = p_up exp(iωt), for every M, as JSON of the contract", async () => {
  const { code, stdout, stderr } = await correlations(
    "model.yaml",
    "--word",
    "1,1'",
    "--times",
    "0.5,0",
    "--sizes",
    "10,inf",
    "--json",
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { values } = JSON.parse(stdout);
  expect(Object.keys(values)).toEqual(["10", "inf"]);
  for (const [re, im] of Object.values(values) as [number, number][]) {
    expect(re).toBeCloseTo(0.3 * Math.cos(0.5), 14);
    expect(im).toBeCloseTo(0.3 * Math.sin(0.5), 14);
  }
});

test("the fourth moment of M random signs is 3σ⁴ + (μ₄ - 3σ⁴)/M", async () => {
  const { stdout } = await correlations(
    "classical.yaml",
    "--word",
    "1 1 1 1",
    "--times",
    "0,0,0,0",
    "--sizes",
    "1,7,1e9,inf",
    "--json",
  );
  // v is ±1 with probabilities 0.3, 0.7, less its mean -0.4.
  const variance = 1 - 0.16;
  const fourth = 0.3 * 1.4 ** 4 + 0.7 * 0.6 ** 4;
  for (const [size, [re, im]] of Object.entries(JSON.parse(stdout).values) as [string, [number, number]][]) {
    const M = size === "inf" ? Number.POSITIVE_INFINITY : Number(size);
    expect(re).toBeCloseTo(3 * variance ** 2 + (fourth - 3 * variance ** 2) / M, 13);
    expect(im).toBe(0);
  }
});

test("the table shows each size and its distance from the limit; negative times go with =", async () => {
  const { code, stdout } = await correlations("model.yaml", "--word", "1,1'", "--times=-1,0");
  expect(code).toBe(0);
  expect(stdout).toContain("<v_1(-1) v_1†(0)>");
  expect(stdout).toMatch(/^ +∞ +0\.16/m);
});

test("a word that does not fit is wrong input, in words", async () => {
  const few = await correlations("model.yaml", "--word", "1,1'", "--times", "0");
  expect(few).toMatchObject({ code: 2, stdout: "" });
  expect(few.stderr).toContain("one time for each letter");
  expect((await correlations("model.yaml", "--word", "2", "--times", "0")).stderr).toContain("there is no coupling 2");
  expect((await correlations("model.yaml", "--word", "x", "--times", "0")).code).toBe(2);
  expect((await correlations("model.yaml", "--times", "0")).code).toBe(2);
});
