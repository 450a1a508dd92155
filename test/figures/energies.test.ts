import { expect, test } from "vitest";
import { energiesFigure } from "../../src/figures/energies.ts";
import { makeDocument } from "./documents.ts";
import { collisions, contents, requireWellFormed } from "./svg.ts";

const observables = (times: readonly number[], work: number) => ({
  system: times.map((t) => Math.cos(t)),
  interaction: times.map((t) => 0.1 * Math.sin(t)),
  reservoir: times.map((t) => 1 - Math.cos(t)),
  "heat at 0.8": times.map((t) => 0.4 * t),
  ...Object.fromEntries(["work", "pulses", "decay"].map((name) => [name, times.map(() => work)])),
});

test.each(["light", "dark"] as const)(
  "each part has its panel; what is done from outside has one where it is, %s",
  async (theme) => {
    const document = await makeDocument({});
    for (const work of [0, 1]) {
      const runs = document.runs.map((run) => ({ ...run, observables: observables(document.times, work) }));
      const figure = energiesFigure({ ...document, runs }, { theme });
      requireWellFormed(figure.svg);
      expect(collisions(figure)).toEqual([]);
      const said = contents(figure);
      expect(said).toEqual(expect.arrayContaining(["energy of S", "heat into the reservoir", "heat at 0.8"]));
      for (const label of ["work of drives", "work of pulses", "energy brought by decay"]) {
        expect(said.includes(label), label).toBe(work !== 0);
      }
    }
  },
);
