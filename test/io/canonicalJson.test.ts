import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, plain, sha256OfJson } from "../../src/io/canonicalJson.ts";

test("canonical JSON does not depend on the order in which keys were written", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), fc.integer(), (object, seed) => {
      const keys = Object.keys(object).sort((a, b) => ((a.length * 31 + seed) % 7) - ((b.length * 31 + seed) % 7));
      const shuffled = Object.fromEntries(keys.reverse().map((key) => [key, object[key]]));
      expect(canonicalJson(shuffled)).toBe(canonicalJson(object));
    }),
  );
});

test("canonical JSON is JSON of the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("keys are sorted at every depth", () => {
  expect(canonicalJson({ b: { d: 1, c: [2, { f: 3, e: 4 }] }, a: null })).toBe(
    '{"a":null,"b":{"c":[2,{"e":4,"f":3}],"d":1}}',
  );
});

test("the hash agrees with that of another implementation", async () => {
  const value = { name: "Spin-Bad für ρ", sizes: [10, Number.POSITIVE_INFINITY] };
  const text = '{"name":"Spin-Bad für ρ","sizes":[10,"inf"]}';
  expect(sha256OfJson(value)).toBe(createHash("sha256").update(text).digest("hex"));
});

test("typed arrays become lists, keys without value vanish, infinities become words", () => {
  expect(plain({ a: Float64Array.of(1, 2), b: undefined, c: Number.NEGATIVE_INFINITY }, "model")).toEqual({
    a: [1, 2],
    c: "-inf",
  });
});

test("what is no data is refused by its path", () => {
  expect(() => plain({ a: [{ b: Number.NaN }] }, "model")).toThrow("`model.a[0].b` must be a number, but is NaN.");
  expect(() => plain({ f: () => 0 }, "model")).toThrow("`model.f` must be plain data, but is a function.");
});
