import { expect, test } from "vitest";
import { boundsFigure } from "../../src/figures/bounds.ts";
import { makeDocument } from "./documents.ts";
import { collisions, contents, curves, requireWellFormed } from "./svg.ts";

const times = Array.from({ length: 41 }, (_, t) => t / 4);

test.each(["light", "dark"] as const)(
  "each size has its curve, which rises with its bound, beside the tolerance, %s",
  async (theme) => {
    const document = await makeDocument({ times, sizes: [10, Number.POSITIVE_INFINITY] });
    const figure = boundsFigure(document, { theme });
    requireWellFormed(figure.svg);
    expect(collisions(figure)).toEqual([]);
    expect(contents(figure)).toEqual(expect.arrayContaining(["M = 10", "M = ∞", "tolerance"]));
    // At t = 0 nothing can be off: 0 has no place on the axis.
    const long = curves(figure).filter(({ points }) => points.length === times.length - 1);
    expect(long).toHaveLength(2);
    for (const { points } of long) {
      for (let i = 1; i < points.length; i++) expect(points[i][1]).toBeLessThan(points[i - 1][1]);
    }
  },
);

test("times at which nothing is proved are left out; nothing proved at all, or a single time, is refused", async () => {
  const document = await makeDocument({ times: [0, 1, 2, 3], sizes: [10] });
  const [run] = document.runs;
  const withBounds = (boundAt: (number | null)[] | null) => ({
    ...document,
    runs: [{ ...run, error: { ...run.error, boundAt } }],
  });
  const drawn = curves(boundsFigure(withBounds([1e-12, 1e-9, 1e-8, null])));
  expect(drawn.map(({ points }) => points.length)).toContain(3);
  expect(() => boundsFigure(withBounds(null))).toThrow("nothing is proved");
  const single = await makeDocument({ times: [1], sizes: [10] });
  expect(() => boundsFigure(single)).toThrow("two times");
});
