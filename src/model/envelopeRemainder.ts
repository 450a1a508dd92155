/**
 * How far an envelope is off its Taylor polynomial, at most: proved from a bound on it in a disc of the complex plane, so that
 * nothing of it is overlooked, however narrow. Cauchy: what is at most B on |z − t| = R has a k-th coefficient of at most B/R^k.
 */

import { type Envelope, envelopeBreaks, envelopeSeries } from "./envelope.ts";

/** Radii that are tried: whole powers of this. */
const ratio = 2 ** 0.25;

/** Radii beyond h: the one tried first, and the last. */
const usual = 5;
const radii = 32;

/** How near the polynomials of a walk are, beside 1 and the envelope. */
const near = 1e-10;

/** a_0 + a_1 z + a_2 z² + what is at most `rest`, for |z| ≤ R; its modulus is known to be `least`, at least. */
interface Enclosure {
  readonly a: readonly [number, number, number];
  readonly rest: number;
  readonly least?: number;
}

/**
 * At most how far f is off its Taylor polynomial of a degree ≥ 2 about t, within h of t; Infinity if nothing is proved. No more
 * is proved than what is `enough`.
 */
export function envelopeRemainder(
  envelope: Envelope,
  t: number,
  degree: number,
  inside: number,
): (h: number, enough?: number) => number {
  const known = new Map<number, number>();
  const restAt = (power: number) => {
    let rest = known.get(power);
    if (rest === undefined) {
      rest = enclosure(envelope, t, ratio ** power, inside).rest;
      known.set(power, rest);
    }
    return rest;
  };
  return (h, enough = 0) => {
    const first = Math.floor(Math.log(h) / Math.log(ratio) + 0.05) + 1;
    const boundAt = (power: number) => {
      const q = h / ratio ** power;
      const bound = (restAt(power) * q ** (degree + 1)) / (1 - q);
      return Number.isNaN(bound) ? Number.POSITIVE_INFINITY : bound;
    };
    // With the radius the bound falls, and then rises.
    let at = first + usual;
    let least = boundAt(at);
    for (const step of [2, -1]) {
      while (least > enough && at + step >= first && at < first + radii) {
        const next = boundAt(at + step);
        if (!(next < least || (step < 0 && next === Number.POSITIVE_INFINITY))) break;
        least = next;
        at += step;
      }
    }
    return least;
  };
}

/** A way along an envelope: times between which a polynomial of a degree is near to it, and why it ends before its end. */
export interface Walk {
  readonly times: readonly number[];
  readonly stopped: "rough" | "long" | null;
}

/** `most`: times, at most; `shortest`: the shortest time between two. */
export function envelopeWalk(
  envelope: Envelope,
  from: number,
  to: number,
  { degree, most, shortest }: { readonly degree: number; readonly most: number; readonly shortest: number },
): Walk {
  const direction = Math.sign(to - from);
  const ends = envelopeBreaks(envelope).filter((at) => direction * (at - from) > 0 && direction * (to - at) > 0);
  if (direction < 0) ends.reverse();
  const times = [from];
  let now = from;
  let h = Math.abs(to - from);
  for (const end of [...ends, to]) {
    const inside = 0.5 * (now + end);
    while (direction * (end - now) > 0) {
      const value = Math.abs(envelopeSeries(envelope, now, 1, inside)[0]);
      const remainder = envelopeRemainder(envelope, now, degree, inside);
      const left = Math.abs(end - now);
      h = Math.min(1.5 * h, left);
      while (!(remainder(h, near * (1 + value)) <= near * (1 + value))) {
        h *= 0.7;
        if (!(h > shortest)) return { times, stopped: "rough" };
      }
      now = h === left ? end : now + direction * h;
      times.push(now);
      if (times.length > most) return { times, stopped: "long" };
    }
    h = Math.abs(to - now);
  }
  return { times, stopped: null };
}

