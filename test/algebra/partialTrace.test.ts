import { describe, expect, test } from "vitest";
import { identity, kron, maxAbs, scale, subtract, trace, traceOfProduct } from "../../src/algebra/matrix.ts";
import { partialTrace } from "../../src/algebra/partialTrace.ts";
import { random, randomHermitian, randomMatrix, randomState } from "../oracle/random.ts";

describe("partialTrace", () => {
  test("of a product is the factor kept times the trace of the others", () => {
    const from = random(1);
    const [a, b, c] = [randomMatrix(from, 2), randomMatrix(from, 3), randomMatrix(from, 2)];
    const joint = kron(kron(a, b), c);
    const dims = [2, 3, 2];
    const close = (keep: number[], expected: typeof a) =>
      expect(maxAbs(subtract(partialTrace(joint, dims, keep), expected))).toBeLessThan(1e-13);
    close([0], scale(scale(a, trace(b)), trace(c)));
    close([1], scale(scale(b, trace(a)), trace(c)));
    close([0, 2], scale(kron(a, c), trace(b)));
    close([2, 0], scale(kron(a, c), trace(b)));
    close([0, 1, 2], joint);
    expect(partialTrace(joint, dims, []).re[0]).toBeCloseTo(trace(joint).re, 12);
  });

  test("keeps every expectation value of the part, also of entangled states", () => {
    const from = random(2);
    const rho = randomState(from, 12);
    const x = randomHermitian(from, 3);
    const joint = kron(kron(identity(2), x), identity(2));
    const reduced = partialTrace(rho, [2, 3, 2], [1]);
    expect(traceOfProduct(reduced, x).re).toBeCloseTo(traceOfProduct(rho, joint).re, 13);
  });

  test("refuses a matrix of another size", () => {
    expect(() => partialTrace(identity(5), [2, 3], [0])).toThrow("is 6×6, not 5×5");
  });
});
