import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { atomicFile } from "../../src/cli/atomicFile.ts";
import { Stop } from "../../src/cli/stop.ts";

const place = mkdtempSync(join(tmpdir(), "bosonize-test-"));
afterAll(() => rmSync(place, { recursive: true }));

test("a file is written with its folders, replaces an older one, and leaves nothing else", async () => {
  const path = join(place, "a", "b", "result.txt");
  await atomicFile(path, "old");
  await atomicFile(path, "new");
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(join(place, "a", "b"))).toEqual(["result.txt"]);
});

test("what cannot be written says where and why, and leaves no temporary file", async () => {
  const taken = join(place, "taken");
  mkdirSync(join(taken, "inside"), { recursive: true });
  await expect(atomicFile(taken, "text")).rejects.toThrow(Stop);
  await expect(atomicFile(taken, "text")).rejects.toThrow(/cannot write .*taken/);
  expect(readdirSync(place).sort()).toEqual(["a", "taken"]);
});
