/** Python with QuTiP, if this machine has one, and scripts run with it. */

import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Stand-ins for programs that cannot be installed everywhere: dynamiqs.py, ACE. */
export const standIns = fileURLToPath(new URL("../standIns/", import.meta.url));

/** Debian's Python may not be the first on the PATH. */
const candidates = [process.env.BOSONIZE_PYTHON, "python3", "/usr/bin/python3"].filter((one) => one !== undefined);

/** A Python that imports QuTiP; undefined if there is none. */
export const pythonWithQutip: string | undefined = candidates.find(
  (python) => spawnSync(python, ["-W", "ignore", "-c", "import qutip"], { encoding: "utf8" }).status === 0,
);

/**
 * Whether tests that need QuTiP are left out. CI installs it and sets BOSONIZE_REQUIRE_QUTIP: there they fail instead.
 */
export function withoutQutip(): boolean {
  if (pythonWithQutip !== undefined) return false;
  const remedy = "install Debian's python3-qutip, or name a Python that has it in BOSONIZE_PYTHON";
  if (process.env.BOSONIZE_REQUIRE_QUTIP === "1") throw new Error(`no Python here has QuTiP: ${remedy}.`);
  process.stderr.write(`\n*** EXPORTS ARE NOT RUN: no Python here has QuTiP. To run them, ${remedy}. ***\n\n`);
  return true;
}

/** Runs a script; gives its exit code and all it printed. */
export function runPython(
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", ...environment };
    const child = spawn(pythonWithQutip ?? "python3", ["-W", "ignore", script], { env });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
