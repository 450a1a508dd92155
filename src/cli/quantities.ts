/** Numbers as they are shown to a reader. */

import type { Complex } from "../algebra/matrix.ts";

export { bytesText as memory } from "../dynamics/bytesText.ts";

/** About `digits` significant digits, in powers of ten only where that is shorter to read. */
export function quantity(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "undefined" : x > 0 ? "∞" : "-∞";
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (size < 1e-3 || size >= 1e6)
    return x
      .toExponential(digits - 1)
      .replace(/\.?0+e/, "e")
      .replace("e+", "e");
  return String(Number(x.toPrecision(digits)));
}

/** An error or a tolerance: two significant digits, always as a power of ten; "none" where nothing is known. */
export function magnitude(x: number | null): string {
  if (x === null) return "none";
  if (x === 0) return "0";
  return Number.isFinite(x) ? x.toExponential(1).replace("e+", "e") : "∞";
}

/** A complex number, its imaginary part left out where it is zero. */
export function complexQuantity(z: Complex, digits = 4): string {
  if (z.im === 0) return quantity(z.re, digits);
  const im = z.im === 1 ? "i" : z.im === -1 ? "-i" : `${quantity(z.im, digits)}i`;
  if (z.re === 0) return im;
  return `${quantity(z.re, digits)}${im.startsWith("-") ? "" : "+"}${im}`;
}

/** M: ∞ for the limit. */
export function sizeText(size: number): string {
  if (size === Number.POSITIVE_INFINITY) return "∞";
  return size < 1e6 ? String(size) : quantity(size, 6);
}

export function duration(seconds: number): string {
  if (seconds < 0.9995e-3) return `${(seconds * 1e6).toFixed(0)} µs`;
  if (seconds < 0.9995) return `${Number((seconds * 1e3).toPrecision(3))} ms`;
  if (seconds < 120) return `${Number(seconds.toPrecision(3))} s`;
  if (seconds < 7200) return `${(seconds / 60).toFixed(0)} min`;
  if (seconds < 172800) return `${(seconds / 3600).toFixed(0)} h`;
  const [days, years] = [seconds / 86400, seconds / 31557600];
  return years < 2 ? `${Number(days.toPrecision(2))} days` : `${quantity(Number(years.toPrecision(2)))} years`;
}

/** 1 mode, 2 modes. */
export function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
