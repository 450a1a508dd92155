import { expect, test } from "vitest";
import { documentText } from "../../src/io/documentText.ts";
import { readDocument } from "../../src/io/readDocument.ts";
import { makeDocument } from "../figures/documents.ts";

test("a document that was written is read back", async () => {
  const document = await makeDocument({ times: [0, 0.5, -2], meanField: true });
  const text = documentText(document);
  expect(documentText(readDocument(text))).toBe(text);
});

test("what is no result says what it lacks", () => {
  expect(() => readDocument('{"times": [')).toThrow("not JSON");
  expect(() => readDocument("[]")).toThrow("it lacks `schema`");
  expect(() => readDocument('{"schema": "bosonize/modes@1"}')).toThrow("it lacks `schema`");
  expect(() => readDocument('{"schema": "bosonize/result@2"}')).toThrow('must be "bosonize/result@1"');
});

type Damage = (document: Record<string, never>) => void;

test.each<[string, string, Damage]>([
  [
    "a run with a time too few",
    "`runs[0].rho` must be a list of 3 items",
    (d) => (d.runs as { rho: [] }[])[0].rho.pop(),
  ],
  [
    "an observable that is text",
    "`runs[1].observables.sz`",
    (d) => put(d, ["runs", 1, "observables", "sz"], ["a", 1, 2]),
  ],
  [
    "a bound for too few times",
    "`runs[0].error.boundAt` must be a list of 3 items",
    (d) => put(d, ["runs", 0, "error", "boundAt"], [1e-9, null]),
  ],
  [
    "a bound that is text",
    "`runs[1].error.boundAt` must be numbers, or null where nothing is proved",
    (d) => put(d, ["runs", 1, "error", "boundAt"], [1e-9, null, "small"]),
  ],
  ["a matrix that is not square", "`runs[0].rho[2]`", (d) => put(d, ["runs", 0, "rho", 2], [[[1, 0]], [[1, 0]]])],
  ["a size that is no size", "`runs[0].size`", (d) => put(d, ["runs", 0, "size"], "many")],
  ["times that are missing", "`times` must be a list, but is missing", (d) => put(d, ["times"], undefined)],
  ["a mode without frequency", "`modes[0].k, l, frequency`", (d) => put(d, ["modes", 0, "frequency"], null)],
  ["no account of where it comes from", "`reproduce` must be an object", (d) => put(d, ["reproduce"], 3)],
])("%s is refused by its path", async (_, message, damage) => {
  const document = await makeDocument({ times: [0, 0.5, -2], sizes: [10, 100] });
  const broken = JSON.parse(documentText(document));
  damage(broken);
  expect(() => readDocument(JSON.stringify(broken))).toThrow(message);
});

function put(document: object, path: readonly (string | number)[], value: unknown): void {
  let at = document as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[String(path.at(-1))] = value;
}
