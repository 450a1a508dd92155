import { expect, test } from "vitest";
import { correlationFigure, powerSpectrumFigure } from "../../src/figures/correlation.ts";
import { makeDocument } from "./documents.ts";
import { collisions, contents, requireWellFormed } from "./svg.ts";

test.each(["light", "dark"] as const)(
  "axes say delay and frequency, labels name the correlation, %s",
  async (theme) => {
    const document = await makeDocument({});
    const runs = document.runs.map((run) => ({
      ...run,
      observables: {
        re: document.times.map((t) => Math.cos(t)),
        im: document.times.map((t) => Math.sin(t)),
        spectrum: document.times.map((t) => 1 / (1 + (t - 3) ** 2)),
      },
    }));
    const name = "⟨sigmam(t+τ) a<b(t)⟩";
    const correlation = correlationFigure({ ...document, runs }, name, { theme });
    const spectrum = powerSpectrumFigure({ ...document, runs }, name, { theme });
    for (const figure of [correlation, spectrum]) {
      requireWellFormed(figure.svg);
      expect(collisions(figure)).toEqual([]);
    }
    expect(contents(correlation)).toContain("delay τ  (1/energy, ħ = 1)");
    expect(contents(spectrum)).toContain("frequency ω  (energy, ħ = 1)");
    expect(contents(spectrum).join()).not.toContain("time t");
  },
);
