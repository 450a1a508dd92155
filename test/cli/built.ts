/** Builds what is missing or stale before the tests that run the command line. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export default function built(): void {
  const ready = fileURLToPath(new URL("../../scripts/ready.js", import.meta.url));
  execFileSync(process.execPath, [ready], { stdio: ["ignore", "inherit", "inherit"] });
}
