import { expect, test } from "vitest";
import { errorOf, textOf } from "../../src/crew/errorText.ts";
import { TooLargeError } from "../../src/dynamics/errors.ts";

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test("what memory does not suffice for is too large", () => {
  const tooMuch = thrownBy(() => new ArrayBuffer(Number.MAX_SAFE_INTEGER));
  // As V8 says it of kernels that cannot grow.
  for (const thrown of [tooMuch, new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded")]) {
    const error = errorOf(textOf(thrown));
    expect(error).toBeInstanceOf(TooLargeError);
    expect(error.message).toContain("There is no memory left");
  }
});

test("other errors keep their names, words and places", () => {
  const thrown = new RangeError("`threads` must be at least 1");
  expect(errorOf(textOf(thrown))).toMatchObject({ name: "RangeError", message: thrown.message, stack: thrown.stack });
});