function enclosure(envelope: Envelope, t: number, radius: number, inside: number): Enclosure {
  const of = (part: Envelope) => enclosure(part, t, radius, inside);
  switch (envelope.kind) {
    case "number":
      return { a: [envelope.value, 0, 0], rest: 0 };
    case "time":
      return { a: [t, 1, 0], rest: 0 };
    case "step":
    case "table": {
      const [a, b] = envelopeSeries(envelope, t, 2, inside);
      return { a: [a, b, 0], rest: 0 };
    }
    case "sum": {
      const [left, right] = [of(envelope.left), of(envelope.right)];
      const [a, b] = [left.a, right.a];
      const least = Math.max((left.least ?? 0) - size(right, radius), (right.least ?? 0) - size(left, radius));
      return { a: [a[0] + b[0], a[1] + b[1], a[2] + b[2]], rest: left.rest + right.rest, least };
    }
    case "product":
      if (envelope.left.kind === "number") return scaled(of(envelope.right), envelope.left.value);
      return product(of(envelope.left), of(envelope.right), radius);
    case "quotient": {
      if (envelope.right.kind === "number") return scaled(of(envelope.left), 1 / envelope.right.value);
      const [left, right] = [of(envelope.left), of(envelope.right)];
      const whole = product(left, power(right, -1, radius), radius);
      return whole.rest < Number.POSITIVE_INFINITY ? whole : (besideZero() ?? whole);

      /** sin(x)/x and the like: a zero of both, the lower being a line. The largest modulus is found on the circle. */
      function besideZero(): Enclosure | null {
        const zero = -right.a[0] / right.a[1];
        if (right.rest > 0 || right.a[2] !== 0 || !(Math.abs(zero) < radius)) return null;
        const [value, slope] = envelopeSeries((envelope as { left: Envelope }).left, t + zero, 2, inside);
        const rounding = 64 * Number.EPSILON * Math.abs(slope) * (Math.abs(t) + Math.abs(zero));
        if (!(Math.abs(value) <= rounding)) return null;
        return { a: [0, 0, 0], rest: size(left, radius) / (Math.abs(right.a[1]) * (radius - Math.abs(zero))) };
      }
    }
    case "power": {
      const inner = of(envelope.of);
      const p = envelope.exponent;
      return Number.isInteger(p) && p >= 0 ? wholePower(inner, p, radius) : power(inner, p, radius);
    }
    case "exp":
      return exponential(of(envelope.of), radius);
    case "tanh":
      return hyperbolic(of(envelope.of), radius);
    case "cos":
    case "sin": {
      const inner = of(envelope.of);
      const [cos, sin] = [Math.cos(inner.a[0]), Math.sin(inner.a[0])];
      const k = envelope.kind === "cos" ? ([cos, -sin, -cos / 2] as const) : ([sin, cos, -sin / 2] as const);
      return composed(inner, k, beyondSquare(change(inner, radius)), radius);
    }
  }
}

/** |f − f(t)|, at most. */
function change({ a, rest }: Enclosure, r: number): number {
  return Math.abs(a[1]) * r + Math.abs(a[2]) * r * r + rest;
}

function size(x: Enclosure, r: number): number {
  return Math.abs(x.a[0]) + change(x, r);
}

function product(x: Enclosure, y: Enclosure, r: number): Enclosure {
  const [a, b] = [x.a, y.a];
  const cubic = Math.abs(a[1] * b[2] + a[2] * b[1]) * r ** 3 + Math.abs(a[2] * b[2]) * r ** 4;
  return {
    a: [a[0] * b[0], a[0] * b[1] + a[1] * b[0], a[0] * b[2] + a[1] * b[1] + a[2] * b[0]],
    rest: cubic + times(x.rest, size(y, r)) + times(y.rest, size({ a, rest: 0 }, r)),
  };
}

function scaled({ a, rest, least = 0 }: Enclosure, s: number): Enclosure {
  return { a: [s * a[0], s * a[1], s * a[2]], rest: Math.abs(s) * rest, least: Math.abs(s) * least };
}

/** Nothing of something without bounds is nothing. */
function times(x: number, y: number): number {
  return x === 0 || y === 0 ? 0 : x * y;
}

function wholePower(x: Enclosure, p: number, r: number): Enclosure {
  let y: Enclosure = { a: [1, 0, 0], rest: 0 };
  let square = x;
  for (let bits = p; bits > 0; bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) y = product(y, square, r);
    if (bits > 1) square = product(square, square, r);
  }
  return y;
}

/** k_0 + k_1 δ + k_2 δ² + `tail`, δ being the change of x. */
function composed(x: Enclosure, k: readonly [number, number, number], tail: number, r: number): Enclosure {
  const delta: Enclosure = { a: [0, x.a[1], x.a[2]], rest: x.rest };
  const square = product(delta, delta, r);
  return {
    a: [k[0], k[1] * delta.a[1], k[1] * delta.a[2] + k[2] * square.a[2]],
    rest: times(Math.abs(k[1]), delta.rest) + times(Math.abs(k[2]), square.rest) + tail,
  };
}

