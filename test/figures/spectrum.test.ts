import { expect, test } from "vitest";
import { matrix } from "../../src/algebra/matrix.ts";
import { spectrumFigure } from "../../src/figures/spectrum.ts";
import type { Mode } from "../../src/reservoir/modes.ts";
import { makeDocument } from "./documents.ts";
import { collisions, contents, elements, requireWellFormed } from "./svg.ts";

function mode(k: number, l: number, frequency: number, strength: number): Mode {
  return {
    k,
    l,
    reservoir: 1,
    frequency,
    population: 0.5,
    coupling: matrix([
      [0, [0, strength * 0.6]],
      [strength * 0.8, 0],
    ]),
  };
}

async function draw(modes: readonly Mode[], theme: "light" | "dark" = "light") {
  return spectrumFigure(await makeDocument({ times: [0], sizes: [10], modes }), { theme });
}

const mixed = [mode(1, 1, 0, 0.1), mode(2, 2, 0, 0.2), mode(1, 2, 1.5, 0.4), mode(2, 1, -1.5, 0.3)];

test("the axes are labelled with units, the modes with (k, l)", async () => {
  const figure = await draw(mixed);
  requireWellFormed(figure.svg);
  const said = contents(figure);
  expect(said).toContain("frequency  ωkl = El − Ek  (energy, ħ = 1)");
  expect(said).toContain("coupling strength  ‖Lkl‖  (energy)");
  for (const label of ["(1, 1)", "(2, 2)", "(1, 2)", "(2, 1)"]) expect(said).toContain(label);
});

test("of several reservoirs each label says which, and the legend what the label means", async () => {
  const two = [...mixed, { ...mode(1, 2, 1.1, 0.2), reservoir: 2 }];
  const figure = await draw(two);
  const said = contents(figure);
  for (const label of ["1: (1, 2)", "1: (2, 1)", "2: (1, 2)", "oscillator r: (k, l)", "(r: which reservoir)"]) {
    expect(said).toContain(label);
  }
  expect(collisions(figure)).toEqual([]);
});

test("static parts are squares, oscillators discs, and the legend has what occurs", async () => {
  const figure = await draw(mixed);
  // One more of each in the legend; the background is a rect too.
  expect(elements(figure.svg, "circle")).toHaveLength(2 + 1);
  expect(elements(figure.svg, "rect")).toHaveLength(2 + 1 + 1);
  expect(contents(figure)).toContain("static Gaussian field (k, k)");
  expect(contents(figure)).toContain("(side by side: equal frequency)");
  const moving = contents(await draw([mode(1, 2, 1, 0.1)]));
  expect(moving.some((text) => text.includes("static") || text.includes("side by side"))).toBe(false);
});

test("a marker stands at its frequency, as high as the Frobenius norm of the coupling", async () => {
  const figure = await draw([mode(1, 2, 1, 0.4), mode(2, 1, -1, 0.1), mode(1, 3, 3, 0.2)]);
  const [, ...marks] = elements(figure.svg, "circle").map(({ cx, cy }) => [Number(cx), Number(cy)]);
  const [[left, low], [middle, high], [right, third]] = marks;
  expect((middle - left) / (right - left)).toBeCloseTo(0.5, 2);
  // All stems begin on the axis of strength 0.
  const [, base] = /M[\d.]+,([\d.]+)V/.exec(figure.svg.slice(figure.svg.indexOf('stroke-width="3"') - 90)) ?? [];
  const height = (y: number): number => Number(base) - y;
  expect(height(high) / height(low)).toBeCloseTo(4, 1);
  expect(height(third) / height(low)).toBeCloseTo(2, 1);
});

test("what does not couple is hollow and on the axis", async () => {
  const figure = await draw([mode(1, 2, 1, 0.1), mode(2, 1, -1, 0)]);
  expect(contents(figure)).toContain("decoupled");
  expect(elements(figure.svg, "circle").filter(({ fill }) => fill === "#ffffff")).toHaveLength(2);
});

test.each(["light", "dark"] as const)(
  "no text covers another, %s: neither with one mode nor with sixty",
  async (theme) => {
    expect(collisions(await draw([mode(1, 2, -3, 0.2)], theme))).toEqual([]);
    const many = Array.from({ length: 64 }, (_, i) =>
      mode(1 + (i >> 3), 1 + (i & 7), (i & 7) - (i >> 3), 0.1 + ((i * 7) % 11) / 20),
    );
    expect(collisions(await draw(many, theme))).toEqual([]);
  },
);

test("frequencies that are equal and all that there is, even zero, are drawn", async () => {
  requireWellFormed((await draw([mode(1, 1, 0, 0.1), mode(2, 2, 0, 0.1)])).svg);
  requireWellFormed((await draw([mode(1, 2, 0, 0)])).svg);
});

test("a result without modes is refused", async () => {
  await expect(draw([])).rejects.toThrow("no modes to draw");
});
