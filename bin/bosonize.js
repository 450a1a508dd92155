#!/usr/bin/env node
import { existsSync } from "node:fs";
import * as module from "node:module";

const main = new URL("../dist/cli/main.js", import.meta.url);
if (!existsSync(main)) {
  process.stderr.write("bosonize is not built yet. `npm run build`, `npm start` and `npm test` each build it.\n");
  process.exit(2);
}
// Node 22 and later keep the compiled form of the bundle between runs.
module.enableCompileCache?.();
await import(main.href);
