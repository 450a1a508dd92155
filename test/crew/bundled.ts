/** "bosonize/worker" as one file, as a bundler makes it for a page. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles files of src/ (by their paths there) as modules into a new folder; `remove` takes it away. */
export async function bundled(entries: Readonly<Record<string, string>>): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "bosonize-crew-"));
  await build({
    entryPoints: entries,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
  });
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
