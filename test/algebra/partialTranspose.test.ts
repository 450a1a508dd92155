import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/algebra/matrix.ts";
import { adjoint, identity, kron, maxAbs, scale, subtract } from "../../src/algebra/matrix.ts";
import { partialTranspose } from "../../src/algebra/partialTranspose.ts";
import { random, randomMatrix } from "../oracle/random.ts";

const transpose = (a: Matrix): Matrix => {
  const t = adjoint(a);
  return { ...t, im: t.im.map((x) => -x) };
};

describe("partialTranspose", () => {
  test("of a product transposes the factors listed", () => {
    const from = random(3);
    const [a, b, c] = [randomMatrix(from, 2), randomMatrix(from, 3), randomMatrix(from, 2)];
    const joint = kron(kron(a, b), c);
    const close = (parts: number[], expected: Matrix) =>
      expect(maxAbs(subtract(partialTranspose(joint, [2, 3, 2], parts), expected))).toBeLessThan(1e-14);
    close([1], kron(kron(a, transpose(b)), c));
    close([0, 2], kron(kron(transpose(a), b), transpose(c)));
    close([], joint);
    close([0, 1, 2], transpose(joint));
  });

  test("is linear and its own inverse", () => {
    const from = random(4);
    const [a, b] = [randomMatrix(from, 6), randomMatrix(from, 6)];
    const t = (x: Matrix) => partialTranspose(x, [3, 2], [0]);
    expect(maxAbs(subtract(t(t(a)), a))).toBe(0);
    expect(maxAbs(subtract(t(subtract(a, scale(b, 2))), subtract(t(a), scale(t(b), 2))))).toBeLessThan(1e-15);
  });

  test("refuses a matrix of another size", () => {
    expect(() => partialTranspose(identity(5), [2, 3], [0])).toThrow("is 6×6, not 5×5");
  });
});
