/**
 * Builds dist/: the library as modules with types (tsc), the command line bundled into a few files (esbuild), because a
 * process that opens three hundred small files starts slowly. Built beside and moved into place, so that an interrupted
 * build leaves the old one.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync } from "node:fs";
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
  await build({
    absWorkingDir: root,
    entryPoints: { main: "src/cli/main.ts", solverThread: "src/cli/solverThread.ts" },
    outdir: join(fresh, "cli"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    minifySyntax: true,
    minifyWhitespace: true,
    chunkNames: "[name]-[hash]",
    define: { BOSONIZE_VERSION: JSON.stringify(version) },
    // resvg is a native addon, the font is a file: both are found at run time.
    external: ["@resvg/resvg-js", "dejavu-fonts-ttf"],
    // commander and others are CommonJS and call require for Node's own modules.
    banner: { js: 'import { createRequire as __cr } from "node:module";const require = __cr(import.meta.url);' },
    logLevel: "warning",
  });
}

/** The library imports nothing but itself: no package, nothing of Node's. */
async function checkLibraryStandsAlone() {
  if (!existsSync(join(fresh, "index.js"))) return fail("src/index.ts, the public API, is missing.");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/index.ts"],
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
  utimesSync(join(fresh, "cli", "main.js"), started, started);
  const dist = join(root, "dist");
  const old = join(workshop, "old");
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
}

function fail(text) {
  process.stderr.write(`build: ${text}\n`);
  rmSync(workshop, { recursive: true, force: true });
  process.exit(1);
}
