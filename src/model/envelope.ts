/** How a drive changes in time: a real function of t as plain data, its Taylor coefficients, and where it is not smooth. */

import {
  type PowerSeries,
  seriesExp,
  seriesPower,
  seriesProduct,
  seriesQuotient,
  seriesSinCos,
  seriesTanh,
} from "../algebra/powerSeries.ts";

export type Envelope =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "time" }
  | {
      readonly kind: "sum" | "product" | "quotient";
      readonly left: Envelope;
      readonly right: Envelope;
    }
  | { readonly kind: "power"; readonly of: Envelope; readonly exponent: number }
  | { readonly kind: "exp" | "cos" | "sin" | "tanh"; readonly of: Envelope }
  /** 0 before `at`, 1 from then on. */
  | { readonly kind: "step"; readonly at: number }
  /** Straight lines between the points (times ascend strictly), constant beyond the first and the last. */
  | { readonly kind: "table"; readonly times: readonly number[]; readonly values: readonly number[] };

/**
 * The first `length` Taylor coefficients about t, on the side on which `inside` lies: between two breaks that hold both t and
 * `inside` the function is one smooth piece.
 */
export function envelopeSeries(envelope: Envelope, t: number, length: number, inside: number): PowerSeries {
  const of = (part: Envelope): PowerSeries => envelopeSeries(part, t, length, inside);
  const series = new Float64Array(length);
  switch (envelope.kind) {
    case "number":
      series[0] = envelope.value;
      return series;
    case "time":
      series[0] = t;
      if (length > 1) series[1] = 1;
      return series;
    case "sum": {
      const right = of(envelope.right);
      return of(envelope.left).map((x, k) => x + right[k]);
    }
    case "product":
      return seriesProduct(of(envelope.left), of(envelope.right));
    case "quotient":
      return seriesQuotient(of(envelope.left), of(envelope.right));
    case "power":
      return seriesPower(of(envelope.of), envelope.exponent);
    case "exp":
      return seriesExp(of(envelope.of));
    case "tanh":
      return seriesTanh(of(envelope.of));
    case "cos":
    case "sin":
      return seriesSinCos(of(envelope.of))[envelope.kind];
    case "step":
      series[0] = inside >= envelope.at ? 1 : 0;
      return series;
    case "table": {
      const { times, values } = envelope;
      const next = times.findIndex((time) => time > inside);
      if (next === 0) series[0] = values[0];
      else if (next < 0) series[0] = values[values.length - 1];
      else {
        const slope = (values[next] - values[next - 1]) / (times[next] - times[next - 1]);
        series[0] = values[next - 1] + slope * (t - times[next - 1]);
        if (length > 1) series[1] = slope;
      }
      return series;
    }
  }
}

/** The value at t; at a jump, the one after it. */
export function envelopeAt(envelope: Envelope, t: number, inside = t): number {
  return envelopeSeries(envelope, t, 1, inside)[0];
}

/** Times at which the function or a derivative may jump, ascending. */
export function envelopeBreaks(envelope: Envelope): number[] {
  const found = new Set<number>();
  const visit = (part: Envelope): void => {
    if (part.kind === "step") found.add(part.at);
    if (part.kind === "table") for (const time of part.times) found.add(time);
    if ("of" in part) visit(part.of);
    if ("left" in part) {
      visit(part.left);
      visit(part.right);
    }
  };
  visit(envelope);
  return [...found].sort((a, b) => a - b);
}
