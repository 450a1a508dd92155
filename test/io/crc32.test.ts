import { expect, test } from "vitest";
import { crc32 } from "../../src/io/crc32.ts";

/** Division of polynomials over two elements, bit by bit, without a table. */
function slowCrc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const odd = (crc ^ (byte >> bit)) & 1;
      crc = (crc >>> 1) ^ (odd ? 0xedb88320 : 0);
    }
  }
  return ~crc >>> 0;
}

test("the checksum is that of polynomial division, and the usual check value", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  for (const length of [0, 1, 2, 255, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * i + length) & 255);
    expect(crc32(bytes)).toBe(slowCrc32(bytes));
  }
});
