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
  const { law, expectedExponent, times, coefficients } = JSON.parse(stdout);
  expect(times).toEqual([3]);
  // In closed form the coefficient comes from sizes up to 1e9, whatever the sizes asked for.
  expect(coefficients.uncertainty).toBeLessThan(1e-8);
  expect(law.coefficient / coefficients.values[0]).toBeCloseTo(1, 2);
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
    "required-sizes.csv",
    "required-sizes.png",
    "required-sizes.svg",
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

test("an observable has a distance, a coefficient and an M*(ε, t) of its own", async () => {
  const args = ["model.yaml", "--observable", "sz", "--sizes", "10,100,1000,10000", "--epsilon", "0.001", "--json"];
  const { code, stdout } = await converge(...args);
  expect(code).toBe(0);
  const { distance, measurements, times, coefficients, requiredUpTo, required } = JSON.parse(stdout);
  expect(distance).toContain("sz");
  const run = await bosonize(["run", "model.yaml", "--sizes", "1000,inf", "--json"], { cwd: place.path });
  const [finite, limit] = JSON.parse(run.stdout).runs.map(
    (one: { observables: { sz: number[] } }) => one.observables.sz,
  );
  const differences = times.map((_: number, t: number) => Math.abs(finite[t] - limit[t]));
  const found = measurements.find(({ size }: { size: number }) => size === 1000).distance;
  expect(Math.abs(found - Math.max(...differences))).toBeLessThan(1e-9);
  differences.forEach((difference: number, t: number) => {
    expect(Math.abs(1000 * difference - coefficients.values[t])).toBeLessThan(0.01 * coefficients.values[t] + 1e-4);
  });
  const [{ sizes }] = requiredUpTo;
  expect(sizes[0]).toEqual({ size: sizes[0].size, kind: "within" });
  expect(Math.abs(sizes.at(-1).size - required[0].size)).toBeLessThanOrEqual(1);
  const wrong = await converge("model.yaml", "--observable", "sx");
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  expect(wrong.stderr).toContain("has sz");
});

test("of several kinds of sites the fluctuation operator is that of the first, however few of all sites these are", async () => {
  const kind = (share: string) => `
  - share: ${share}
    hamiltonian: 0.9 * proj(up)
    state: thermal(2)
    couplings: [{ system: 0.1 * sigmam, site: sigmap }]`;
  const model = `
system: { hamiltonian: 0.5 * sigmaz, state: plus }
reservoirs:${kind("1/4")}${kind("3/4")}
times: [0, 2]
`;
  const { code, stdout } = await bosonize(["converge", "-", "--sizes", "8,16,32", "--no-figures", "--out", "kinds"], {
    cwd: place.path,
    input: model,
  });
  expect(code).toBe(0);
  expect(stdout).toContain("over M sites of the first kind");
  const rows = stdout.slice(stdout.indexOf("Berry-Esseen")).split("\n");
  expect(rows.flatMap((row) => /^ +(\d+) +\S+ +\S+$/.exec(row)?.[1] ?? [])).toEqual(["1", "2", "4", "16", "64", "256"]);
});
