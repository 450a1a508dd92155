import { expect, test } from "vitest";
import { diagonal, matrix } from "../../src/algebra/matrix.ts";
import { matrixAt } from "../../src/algebra/series.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { recurrenceTime } from "../../src/reservoir/recurrence.ts";
import { asModel } from "../oracle/plainModel.ts";

const away = (t: number, frequencies: readonly number[]) =>
  Math.max(...frequencies.map((w) => Math.abs((w * t) / (2 * Math.PI) - Math.round((w * t) / (2 * Math.PI)))));

test("is the earliest: no time of a fine grid before it will do", () => {
  for (const [frequencies, turns] of [
    [[1, Math.SQRT2], 0.02],
    [[1, -Math.sqrt(3), 2.2], 0.05],
    [[0.3, 1.7, Math.PI, 0], 0.1],
  ] as const) {
    const { time, offset, certain } = recurrenceTime(frequencies, turns);
    expect(time).not.toBeNull();
    if (time === null) continue;
    expect(away(time, frequencies)).toBeLessThanOrEqual(turns + 1e-9);
    expect(offset).toBeLessThanOrEqual(turns);
    expect(time).toBeLessThanOrEqual(certain * 2 * Math.PI);
    const fastest = Math.max(...frequencies.map(Math.abs));
    const first = ((1 - turns) * 2 * Math.PI) / fastest;
    for (let t = first; t < time - 4e-3; t += 4e-3) expect(away(t, frequencies)).toBeGreaterThan(turns);
  }
});

test("of commensurate frequencies is at most their common period", () => {
  const { time } = recurrenceTime([3, 2, -3], 1e-6);
  expect(time).toBeCloseTo(2 * Math.PI, 4);
});

test("of √2 follows its continued fraction: 1, 2, 5, 12, 29 turns", () => {
  // ‖q√2‖ = 1/(2√2 q) about: the first q with it below 2·turns, as the window itself may be used.
  for (const [q, turns] of [
    [5, 0.06],
    [12, 0.025],
    [29, 0.01],
  ]) {
    const { time } = recurrenceTime([2 * Math.PI * Math.SQRT2, 2 * Math.PI], turns);
    expect(Math.round(time ?? 0)).toBeLessThanOrEqual(q);
    expect(away(time ?? 0, [2 * Math.PI * Math.SQRT2, 2 * Math.PI])).toBeLessThanOrEqual(turns + 1e-9);
  }
});

test("S that only dephases comes back with its modes", () => {
  const model = asModel({
    name: "dephasing by two modes",
    dims: [2],
    systemHamiltonian: diagonal([0, 0]),
    systemState: matrix([
      [0.5, 0.5],
      [0.5, 0.5],
    ]),
    siteHamiltonian: diagonal([0, 1, Math.SQRT2]),
    siteState: diagonal([1, 0, 0]),
    couplings: [
      {
        system: diagonal([0.3, -0.3]),
        site: matrix([
          [0, 1, 1],
          [1, 0, 0],
          [1, 0, 0],
        ]),
        hc: "included",
      },
    ],
    center: "error",
    times: [0],
    sizes: [Number.POSITIVE_INFINITY],
    tolerance: 1e-9,
  });
  const coherence = (t: number) => {
    const { rho } = simulate({ ...model, times: [t] }, Number.POSITIVE_INFINITY);
    return 2 * Math.hypot(matrixAt(rho, 0).re[1], matrixAt(rho, 0).im[1]);
  };
  const { time } = recurrenceTime([1, Math.SQRT2], 0.01);
  expect(coherence(Math.PI)).toBeLessThan(0.5);
  expect(coherence(time ?? 0)).toBeGreaterThan(0.99);
});

test("nothing to return returns at once, and nonsense is refused", () => {
  expect(recurrenceTime([0], 0.1).time).toBe(0);
  expect(() => recurrenceTime([1], 0.5)).toThrow(RangeError);
  expect(() => recurrenceTime([Number.NaN], 0.1)).toThrow(RangeError);
});
