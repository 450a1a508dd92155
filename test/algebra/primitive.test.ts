import { expect, test } from "vitest";
import { primitive } from "../../src/algebra/primitive.ts";

test("the integral of a turning, decaying curve is known to rounding at every point of the interval", () => {
  // ∫ e^{−x} cos 9x = [e^{−x} (9 sin 9x − cos 9x)]/82.
  const exact = (x: number) => (Math.exp(-x) * (9 * Math.sin(9 * x) - Math.cos(9 * x)) + 1) / 82;
  const integral = primitive((x) => Math.exp(-x) * Math.cos(9 * x), 1.6);
  for (const x of [0, 0.1, 0.77, 1.3, 1.6]) expect(Math.abs(integral(x) - exact(x))).toBeLessThan(1e-15);
});

test("polynomials of degree 31 are integrated exactly", () => {
  const integral = primitive((x) => 32 * x ** 31, 1);
  for (const x of [0, 0.5, 0.9, 1]) expect(Math.abs(integral(x) - x ** 32)).toBeLessThan(1e-14);
});
