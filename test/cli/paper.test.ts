import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bosonize, folder, type Outcome } from "./commandLine.ts";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const place = folder();
let outcome: Outcome;

interface Shown {
  readonly id: string;
  readonly claim: string;
  readonly holds: boolean;
  readonly measure: number | null;
}

// One run of everything for all tests: it is the longest of the commands.
beforeAll(async () => {
  outcome = await bosonize(["paper", "--json", "--out", "written"], { cwd: place.path });
}, 120_000);
afterAll(place.remove);

const sections = (): { title: string; checks: Shown[] }[] => JSON.parse(outcome.stdout).sections;
const checks = (): Shown[] => sections().flatMap((section) => section.checks);
const written = (path: string): string => readFileSync(join(place.path, "written", path), "utf8");

describe("bosonize paper", () => {
  test("every check holds, and the exit code says so", () => {
    expect(checks().filter(({ holds }) => !holds)).toEqual([]);
    expect(JSON.parse(outcome.stdout).holds).toBe(true);
    expect(outcome.code).toBe(0);
  });

  test("no numbered equation is left out", () => {
    const named = checks().flatMap(({ id }) => [...id.matchAll(/\((\d+)\)/g)].map(([, n]) => Number(n)));
    const all = Array.from({ length: 22 }, (_, i) => i + 1);
    expect(all.filter((n) => !named.includes(n))).toEqual([]);
  });

  test("every erratum is shown, and every check of one that is printed has a corrected one", () => {
    const errata = checks().filter(({ id }) => id.startsWith("erratum"));
    const numbers = new Set(errata.map(({ id }) => Number(id.split(" ")[1])));
    expect([...numbers].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const starting = (word: string) =>
      errata.filter(({ claim }) => claim.startsWith(word) && !claim.includes("; corrected:"));
    expect(starting("printed:")).toHaveLength(starting("corrected:").length);
  });

  test("docs/paper.md says what this run found, but for the last digits", () => {
    expect(verdicts(written("paper.md"))).toEqual(verdicts(readFileSync(join(docs, "paper.md"), "utf8")));
  });

  test("the figures of docs/paper.md are all there and complete", () => {
    const paths = [...written("paper.md").matchAll(/"(paper\/[\w-]+\.svg)"/g)].map(([, path]) => path);
    expect(paths.length).toBeGreaterThanOrEqual(16);
    for (const path of paths) {
      for (const svg of [written(path), readFileSync(join(docs, path), "utf8")]) {
        expect(svg).toMatch(/^<svg .*<\/svg>$/s);
        expect(svg).not.toMatch(/NaN|undefined/);
      }
    }
  });

  test("says where it wrote, but not on standard output", () => {
    expect(outcome.stderr).toMatch(/Wrote paper\.md and \d+ figures in written/);
  });
});

/** The page without what differs from machine to machine: numbers found, digits, notes. */
function verdicts(page: string): string[] {
  return page.split("\n").map((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    if (cells.length !== 9) return line;
    const [, id, claim, between, , expected, , verdict] = cells;
    return [id, claim, between.replace(/ \([^()]*\)$/, ""), expected, verdict].join(" | ");
  });
}
