import { describe, expect, test } from "vitest";
import { add, identity, matrix, maxAbs, scale, subtract } from "../../src/algebra/matrix.ts";
import type { Space } from "../../src/model/operatorOf.ts";
import { hermitianBreach, hermitianOn, operatorOn } from "../../src/model/operatorOf.ts";
import { random, randomHermitian, randomMatrix } from "../oracle/random.ts";
import { collector } from "./starter.ts";

const qubit: Space = { dims: [2], dimension: 2, saidAt: "system.dims" };
const pair: Space = { dims: [2, 3], dimension: 6, saidAt: "system.dims" };
const four: Space = { dims: [4], dimension: 4, saidAt: "reservoir.dims" };

function refused(space: Space | undefined, written: unknown, hermitian = false): string {
  const { issues, report } = collector();
  const read = hermitian ? hermitianOn : operatorOn;
  expect(read(space, written, ["a"], report)).toBeUndefined();
  expect(issues).toHaveLength(1);
  return `${issues[0].message} ${issues[0].suggestion ?? ""}`;
}

describe("an operator of the wrong dimension", () => {
  test("says both dimensions and who said so", () => {
    expect(refused(qubit, "destroy(3)")).toContain("`a` must be 2×2, as `system.dims` says, but is 3×3.");
  });

  test("is shown how to act on the part it fits", () => {
    expect(refused(pair, "sigmaz")).toContain("`kron(sigmaz, qeye(3))` for part 0");
    expect(refused(pair, "num(3)")).toContain("`kron(qeye(2), num(3))` for part 1");
    expect(refused({ ...pair, dims: [2, 2], dimension: 4 }, "sigmaz")).toMatch(/part 0, .*part 1/);
  });

  test("is shown how to split a single part", () => {
    expect(refused(four, "sigmaz")).toContain("set `reservoir.dims` to [2, 2] and write `kron(sigmaz, qeye(2))`");
  });

  test("that is not square says so, and how a ket of pairs is written", () => {
    expect(
      refused(qubit, [
        [1, 0, 0],
        [0, 1, 0],
      ]),
    ).toContain("must be 2×2, but is 2×3");
    expect(
      refused(qubit, [
        [1, 0],
        [0, 0],
        [0, 1],
      ]),
    ).toContain("[[[re, im]], [[re, im]]]");
    expect(
      refused(undefined, [
        [1, 0, 0],
        [0, 1, 0],
      ]),
    ).toContain("must be square, but is 2×3");
  });
});

describe("what is no operator", () => {
  test("is told how to become one", () => {
    expect(refused(qubit, "up")).toContain("`proj(up)`");
    expect(refused(qubit, 3)).toContain("`s * qeye(2)`");
    expect(refused(qubit, "1/2")).toContain("`(1/2) * qeye(2)`");
    expect(refused(undefined, 0)).toContain("of a dimension that nothing tells");
  });

  test("but 0 is the zero operator where the dimension is known", () => {
    const { issues, report } = collector();
    expect(operatorOn(qubit, 0, ["a"], report)).toMatchObject({ rows: 2, cols: 2 });
    expect(operatorOn(four, "0", ["a"], report)).toMatchObject({ rows: 4, cols: 4 });
    expect(issues).toEqual([]);
  });
});

describe("a Hermitian operator", () => {
  const from = random(3);

  test("is taken, and rounding is mended", () => {
    const { issues, report } = collector();
    for (let n = 2; n < 7; n++) {
      const h = randomHermitian(from, n);
      const rounded = add(h, randomMatrix(from, n), 1e-14);
      const space = { ...qubit, dims: [n], dimension: n };
      const taken = hermitianOn(space, rounded, ["a"], report);
      expect(taken && maxAbs(subtract(taken, h))).toBeLessThan(1e-13);
      expect(taken && hermitianBreach(taken, 0)).toBeUndefined();
    }
    expect(issues).toEqual([]);
  });

  test("is judged relative to its size", () => {
    const h = randomHermitian(from, 3);
    const off = add(h, randomMatrix(from, 3), 1e-6);
    const space = { ...qubit, dims: [3], dimension: 3 };
    for (const unit of [1e-12, 1, 1e12]) expect(refused(space, scale(off, unit), true)).toContain("must be Hermitian");
  });

  test("is refused with the entry that breaks it", () => {
    expect(refused(qubit, "sigmap", true)).toContain("must be Hermitian, but has 1 at [0][1] and 0 at [1][0].");
    expect(
      refused(
        qubit,
        [
          [1, "i"],
          ["i", 0],
        ],
        true,
      ),
    ).toContain("has i at [0][1] and i at [1][0]");
    expect(
      refused(
        qubit,
        [
          [1, "i"],
          ["i", 0],
        ],
        true,
      ),
    ).toContain("[1][0] must be the conjugate of [0][1], -i.");
    expect(
      refused(
        qubit,
        [
          ["2i", 0],
          [0, 0],
        ],
        true,
      ),
    ).toContain("has 2i at [0][0]. The diagonal must be real.");
    expect(
      refused(
        qubit,
        [
          [0, 1],
          [1.00000001, 0],
        ],
        true,
      ),
    ).toContain("1e-8 from the conjugate");
  });

  test("has no breach, and one that is not has its worst", () => {
    expect(hermitianBreach(identity(2), 0)).toBeUndefined();
    expect(
      hermitianBreach(
        matrix([
          [0, 1],
          [2, 0],
        ]),
        0,
      )?.but,
    ).toBe("has 1 at [0][1] and 2 at [1][0]");
  });
});
