import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { bosonize, folder } from "./commandLine.ts";

let place = folder();
afterEach(() => {
  place.remove();
  place = folder();
});

test("init writes a commented model that checks without a complaint and names its own file", async () => {
  const made = await bosonize(["init", "mine.yaml"], { cwd: place.path });
  expect(made.code).toBe(0);
  const text = readFileSync(join(place.path, "mine.yaml"), "utf8");
  expect(text.split("\n").filter((line) => line.includes("#")).length).toBeGreaterThan(10);
  expect(text).toContain("bosonize run   mine.yaml");
  const checked = await bosonize(["check", "mine.yaml"], { cwd: place.path });
  expect(checked).toMatchObject({ code: 0, stderr: "" });
});

test("init leaves an existing file alone unless forced", async () => {
  const file = join(place.path, "model.yaml");
  writeFileSync(file, "precious");
  const refused = await bosonize(["init"], { cwd: place.path });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("model.yaml exists");
  expect(readFileSync(file, "utf8")).toBe("precious");
  expect((await bosonize(["init", "--force"], { cwd: place.path })).code).toBe(0);
  expect(readFileSync(file, "utf8")).toContain("couplings:");
});

test("init lists the examples and refuses one that is not there", async () => {
  const listed = await bosonize(["init", "--list"], { cwd: place.path });
  expect(listed.stdout).toContain("central-spin");
  const refused = await bosonize(["init", "--example", "nothing"], { cwd: place.path });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("central-spin");
  expect(existsSync(join(place.path, "model.yaml"))).toBe(false);
});
