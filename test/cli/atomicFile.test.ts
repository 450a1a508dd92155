import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { atomicFile } from "../../src/cli/atomicFile.ts";
import { Stop } from "../../src/cli/stop.ts";

const place = mkdtempSync(join(tmpdir(), "bosonize-test-"));
afterAll(() => rmSync(place, { recursive: true }));

test("a file is written with its folders, replaces an older one, and leaves nothing else", () => {
  const path = join(place, "a", "b", "result.txt");
  atomicFile(path, "old");
  atomicFile(path, "new");
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(join(place, "a", "b"))).toEqual(["result.txt"]);
});

test("what cannot be written says where and why, and leaves no temporary file", () => {
  const taken = join(place, "taken");
  mkdirSync(join(taken, "inside"), { recursive: true });
  expect(() => atomicFile(taken, "text")).toThrow(Stop);
  expect(() => atomicFile(taken, "text")).toThrow(/cannot write .*taken/);
  expect(readdirSync(place).sort()).toEqual(["a", "taken"]);
});
