import { expect, test } from "vitest";
import { type ConvergenceData, convergenceFigure } from "../../src/figures/convergence.ts";
import { collisions, contents, curves, elements, requireWellFormed, texts } from "./svg.ts";

const sizes = [1, 10, 100, 1000, 10_000];
const data: ConvergenceData = {
  name: "qubit",
  quantity: "distance of ρ to the limit",
  sizes,
  errors: sizes.map((size) => 0.2 / size),
  slope: -1,
  prefactor: 0.2,
  required: [{ epsilon: 1e-3, size: 200 }],
};

test("axes, fit and guides are labelled", () => {
  const figure = convergenceFigure(data);
  requireWellFormed(figure.svg);
  const said = contents(figure);
  for (const label of ["number of sites  M", "distance of ρ to the limit", "fit  0.2 M−1.00", "∝ 1/√M", "∝ 1/M"]) {
    expect(said).toContain(label);
  }
  expect(said).toContain("within 0.001 from M* = 200".replace("0.001", "10−3"));
  expect(said.filter((text) => /^(1|10|100|1000|104)$/.test(text))).toEqual(["1", "10", "100", "1000", "104"]);
});

test("the fit passes through data that obey it", () => {
  const figure = convergenceFigure(data);
  const [, , fit] = curves(figure).map(({ points }) => points);
  const [[x0, y0], [x1, y1]] = fit;
  const marks = elements(figure.svg, "circle").map(({ cx, cy }) => [Number(cx), Number(cy)]);
  expect(marks).toHaveLength(5);
  for (const [x, y] of marks) expect(y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)).toBeCloseTo(y, 0);
});

test("the guides fall by one decade of distance in two, and in one, decades of M", () => {
  const figure = convergenceFigure(data);
  const marks = elements(figure.svg, "circle").map(({ cx, cy }) => [Number(cx), Number(cy)]);
  const decade = { x: marks[1][0] - marks[0][0], y: marks[1][1] - marks[0][1] };
  const steepness = curves(figure).map(
    ({ points: [[x0, y0], [x1, y1]] }) => (y1 - y0) / decade.y / ((x1 - x0) / decade.x),
  );
  expect(steepness[0]).toBeCloseTo(0.5, 2);
  expect(steepness[1]).toBeCloseTo(1, 2);
});

test.each(["light", "dark"] as const)("nothing is drawn outside the axes and no text covers another, %s", (theme) => {
  for (const power of [-0.5, -1, -2, 0.1]) {
    const errors = sizes.map((size) => 3e-4 * size ** power);
    const figure = convergenceFigure({ ...data, errors, slope: power, prefactor: 3e-4, required: [] }, { theme });
    expect(collisions(figure)).toEqual([]);
    const frame = /M([\d.]+),([\d.]+)V([\d.]+)H([\d.]+)/.exec(figure.svg)?.slice(1).map(Number) ?? [];
    for (const { points } of curves(figure)) {
      for (const [x, y] of points) {
        expect(x).toBeGreaterThanOrEqual(frame[0] - 0.2);
        expect(y).toBeGreaterThanOrEqual(frame[1] - 0.2);
        expect(y).toBeLessThanOrEqual(frame[2] + 0.2);
        expect(x).toBeLessThanOrEqual(frame[3] + 0.2);
      }
    }
  }
});

test("what is said of M* stands above the axes, however many there are", () => {
  const required = [0.1, 0.03, 0.01, 0.001, 1e-4].map((epsilon) => ({ epsilon, size: Math.ceil(0.2 / epsilon) }));
  const figure = convergenceFigure({ ...data, required });
  expect(collisions(figure)).toEqual([]);
  const said = texts(figure).filter(({ content }) => content.startsWith("within"));
  expect(said.map(({ content }) => content.replace("−", "-"))).toEqual([
    ...["within 0.1 from M* = 2", "within 0.03 from M* = 7", "within 0.01 from M* = 20"],
    ...["within 10-3 from M* = 200", "within 10-4 from M* = 2000"],
  ]);
  const [, top] = /M[\d.]+,([\d.]+)V[\d.]+H/.exec(figure.svg) ?? [];
  for (const { y, height } of said) expect(y + height).toBeLessThan(Number(top));
});

test("a distance of zero is named, and not drawn", () => {
  const figure = convergenceFigure({ ...data, errors: [0, ...data.errors.slice(1)] });
  expect(contents(figure)).toContain("not shown, as the distance is 0: M = 1");
  expect(elements(figure.svg, "circle")).toHaveLength(4);
});

test("fewer than two distances make no rate", () => {
  expect(() => convergenceFigure({ ...data, errors: [0, 0, 0, 0, 1] })).toThrow("two sizes at least");
});
