import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256 } from "../../src/io/sha256.ts";

test("digests of every length around the block's are those of Node", () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (31 * i + 7 * length) & 255);
    expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});

test("a long text, and the standard's own example", () => {
  const text = new TextEncoder().encode("ρ_S(t) ".repeat(50_000));
  expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
  expect(sha256(new TextEncoder().encode("abc"))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