/** The same, if its size is known to be at most `sup`. */
function limited(x: Enclosure, sup: number, r: number): Enclosure {
  const known = sup + size({ a: x.a, rest: 0 }, r);
  return x.rest <= known ? x : { a: x.a, rest: known };
}

/** Σ r^k/k! from k = 3 on, at most. */
function beyondSquare(r: number): number {
  return Math.min(r ** 3 / 6, 1) * Math.exp(r);
}

function exponential(x: Enclosure, r: number): Enclosure {
  const e = Math.exp(x.a[0]);
  const by = change(x, r);
  const tail = Math.min(by ** 3 / 6, 1) * Math.exp(x.a[0] + by);
  const least = Math.exp(-largestReal(negative(x), r));
  return { ...limited(composed(x, [e, e, e / 2], tail, r), Math.exp(largestReal(x, r)), r), least };
}

function negative({ a, rest }: Enclosure): Enclosure {
  return { a: [-a[0], -a[1], -a[2]], rest };
}

/** The largest real part: that of a_1 z + a_2 z² is taken at ±R, or between. */
function largestReal({ a, rest }: Enclosure, r: number): number {
  let largest = Math.abs(a[1]) * r + a[2] * r * r;
  if (a[2] < 0 && Math.abs(a[1]) < -4 * a[2] * r) largest = (a[1] * a[1]) / (-8 * a[2]) - a[2] * r * r;
  return a[0] + largest + rest;
}

/** tanh(g + δ) = (T + τ)/(1 + Tτ) with |τ| ≤ tan|δ|; or ±(1 − 2e/(1 + e)), e = e^{∓2(g + δ)}. */
function hyperbolic(x: Enclosure, r: number): Enclosure {
  const top = Math.abs(Math.tanh(x.a[0]));
  const signed = Math.tanh(x.a[0]);
  const slope = 1 / Math.cosh(x.a[0]) ** 2;
  const by = change(x, r);
  const tan = by < Math.PI / 2 ? Math.tan(by) : Number.POSITIVE_INFINITY;
  const tail =
    top * tan < 1
      ? slope * (tan * by ** 2 + 2 * top * (tan * by) ** 2 + (top * top * tan ** 3) / (1 - top * tan))
      : Number.POSITIVE_INFINITY;
  const near = composed(x, [signed, slope, -signed * slope], tail, r);
  const e = Math.exp(2 * largestReal(x.a[0] < 0 ? x : negative(x), r));
  if (!(e < 1)) return near;
  const away =
    (2 * e) / (1 - e) + 2 * Math.exp(-2 * Math.abs(x.a[0])) + size({ a: [0, near.a[1], near.a[2]], rest: 0 }, r);
  return near.rest <= away ? near : { a: near.a, rest: away };
}

/** x^p where x has no zero in the disc. */
function power(x: Enclosure, p: number, r: number): Enclosure {
  const a = x.a[0];
  const k = [a ** p, p * a ** (p - 1), ((p * (p - 1)) / 2) * a ** (p - 2)] as const;
  if (change(x, r) === 0) return { a: [k[0], 0, 0], rest: 0 };
  const by = change(x, r) / Math.abs(a);
  const third = (Math.abs(p) * (Math.abs(p) + 1) * (Math.abs(p) + 2)) / 6;
  const tail = by < 1 ? Math.abs(k[0]) * third * by ** 3 * (1 - by) ** (-Math.abs(p) - 3) : Number.POSITIVE_INFINITY;
  const near = composed(x, k, tail, r);
  const least = smallest(x, r);
  if (!(least > 0)) return { a: near.a, rest: Number.POSITIVE_INFINITY };
  return limited(near, p < 0 ? least ** p : size(x, r) ** p, r);
}

/** |x|, at least: from the zeros of its square part. */
function smallest(x: Enclosure, r: number): number {
  const [c, b, a] = x.a;
  const plain = Math.abs(c) - change(x, r);
  const under = b * b - 4 * a * c;
  let square = 0;
  if (under < 0) {
    const zero = Math.sqrt(c / a);
    if (zero > r) square = Math.abs(a) * (zero - r) ** 2;
  } else {
    const q = (Math.abs(b) + Math.sqrt(under)) / 2;
    square = q > 0 ? Math.max(0, q - Math.abs(a) * r) * Math.max(0, Math.abs(c / q) - r) : 0;
  }
  return Math.max(x.least ?? 0, plain, square - x.rest);
}
