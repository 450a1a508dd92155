import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closestWord, editDistance } from "../../src/model/spelling.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });

describe("the edit distance", () => {
  test("counts insertions, deletions, replacements and exchanges of neighbours", () => {
    expect(editDistance("sigmaz", "sigmaz")).toBe(0);
    expect(editDistance("sigmz", "sigmaz")).toBe(1);
    expect(editDistance("sigmaaz", "sigmaz")).toBe(1);
    expect(editDistance("sigmoz", "sigmaz")).toBe(1);
    expect(editDistance("simgaz", "sigmaz")).toBe(1);
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("ca", "abc")).toBe(3);
  });

  test("is symmetric, 0 only for equal words, and not less than the difference of lengths", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  test("is at most 1 after one exchange of neighbours", () => {
    fc.assert(
      fc.property(word, fc.nat(), (a, k) => {
        if (a.length < 2) return;
        const i = k % (a.length - 1);
        const b = a.slice(0, i) + a[i + 1] + a[i] + a.slice(i + 2);
        expect(editDistance(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the closest word", () => {
  const known = ["system", "reservoir", "couplings", "to", "sigmaz", "plus_i"];

  test("is the one meant", () => {
    expect(closestWord("sistem", known)).toBe("system");
    expect(closestWord("resevior", known)).toBe("reservoir");
    expect(closestWord("Coupling", known)).toBe("couplings");
    expect(closestWord("too", known)).toBe("to");
  });

  test("does not depend on capitals and underscores", () => {
    expect(closestWord("SIGMA_Z", known)).toBe("sigmaz");
    expect(closestWord("plusi", known)).toBe("plus_i");
  });

  test("is nothing for a word that resembles none", () => {
    expect(closestWord("temperature", known)).toBeUndefined();
    expect(closestWord("xy", known)).toBeUndefined();
    expect(closestWord("s".repeat(10_000), known)).toBeUndefined();
  });
});
