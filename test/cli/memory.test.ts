import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bosonize, examples, folder, smallModel } from "./commandLine.ts";

const place = folder({ "model.yaml": smallModel({ times: "{ from: 0, to: 12, points: 25 }", sizes: "[2, inf]" }) });
afterAll(place.remove);

test("the numbers agree with each other, size by size", async () => {
  const { code, stdout, stderr } = await bosonize(["memory", "model.yaml", "--json"], { cwd: place.path });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { schema, times, runs, recurrences } = JSON.parse(stdout);
  expect(schema).toBe("bosonize/memory@1");
  expect(runs.map((run: { size: unknown }) => run.size)).toEqual([2, "inf"]);
  for (const { backflow, divisibility, reference, parts } of runs) {
    expect(backflow.distance).toHaveLength(times.length);
    expect(backflow.distance[0]).toBeCloseTo(1, 8);
    const rise = backflow.distance.reduce(
      (sum: number, d: number, t: number, all: number[]) => sum + Math.max(0, d - (all[t - 1] ?? d)),
      0,
    );
    expect(backflow.measure).toBeCloseTo(rise, 12);
    expect(divisibility.steps).toHaveLength(times.length - 1);
    expect(reference.negativity[0]).toBeCloseTo(0.5, 7);
    expect(parts).toBeNull();
  }
  // One mode of frequency 1.
  for (const { turns, time } of recurrences) expect(time).toBeCloseTo((1 - turns) * 2 * Math.PI, 9);
});

test("tables, data and a figure are written and named; check predicts what it takes", async () => {
  const { code, stdout } = await bosonize(["memory", "model.yaml", "--out", "here"], { cwd: place.path });
  expect(code).toBe(0);
  expect(stdout).toContain("Backflow");
  expect(readdirSync(join(place.path, "here")).sort()).toEqual([
    "memory.csv",
    "memory.json",
    "memory.png",
    "memory.svg",
  ]);
  const checked = await bosonize(["check", "model.yaml", "--of", "memory", "--json"], { cwd: place.path });
  // S and its reference: twice the states.
  const usual = await bosonize(["check", "model.yaml", "--json"], { cwd: place.path });
  const dimension = (out: string) => JSON.parse(out).predictions[1].dimension;
  expect(dimension(checked.stdout)).toBeGreaterThanOrEqual(dimension(usual.stdout));
});

test("one time, or a negative one, is wrong input", async () => {
  const outcome = await bosonize(["memory", `${examples}qubit.yaml`, "--times=-1,0", "--sizes", "1"]);
  expect(outcome).toMatchObject({ code: 2, stdout: "" });
  expect(outcome.stderr).toContain("none of them negative");
});

test("decay of S is followed; experiments of their own are wrong input", async () => {
  const decaying = ["memory", `${examples}driven-qubit.yaml`, "--sizes", "1", "--times", "0:2:3", "--json"];
  const { code, stdout, stderr } = await bosonize(decaying);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout).runs[0].path).toContain("joint density matrix");
  const scan = await bosonize(["memory", `${examples}hahn-echo.yaml`]);
  expect(scan).toMatchObject({ code: 2, stdout: "" });
  expect(scan.stderr).toContain("`duration`");
});

test("a section of the model file gives the command its own times and sizes, and its mistakes are said once", async () => {
  const section = "memory: { times: { from: 0, to: 2, points: 5 }, sizes: [2] }";
  const own = folder({
    "own.yaml": `${smallModel({ times: "[-1, 1]", sizes: "[3, inf]" })}\n${section}\n`,
    "wrong.yaml": `${smallModel({})}\nmemory: { sizes: [0] }\n`,
    "decaying.yaml": `${smallModel({ times: "[0, 1]" })}\nmemory: { times: [-1, 1] }\ndecay: { T1: 5 }\n`,
  });
  const { code, stdout } = await bosonize(["memory", "own.yaml", "--json"], { cwd: own.path });
  const { times, runs } = JSON.parse(stdout);
  expect({ code, times, sizes: runs.map(({ size }: { size: unknown }) => size) }).toEqual({
    ...{ code: 0, times: [0, 0.5, 1, 1.5, 2], sizes: [2] },
  });
  const checked = await bosonize(["check", "own.yaml", "--of", "memory", "--json"], { cwd: own.path });
  expect(JSON.parse(checked.stdout).predictions.map(({ size }: { size: unknown }) => size)).toEqual([2]);
  const wrong = await bosonize(["memory", "wrong.yaml"], { cwd: own.path });
  expect(wrong.stderr.match(/must be a whole number/g)).toHaveLength(1);
  const decaying = await bosonize(["memory", "decaying.yaml"], { cwd: own.path });
  expect(decaying).toMatchObject({ code: 2, stdout: "" });
  expect(decaying.stderr).toContain("memory: times");
  own.remove();
});
