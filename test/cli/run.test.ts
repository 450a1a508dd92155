import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ResultDocument } from "../../src/io/document.ts";
import { readDocument } from "../../src/io/readDocument.ts";
import { bosonize, folder, smallModel } from "./commandLine.ts";

let place = folder();
beforeEach(() => {
  place = folder({ "model.yaml": smallModel() });
});
afterEach(() => place.remove());

function run(...args: string[]) {
  return bosonize(["run", "model.yaml", ...args], { cwd: place.path });
}

function result(path: string): ResultDocument {
  return readDocument(readFileSync(join(place.path, path), "utf8"));
}

test("run writes the document, arrays, a table and figures, shows tables, and says where", async () => {
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("out/model");
  const files = readdirSync(join(place.path, "out", "model"));
  expect(files).toEqual(expect.arrayContaining(["result.json", "result.npz", "result.csv"]));
  expect(files.some((name) => name.endsWith(".svg"))).toBe(true);
  expect(files.some((name) => name.endsWith(".png"))).toBe(true);
  expect(files.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  expect(result("out/model/result.json").runs.map(({ size }) => size)).toEqual([10, "inf"]);
});

test("--json prints the document of the contract and nothing else, and writes no file", async () => {
  const { code, stdout, stderr } = await run("--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const document = readDocument(stdout);
  expect(document.times).toEqual([0, 0.5, -1]);
  expect(document.modes.map(({ k, l }) => [k, l])).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(document.runs[0].rho[0]).toEqual([
    [
      [expect.closeTo(0.5, 8), expect.closeTo(0, 8)],
      [expect.closeTo(0.5, 8), expect.closeTo(0, 8)],
    ],
    [
      [expect.closeTo(0.5, 8), expect.closeTo(0, 8)],
      [expect.closeTo(0.5, 8), expect.closeTo(0, 8)],
    ],
  ]);
  expect(document.reproduce.modelHash).toMatch(/^[0-9a-f]{64}$/);
  expect(readdirSync(place.path)).toEqual(["model.yaml"]);
});

test("--form runs the limit in another form of F, the same within the tolerance, and says which", async () => {
  const [usual, chain] = await Promise.all(
    [[], ["--form", "chain"]].map(async (form) => {
      const { code, stdout } = await bosonize(["run", "model.yaml", "--json", ...form], { cwd: place.path });
      expect(code).toBe(0);
      return JSON.parse(stdout);
    }),
  );
  expect(chain.model.form).toBe("chain");
  expect(usual.model.form).toBeUndefined();
  const last = (document: { runs: { path: string; rho: [number, number][][][] }[] }) => document.runs.at(-1);
  expect(last(chain)?.path).toMatch(/^a chain/);
  last(usual)?.rho.forEach((rows, t) => {
    rows.forEach((row, i) => {
      row.forEach(([re], j) => {
        expect(Math.abs(re - (last(chain)?.rho[t][i][j][0] ?? Number.NaN))).toBeLessThan(2e-8);
      });
    });
  });
});

test("--json with --out writes the same document to the folder", async () => {
  const { stdout } = await run("--json", "--out", "here", "--no-figures");
  expect(readFileSync(join(place.path, "here", "result.json"), "utf8")).toBe(stdout);
  expect(readdirSync(join(place.path, "here")).sort()).toEqual(["result.csv", "result.json", "result.npz"]);
});

test("two runs of the same model differ in nothing but the seconds", async () => {
  const timeless = (text: string) => text.replace(/"seconds":[^,}]*/g, "");
  const [one, other] = [await run("--json"), await run("--json")];
  expect(timeless(one.stdout)).toBe(timeless(other.stdout));
});

test("the number of threads changes nothing but the seconds, and must be one", async () => {
  // Long enough to be shared: a static field to average over, and several sizes.
  writeFileSync(
    join(place.path, "model.yaml"),
    smallModel({
      couplings: "[{ system: 0.2 * sigmax, site: sigmax + 2 * (sigmaz + 0.4 * qeye(2)), hc: included }]",
      times: "{ from: 0, to: 20, points: 201 }",
      sizes: "[30, inf, 10, 100]",
    }),
  );
  const untimed = (text: string) => text.replace(/"seconds":[^,}]*/g, "");
  const [one, three] = [await run("--json", "--threads", "1"), await run("--json", "--threads", "3")];
  expect(one).toMatchObject({ code: 0, stderr: "" });
  expect(readDocument(one.stdout).runs.map(({ size }) => size)).toEqual([30, "inf", 10, 100]);
  expect(untimed(three.stdout)).toBe(untimed(one.stdout));
  const none = await run("--threads", "0");
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toContain('"0" is not a whole number from 1');
});

