import { expect, test } from "vitest";
import { envelopeAt } from "../../src/model/envelope.ts";
import { envelopeOf } from "../../src/model/envelopeOf.ts";
import { envelopeRounding } from "../../src/model/envelopeRounding.ts";

/** How a value is written so that much cancels, and so that nothing does. */
const cancelling: readonly (readonly [string, (t: number) => number])[] = [
  ["50 * (1 + tanh(t - 20))", (t) => 100 / (1 + Math.exp(40 - 2 * t))],
  ["(cos(t) - 1) * 1e6", (t) => -2e6 * Math.sin(t / 2) ** 2],
  ["(exp(t) - exp(-t)) / (2 * t)", (t) => Math.sinh(t) / t],
  ["sqrt(1 + t^2) - t", (t) => 1 / (Math.hypot(1, t) + t)],
];

test.each(cancelling)("%s is off by no more than is told", (text, exact) => {
  const envelope = envelopeOf(text);
  for (let i = 1; i <= 300; i++) {
    const t = 0.05 * i + 1e-3;
    const off = Math.abs(envelopeAt(envelope, t) - exact(t));
    expect(off, `${t}`).toBeLessThanOrEqual(2 * envelopeRounding(envelope, t, t));
  }
});

test("what cancels is told, and what does not is off by a few units in its last place", () => {
  const ofCancelled = envelopeRounding(envelopeOf("1 + tanh(t - 30)"), 0, 0);
  expect(ofCancelled).toBeGreaterThan(1e-16);
  expect(ofCancelled).toBeLessThan(1e-15);
  for (const text of ["3 * gaussian(t, 0.5, 0.1)", "sin(t - 0.4)/(t - 0.4)", "t^3", "step(t, 0.2) * exp(-t)"]) {
    const envelope = envelopeOf(text);
    const t = 0.4 + 1e-9;
    expect(envelopeRounding(envelope, t, t), text).toBeLessThan(1e-14 * Math.abs(envelopeAt(envelope, t)));
  }
});
