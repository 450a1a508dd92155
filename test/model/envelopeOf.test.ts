import { expect, test } from "vitest";
import { envelopeAt } from "../../src/model/envelope.ts";
import { envelopeOf } from "../../src/model/envelopeOf.ts";

test.each<[string, (t: number) => number]>([
  ["2", () => 2],
  ["-t^2 + 3*t/4", (t) => -(t ** 2) + (3 * t) / 4],
  ["cos(pi*t) - sin(-t)", (t) => Math.cos(Math.PI * t) + Math.sin(t)],
  ["gaussian(t - 1, 0.5, 2)", (t) => Math.exp(-((t - 1.5) ** 2) / 8)],
  ["exp(tanh(t)) * sqrt(4)", (t) => 2 * Math.exp(Math.tanh(t))],
])("%s means what it says", (text, f) => {
  const envelope = envelopeOf(text);
  for (const t of [-1.3, 0, 0.4, 2]) expect(envelopeAt(envelope, t)).toBeCloseTo(f(t), 13);
});

test.each([
  ["cosh(t)", "`cosh` is not one"],
  ["2i * t", "is imaginary"],
  ["gaussian(t, 1)", "gaussian(x, x0, width)"],
  ["gaussian(t, 1, -2)", "width above 0"],
  ["step(2*t, 1)", "step(t, t0)"],
  ["2^t", "depends on t"],
  ["t/0", "divides by 0"],
  ["cos", "cos(x)"],
  ["t t", "operator between two factors"],
])("%s is refused: %s", (text, part) => {
  expect(() => envelopeOf(text)).toThrow(part);
});
