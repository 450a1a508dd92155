/**
 * Makes a clone ready to run: installs what is missing or stale against the lock file, builds what is missing or stale.
 * Plain JavaScript without dependencies, because it runs before anything is installed. Does nothing, quickly, if all is
 * in place. `node scripts/ready.js --no-build` installs only.
 */

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`bosonize needs Node 20.19 or newer, but this is ${process.version}. Install a newer Node and try again.`);
}

const missing = notInstalled();
if (missing.length > 0) {
  say(`installing packages (${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ", …" : ""}), once`);
  npm(["ci", "--no-audit", "--no-fund"]);
}
if (!process.argv.includes("--no-build")) {
  const why = staleBuild();
  if (why !== undefined) {
    say(`building, because ${why}`);
    run(process.execPath, [join(root, "scripts", "build.js")]);
  }
}

/** What package-lock.json asks for and node_modules does not have in that version. */
function notInstalled() {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return ["everything"];
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const have = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.keys(wanted)
    .filter((path) => path !== "" && !wanted[path].optional)
    .filter((path) => have[path]?.version !== wanted[path].version || !existsSync(join(root, path, "package.json")))
    .map((path) => path.replace(/^.*node_modules\//, ""));
}

/** Why dist/ has to be built, or undefined if it is newer than everything it is made from. */
function staleBuild() {
  const stamp = join(root, "dist", "cli", "main.cjs");
  if (!existsSync(stamp)) return "there is no build yet";
  const built = statSync(stamp).mtimeMs;
  const newer = ["src", "scripts/build.js", "package.json", "tsconfig.json", "tsconfig.build.json"]
    .flatMap((path) => withContents(join(root, path)))
    .find((path) => statSync(path).mtimeMs > built);
  return newer === undefined ? undefined : `${newer.slice(root.length + 1)} is newer than the build`;
}

/** A file; or a folder and everything in it (a folder's own date tells that a file was removed). */
function withContents(path) {
  if (!statSync(path).isDirectory()) return [path];
  return [path, ...readdirSync(path).flatMap((name) => withContents(join(path, name)))];
}

function npm(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js")) run(process.execPath, [script, ...args]);
  else run(process.platform === "win32" ? "npm.cmd" : "npm", args);
}

/** Runs a command with its output on standard error, so that standard output stays what the caller makes it. */
function run(command, args) {
  const shell = process.platform === "win32" && command.endsWith(".cmd");
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell });
  if (error) stop(`${command} could not be started: ${error.message}`);
  if (status !== 0) stop(`\`${[command, ...args].join(" ")}\` failed.`, status ?? 1);
}

function say(text) {
  process.stderr.write(`bosonize: ${text}\n`);
}

function stop(text, code = 1) {
  say(text);
  process.exit(code);
}
