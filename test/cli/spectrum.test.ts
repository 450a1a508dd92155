import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bosonize, examples, folder, smallModel } from "./commandLine.ts";

const place = folder({ "model.yaml": smallModel({ times: "{ from: 0, to: 60, points: 121 }", sizes: "[3, inf]" }) });
afterAll(place.remove);

const spectrum = (...args: string[]) => bosonize(["spectrum", "model.yaml", ...args], { cwd: place.path });

test("the spectrum is the transform of the correlation, and its area is C(0)", async () => {
  const { code, stdout, stderr } = await spectrum("--operators", "sigmam,sigmap", "--at", "2", "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { operators, delays, frequencies, runs } = JSON.parse(stdout);
  expect(operators).toEqual(["sigmam", "sigmap"]);
  expect(delays).toHaveLength(121);
  const step = frequencies[1] - frequencies[0];
  for (const { correlation, spectrum: values } of runs) {
    const area = values.reduce((sum: number, value: number) => sum + value * step, 0);
    expect(area).toBeCloseTo(correlation[0][0], 10);
    // Absorption of S, whose frequency is 1, split by its coupling of 0.15.
    const top = frequencies[values.indexOf(Math.max(...values))];
    expect(Math.abs(top - 1)).toBeLessThan(0.2);
  }
});

test("at t = 0, ⟨σ₋σ₊⟩ is the population of down, as run has it", async () => {
  const { stdout } = await spectrum("--operators", "sigmam, sigmap", "--sizes", "3", "--json");
  expect(JSON.parse(stdout).runs[0].correlation[0][0]).toBeCloseTo(0.5, 8);
});

test("tables, data and figures are written and named; check predicts what it takes", async () => {
  const { code, stdout } = await spectrum("--operators", "sigmam,sigmap", "--delays", "0:40:81", "--out", "here");
  expect(code).toBe(0);
  expect(stdout).toContain("full width at half maximum");
  expect(readdirSync(join(place.path, "here")).sort()).toEqual([
    ...["correlation.csv", "correlation.png", "correlation.svg"],
    ...["power-spectrum.csv", "power-spectrum.png", "power-spectrum.svg", "spectrum.json"],
  ]);
  const checked = await bosonize(["check", "model.yaml", "--of", "spectrum"], { cwd: place.path });
  expect(checked.stdout).toContain("Predicted of `bosonize spectrum`");
});

test("operators that are not two, not on S, or delays that are not even, are wrong input", async () => {
  for (const [args, said] of [
    [["--operators", "sigmam"], "two operators apart by a comma"],
    [["--operators", "sigmam,kron(sigmax, sigmay)"], "must be 2×2"],
    [["--operators", "sigmam,sigmap", "--delays", "0,1,3"], "evenly spaced from 0"],
  ] as const) {
    const { code, stdout, stderr } = await spectrum(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(said);
  }
});

test("what the model file has under `spectrum` is computed; options go before it, and without either it is said", async () => {
  const bath = `${examples}two-line-bath.yaml`;
  const { code, stdout, stderr } = await bosonize(["spectrum", bath, "--sizes", "4", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { operators, delays, window, runs } = JSON.parse(stdout);
  expect(operators).toEqual(["sigmam", "sigmap"]);
  expect(delays).toHaveLength(601);
  expect(delays[600]).toBe(150);
  expect(window).toBe("hann");
  expect(runs.map(({ size }: { size: unknown }) => size)).toEqual([4]);
  const other = await bosonize(["spectrum", bath, "--operators", "sigmaz,sigmaz", "--delays", "0:4:5", "--json"]);
  const changed = JSON.parse(other.stdout);
  expect(changed.operators).toEqual(["sigmaz", "sigmaz"]);
  expect(changed.delays).toEqual([0, 1, 2, 3, 4]);
  expect(changed.runs).toHaveLength(2);
  const none = await spectrum();
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toContain("`spectrum: { of: sigmam, after: sigmap }`");
});
