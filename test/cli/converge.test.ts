import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bosonize, examples, folder, smallModel } from "./commandLine.ts";

const place = folder({ "model.yaml": smallModel({ times: "[0, 2, 4]" }) });
afterAll(place.remove);

function converge(...args: string[]) {
  return bosonize(["converge", ...args], { cwd: place.path });
}

test("where third moments vanish the measured exponent is -1, and M*(ε) is what the distances say", async () => {
  const { code, stdout } = await converge("model.yaml", "--json", "--epsilon", "1e-3", "--sizes", "100,1000,10000");
  expect(code).toBe(0);
  const { law, expectedExponent, required, measurements, searched } = JSON.parse(stdout);
  expect(expectedExponent).toBe(-1);
  expect(law.exponent).toBeCloseTo(-1, 1);
  const [{ size, above }] = required;
  const all = [...measurements, ...searched] as { size: number; distance: number }[];
  expect(all.find((one) => one.size === size)?.distance).toBeLessThanOrEqual(1e-3);
  expect(above === 0 || (all.find((one) => one.size === above)?.distance ?? 0) > 1e-3).toBe(true);
});

test("where they do not vanish it is -1/2: dephasing with a skew diagonal part, in closed form", async () => {
  const { stdout } = await converge(
    `${examples}nondemolition.yaml`,
    "--json",
    "--epsilon",
    "0",
    "--sizes",
    "1e4,1e5,1e6",
    "--time",
    "3",
  );
  const { law, expectedExponent, times } = JSON.parse(stdout);
  expect(times).toEqual([3]);
  expect(expectedExponent).toBe(-0.5);
  expect(law.exponent).toBeCloseTo(-0.5, 2);
});

test("tables, data and figures are written and named", async () => {
  const { code, stdout, stderr } = await converge(
    "model.yaml",
    "--sizes",
    "10,100,1000",
    "--epsilon",
    "0.01",
    "--out",
    "here",
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("Fitted: distance = ");
  expect(stdout).toContain("M*(0.01) = ");
  const files = readdirSync(join(place.path, "here")).sort();
  expect(files).toEqual([
    "convergence.csv",
    "convergence.json",
    "convergence.png",
    "convergence.svg",
    "fluctuations.png",
    "fluctuations.svg",
  ]);
  expect(readFileSync(join(place.path, "here", "convergence.csv"), "utf8")).toMatch(/^M,trace_distance\n10,0\.\d+\n/);
});

test("what the tolerance cannot resolve, or is no finite size, is wrong input", async () => {
  const small = await converge("model.yaml", "--epsilon", "1e-9");
  expect(small).toMatchObject({ code: 2, stdout: "" });
  expect(small.stderr).toContain("--epsilon");
  expect((await converge("model.yaml", "--sizes", "10,inf")).code).toBe(2);
  expect(existsSync(join(place.path, "out"))).toBe(false);
});
