/** `npm run bench`: bundles the bench with the sources as they are, and starts it. */

import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Inside node_modules, so that what is left external is found from there.
const outdir = join(root, "node_modules", ".cache", `bosonize-bench-${process.pid}`);
process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));

// Bundled as the command line is, since opening many small files would be measured too.
await build({
  absWorkingDir: root,
  entryPoints: {
    main: "bench/main.ts",
    onePass: "bench/onePass.ts",
    ours: "bench/ours.ts",
    applyHand: "bench/applyHand.ts",
    crewWorker: "src/crew/worker.ts",
  },
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  external: ["@resvg/resvg-js", "dejavu-fonts-ttf"],
  banner: { js: 'import { createRequire as __cr } from "node:module";const require = __cr(import.meta.url);' },
  logLevel: "warning",
});
const { main } = await import(pathToFileURL(join(outdir, "main.mjs")).href);
process.exitCode = await main(process.argv.slice(2), { root, bundle: outdir });
