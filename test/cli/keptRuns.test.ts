import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { matrix } from "../../src/algebra/matrix.ts";
import { KeptRuns } from "../../src/cli/keptRuns.ts";
import { setQuiet } from "../../src/cli/say.ts";
import { Interrupted, type Solver } from "../../src/cli/solver.ts";
import { Stop } from "../../src/cli/stop.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { readModel } from "../../src/model/read.ts";
import type { Model } from "../../src/model/types.ts";
import { bosonize, folder, smallModel } from "./commandLine.ts";

const place = folder();
afterAll(place.remove);
beforeAll(() => setQuiet(true));
afterAll(() => setQuiet(false));

const { model } = readModel(smallModel(), "model.yaml") as { model: Model };
const raising = matrix([
  [0, 1],
  [0, 0],
]);

let asked: string[] = [];
beforeEach(() => {
  asked = [];
});

/** Answers with runs that say they took so many seconds; at `stopsAt` the user interrupts. */
function solver(seconds: number, stopsAt?: number): Solver {
  const run = (what: string) => async (of: Model, size: number) => {
    if (size === stopsAt) throw new Interrupted();
    asked.push(`${what} ${size}`);
    const found = simulate(of, size, {});
    return { ...found, cost: { ...found.cost, seconds } };
  };
  const nothing = () => undefined;
  const meanField = () => Promise.reject(new Error("not asked for here"));
  return { simulate: run("ρ"), twoTime: run("R"), energies: run("E"), meanField, finish: nothing, close: nothing };
}

const files = (path: string) => (existsSync(join(path, "unfinished")) ? readdirSync(join(path, "unfinished")) : []);

test("what took long is kept to the last bit, and not computed again until all is written", async () => {
  const path = join(place.path, "long");
  const first = new KeptRuns(path);
  const found = await first.solver(solver(5)).simulate(model, 10, {});
  expect(files(path)).toHaveLength(1);
  const again = new KeptRuns(path);
  expect(await again.solver(solver(5)).simulate(model, 10, {})).toEqual(found);
  expect(asked).toEqual(["ρ 10"]);
  again.discard();
  expect(existsSync(join(path, "unfinished"))).toBe(false);
});

test("another size, model, command, operator, or certification is another run", async () => {
  const path = join(place.path, "others");
  const one = () => new KeptRuns(path).solver(solver(5));
  await one().simulate(model, 10, {});
  await one().simulate(model, Number.POSITIVE_INFINITY, {});
  await one().simulate({ ...model, tolerance: 0.5 * model.tolerance }, 10, {});
  await one().simulate(model, 10, { certified: true });
  await one().energies(model, 10, {});
  await one().twoTime(model, 10, { operator: raising, at: 0 }, {});
  await one().twoTime(model, 10, { operator: raising, at: 1e-9 }, {});
  expect(asked).toHaveLength(7);
  expect(new Set(files(path)).size).toBe(7);
});

test("a model is read once for all sizes", async () => {
  let reads = 0;
  const counted = Object.defineProperty({ ...model }, "name", {
    enumerable: true,
    get: () => {
      reads++;
      return model.name;
    },
  });
  const run = { ...simulate(model, 10), cost: { ...simulate(model, 10).cost, seconds: 5 } };
  const kept = new KeptRuns(join(place.path, "read")).solver({ ...solver(5), simulate: async () => run });
  for (const size of [10, 20, 30]) await kept.simulate(counted, size, {});
  expect(reads).toBe(1);
});

test("what took a moment is not kept, nor anything without a folder or in one that cannot be made", async () => {
  const path = join(place.path, "short");
  await new KeptRuns(path).solver(solver(0.01)).simulate(model, 10, {});
  expect(files(path)).toEqual([]);
  const nowhere = new KeptRuns(undefined);
  await nowhere.solver(solver(5)).simulate(model, 10, {});
  nowhere.discard();
  writeFileSync(join(place.path, "taken"), "a file");
  await new KeptRuns(join(place.path, "taken")).solver(solver(5)).simulate(model, 10, {});
  expect(asked).toHaveLength(3);
});

test("a file that was cut off is as good as none, and what others keep stays", async () => {
  const path = join(place.path, "cut");
  await new KeptRuns(path).solver(solver(5)).simulate(model, 10, {});
  writeFileSync(join(path, "unfinished", files(path)[0]), "");
  mkdirSync(join(path, "unfinished"), { recursive: true });
  writeFileSync(join(path, "unfinished", "another.run"), "of another command");
  const kept = new KeptRuns(path);
  await kept.solver(solver(5)).simulate(model, 10, {});
  expect(asked).toEqual(["ρ 10", "ρ 10"]);
  kept.discard();
  expect(files(path)).toEqual(["another.run"]);
});

test("who interrupts hears what is kept and where", async () => {
  const path = join(place.path, "interrupted");
  const kept = new KeptRuns(path).solver(solver(5, 100));
  await expect(kept.energies(model, 100, {})).rejects.toThrow("Interrupted: nothing was written.");
  await kept.energies(model, 10, {});
  const stopped = kept.energies(model, 100, {});
  await expect(stopped).rejects.toThrow(`M = 10 is kept in ${join(path, "unfinished")}; the same command goes on`);
  await expect(stopped).rejects.toBeInstanceOf(Stop);
});

test("a command that is interrupted goes on where it was", async () => {
  const long = {
    system: "{ dims: 2, hamiltonian: 0.5 * sigmaz + 0.3 * sigmax, state: plus }",
    reservoir: "{ dims: 3, hamiltonian: [[0, 0, 0], [0, 0.7, 0], [0, 0, 1.6]], state: thermal(0.5) }",
    couplings: "[{ system: 0.3 * sigmax, site: create(3) }, { system: 0.2 * sigmaz, site: num(3), hc: added }]",
    center: "subtract",
    times: "{ from: 0, to: 30, points: 301 }",
    // On any machine one of them is the first to take long, and the ones after it take longer.
    sizes: "[2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 1000]",
    tolerance: "1e-9",
  };
  writeFileSync(join(place.path, "model.yaml"), smallModel(long));
  const command = ["energies", "model.yaml", "--no-figures", "--threads", "1"];
  const kept = join(place.path, "out", "model", "unfinished");
  let watching: NodeJS.Timeout | undefined;
  const stopped = await bosonize(command, {
    cwd: place.path,
    whileRunning: (child) => {
      watching = setInterval(() => {
        if (!existsSync(kept)) return;
        // Twice would end it at once.
        clearInterval(watching);
        child.kill("SIGINT");
      }, 50);
    },
  }).finally(() => clearInterval(watching));
  expect(stopped.code, stopped.stderr).toBe(130);
  const [, first] = /Interrupted: M = (\d+)/.exec(stopped.stderr) ?? [];
  const rest = await bosonize([...command, "--sizes", first], { cwd: place.path });
  expect(rest.code, rest.stderr).toBe(0);
  expect(rest.stderr).toContain(`M = ${first}: found by the command that was interrupted.`);
  expect(readdirSync(join(place.path, "out", "model")).sort()).toEqual(["energies.csv", "energies.json"]);
});
