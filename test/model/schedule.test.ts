import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxTimes, readSizes, readTimes, readTolerance, sizeOf } from "../../src/model/schedule.ts";
import { collector } from "./starter.ts";

function messages(read: (report: ReturnType<typeof collector>["report"]) => unknown): string[] {
  const { issues, report } = collector();
  expect(read(report)).toBeUndefined();
  return issues.map((issue) => issue.message);
}

describe("times", () => {
  test("from … to have both ends exactly, and equal steps", () => {
    const end = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(end, end, fc.integer({ min: 2, max: 50 }), (from, to, points) => {
        const { issues, report } = collector();
        const times = readTimes({ from, to, points }, report) ?? [];
        expect(issues).toEqual([]);
        expect(times).toHaveLength(points);
        expect(times[0] === from && times[points - 1] === to).toBe(true);
        const step = (to - from) / (points - 1);
        times.forEach((time, i) => {
          expect(Math.abs(time - from - i * step)).toBeLessThanOrEqual(1e-15 * 2e6);
        });
      }),
    );
  });

  test("may be a list, in any order, negative, repeated, with expressions", () => {
    const { issues, report } = collector();
    expect(readTimes([3, -1, 3, "2*pi"], report)).toEqual([3, -1, 3, 2 * Math.PI]);
    expect(readTimes({ to: "pi", points: 2 }, report)).toEqual([0, Math.PI]);
    expect(issues).toEqual([]);
  });

  test("are 101 from 0 to 10 if nothing is said", () => {
    const { report } = collector();
    const times = readTimes(undefined, report) ?? [];
    expect([times.length, times[0], times[1], times[100]]).toEqual([101, 0, 0.1, 10]);
  });

  test.each<[unknown, string]>([
    [[], "`times` must have at least one time, but is an empty list."],
    [3, "`times` must be a list of times or a mapping"],
    [null, "but is empty"],
    [[0, "x"], "`times[1]` must use names that are known, but `x` is not one."],
    [[0, Number.NaN], "`times[1]` must be finite, but is NaN."],
    [[0, Number.POSITIVE_INFINITY], "`times[1]` must be finite, but is Infinity."],
    [{ to: "inf" }, "`times.to` must be finite"],
    [{ from: "i", to: 1 }, "`times.from` must be a real number"],
    [{ from: 1 }, "`times.to` must be given, but is missing."],
    [{ to: 1, points: 0 }, "`times.points` must be a whole number from 1, but is 0."],
    [{ to: 1, points: 2.5 }, "but is 2.5."],
    [{ to: 1, points: "10" }, 'but is the text "10".'],
    [{ to: 1, points: 1 }, "`times.points` must be at least 2 to hold both ends, but is 1."],
    [{ to: 1, points: 1e9 }, `must ask for at most ${maxTimes} times, but asks for 1000000000.`],
  ])("cannot be %j", (written, message) => {
    expect(messages((report) => readTimes(written, report)).join()).toContain(message);
  });
});

describe("sizes", () => {
  test.each<[unknown, number | undefined]>([
    [1, 1],
    [1e23, 1e23],
    ["1e9", 1e9],
    ["1000", 1000],
    ["inf", Number.POSITIVE_INFINITY],
    ["Infinity", Number.POSITIVE_INFINITY],
    [" inf ", Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [0, undefined],
    [-1, undefined],
    [1.5, undefined],
    ["1.5", undefined],
    ["-inf", undefined],
    ["0x10", undefined],
    ["", undefined],
    ["ten", undefined],
    [Number.NaN, undefined],
    [null, undefined],
    [[1], undefined],
  ])("%j is %d", (written, size) => {
    expect(sizeOf(written)).toBe(size);
  });

  test("are a list or a single one; the limit if nothing is said", () => {
    const { issues, report } = collector();
    expect(readSizes([10, "1e3", "inf"], report)).toEqual([10, 1000, Number.POSITIVE_INFINITY]);
    expect(readSizes("inf", report)).toEqual([Number.POSITIVE_INFINITY]);
    expect(readSizes(undefined, report)).toEqual([Number.POSITIVE_INFINITY]);
    expect(issues).toEqual([]);
  });

  test("that are wrong are all reported, each at its place", () => {
    expect(messages((report) => readSizes([10, 0.5, "ten", 10], report))).toEqual([
      "`sizes[1]` must be a whole number from 1, or inf, but is 0.5.",
      '`sizes[2]` must be a whole number from 1, or inf, but is the text "ten".',
      "`sizes[3]` must name each size once, but has 10 again.",
    ]);
    expect(messages((report) => readSizes([], report))[0]).toContain("is an empty list");
    expect(messages((report) => readSizes(null, report))[0]).toContain("`sizes` must be a whole number from 1");
  });
});

describe("the tolerance", () => {
  test("lies between 1e-14 and 0.1, both excluded, 1e-8 if nothing is said", () => {
    const { issues, report } = collector();
    expect(readTolerance(undefined, report)).toBe(1e-8);
    expect(readTolerance("1e-10", report)).toBe(1e-10);
    expect(readTolerance(0.09, report)).toBe(0.09);
    expect(issues).toEqual([]);
    for (const wrong of [0, -1e-8, 1e-14, 0.1, 1]) {
      const { issues: found, report: to } = collector();
      readTolerance(wrong, to);
      expect(found[0].message).toBe(`\`tolerance\` must lie above 1e-14 and below 0.1, but is ${wrong}.`);
    }
    expect(messages((to) => readTolerance(Number.NaN, to))[0]).toContain("must be finite, but is NaN");
  });
});
