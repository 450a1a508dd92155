/** The built command line as a process, in a folder of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/bosonize.js", import.meta.url));

/** The folder of the example models. */
export const examples = fileURLToPath(new URL("../../examples/", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A new folder, with the given files in it. */
export function folder(files: Readonly<Record<string, string>> = {}): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "bosonize-test-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** `bosonize …args` in a folder. `whileRunning` may send signals. */
export function bosonize(
  args: readonly string[],
  options: {
    cwd?: string;
    input?: string;
    env?: Readonly<Record<string, string>>;
    whileRunning?: (child: ChildProcess) => void;
  } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: options.cwd ?? tmpdir(),
      env: { ...process.env, ...options.env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    // One that is refused at once does not read what it is given.
    child.stdin.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") reject(error);
    });
    child.stdin.end(options.input ?? "");
    options.whileRunning?.(child);
  });
}

/** A small model of a qubit; `changes` replace whole lines that begin with the same key. */
export function smallModel(changes: Readonly<Record<string, string>> = {}): string {
  const lines: Record<string, string> = {
    name: "a small model",
    system: "{ dims: 2, hamiltonian: 0.5 * sigmaz, state: plus }",
    reservoir: "{ dims: 2, hamiltonian: proj(up), state: 0.7 * proj(down) + 0.3 * proj(up) }",
    couplings: "[{ system: 0.15 * sigmam, site: sigmap }]",
    times: "[0, 0.5, -1]",
    sizes: "[10, inf]",
    observe: "{ sz: sigmaz }",
    ...changes,
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
}
