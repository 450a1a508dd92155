import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { atomicFile, atomicFiles, requireFolder } from "../../src/cli/atomicFile.ts";
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

test("of several files none is replaced if one cannot be written", () => {
  const set = join(place, "set");
  atomicFiles(set, { "a.txt": "old" });
  expect(() => atomicFiles(set, { "a.txt": "new", ["b".repeat(300)]: "new" })).toThrow(/the name is too long/);
  expect(readFileSync(join(set, "a.txt"), "utf8")).toBe("old");
  expect(readdirSync(set)).toEqual(["a.txt"]);
});

test("a folder that is a file, or would be in one, is named before anything is written", () => {
  const file = join(place, "file");
  atomicFile(file, "text");
  expect(() => requireFolder(file)).toThrow(/file: .*file is a file, not a folder\. --out DIR/);
  expect(() => requireFolder(join(file, "a", "b"))).toThrow(/cannot write .*b: .*file is a file, not a folder/);
  expect(() => atomicFile(join(file, "a"), "text", "Give another name.")).toThrow(
    /file is a file, not a folder\. Give another name\./,
  );
  requireFolder(join(place, "to", "be", "made"));
  expect(readdirSync(place)).not.toContain("to");
});
