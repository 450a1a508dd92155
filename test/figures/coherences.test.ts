import { expect, test } from "vitest";
import { coherencesFigure } from "../../src/figures/coherences.ts";
import type { ComplexPair } from "../../src/io/document.ts";
import { makeDocument } from "./documents.ts";
import { contents, curves } from "./svg.ts";

test("the modulus of ρ₀₁ is drawn: largest at the beginning, where it is 1/2", async () => {
  const figure = coherencesFigure(await makeDocument({ sizes: [Number.POSITIVE_INFINITY] }));
  expect(contents(figure)).toContain("coherence  |ρ₀₁|");
  const heights = curves(figure)[0].points.map(([, y]) => y);
  expect(heights[0]).toBe(Math.min(...heights));
});

test("of many pairs the eight largest are shown, in order", async () => {
  const document = await makeDocument({ times: [0, 1], sizes: [10] });
  const n = 5;
  const rows = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j): ComplexPair => [i * j * 0.01, 0]));
  const runs = document.runs.map((run) => ({ ...run, rho: [rows, rows] }));
  const shown = contents(coherencesFigure({ ...document, runs })).filter((text) => text.startsWith("coherence"));
  // ρ_0j = 0; the six others all are among the largest, and two of the zeros fill up.
  expect(shown).toHaveLength(8);
  for (const pair of ["₁₂", "₁₃", "₁₄", "₂₃", "₂₄", "₃₄"]) expect(shown).toContain(`coherence  |ρ${pair}|`);
});

test("a pair that S lacks is refused", async () => {
  const document = await makeDocument({ times: [0, 1] });
  expect(() => coherencesFigure(document, { pairs: [[0, 2]] })).toThrow("(0, 2) is no entry of ρ");
});
