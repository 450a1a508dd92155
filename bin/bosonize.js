#!/usr/bin/env node
const { existsSync } = require("node:fs");
const { bundlePath, load } = require("./load.js");

if (!existsSync(bundlePath("main"))) {
  process.stderr.write("bosonize is not built yet. `npm run build`, `npm start` and `npm test` each build it.\n");
  process.exit(2);
}
load("main", kindOfUse(process.argv.slice(2)));

/** Uses that need the same code share what is kept of it. A word that may be no command keeps nothing. */
function kindOfUse(args) {
  if (args.some((arg) => /^(-h|--help|-V|--version)$/.test(arg))) return "help";
  const command = args.find((arg) => !arg.startsWith("-")) ?? "help";
  if (!/^[a-z]{1,20}$/.test(command)) return undefined;
  return args.includes("--json") || args.includes("--no-figures") ? `${command}-data` : command;
}
