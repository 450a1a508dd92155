import { describe, expect, test } from "vitest";
import { denseKet, sparseKet } from "../../../src/dynamics/sector/sparseKet.ts";

describe("a sparse ket", () => {
  test("has the amplitudes that are not 0, and is the same ket when written out", () => {
    const vector = { re: Float64Array.of(0, 0.6, 0, 0), im: Float64Array.of(0, 0, 0, -0.8) };
    const ket = sparseKet(vector);
    expect(ket).toEqual({ states: [1, 3], re: [0.6, 0], im: [0, -0.8] });
    expect(denseKet(ket, 4)).toEqual(vector);
  });
});
