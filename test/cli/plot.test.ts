import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bosonize, folder, smallModel } from "./commandLine.ts";

const place = folder({ "model.yaml": smallModel({ observe: "{ sz: sigmaz, purity: purity() }" }) });
beforeAll(async () => {
  await bosonize(["run", "model.yaml", "--no-figures", "--out", "result"], { cwd: place.path });
});
afterAll(place.remove);

function plot(...args: string[]) {
  return bosonize(["plot", ...args], { cwd: place.path });
}

test("plot draws the figures that run would have drawn, beside the result", async () => {
  const { code, stdout } = await plot("result/result.json");
  expect(code).toBe(0);
  expect(stdout).toContain("in result");
  const drawn = readdirSync(join(place.path, "result")).filter((name) => /\.(svg|png)$/.test(name));
  await bosonize(["run", "model.yaml", "--out", "whole"], { cwd: place.path });
  const usual = readdirSync(join(place.path, "whole")).filter((name) => /\.(svg|png)$/.test(name));
  expect(drawn.sort()).toEqual(usual.sort());
  for (const name of drawn) {
    expect(readFileSync(join(place.path, "result", name))).toEqual(readFileSync(join(place.path, "whole", name)));
  }
});

test("one observable, dark, as SVG only, elsewhere", async () => {
  const { code } = await plot(
    "result/result.json",
    "--observable",
    "purity",
    "--theme",
    "dark",
    "--format",
    "svg",
    "--out",
    "talk",
  );
  expect(code).toBe(0);
  expect(readdirSync(join(place.path, "talk"))).toEqual(["dynamics.svg"]);
  const svg = readFileSync(join(place.path, "talk", "dynamics.svg"), "utf8");
  expect(svg).toContain("purity");
  expect(svg).not.toContain("⟨sz⟩");
});

test("both themes are files of their own", async () => {
  await plot("result/result.json", "--figure", "coherences", "--theme", "both", "--format", "svg", "--out", "both");
  expect(readdirSync(join(place.path, "both")).sort()).toEqual(["coherences-dark.svg", "coherences.svg"]);
});

test("an observable the result lacks, and a file that is no result, are wrong input", async () => {
  const lacking = await plot("result/result.json", "--observable", "sx");
  expect(lacking).toMatchObject({ code: 2, stdout: "" });
  expect(lacking.stderr).toContain("sz");
  expect((await plot("model.yaml")).code).toBe(2);
  expect((await plot("nowhere.json")).code).toBe(2);
});
