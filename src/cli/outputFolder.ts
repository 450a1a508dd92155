/** Where a command writes. */

import { join } from "node:path";
import { requireFolder } from "./atomicFile.ts";

/** The folder `usual` in out/, or the one asked for; undefined if only JSON is printed. Throws Stop where nothing can be written. */
export function outputFolder(
  usual: string,
  { out, json }: { readonly out?: string; readonly json?: true },
): string | undefined {
  const folder = out ?? (json ? undefined : join("out", usual));
  if (folder !== undefined) requireFolder(folder);
  return folder;
}
