import { describe, expect, test } from "vitest";
import { asMapping, checkKeys, checkPresent } from "../../src/model/mapping.ts";
import { couplingKeys, modelKeys, partKeys, timesKeys } from "../../src/model/spec.ts";
import { collector } from "./starter.ts";

describe("keys that are not known", () => {
  test.each([
    [modelKeys, [], "sistem", "Did you mean `system`?"],
    [modelKeys, [], "Couplings", "Did you mean `couplings`?"],
    [modelKeys, [], "centre", "Did you mean `center`?"],
    [modelKeys, [], "bath", "Here it is `reservoir`."],
    [modelKeys, [], "observables", "Here it is `observe`."],
    [modelKeys, [], "hamiltonian", "It belongs in `system` or in `reservoir`."],
    [modelKeys, [], "hc", "It belongs in an entry of `couplings`."],
    [partKeys, ["system"], "dim", "Did you mean `dims`?"],
    [partKeys, ["system"], "H", "Here it is `hamiltonian`."],
    [partKeys, ["system"], "rho", "Here it is `state`."],
    [partKeys, ["system"], "sizes", "It belongs at the top of the model."],
    [couplingKeys, ["couplings", 0], "reservoir", "Here it is `site`."],
    [timesKeys, ["times"], "steps", "Here it is `points`."],
    [timesKeys, ["times"], "constructor", "The keys here are `from`, `to`, `points`."],
  ] as const)("%# %s", (known, path, key, suggestion) => {
    const { issues, report } = collector();
    checkKeys({ [key]: 1 }, known, path, report);
    expect(issues).toHaveLength(1);
    expect(issues[0].path).toEqual([...path, key]);
    expect(issues[0].key).toBe(true);
    expect(issues[0].message).toContain(`\`${key}\` is not a key of`);
    expect(issues[0].suggestion).toContain(suggestion);
  });

  test("are all reported, and those that are known are not", () => {
    const { issues, report } = collector();
    checkKeys({ dims: 2, aaa: 1, hamiltonian: 0, bbb: 2 }, partKeys, ["system"], report);
    expect(issues.map((issue) => issue.found)).toEqual(["aaa", "bbb"]);
  });
});

test("a key that is missing is reported with an example; one that is empty is there", () => {
  const { issues, report } = collector();
  expect(checkPresent({}, "state", "state: up", ["system"], report)).toBe(false);
  expect(checkPresent({ state: null }, "state", "state: up", ["system"], report)).toBe(true);
  expect(issues.map(({ path, message, suggestion }) => ({ path, message, suggestion }))).toEqual([
    {
      path: ["system", "state"],
      message: "`system.state` must be given, but is missing.",
      suggestion: "For instance `state: up`.",
    },
  ]);
});

test("only a mapping is a mapping", () => {
  for (const other of [null, undefined, 3, "a", [1]]) {
    const { issues, report } = collector();
    expect(asMapping(other, ["times"], "a mapping", report)).toBeUndefined();
    expect(issues[0].message).toContain("`times` must be a mapping, but is ");
  }
  const { issues, report } = collector();
  expect(asMapping({ a: 1 }, [], "a mapping", report)).toEqual({ a: 1 });
  expect(issues).toEqual([]);
});
