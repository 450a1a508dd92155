/**
 * Builds dist/: the library as modules with types (tsc), the command line bundled into one file for each thread
 * (esbuild), because a process that opens three hundred small files starts slowly. Built beside and moved into place, so that an interrupted
 * build leaves the old one.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const workshop = join(root, "node_modules", ".cache", `bosonize-${process.pid}`);
const fresh = join(workshop, "dist");
// Files changed while the build runs must count as newer than it.
const started = new Date();

try {
  mkdirSync(fresh, { recursive: true });
  compileLibrary();
  await bundleCommandLine();
  await checkLibraryStandsAlone();
  moveIntoPlace();
  keepCompiledForm();
} finally {
  rmSync(workshop, { recursive: true, force: true });
}

function compileLibrary() {
  const require = createRequire(import.meta.url);
  const tsc = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
  const args = [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", fresh];
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", 2, 2] });
  if (status !== 0) fail("the types do not check: see above.");
}

async function bundleCommandLine() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { main: "src/cli/main.ts", solverThread: "src/cli/solverThread.ts" },
    outdir: join(fresh, "cli"),
    outExtension: { ".js": ".cjs" },
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20.19",
    charset: "ascii",
    // A script of node:vm has require, but no import().
    supported: { "dynamic-import": false },
    minifySyntax: true,
    minifyWhitespace: true,
    define: {
      BOSONIZE_VERSION: JSON.stringify(version),
      "import.meta.url": "__bundleUrl",
    },
    banner: { js: 'const __bundleUrl=require("node:url").pathToFileURL(__filename).href;' },
    // commander loads it for commands in files of their own, which there are none of; it takes 4 ms.
    alias: { "node:child_process": "./scripts/noChildProcess.cjs" },
    // resvg is a native addon, the font is a file: both are found at run time.
    external: ["@resvg/resvg-js", "dejavu-fonts-ttf"],
    write: false,
    logLevel: "warning",
  });
  mkdirSync(join(fresh, "cli"));
  for (const { path, text } of outputFiles) {
    // bin/load.js goes by the hash, and reads latin1, which is quicker. esbuild escapes all but regular expressions.
    const ascii = text.replaceAll(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const hash = createHash("sha256").update(ascii).digest("hex").slice(0, 16);
    writeFileSync(path, `/*${hash}*/${ascii}`);
  }
}

/** The library imports nothing but itself: no package, nothing of Node's. */
async function checkLibraryStandsAlone() {
  if (!existsSync(join(fresh, "index.js"))) return fail("src/index.ts, the public API, is missing.");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/index.ts", "src/crew/worker.ts"],
    outdir: fresh,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    metafile: true,
    write: false,
    logLevel: "error",
  });
  for (const [file, { imports }] of Object.entries(metafile.inputs)) {
    const foreign = imports.find((one) => one.external);
    if (foreign) fail(`${file} imports ${foreign.path}, but what src/index.ts reaches may import nothing but itself.`);
  }
}

function moveIntoPlace() {
  utimesSync(join(fresh, "cli", "main.cjs"), started, started);
  const dist = join(root, "dist");
  const old = join(workshop, "old");
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
}

/** Runs once what starts most often, so that the next process finds it compiled. */
function keepCompiledForm() {
  const out = join(workshop, "out");
  for (const args of [["run", "--out", out], ["run", "--json"], ["check"]]) {
    const command = [join(root, "bin", "bosonize.js"), ...args, join(root, "examples", "qubit.yaml")];
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
    if (status !== 0) fail(`\`bosonize ${args[0]} examples/qubit.yaml\` ended with ${status}:\n${stderr}`);
  }
}

function fail(text) {
  process.stderr.write(`build: ${text}\n`);
  rmSync(workshop, { recursive: true, force: true });
  process.exit(1);
}
