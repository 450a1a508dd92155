import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { folder, smallModel } from "./commandLine.ts";

const bin = fileURLToPath(new URL("../../bin/bosonize.js", import.meta.url));
const unix = process.platform === "linux";

test.runIf(unix)("what standard output cannot take is an error in words, and no success", () => {
  const place = folder({ "model.yaml": smallModel() });
  const full = openSync("/dev/full", "w");
  for (const args of [["check", "model.yaml"], ["run", "model.yaml", "--json"], ["--help"]]) {
    const { status, stderr } = spawnSync(process.execPath, [bin, ...args], {
      ...{ cwd: place.path, encoding: "utf8" },
      stdio: ["ignore", full, "pipe"],
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/cannot write to standard output: no space is left on the device\./);
    expect(stderr).not.toContain("    at ");
  }
  closeSync(full);
  place.remove();
});

test.runIf(unix)("a document that is cut off, as the disk takes only part of it, is no success", () => {
  const place = folder({ "model.yaml": smallModel({ times: "{ from: 0, to: 5, points: 401 }" }) });
  // The shell's limit on the size of files stands for a disk that is nearly full: 8 blocks of 512 bytes or of 1024.
  const line = `ulimit -f 8; exec "${process.execPath}" "${bin}" run model.yaml --json > result.json`;
  const { status, stderr } = spawnSync("sh", ["-c", line], { cwd: place.path, encoding: "utf8" });
  expect(() => JSON.parse(readFileSync(join(place.path, "result.json"), "utf8"))).toThrow();
  expect(status).toBe(2);
  expect(stderr).toContain("cannot write to standard output: the file would be larger than is allowed.");
  place.remove();
});

test.runIf(unix)("a folder in which nothing can be made ends the command", () => {
  const place = folder({ "model.yaml": smallModel() });
  const { status, stderr } = spawnSync(process.execPath, [bin, "run", "model.yaml", "--out", "/proc/none"], {
    ...{ cwd: place.path, encoding: "utf8", timeout: 10_000, killSignal: "SIGKILL" },
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/cannot write \/proc\/none.*: .*\. --out DIR chooses another place\./);
  place.remove();
});

test("a place that cannot be written to is told before anything is computed", () => {
  const place = folder({ "model.yaml": smallModel(), taken: "" });
  for (const command of ["run", "converge", "memory", "energies"]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, command, "model.yaml", "--times", "0,1,2", "--out", "taken"],
      { cwd: place.path, encoding: "utf8" },
    );
    expect({ command, status, stdout }).toEqual({ command, status: 2, stdout: "" });
    expect(stderr).toContain("cannot write taken: taken is a file, not a folder. --out DIR chooses another place.");
  }
  place.remove();
});
