import { expect, test } from "vitest";
import { timePanels } from "../../src/figures/timePanels.ts";
import { documentRun } from "../../src/io/document.ts";
import { evenTimes, makeDocument, makeRun } from "./documents.ts";
import { collisions, contents, curves, elements, requireWellFormed } from "./svg.ts";

const excited = {
  label: "upper level",
  values: (run: { rho: readonly (readonly (readonly (readonly number[])[])[])[] }) =>
    run.rho.map((rows) => rows[0][0][0]),
};
const sizes = [10, 100, 1000, Number.POSITIVE_INFINITY];

test("the axes are labelled with units, and the legend names every size, the limit last", async () => {
  const figure = timePanels(await makeDocument(), "test", [excited]);
  requireWellFormed(figure.svg);
  const said = contents(figure);
  expect(said).toContain("time t  (1/energy, ħ = 1)");
  expect(said).toContain("upper level");
  expect(said).toContain("qubit exchanging excitations with a spin bath");
  expect(said.filter((text) => text.startsWith("M = "))).toEqual(["M = 10", "M = 100", "M = 1000", "M = ∞"]);
});

test.each([1, 2, 3, 5, 8])("no text covers another or leaves the figure, with %i panels", async (panels) => {
  const document = await makeDocument({
    sizes: [1, 2, 5, 10, 100, 1e4, 1e9, Number.POSITIVE_INFINITY],
    meanField: true,
  });
  for (const theme of ["light", "dark"] as const) {
    const quantities = Array.from({ length: panels }, (_, i) => ({ ...excited, label: `quantity ${i}` }));
    expect(collisions(timePanels(document, "test", quantities, { theme }))).toEqual([]);
  }
});

test("a curve passes through the values of its run, on the scale that the ticks show", async () => {
  const document = await makeDocument({ times: [0, 10, 20], sizes: [10] });
  const figure = timePanels(document, "test", [{ label: "v", values: () => [0, 1, -0.5] }]);
  const [{ points }] = curves(figure);
  const tick = (text: string): Record<string, string> => {
    const found = new RegExp(`<text ([^>]*)>${text}</text>`).exec(figure.svg)?.[1] ?? "";
    return elements(`<text ${found}>`, "text")[0];
  };
  const [zero, one] = [Number(tick("0.0").y), Number(tick("1.0").y)];
  expect((points[0][1] - (zero - 6)) / (one - zero)).toBeCloseTo(0, 2);
  expect((points[1][1] - (zero - 6)) / (one - zero)).toBeCloseTo(1, 2);
  expect((points[2][1] - (zero - 6)) / (one - zero)).toBeCloseTo(-0.5, 2);
  expect(points[1][0]).toBeCloseTo(Number(tick("10").x), 0);
});

test("times in any order draw the same curve as in ascending order", async () => {
  const ascending = [-3, -1, 0, 0.5, 2, 4, 7];
  const shuffled = [2, -3, 7, 0.5, 0, -1, 4];
  const figures = await Promise.all(
    [ascending, shuffled].map(async (times) => timePanels(await makeDocument({ times, sizes }), "test", [excited])),
  );
  expect(curves(figures[0])).toEqual(curves(figures[1]));
});

test("the limit is drawn below the finite sizes, which come in ascending order", async () => {
  const mixed = await makeDocument({ sizes: [1000, Number.POSITIVE_INFINITY, 10, 100] });
  const ordered = await makeDocument({ sizes: [Number.POSITIVE_INFINITY, 10, 100, 1000] });
  const drawn = curves(timePanels(mixed, "test", [excited]));
  expect(drawn[0].dash).toBe("");
  expect(drawn.map(({ points }) => points)).toEqual(
    curves(timePanels(ordered, "test", [excited])).map((c) => c.points),
  );
});

test("a quantity that varies by less than the tolerance is drawn as constant", async () => {
  const document = await makeDocument({ times: evenTimes(10, 50), sizes: [10] });
  const noisy = { label: "v", values: () => evenTimes(10, 50).map((_, i) => 0.5 + 3e-9 * Math.sin(i)) };
  const [{ points }] = curves(timePanels(document, "test", [noisy]));
  const heights = points.map(([, y]) => y);
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(0.1);
});

test("few times are marked each, many are not", async () => {
  const few = timePanels(await makeDocument({ times: [0, 1, 2], sizes: [10] }), "test", [excited]);
  expect(elements(few.svg, "circle")).toHaveLength(3);
  const one = timePanels(await makeDocument({ times: [5], sizes: [10] }), "test", [excited]);
  expect(elements(one.svg, "circle")).toHaveLength(1);
  expect(elements(timePanels(await makeDocument(), "test", [excited]).svg, "circle")).toHaveLength(0);
});

test("a run that missed its tolerance, an interrupted result and a mean-field run say so", async () => {
  const document = await makeDocument({ sizes: [10, 100], times: evenTimes(5, 40), meanField: true });
  const [first, second] = document.runs;
  const runs = [{ ...first, error: { ...first.error, converged: false } }, second];
  const said = contents(timePanels({ ...document, runs, partial: true }, "test", [excited]));
  expect(said).toContain("M = 10 (tolerance not met)");
  expect(said).toContain("M = 100");
  expect(said).toContain("mean field, coupling ∝ 1/M");
  expect(said[0]).toContain("(interrupted: sizes are missing)");
});

test("a hundred thousand times stay a small file, and keep the extremes", async () => {
  const times = evenTimes(1000, 100_000);
  const document = await makeDocument({ times: [0, 1], sizes: [10] });
  const run = documentRun(makeRun([0, 1], 10), {});
  const spiky = { label: "v", values: () => times.map((t, i) => (i === 70_001 ? 2 : Math.sin(40 * t))) };
  const figure = timePanels({ ...document, times, runs: [run] }, "test", [spiky]);
  expect(figure.svg.length).toBeLessThan(100_000);
  const [{ points }] = curves(figure);
  const heights = points.map(([, y]) => y);
  expect(heights.filter((y) => y < Math.min(...heights) + 10)).toHaveLength(1);
});

test("nothing to draw is refused", async () => {
  const document = await makeDocument({ times: [0, 1] });
  expect(() => timePanels({ ...document, runs: [] }, "test", [excited])).toThrow("no finished run");
  expect(() => timePanels({ ...document, times: [] }, "test", [excited])).toThrow("no time");
  expect(() => timePanels(document, "test", [])).toThrow("no quantity");
});
