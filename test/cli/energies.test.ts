import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bosonize, examples, folder, smallModel } from "./commandLine.ts";

const place = folder({ "model.yaml": smallModel({ times: "[0, 2, 4, -1]", sizes: "[3, inf]" }) });
afterAll(place.remove);

test("the energy of S is tr(H_S ρ_S) of run, and the balance closes", async () => {
  const args = [`${examples}several-modes.yaml`, "--times", "0:6:7", "--sizes", "5,inf", "--json"];
  const { code, stdout, stderr } = await bosonize(["energies", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const run = JSON.parse((await bosonize(["run", ...args])).stdout);
  const { runs } = JSON.parse(stdout);
  runs.forEach(
    (one: { system: number[]; open: number; reservoir: number[]; heat: { values: number[] }[] }, r: number) => {
      expect(one.open).toBeLessThan(1e-10);
      one.system.forEach((energy, t) => {
        // H_S of the example, J_z + 0.2 J_z², has the levels 1.2, 0, -0.8.
        const rho = run.runs[r].rho[t];
        expect(Math.abs(energy - 1.2 * rho[0][0][0] + 0.8 * rho[2][2][0])).toBeLessThan(1e-6);
        const sum = one.heat.reduce((total, { values }) => total + values[t], 0);
        expect(one.reservoir[t]).toBeCloseTo(sum, 12);
      });
    },
  );
});

test("tables, data and a figure are written and named; check predicts what it takes", async () => {
  const { code, stdout } = await bosonize(["energies", "model.yaml", "--out", "here"], { cwd: place.path });
  expect(code).toBe(0);
  expect(stdout).toContain("Work: 0, as nothing drives S.");
  expect(stdout).not.toMatch(/e-1\d .*\n.*M = ∞/);
  expect(readdirSync(join(place.path, "here")).sort()).toEqual(
    ["csv", "json", "png", "svg"].map((ending) => `energies.${ending}`),
  );
  const checked = await bosonize(["check", "model.yaml", "--of", "energies"], { cwd: place.path });
  expect(checked.stdout).toContain("Predicted of `bosonize energies`, for 4 times");
});

test("work and losses of the driven, decaying qubit are in the tables, the data and the balance", async () => {
  const args = ["energies", `${examples}driven-qubit.yaml`, "--sizes", "inf", "--times", "0:24:5"];
  const { code, stdout, stderr } = await bosonize([...args, "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [run] = JSON.parse(stdout).runs;
  expect(run.open).toBeLessThan(1e-10);
  // Half a turn takes about the splitting, and T1 = 60 a part of it.
  expect(run.work[4]).toBeGreaterThan(0.8);
  expect(run.decay[4]).toBeLessThan(-0.05);
  const shown = (await bosonize([...args, "--out", "driven"], { cwd: place.path })).stdout;
  expect(shown).toContain("work of drives");
  expect(shown).toContain("reservoir - work of drives - decay stays");
  const pulsed = await bosonize(["energies", `${examples}cpmg.yaml`, "--sizes", "10", "--out", "p"], {
    cwd: place.path,
  });
  expect(pulsed.stdout).toContain("work of the pulse (the first 6 of 8)");
});

test("the form of F can be another than the model's, and changes nothing", async () => {
  const args = ["energies", "model.yaml", "--sizes", "inf", "--times", "0:4:3", "--json"];
  const runs = await Promise.all(
    ["standard", "thermal"].map((form) => bosonize([...args, "--form", form], { cwd: place.path })),
  );
  const [standard, thermal] = runs.map(({ stdout }) => JSON.parse(stdout).runs[0]);
  expect(standard.path).not.toBe(thermal.path);
  standard.reservoir.forEach((value: number, t: number) => {
    expect(Math.abs(value - thermal.reservoir[t])).toBeLessThan(1e-7);
  });
});
