import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { folder } from "./commandLine.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let place: ReturnType<typeof folder>;

/** An installation of its own, without anything kept. */
function installed(): string {
  place = folder();
  cpSync(join(root, "bin"), join(place.path, "bin"), { recursive: true });
  mkdirSync(join(place.path, "dist", "cli"), { recursive: true });
  for (const bundle of ["main.cjs", "solverThread.cjs"]) {
    copyFileSync(join(root, "dist", "cli", bundle), join(place.path, "dist", "cli", bundle));
  }
  symlinkSync(join(root, "node_modules"), join(place.path, "node_modules"));
  return place.path;
}

afterEach(() => place.remove());

function bosonize(at: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(at, "bin", "bosonize.js"), ...args], {
    encoding: "utf8",
    cwd: at,
  });
  return { status, stdout, stderr };
}

const model = join(root, "examples", "paper-qubit-w0.yaml");
const kept = (at: string) => readdirSync(join(at, "dist", "cli")).filter((name) => name.endsWith(".code"));

test("a run keeps the compiled form of both threads, and the next run says the same", () => {
  const at = installed();
  const run = () => JSON.parse(bosonize(at, "run", model, "--json", "--sizes", "inf").stdout).runs[0].rho;
  const first = run();
  expect(
    kept(at)
      .map((name) => name.replace(/-[0-9a-f]{16}-.*/, ""))
      .sort(),
  ).toEqual(["main-run-data", "solverThread-all"]);
  expect(run()).toEqual(first);
});

test("what is kept of another text, cut off, or no code at all is not used but replaced", () => {
  const at = installed();
  const version = bosonize(at, "--version");
  const [name] = kept(at);
  const file = join(at, "dist", "cli", name);
  const good = readFileSync(file);
  for (const bad of [good.subarray(0, good.length / 2), Buffer.from("no code"), Buffer.alloc(0)]) {
    writeFileSync(file, bad);
    expect(bosonize(at, "--version")).toEqual(version);
    expect(readFileSync(file).length).toBeGreaterThan(good.length / 2);
  }
  // The hash that the text begins with is another: so is the file.
  const bundle = join(at, "dist", "cli", "main.cjs");
  writeFileSync(bundle, readFileSync(bundle, "latin1").replace(/^\/\*.{16}/, "/*0123456789abcdef"), "latin1");
  expect(bosonize(at, "--version")).toEqual(version);
  expect(kept(at)).toHaveLength(2);
});

test("where nothing can be kept, everything works all the same", () => {
  const at = installed();
  const version = bosonize(at, "--version");
  const [name] = kept(at);
  // A folder in its place can be neither read as a file nor replaced by one, whoever runs this.
  rmSync(join(at, "dist", "cli", name));
  mkdirSync(join(at, "dist", "cli", name));
  expect(bosonize(at, "--version")).toEqual(version);
  expect(readdirSync(join(at, "dist", "cli")).filter((one) => one.endsWith(".tmp"))).toEqual([]);
});

test("wrong input and words that are no command keep nothing", () => {
  const at = installed();
  expect(bosonize(at, "rnu", model).status).toBe(2);
  expect(bosonize(at, "run", "nowhere.yaml").status).toBe(2);
  expect(kept(at)).toEqual([]);
});
