import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bosonize, examples, folder, smallModel } from "./commandLine.ts";

const [half, one] = ["half", "one"].map((kind) => `${examples}bath-of-spins-${kind}.yaml`);
const place = folder({
  "a.yaml": smallModel({ times: "[0, 2, 4]" }),
  "b.yaml": smallModel({ times: "[0, 2, 4]", couplings: "[{ system: 0.2 * sigmam, site: sigmap }]" }),
  "other.yaml": smallModel({ system: "{ dims: 2, hamiltonian: 0.6 * sigmaz, state: up }", times: "[0, 1]" }),
  "spin1.yaml": smallModel({
    system: `{ dims: 3, hamiltonian: 'jmat(1, "z")', state: "basis(3, 0)" }`,
    couplings: `[{ system: '0.15 * jmat(1, "-")', site: sigmap }]`,
    observe: "{}",
    times: "[0, 2, 4]",
  }),
});
afterAll(place.remove);

function compare(...args: string[]) {
  return bosonize(["compare", ...args], { cwd: place.path });
}

test("a spin-1 and a spin-1/2 bath of the same F: different at M = 4, merged by M = 1000", async () => {
  const { code, stdout, stderr } = await compare(half, one, "--sizes", "4,100,1000", "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { spectral, limit, sizes, law } = JSON.parse(stdout);
  expect(spectral).toMatchObject({ same: true });
  expect(spectral.relative).toBeLessThan(1e-14);
  expect(limit.entry).toBeLessThan(1e-7);
  const [four, , thousand, infinite] = sizes;
  expect(four.distance).toBeGreaterThan(0.2);
  expect(thousand.distance).toBeLessThan(0.01);
  expect(infinite).toMatchObject({ size: "inf" });
  expect(law.exponent).toBeCloseTo(-1, 1);
  // The triangle's inequality, through the common limit.
  for (const { distance, fromLimit } of sizes) expect(distance).toBeLessThanOrEqual(fromLimit[0] + fromLimit[1] + 1e-6);
});

test("tables, data and a figure are written and named", async () => {
  const { code, stdout } = await compare(half, one, "--sizes", "4,1000", "--times", "0:10:51", "--out", "here");
  expect(code).toBe(0);
  expect(stdout).toContain("the same F.");
  expect(stdout).toMatch(/A from B +A from its limit +B from its limit/);
  expect(readdirSync(join(place.path, "here")).sort()).toEqual(["comparison.json", "comparison.png", "comparison.svg"]);
});

test("another strength is another F, in the limit as well", async () => {
  const { code, stdout } = await compare("a.yaml", "b.yaml", "--sizes", "10,100", "--json");
  expect(code).toBe(0);
  const { spectral, limit, weights } = JSON.parse(stdout);
  expect(spectral.same).toBe(false);
  // J = g² p in one entry: (0.2² − 0.15²) · 0.7, of 0.2² · 0.7.
  expect(spectral.difference).toBeCloseTo(0.0175 * 0.7, 12);
  expect(spectral.relative).toBeCloseTo(0.0175 / 0.04, 12);
  expect(limit.distance).toBeGreaterThan(0.01);
  expect(weights).toEqual([
    { frequency: -1, first: expect.closeTo(0.3 * 0.0225, 12), second: expect.closeTo(0.3 * 0.04, 12) },
    { frequency: 1, first: expect.closeTo(0.7 * 0.0225, 12), second: expect.closeTo(0.7 * 0.04, 12) },
  ]);
});

test("another S is wrong input, and everything that differs is named", async () => {
  const { code, stdout, stderr } = await compare("a.yaml", "other.yaml");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/`system.hamiltonian` differs by 1.0e-1.*`system.state` differs.*`times` are not the same/s);
  expect((await compare("a.yaml", "spin1.yaml")).stderr).toContain("`system.dims` is [2] in one and [3] in the other");
  expect((await compare("a.yaml", "b.yaml", "--sizes", "2.5")).code).toBe(2);
});
