import { expect, test } from "vitest";
import { checkModel } from "../../src/model/validate.ts";

const base = {
  system: { hamiltonian: "sigmaz", state: "plus" },
  reservoir: { hamiltonian: "proj(up)", state: "down" },
  couplings: [{ system: "sigmam", site: "sigmap" }],
  times: [0, 1],
};

test("a model that nothing is done to has no protocol, and one with a pulse has the defaults of the rest", () => {
  expect(checkModel(base).model?.protocol).toBeUndefined();
  expect(checkModel({ ...base, pulses: [], decay: [{ operator: "sigmam", rate: 0 }] }).model?.protocol).toBeUndefined();
  expect(checkModel({ ...base, pulses: { sequence: "hahn" } }).model?.protocol).toMatchObject({
    scan: true,
    drives: [],
    decays: [],
    trajectories: { seed: 1, most: 20_000, always: false },
  });
});

test.each<[object, string]>([
  [{ pulses: { sequence: "hahn" }, times: [-1, 1] }, "`times` must be durations of experiments"],
  [{ decay: { T1: 2 }, times: [-1, 1] }, "`times` must be times from 0 on"],
  [{ trajectories: { seed: 1.5 } }, "`trajectories.seed` must be a whole number"],
  [{ trajectories: { always: 1 } }, "`trajectories.always` must be true or false"],
  [{ drives: [] }, "`drives` is not a key"],
])("%j is refused", (more, part) => {
  const { model, issues } = checkModel({ ...base, ...more });
  expect(model).toBeUndefined();
  expect(issues.map(({ message }) => message).join("\n")).toContain(part);
});

test("negative times are all right with pulses at times of their own", () => {
  expect(checkModel({ ...base, pulses: [{ at: -0.5, unitary: "sigmax" }], times: [-1, 1] }).issues).toEqual([]);
});
