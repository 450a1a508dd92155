import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";

// The linter's own configuration, tried on a house of empty rooms: what each may import, and what it may not.
const place = mkdtempSync(join(tmpdir(), "bosonize-layers-"));
afterAll(() => rmSync(place, { recursive: true }));
cpSync("biome.json", join(place, "biome.json"));

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

/** Lints files with the given imports each, all at once; gives the imports that a rule refuses, file by file. */
function refused(
  files: Readonly<Record<string, readonly string[]>>,
  rule = "lint/style/noRestrictedImports",
): Record<string, string[]> {
  for (const [file, imports] of Object.entries(files)) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), imports.map((path) => `import "${path}";\n`).join(""));
  }
  const args = ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", ...Object.keys(files)];
  const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: place, encoding: "utf8" });
  const found: Record<string, string[]> = Object.fromEntries(Object.keys(files).map((file) => [file, []]));
  for (const { category, location } of JSON.parse(stdout).diagnostics) {
    if (category !== rule) continue;
    const file = typeof location.path === "string" ? location.path : location.path.file;
    found[file].push(files[file][location.start.line - 1]);
  }
  return found;
}

test("each room may import what is below it, and nothing else", () => {
  const rooms = [
    ...["kernels", "algebra", "model", "reservoir", "fock", "dynamics", "crew", "observables", "limits"],
    ...["handover", "io", "figures", "cli"],
  ];
  const all = rooms.map((room) => `../${room}/some.ts`);
  const allowed: Record<string, readonly string[]> = {
    kernels: [],
    algebra: ["kernels"],
    model: ["algebra"],
    reservoir: ["algebra", "model"],
    fock: ["kernels", "algebra"],
    dynamics: ["kernels", "algebra", "model", "reservoir", "fock"],
    crew: ["kernels", "algebra", "dynamics"],
    observables: ["algebra"],
    limits: ["algebra", "model", "reservoir"],
    handover: ["algebra", "model", "reservoir"],
  };
  const files = Object.fromEntries(Object.keys(allowed).map((room) => [`src/${room}/tried.ts`, all]));
  for (const [file, paths] of Object.entries(refused(files))) {
    const room = file.split("/")[1];
    const expected = all.filter((path) => !allowed[room].includes(path.split("/")[1]));
    // A room's own files are ./some.ts, whether or not the way round by ../ is refused.
    const others = (list: readonly string[]) => list.filter((path) => !path.startsWith(`../${room}/`)).sort();
    expect(others(paths)).toEqual(others(expected));
  }
});

test("a folder of dynamics may import what dynamics may, from a step farther down", () => {
  const rooms = ["kernels", "algebra", "model", "reservoir", "fock"];
  const within = ["./some.ts", "../some.ts", "../families/some.ts", ...rooms.map((room) => `../../${room}/some.ts`)];
  const without = [
    "../../crew/some.ts",
    "../../limits/some.ts",
    "../../cli/some.ts",
    "../../index.ts",
    "zod",
    "node:fs",
  ];
  const found = refused({
    "src/dynamics/average/tried.ts": [...within, ...without],
    "src/dynamics/tried.ts": ["./average/some.ts", "./some.ts", "../crew/some.ts", "../index.ts"],
  });
  expect(found["src/dynamics/average/tried.ts"].sort()).toEqual([...without].sort());
  expect(found["src/dynamics/tried.ts"].sort()).toEqual(["../crew/some.ts", "../index.ts"]);
});

test("what is handed to other solvers knows simulate, and exports know only what is handed over", () => {
  const found = refused({
    "src/handover/simulated.ts": ["../dynamics/simulate.ts", "../dynamics/stage.ts", "../io/csv.ts"],
    "src/io/export/tool.ts": [
      "./literals.ts",
      "../../algebra/matrix.ts",
      "../../handover/handover.ts",
      "../../handover/prepare.ts",
      "../../model/types.ts",
    ],
  });
  expect(found).toEqual({
    "src/handover/simulated.ts": ["../dynamics/stage.ts", "../io/csv.ts"],
    "src/io/export/tool.ts": ["../../handover/prepare.ts", "../../model/types.ts"],
  });
});

test("the library imports no package and nothing of Node's", () => {
  const rooms = ["kernels", "algebra", "model", "reservoir", "fock", "dynamics", "crew", "observables", "limits"];
  const foreign = ["zod", "yaml", "d3-scale", "node:fs", "fs"];
  const found = refused(Object.fromEntries(rooms.map((room) => [`src/${room}/foreign.ts`, foreign])));
  for (const room of rooms) expect(found[`src/${room}/foreign.ts`].sort()).toEqual([...foreign].sort());
});

test("packages are let in where they are needed only", () => {
  const packages = ["yaml", "zod", "fflate", "d3-scale", "node:fs"];
  const found = refused({
    "src/model/read.ts": packages,
    "src/model/schema.ts": packages,
    "src/io/npz.ts": packages,
    "src/figures/axis.ts": packages,
    "src/cli/run.ts": packages,
  });
  expect(Object.fromEntries(Object.entries(found).map(([file, paths]) => [file, paths.sort()]))).toEqual({
    "src/model/read.ts": ["d3-scale", "fflate", "node:fs", "zod"],
    "src/model/schema.ts": ["d3-scale", "fflate", "node:fs", "yaml"],
    "src/io/npz.ts": ["d3-scale", "node:fs", "yaml", "zod"],
    "src/figures/axis.ts": ["fflate", "node:fs", "yaml", "zod"],
    "src/cli/run.ts": [],
  });
});

test("imports do not go round in circles", () => {
  const circle = { "src/algebra/one.ts": ["./other.ts"], "src/algebra/other.ts": ["./one.ts"] };
  expect(refused(circle, "lint/suspicious/noImportCycles")).toEqual(circle);
});
