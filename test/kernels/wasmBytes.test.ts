import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the embedded module is what assembly/ compiles to", () => {
  const { stdout, stderr } = spawnSync(process.execPath, ["scripts/kernels.js", "--print"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout === readFileSync("src/kernels/wasmBytes.ts", "utf8"), "run `npm run kernels`").toBe(true);
});
