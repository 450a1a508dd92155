/**
 * Packs bosonize, installs the package into an empty folder elsewhere, and uses it there as a stranger would: the command,
 * the import, the types. Fails with what went wrong.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const place = mkdtempSync(join(tmpdir(), "bosonize-pack-"));
const stranger = `
import { Crew, defineModel, simulate, threadOf, type Model, type NodeWorker, type Run } from "bosonize";

const model: Model = defineModel({
  system: { dims: 2, hamiltonian: "0.5 * sigmaz", state: "plus" },
  reservoir: { dims: 2, hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
  couplings: [{ system: "0.15 * sigmam", site: "sigmap" }],
  times: [0, 1],
});
const run: Run = simulate(model, Number.POSITIVE_INFINITY);
// @ts-expect-error: a size is a number, so types did arrive
export const wrong = (): Run => simulate(model, "all of them");
export const first: number = run.rho.re[0];
export async function inThreads(start: () => NodeWorker): Promise<boolean> {
  const crew = new Crew({ threads: 2, start: () => threadOf(start()) });
  const { rho } = await crew.simulate(model, Number.POSITIVE_INFINITY);
  crew.close();
  return rho.re.every((x, i) => x === run.rho.re[i]);
}
`;

try {
  checkLockFile();
  const packed = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", place], root))[0];
  checkContents(packed.files.map((file) => file.path));
  writeFileSync(join(place, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
  npm(["install", "--prefer-offline", "--no-audit", "--no-fund", join(place, packed.filename)], place);

  const here = join("node_modules", "bosonize", "examples", "qubit.yaml");
  npm(["exec", "--offline", "--", "bosonize", "run", here, "--quiet", "--out", "results"], place);
  for (const file of ["result.json", "result.npz", "result.csv"]) {
    if (!existsSync(join(place, "results", file))) throw new Error(`\`bosonize run\` wrote no ${file}.`);
  }

  writeFileSync(join(place, "stranger.ts"), stranger);
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const options = ["--strict", "--target", "es2022", "--module", "nodenext", "--types", "", "--outDir", "."];
  run(process.execPath, [tsc, ...options, "stranger.ts"], place);
  writeFileSync(
    join(place, "use.mjs"),
    `import { Worker } from "node:worker_threads";
    import { first, inThreads } from "./stranger.js";
    const worker = new URL(import.meta.resolve("bosonize/worker"));
    console.log(first, await inThreads(() => new Worker(worker)));`,
  );
  const [first, inThreads] = run(process.execPath, ["use.mjs"], place).split(" ");
  if (Math.abs(Number(first) - 0.5) > 1e-8) throw new Error(`the imported library gave ${first} instead of 0.5.`);
  if (inThreads.trim() !== "true") throw new Error("the imported library gave something else in threads of its own.");
  process.stdout.write(`the package (${packed.files.length} files, ${packed.size} bytes) works in an empty folder\n`);
} catch (error) {
  process.stderr.write(`pack-check: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** A lock file that names a registry's address works only where that registry is reached. */
function checkLockFile() {
  if (/"resolved": *"https?:/.test(readFileSync(join(root, "package-lock.json"), "utf8"))) {
    throw new Error("package-lock.json names registry addresses: npm config set omit-lockfile-registry-resolved true");
  }
}

function checkContents(files) {
  for (const wanted of ["LICENSE", "bin/bosonize.js", "dist/index.js", "dist/index.d.ts", "dist/cli/main.cjs"]) {
    if (!files.includes(wanted)) throw new Error(`the package lacks ${wanted}.`);
  }
  const foreign = files.find((path) => /^(src|test|out|node_modules|scripts)\/|\.code$/.test(path));
  if (foreign) throw new Error(`${foreign} does not belong into the package.`);
}

function npm(args, cwd) {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? run(process.execPath, [script, ...args], cwd) : run("npm", args, cwd);
}

function run(command, args, cwd) {
  const env = { ...process.env };
  // npm hands its own settings down; the stranger has none of them.
  for (const name of Object.keys(env)) if (/^npm_(package|lifecycle|config_local_prefix)/.test(name)) delete env[name];
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`\`${args.slice(-6).join(" ")}\` ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
