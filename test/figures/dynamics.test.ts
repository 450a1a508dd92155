import { expect, test } from "vitest";
import { dynamicsFigure } from "../../src/figures/dynamics.ts";
import { evenTimes, makeDocument } from "./documents.ts";
import { contents, curves } from "./svg.ts";

test("every observable has a panel: expectations in brackets, complex ones by their modulus", async () => {
  const said = contents(dynamicsFigure(await makeDocument()));
  expect(said).toContain("⟨sz⟩");
  expect(said).toContain("|⟨coherence⟩|");
  expect(said).toContain("purity");
});

test("real and imaginary part can be asked for, and are what is drawn", async () => {
  const document = await makeDocument({ times: evenTimes(20, 200), sizes: [10] });
  const parts = (["real", "imaginary", "modulus"] as const).map((part) =>
    dynamicsFigure(document, { observables: ["coherence"], part }),
  );
  expect(contents(parts[0])).toContain("Re ⟨coherence⟩");
  expect(contents(parts[1])).toContain("Im ⟨coherence⟩");
  const shown = parts.map((figure) => curves(figure)[0].points);
  // At t = 0 the coherence is 1/2, the greatest value of real part and modulus; the imaginary part is 0, in between.
  expect(shown[0][0][1]).toBe(Math.min(...shown[0].map(([, y]) => y)));
  expect(shown[2][0][1]).toBe(Math.min(...shown[2].map(([, y]) => y)));
  expect(shown[1][0][1]).toBeGreaterThan(Math.min(...shown[1].map(([, y]) => y)) + 50);
});

test("an entropy has its unit", async () => {
  const document = await makeDocument({ times: [0, 1] });
  const observables = { ...document.observables, purity: { meaning: "entropy", complex: false } };
  expect(contents(dynamicsFigure({ ...document, observables }))).toContain("purity  (nat)");
});

test("the panels are those asked for, in that order", async () => {
  const said = contents(dynamicsFigure(await makeDocument(), { observables: ["purity", "sz"] }));
  expect(said.indexOf("purity")).toBeLessThan(said.indexOf("⟨sz⟩"));
  expect(said).not.toContain("|⟨coherence⟩|");
});

test("an observable that is not there is refused by name, with those that are", async () => {
  const document = await makeDocument({ times: [0, 1] });
  expect(() => dynamicsFigure(document, { observables: ["sx"] })).toThrow(
    "`sx` is no observable of this result, which has sz, coherence, purity.",
  );
  expect(() => dynamicsFigure({ ...document, observables: {} })).toThrow("has no observables");
});
