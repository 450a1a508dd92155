import { describe, expect, test } from "vitest";
import { splitParts } from "../../src/algebra/parts.ts";

describe("splitParts", () => {
  test("reads the digits of the joint index, first part slowest", () => {
    const dims = [2, 3, 4];
    const { inside, outside, insideDimension, outsideDimension } = splitParts(dims, [2, 0]);
    expect([insideDimension, outsideDimension]).toEqual([8, 3]);
    for (let a = 0; a < 2; a++) {
      for (let b = 0; b < 3; b++) {
        for (let c = 0; c < 4; c++) {
          const joint = (a * 3 + b) * 4 + c;
          expect([inside[joint], outside[joint]]).toEqual([a * 4 + c, b]);
        }
      }
    }
  });

  test("refuses parts that do not exist or come twice", () => {
    expect(() => splitParts([2, 2], [2])).toThrow("there is no part 2: the parts are numbered from 0 to 1.");
    expect(() => splitParts([2, 2], [0, 0])).toThrow("must differ");
  });
});
