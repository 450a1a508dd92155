import { describe, expect, test } from "vitest";
import { binomialWeight } from "../../src/algebra/binomialWeight.ts";

/** C(n, k) exactly. */
function choose(n: number, k: number): bigint {
  let c = 1n;
  for (let i = 1; i <= k; i++) c = (c * BigInt(n - k + i)) / BigInt(i);
  return c;
}

/** C(n, k) p^k (1 − p)^{n−k} for p = 2^-bits · share, in integers, rounded once. */
function exact(n: number, k: number, share: number, bits: number): number {
  const one = 1n << BigInt(bits);
  const whole = choose(n, k) * BigInt(share) ** BigInt(k) * (one - BigInt(share)) ** BigInt(n - k);
  const power = BigInt(bits * n);
  // Sixty significant bits of whole / 2^power.
  const length = BigInt(whole.toString(2).length);
  const shift = length > 60n ? length - 60n : 0n;
  return Number(whole >> shift) * 2 ** Number(shift - power);
}

describe("the binomial probability", () => {
  test("is C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ to nearly all digits, at both ends and in the middle", () => {
    for (const [share, bits] of [
      [1, 1],
      [1, 3],
      [7, 3],
      [13, 6],
    ]) {
      for (const n of [1, 2, 5, 15, 16, 17, 40, 120]) {
        for (let k = 0; k <= n; k += Math.max(1, Math.floor(n / 23))) {
          const expected = exact(n, k, share, bits);
          expect(Math.abs(binomialWeight(n, share / 2 ** bits, k) / expected - 1)).toBeLessThan(2e-13);
        }
      }
    }
  });

  test("sums to 1", () => {
    for (const [n, p] of [
      [30, 1e-4],
      [1000, 0.3],
      [100000, 0.5],
    ]) {
      let sum = 0;
      for (let k = 0; k <= n; k++) sum += binomialWeight(n, p, k);
      expect(Math.abs(sum - 1)).toBeLessThan(1e-11);
    }
  });

  test("near the mean of very many trials is the normal density, 1/√(2π n p q)", () => {
    for (const n of [1e9, 1e15]) {
      const density = 1 / Math.sqrt(2 * Math.PI * n * 0.25);
      expect(binomialWeight(n, 0.5, n / 2) / density).toBeCloseTo(1, 8);
      const step = Math.round(Math.sqrt(n) / 2);
      expect(binomialWeight(n, 0.5, n / 2 + step) / density).toBeCloseTo(Math.exp(-0.5), 4);
    }
  });

  test("of what cannot happen is 0", () => {
    expect([binomialWeight(5, 0.3, -1), binomialWeight(5, 0.3, 6)]).toEqual([0, 0]);
  });
});
