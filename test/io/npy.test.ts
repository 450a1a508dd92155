import fc from "fast-check";
import { expect, test } from "vitest";
import { npy } from "../../src/io/npy.ts";
import { readNpy } from "./npyReader.ts";

test("arrays of any shape come back, bit for bit", () => {
  const shapes = fc.array(fc.nat(4), { minLength: 0, maxLength: 4 });
  fc.assert(
    fc.property(shapes, fc.infiniteStream(fc.double()), (shape, stream) => {
      const entries = shape.reduce((a, b) => a * b, 1);
      const values = Float64Array.from({ length: entries }, () => stream.next().value as number);
      const read = readNpy(npy({ kind: "float64", shape, values }));
      expect(read).toMatchObject({ descriptor: "<f8", fortranOrder: false, shape });
      expect(read.values.every((x, i) => Object.is(x, values[i])) && read.values.length === entries).toBe(true);
    }),
  );
});

test("complex numbers are real and imaginary part in turn", () => {
  const read = readNpy(npy({ kind: "complex128", shape: [1, 2], values: Float64Array.of(1, 2, 3, 4) }));
  expect(read).toEqual({ descriptor: "<c16", fortranOrder: false, shape: [1, 2], values: [1, 2, 3, 4] });
});

test("integers are 32 bits wide", () => {
  const read = readNpy(npy({ kind: "int32", shape: [3], values: Int32Array.of(1, -2, 2147483647) }));
  expect(read).toEqual({ descriptor: "<i4", fortranOrder: false, shape: [3], values: [1, -2, 2147483647] });
});

test("a shape that does not fit the values is refused", () => {
  expect(() => npy({ kind: "complex128", shape: [2], values: new Float64Array(2) })).toThrow(
    "an array of shape (2) takes 4 numbers, not 2",
  );
});
