import { expect, test } from "vitest";
import { documentText } from "../../src/io/documentText.ts";
import { makeDocument } from "../figures/documents.ts";

test("every number is restored exactly from the text", async () => {
  const document = await makeDocument({ meanField: true });
  const odd = { ...document, times: [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -1 / 3, 1e23] };
  // JSON has no negative zero; toEqual tells -0 from 0, so the comparison is by ===.
  const same = (a: unknown, b: unknown): boolean =>
    typeof a === "object" && a !== null
      ? Object.entries(a).every(([key, value]) => same(value, (b as Record<string, unknown>)[key]))
      : a === b;
  const read = JSON.parse(documentText(odd));
  expect(same(odd, read) && same(read, odd)).toBe(true);
});

test("a key and a run take a line each", async () => {
  const document = await makeDocument();
  const lines = documentText(document).trimEnd().split("\n");
  const items = document.runs.length + document.modes.length;
  // Two braces; a line a key; an opening list shares its key's line, its closing bracket has its own.
  expect(lines).toHaveLength(2 + Object.keys(document).length + items + 2);
});

test("a number that JSON would turn into null is refused by its path", async () => {
  const document = await makeDocument({ times: [0, 1], sizes: [10] });
  const [run] = document.runs;
  const broken = { ...run, rho: [run.rho[0], [run.rho[1][0], [[0, 0] as const, [Number.NaN, 0] as const]]] };
  expect(() => documentText({ ...document, runs: [broken] })).toThrow(
    "`runs[0].rho[1][1][1][0]` must be a finite number, but is NaN.",
  );
  const costly = { ...run, cost: { ...run.cost, seconds: Number.POSITIVE_INFINITY } };
  expect(() => documentText({ ...document, runs: [costly] })).toThrow("`runs[0].cost.seconds`");
});
