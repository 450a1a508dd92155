import { expect, test } from "vitest";
import { windowChoices } from "../../src/model/spec.ts";
import { checkModel } from "../../src/model/validate.ts";
import { spectralWindows } from "../../src/observables/powerSpectrum.ts";
import { type Anything, issuesAfter, starter } from "./starter.ts";

test("a spectrum that is asked for has its operators, its time and its window; the other sections change no model", () => {
  const spectrum = {
    of: "sigmam",
    after: [
      [0, 1],
      [0, 0],
    ],
    at: "pi",
    delays: { to: 40, points: 41 },
    window: "gauss",
  };
  const asked = { ...starter(), spectrum, memory: { sizes: [4, "inf"] }, energies: { tolerance: 1e-6 } };
  const { model, issues } = checkModel(asked);
  expect(issues).toEqual([]);
  expect(model?.spectrum?.at).toBeCloseTo(Math.PI, 15);
  expect(model?.spectrum?.window).toBe("gauss");
  expect([...(model?.spectrum?.of.re ?? [])]).toEqual([0, 0, 1, 0]);
  expect([...(model?.spectrum?.after.re ?? [])]).toEqual([0, 1, 0, 0]);
  const { spectrum: _, ...rest } = model as NonNullable<typeof model>;
  expect(rest).toEqual(checkModel(starter()).model);
});

test.each<[string, (model: Anything) => void, string, string]>([
  ["no B", (m) => (m.spectrum = { of: "sigmam" }), "`spectrum.after` must be given", "after: sigmap"],
  ["a misspelt key", (m) => (m.spectrum = { off: "sigmam", after: "sigmap" }), "`off` is not a key", "`of`"],
  ["the dimension", (m) => (m.spectrum = { of: "jmat(1, 'x')", after: "sigmap" }), "`spectrum.of`", ""],
  ["the window", (m) => (m.spectrum = { of: "sigmam", after: "sigmap", window: "han" }), "`spectrum.window`", "`hann`"],
  [
    "delays with a gap",
    (m) => (m.spectrum = { of: "sigmam", after: "sigmap", delays: [0, 1, 3] }),
    "`spectrum.delays` must be evenly spaced from 0 on",
    "from: 0",
  ],
  ["times elsewhere", (m) => (m.memory = { delays: [0, 1] }), "`delays` is not a key of `memory`", "in `spectrum`"],
  ["a size", (m) => (m.memory = { sizes: [0] }), "`memory.sizes[0]` must be a whole number", ""],
  ["times", (m) => (m.energies = { times: [] }), "`energies.times` must have at least one time", ""],
  [
    "a tolerance",
    (m) => (m.energies = { tolerance: 1 }),
    "`energies.tolerance` must lie above 1e-14 and below 0.1",
    "",
  ],
  ["a number for a section", (m) => (m.energies = 3), "`energies` must be a mapping such as", ""],
])("%s is wrong: what, where, and what to do", (_, spoil, message, suggestion) => {
  const errors = issuesAfter(spoil).filter(({ severity }) => severity === "error");
  const found = errors.find((issue) => issue.message.includes(message));
  expect(found, errors.map((issue) => issue.message).join("\n")).toBeDefined();
  expect(errors.map((issue) => issue.suggestion ?? "").join("\n")).toContain(suggestion);
});

test("the windows of the model file are those that there are", () => {
  expect([...windowChoices].sort()).toEqual(Object.keys(spectralWindows).sort());
});
