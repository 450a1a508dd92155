import { describe, expect, test } from "vitest";
import { parseWord } from "../../src/limits/word.ts";

describe("parseWord", () => {
  test("reads couplings from 1, ' as the adjoint, and a time for each letter", () => {
    expect(parseWord("1, 2'  3†", [0.5, 0, -1], 3)).toEqual([
      { coupling: 1, dagger: false, time: 0.5 },
      { coupling: 2, dagger: true, time: 0 },
      { coupling: 3, dagger: true, time: -1 },
    ]);
    expect(parseWord("", [], 1)).toEqual([]);
  });

  test("says what is wrong", () => {
    expect(() => parseWord("1,1'", [0], 1)).toThrow('"1,1\'" has 2 and there are 1 times');
    expect(() => parseWord("x", [0], 1)).toThrow('"x" is not a letter');
    expect(() => parseWord("1.5", [0], 1)).toThrow('"1.5" is not a letter');
    expect(() => parseWord("2", [0], 1)).toThrow("there is no coupling 2: there is only coupling 1.");
    expect(() => parseWord("0", [0], 2)).toThrow("numbered from 1 to 2");
    expect(() => parseWord("1", [Number.NaN], 1)).toThrow("must be finite");
  });
});
