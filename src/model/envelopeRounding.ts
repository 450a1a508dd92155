/** By how much the value of an envelope is off in double precision: what cancels leaves the rounding of what it was made of. */

import { type Envelope, envelopeAt } from "./envelope.ts";

/**
 * About the error of an envelope's value at t, as a running error of its parts: each is rounded and hands on what it was given.
 * 1 + tanh(x) for x ≪ 0 is off by as much as 1 is, however small it is. t itself is taken as it is.
 */
export function envelopeRounding(envelope: Envelope, t: number, inside: number): number {
  return Number.EPSILON * unitsOff(envelope, t, inside);
}

/** The same in units of the last place of 1. */
function unitsOff(envelope: Envelope, t: number, inside: number): number {
  const valueAt = (part: Envelope) => envelopeAt(part, t, inside);
  const off = (part: Envelope) => unitsOff(part, t, inside);
  const value = valueAt(envelope);
  const own = Math.abs(value);
  switch (envelope.kind) {
    case "number":
    case "step":
    case "time":
      return 0;
    case "table":
      return own;
    case "sum":
      return off(envelope.left) + off(envelope.right) + own;
    case "product": {
      const [x, y] = [valueAt(envelope.left), valueAt(envelope.right)];
      return Math.abs(y) * off(envelope.left) + Math.abs(x) * off(envelope.right) + own;
    }
    case "quotient": {
      const y = Math.abs(valueAt(envelope.right));
      return y === 0 ? own : (off(envelope.left) + own * off(envelope.right)) / y + own;
    }
    case "power": {
      const x = Math.abs(valueAt(envelope.of));
      return x === 0 ? own : Math.abs(envelope.exponent) * (own / x) * off(envelope.of) + own;
    }
    case "exp":
      return own * off(envelope.of) + own;
    case "tanh":
      return (1 - value ** 2) * off(envelope.of) + own;
    case "cos":
    case "sin":
      return off(envelope.of) + own;
  }
}
