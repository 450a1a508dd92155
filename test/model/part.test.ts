import { describe, expect, test } from "vitest";
import { diagonal, identity, inBasis, maxAbs, scale, subtract } from "../../src/algebra/matrix.ts";
import { checkStationary, readPart } from "../../src/model/part.ts";
import { thermal } from "../../src/model/states.ts";
import { random, randomUnitary } from "../oracle/random.ts";
import { collector } from "./starter.ts";

function read(written: unknown): { part: ReturnType<typeof readPart>; messages: string[] } {
  const { issues, report } = collector();
  const part = readPart(written, ["system"], report);
  return { part, messages: issues.map(({ message, suggestion }) => `${message} ${suggestion ?? ""}`) };
}

describe("dimensions", () => {
  test("are a number or one for each part, and inferred from the Hamiltonian if not said", () => {
    expect(read({ dims: 3, hamiltonian: 0, state: "basis(3, 0)" }).part.space).toMatchObject({
      dims: [3],
      dimension: 3,
    });
    const two = read({ dims: [2, 3], hamiltonian: 0, state: "kron(up, basis(3, 0))" });
    expect(two.part.space).toMatchObject({ dims: [2, 3], dimension: 6 });
    expect(two.messages).toEqual([]);
    const inferred = read({ hamiltonian: "num(5)", state: "basis(5, 0)" });
    expect(inferred.part.space).toMatchObject({ dims: [5], dimension: 5 });
    expect(inferred.messages).toEqual([]);
  });

  test.each<[unknown, string]>([
    [1, "but is 1"],
    [2.5, "but is 2.5"],
    ["2", 'but is the text "2"'],
    [null, "but is empty"],
    [[], "but is an empty list"],
    [[2, 0], "`system.dims[1]` must be a whole number from 2"],
    [100, "`system.dims` must give a dimension of at most 64, but gives 100."],
    [[10, 10], "but gives 10·10 = 100."],
    [1e300, "at most 64, but gives 1e+300"],
  ])("cannot be %j", (dims, message) => {
    expect(read({ dims, hamiltonian: "sigmaz", state: "up" }).messages[0]).toContain(message);
  });
});

describe("Hamiltonian and state", () => {
  test("may be left away neither", () => {
    expect(read({ dims: 2 }).messages).toEqual([
      "`system.hamiltonian` must be given, but is missing. For instance `hamiltonian: 0.5 * sigmaz`.",
      "`system.state` must be given, but is missing. For instance `state: up`.",
    ]);
  });

  test("thermal(beta) is that of the Hamiltonian beside it, and a wrong Hamiltonian is reported once", () => {
    const { part } = read({ dims: 2, hamiltonian: "0.3*sigmaz + 0.2*sigmax", state: "thermal(2)" });
    const expected = part.hamiltonian && thermal(2, part.hamiltonian);
    expect(expected && part.state && maxAbs(subtract(part.state, expected))).toBeLessThan(1e-15);
    expect(read({ dims: 2, hamiltonian: "sigmap", state: "thermal(2)" }).messages).toHaveLength(1);
    expect(read({ hamiltonian: "sigmazz", state: "thermal(2)" }).messages).toHaveLength(1);
  });

  test("must be in a mapping", () => {
    expect(read("sigmaz").messages[0]).toContain("must be a mapping with `dims`, `hamiltonian` and `state`");
    expect(read(null).messages[0]).toContain("but is empty");
  });
});

describe("a stationary state", () => {
  function stationary(
    hamiltonian: ReturnType<typeof identity>,
    state: typeof hamiltonian,
  ): { message: string; is: boolean } {
    const { issues, report } = collector();
    const is = checkStationary({ hamiltonian, state }, state, ["reservoir"], report);
    return { message: issues.map((issue) => issue.message).join(), is };
  }
  const up = diagonal([1, 0]);
  const plus = scale({ rows: 2, cols: 2, re: new Float64Array([1, 1, 1, 1]), im: new Float64Array(4) }, 0.5);

  test("commutes with the Hamiltonian, in any basis and unit of energy", () => {
    const from = random(4);
    for (const unit of [1e-9, 1, 1e9]) {
      const u = randomUnitary(from, 4);
      const h = inBasis(diagonal([0, unit, unit, 2.5 * unit]), u);
      expect(stationary(h, inBasis(diagonal([0.1, 0.2, 0.3, 0.4]), u)).is).toBe(true);
    }
    expect(stationary(identity(2), plus).is).toBe(true);
  });

  test("is told from one that moves, however small or shifted the Hamiltonian", () => {
    for (const unit of [1e-9, 1, 1e9]) {
      const { is, message } = stationary(scale(up, unit), plus);
      expect(is).toBe(false);
      expect(message).toContain(
        "`reservoir.state` must commute with `reservoir.hamiltonian`, but the norm of [h, ρ] is ",
      );
    }
    expect(stationary(diagonal([1e6 + 1e-3, 1e6]), plus).is).toBe(false);
    expect(stationary(up, plus).message).toContain("is 0.707107.");
  });
});
