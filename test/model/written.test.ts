import { describe, expect, test } from "vitest";
import { matrix, maxAbs, subtract, zeros } from "../../src/algebra/matrix.ts";
import { isMatrix, writtenNumber, writtenValue } from "../../src/model/written.ts";
import type { Anything } from "./starter.ts";
import { collector } from "./starter.ts";

const sigmay = matrix([
  [0, [0, -1]],
  [[0, 1], 0],
]);

function issueOf(written: unknown): { path: string; message: string; suggestion: string } {
  const { issues, report } = collector();
  expect(writtenValue(written, ["a"], report)).toBeUndefined();
  expect(issues).toHaveLength(1);
  return { path: issues[0].path.join("."), message: issues[0].message, suggestion: issues[0].suggestion ?? "" };
}

describe("one operator, however it is written", () => {
  test.each<[string, unknown]>([
    ["an expression", "-i*sigmap + i*sigmam"],
    [
      "rows of texts",
      [
        ["0", "-i"],
        ["i", "0*pi"],
      ],
    ],
    [
      "rows with pairs",
      [
        [0, [0, -1]],
        [[0, 1], 0],
      ],
    ],
    [
      "rows of pairs only",
      [
        [
          [0, 0],
          [0, -1],
        ],
        [
          [0, 1],
          [0, 0],
        ],
      ],
    ],
    [
      "rows with sums",
      [
        ["1-1", "0.5-0.5-1i"],
        ["2i/2", 0],
      ],
    ],
    ["a Matrix", sigmay],
  ])("%s", (_, written) => {
    const { issues, report } = collector();
    const value = writtenValue(written, [], report);
    expect(issues).toEqual([]);
    expect(value?.kind).toBe("operator");
    expect(maxAbs(subtract((value as { matrix: typeof sigmay }).matrix, sigmay))).toBe(0);
  });

  test.each<[string, unknown]>([
    ["a flat list", ["sqrt(1/2)", "sqrt(1/2)*i"]],
    ["a flat list with a pair", ["sqrt(1/2)", [0, Math.SQRT1_2]]],
    ["a column", [["sqrt(1/2)"], ["i*sqrt(1/2)"]]],
    ["a name", "plus_i"],
    ["a Matrix of one column", matrix([[Math.SQRT1_2], [[0, Math.SQRT1_2]]])],
  ])("and one ket: %s", (_, written) => {
    const { issues, report } = collector();
    const value = writtenValue(written, [], report);
    expect(issues).toEqual([]);
    expect(value?.kind).toBe("ket");
    const expected = matrix([[Math.SQRT1_2], [[0, Math.SQRT1_2]]]);
    expect(maxAbs(subtract((value as { matrix: typeof sigmay }).matrix, expected))).toBeLessThan(1e-15);
  });
});

describe("what is no operator is reported where it is wrong", () => {
  const cyclic: Anything[] = [1];
  cyclic.push(cyclic);

  test.each<[string, unknown, string, string]>([
    ["nothing", null, "a", "but is empty"],
    ["a truth value", true, "a", "but is true"],
    ["a mapping", { re: 1 }, "a", "a mapping with `re`"],
    ["an empty list", [], "a", "is an empty list"],
    ["empty rows", [[], []], "a", "empty rows"],
    [
      "uneven rows",
      [
        [1, 0],
        [0, 1, 2],
      ],
      "a.1",
      "as many entries as the first row, 2, but has 3",
    ],
    [
      "a truth value as entry",
      [
        [1, true],
        [0, 1],
      ],
      "a.0.1",
      "but is true",
    ],
    [
      "nothing as entry",
      [
        [1, 0],
        [null, 1],
      ],
      "a.1.0",
      "but is empty",
    ],
    [
      "a triple as entry",
      [
        [1, [1, 2, 3]],
        [0, 1],
      ],
      "a.0.1",
      "a list of 3",
    ],
    [
      "an operator as entry",
      [
        [1, "sigmax"],
        [0, 1],
      ],
      "a.0.1",
      "but is a 2×2 operator",
    ],
    [
      "a misspelt entry",
      [
        [1, "1-2k"],
        [0, 1],
      ],
      "a.0.1",
      "`k` follows at once",
    ],
    [
      "NaN as entry",
      [
        [1, 0],
        [Number.NaN, 1],
      ],
      "a.1.0",
      "must be finite, but is NaN",
    ],
    [
      "infinity as entry",
      [
        [1, 0],
        [0, Number.POSITIVE_INFINITY],
      ],
      "a.1.1",
      "must be finite, but is Infinity",
    ],
    [
      "infinity in a pair",
      [
        [1, 0],
        [0, [0, Number.NEGATIVE_INFINITY]],
      ],
      "a.1.1",
      "must be finite",
    ],
    ["infinity by expression", "exp(1000) * sigmax", "a", "must be finite, but has"],
    ["NaN in a Matrix", { ...zeros(2), re: new Float64Array([0, Number.NaN, 0, 0]) }, "a", "has NaN at [0][1]"],
    ["a matrix too large", Array(65).fill(Array(65).fill(0)), "a", "at most 64×64, but is 65×65"],
    ["a Matrix too large", zeros(65), "a", "at most 64×64, but is 65×65"],
    ["a list in itself", cyclic, "a.1", "but is a list of 2"],
  ])("%s", (_, written, path, message) => {
    const issue = issueOf(written);
    expect(issue.path).toBe(path);
    expect(issue.message).toContain(message);
  });

  test("all bad entries at once", () => {
    const { issues, report } = collector();
    writtenValue(
      [
        [null, 1],
        [1, "zz"],
      ],
      ["h"],
      report,
    );
    expect(issues.map((issue) => issue.path)).toEqual([
      ["h", 0, 0],
      ["h", 1, 1],
    ]);
  });
});

describe("a real number", () => {
  test("may be an expression", () => {
    const { issues, report } = collector();
    expect(writtenNumber("2*pi", ["x"], report)).toBe(2 * Math.PI);
    expect(writtenNumber(-3, ["x"], report)).toBe(-3);
    expect(issues).toEqual([]);
  });

  test.each<[unknown, string]>([
    ["i", "but is the complex number i"],
    ["sigmax", "but is a 2×2 operator"],
    ["inf", "must be finite, but is Infinity"],
    [1e300, "must be at most 1e+30, but is 1e+300"],
    ["-1e31*2i", "must be at most 1e+30, but is -2e+31i"],
    [null, "must be a number, but is empty"],
    [[1], "must be a number, but is a list of 1"],
    [Number.NaN, "must be finite, but is NaN"],
  ])("is not %j", (written, message) => {
    const { issues, report } = collector();
    expect(writtenNumber(written, ["x"], report)).toBeUndefined();
    expect(issues[0].message).toContain(message);
  });
});

test("a Matrix is known by its shape and arrays", () => {
  expect(isMatrix(sigmay)).toBe(true);
  expect(isMatrix({ ...sigmay, rows: 3 })).toBe(false);
  expect(isMatrix({ ...sigmay, im: [0, 0, 0, 0] })).toBe(false);
  expect(isMatrix(null)).toBe(false);
});
