/** Axes: where a value stands, and which values are marked. */

import { scaleLinear, scaleLog } from "d3-scale";
import { type Markup, raised } from "./text.ts";

export interface Tick {
  /** Pixels. */
  readonly at: number;
  /** Empty for a mark between numbers. */
  readonly label: Markup;
}

export interface Axis {
  /** Pixels of a value. */
  readonly position: (value: number) => number;
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** A power of ten common to all labels, such as "×10⁻⁶", to stand beside the axis; empty for none. */
  readonly factor: Markup;
}

export interface LinearOptions {
  /** About how many ticks. */
  readonly ticks: number;
  /** Extends the domain to the next ticks. */
  readonly nice?: boolean;
}

/** Both ends of the domain, then both ends of the range in pixels. */
export function linearAxis(
  domain: readonly [number, number],
  range: readonly [number, number],
  { ticks, nice = false }: LinearOptions,
): Axis {
  const scale = scaleLinear(domain, range);
  if (nice) scale.nice(ticks);
  const values = scale.ticks(ticks);
  const power = commonPower(values);
  const unit = 10 ** power;
  const format = scaleLinear(
    scale.domain().map((x) => x / unit),
    range,
  ).tickFormat(ticks, "f");
  const plainFormat = scale.tickFormat(ticks, "f");
  const [low, high] = scale.domain();
  return {
    position: scale,
    domain: [low, high],
    ticks: values.map((value) => ({
      at: scale(value),
      label: power === 0 ? plainFormat(value) : format(value / unit),
    })),
    factor: power === 0 ? "" : `×10${raised(power)}`,
  };
}

/** The power of ten to take out of numbers too large or too small to be read. */
function commonPower(values: readonly number[]): number {
  const largest = Math.max(0, ...values.map(Math.abs));
  if (largest === 0) return 0;
  const power = Math.floor(Math.log10(largest) + 1e-12);
  return power >= 5 || power <= -4 ? power : 0;
}

/** Ticks at powers of ten, with marks between them where there is room. The domain must be positive. */
export function logAxis(domain: readonly [number, number], range: readonly [number, number]): Axis {
  const scale = scaleLog(domain, range);
  const [first, last] = domain.map(Math.log10);
  const decades = last - first;
  const room = Math.abs(range[1] - range[0]) / Math.max(decades, 1e-9);
  const step = Math.max(1, Math.ceil(42 / room));
  const ticks: Tick[] = [];
  for (let power = Math.floor(first); power <= Math.ceil(last); power++) {
    for (const digit of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const value = Number(`${digit}e${power}`);
      if (value < domain[0] * (1 - 1e-9) || value > domain[1] * (1 + 1e-9)) continue;
      // Less than a decade has one power of ten or none: then 2 and 5 are labelled as well.
      const labelled = digit === 1 ? power % step === 0 : decades < 1.2 && (digit === 2 || digit === 5);
      if (digit > 1 && room < 60 && !labelled) continue;
      ticks.push({ at: scale(value), label: labelled ? powerLabel(digit, power) : "" });
    }
  }
  return { position: scale, domain: [domain[0], domain[1]], ticks, factor: "" };
}

/** 1, 10, 100, 1000, then 10⁴; below one 10⁻¹. */
export function powerLabel(digit: number, power: number): Markup {
  if (power >= 0 && power <= 3) return String(digit * 10 ** power);
  return `${digit === 1 ? "" : `${digit}×`}10${raised(power)}`;
}

/** The size M of a reservoir as a label: 1000, 10⁹, 2.5×10⁷, ∞. */
export function sizeText(size: number): Markup {
  if (size === Number.POSITIVE_INFINITY) return "∞";
  if (size < 1e5) return String(size);
  const [mantissa, power] = size.toExponential().split("e+");
  return `${mantissa === "1" ? "" : `${mantissa}×`}10${raised(power)}`;
}

/** The smallest interval that holds all values, widened by the share on either side. */
export function extent(values: ArrayLike<number>, margin: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const space = margin * (high - low);
  return [low - space, high + space];
}
