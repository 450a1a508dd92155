/**
 * Compiles assembly/ to WebAssembly and writes it as base64 into src/kernels/wasmBytes.ts, so that one build serves Node,
 * workers and browsers. `node scripts/kernels.js --print` writes the module to standard output instead.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const options = [
  ...["--runtime", "stub", "--enable", "simd", "--disable", "mutable-globals"],
  ...["--importMemory", "--initialMemory", "1", "--maximumMemory", "65536", "--memoryBase", "1024"],
  ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge", "--noAssert"],
];

const place = mkdtempSync(join(tmpdir(), "bosonize-kernels-"));
const outFile = join(place, "kernels.wasm");
const { error, stderr } = await asc.main([
  "index.ts",
  "--baseDir",
  join(root, "assembly"),
  "--outFile",
  outFile,
  ...options,
]);
if (error !== null) {
  process.stderr.write(`kernels: ${stderr}\n${error.message}\n`);
  process.exit(1);
}
const bytes = readFileSync(outFile);
rmSync(place, { recursive: true });
const text = `/** The kernels of assembly/, compiled by scripts/kernels.js; test/kernels/wasmBytes.test.ts compiles them again. */
export const wasmBytes =
  "${bytes.toString("base64")}";
`;
if (process.argv.includes("--print")) process.stdout.write(text);
else writeFileSync(join(root, "src", "kernels", "wasmBytes.ts"), text);
