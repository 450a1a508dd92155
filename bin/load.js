/**
 * Loads a bundle of dist/cli/ with its compiled form, kept beside it by an earlier process: compiling takes longer than
 * many a run. CommonJS, since Node 20 keeps no compiled modules, and since it starts 8 ms sooner.
 */

const { readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const folder = join(dirname(__dirname), "dist", "cli");

function bundlePath(name) {
  return join(folder, `${name}.cjs`);
}

/**
 * Runs the bundle. `use` tells apart what needs different parts of it; undefined: nothing is kept. What was kept is used
 * only for the same text of the bundle (which begins with its hash) and the same V8; V8 refuses it under other flags. Where the folder cannot be written to, the bundle is compiled each time.
 */
function load(name, use) {
  const file = bundlePath(name);
  // The bundle is ASCII; latin1 is read without decoding.
  const text = readFileSync(file, "latin1");
  const hash = text.slice(2, 18);
  // V8's own tag is in node:v8, which takes 5 ms to load.
  const engine = `${process.versions.v8}-${process.arch}`;
  const kept = use === undefined ? undefined : join(folder, `${name}-${use}-${hash}-${engine}.code`);
  const cachedData = kept === undefined ? undefined : contentOf(kept);
  const source = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, folder);
  if (kept !== undefined && (cachedData === undefined || script.cachedDataRejected)) {
    // At the end, because then it holds the functions that were really called.
    process.on("exit", (code) => {
      if (code === 0) keep(kept, script.createCachedData());
    });
  }
}

function contentOf(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function keep(file, data) {
  const temporary = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`;
  try {
    writeFileSync(temporary, data);
    renameSync(temporary, file);
  } catch {
    rmSync(temporary, { force: true });
  }
}

module.exports = { bundlePath, load };