test("threads that break end the command with what to do about it, and no stack trace", async () => {
  writeFileSync(join(place.path, "model.yaml"), smallModel());
  writeFileSync(
    join(place.path, "mortal.cjs"),
    `const { isMainThread, parentPort } = require("node:worker_threads");
if (!isMainThread) parentPort.on("message", () => process.exit(7));`,
  );
  const env = { NODE_OPTIONS: `--require ${join(place.path, "mortal.cjs")}` };
  const { code, stdout, stderr } = await bosonize(["run", "model.yaml", "--json"], { cwd: place.path, env });
  expect({ code, stdout }).toEqual({ code: 70, stdout: "" });
  expect(stderr).toContain("A thread that computes broke: a thread that computes ended by itself (exit code 7).");
  expect(stderr).toContain("--threads 1 and a smaller --memory need less");
  expect(stderr).not.toMatch(/^ +at /m);
});

test("what would not fit the memory allowed ends with 3 and the numbers, before anything is written", async () => {
  const { code, stdout, stderr } = await run("--memory", "1kB");
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(/memory|GiB|MB|kB/);
  expect(existsSync(join(place.path, "out"))).toBe(false);
});

test("Ctrl-C writes the finished sizes, marked partial, ends with 130, and --resume does only the rest", async () => {
  // Long enough to be caught in the second size on any machine, and short enough for the first.
  writeFileSync(join(place.path, "model.yaml"), longModel());
  const started = Date.now();
  const { code, stderr } = await bosonize(["run", "model.yaml", "--no-figures"], {
    cwd: place.path,
    whileRunning: (child) => setTimeout(() => child.kill("SIGINT"), 2500),
  });
  expect(code, stderr).toBe(130);
  expect(Date.now() - started).toBeLessThan(15_000);
  const partial = result("out/model/result.json");
  expect(partial.partial).toBe(true);
  expect(partial.runs.map(({ size }) => size)).toEqual([1]);
  expect(stderr).toContain("--resume");
  const resumed = await run("--sizes", "1,2", "--resume", "--no-figures");
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toContain("Resuming: M = 1 ");
  const whole = result("out/model/result.json");
  expect(whole.partial).toBeUndefined();
  expect(whole.runs.map(({ size }) => size)).toEqual([1, 2]);
  expect(whole.runs[0]).toEqual(partial.runs[0]);
});

test("--resume takes nothing from another model, and says why", async () => {
  await run("--no-figures");
  const { code, stderr } = await run("--resume", "--no-figures", "--times", "0,1");
  expect(code).toBe(0);
  expect(stderr).toContain("another model");
});

/** Size 1 takes a moment, size 1000 minutes: three levels, nothing conserved, strongly coupled for long. */
function longModel(): string {
  return smallModel({
    system: "{ dims: 2, hamiltonian: 0.5 * sigmaz + 0.3 * sigmax, state: plus }",
    reservoir: "{ dims: 3, hamiltonian: [[0, 0, 0], [0, 0.7, 0], [0, 0, 1.6]], state: thermal(0.5) }",
    couplings: "[{ system: 0.3 * sigmax, site: create(3) }, { system: 0.2 * sigmaz, site: num(3), hc: added }]",
    center: "subtract",
    times: "{ from: 0, to: 60, points: 3 }",
    sizes: "[1, 1000]",
  });
}
