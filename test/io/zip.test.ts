import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { zip } from "../../src/io/zip.ts";

const files = {
  "first.npy": Uint8Array.from({ length: 1000 }, (_, i) => (i * i) & 255),
  "ρ of S.npy": new Uint8Array(0),
  "last.npy": Uint8Array.of(1, 2, 3),
};

test("another unzipper gives back every file under its name", () => {
  expect(unzipSync(zip(files))).toEqual(files);
  expect(unzipSync(zip({}))).toEqual({});
});

const python = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!python)("Python's zipfile finds the checksums right", () => {
  const place = mkdtempSync(join(tmpdir(), "bosonize-test-"));
  const file = join(place, "archive.zip");
  writeFileSync(file, zip(files));
  const script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))";
  const { stdout } = spawnSync("python3", ["-c", script, file], { encoding: "utf8" });
  rmSync(place, { recursive: true });
  expect(stdout.trim()).toBe("None 3");
});
