import { describe, expect, test } from "vitest";
import { maxAbs, subtract, traceOfProduct } from "../../src/algebra/matrix.ts";
import { evaluate } from "../../src/model/expression.ts";
import { readObservables } from "../../src/model/observables.ts";
import type { Space } from "../../src/model/operatorOf.ts";
import { projector } from "../../src/model/states.ts";
import type { Observable } from "../../src/model/types.ts";
import { random, randomState } from "../oracle/random.ts";
import { collector } from "./starter.ts";

const space = (...dims: number[]): Space => ({
  dims,
  dimension: dims.reduce((n, size) => n * size, 1),
  saidAt: "system.dims",
});
const from = random(31);

function read(one: unknown, of = space(2)): { observable: Observable | undefined; message: string; span: unknown } {
  const { issues, report } = collector();
  const state = randomState(from, of.dimension);
  const [observable] = readObservables({ it: one }, { space: of, state }, report);
  const message = issues.map(({ message: text, suggestion }) => `${text} ${suggestion ?? ""}`).join();
  return { observable, message, span: issues[0]?.span };
}

test("no observable has the name of another one's component", () => {
  const { issues, report } = collector();
  const written = {
    b: "bloch()",
    "b.x": "sigmaz",
    "b.w": "sigmaz",
    p: "populations()",
    "p.1": "sigmax",
    "c.x": "sigmax",
  };
  const found = readObservables(written, { space: space(2) }, report);
  expect(found.map(({ name }) => name)).toEqual(["b", "b.w", "p", "c.x"]);
  expect(issues.map(({ message }) => message)).toEqual([
    "`observe.b.x` must have another name, but is what a component of `observe.b` is listed as.",
    "`observe.p.1` must have another name, but is what a component of `observe.p` is listed as.",
  ]);
});

describe("an operator", () => {
  test("is an expectation value, real if the operator is Hermitian", () => {
    expect(read("sigmaz").observable).toMatchObject({ kind: "expectation", name: "it", hermitian: true });
    expect(read("sigmam").observable).toMatchObject({ kind: "expectation", hermitian: false });
    expect(
      read([
        [0, "i"],
        ["-i", 0],
      ]).observable,
    ).toMatchObject({ hermitian: true });
  });

  test("population(a) and coherence(a, b) give the entries ρ_aa and ρ_ab", () => {
    const rho = randomState(from, 3);
    for (const [text, a, b] of [
      ["population(1)", 1, 1],
      ["coherence(0, 2)", 0, 2],
      ["coherence(2, 1)", 2, 1],
    ] as const) {
      const { observable } = read(text, space(3));
      if (observable?.kind !== "expectation") throw new Error("not an expectation");
      const value = traceOfProduct(observable.operator, rho);
      expect(value.re).toBeCloseTo(rho.re[3 * a + b], 15);
      expect(value.im).toBeCloseTo(rho.im[3 * a + b], 15);
      expect(observable.hermitian).toBe(a === b);
    }
  });
});

describe("a measure", () => {
  test.each<[string, number[], string, number[]]>([
    ["purity()", [2], "purity", []],
    ["purity", [2], "purity", []],
    ["entropy(1)", [2, 3], "entropy", [1]],
    ["purity(2, 0)", [2, 3, 2], "purity", [0, 2]],
    ["populations()", [5], "populations", []],
    ["bloch()", [2], "bloch", []],
    ["bloch(1)", [3, 2], "bloch", [1]],
    ["negativity()", [2, 3], "negativity", []],
    ["negativity(0, 1)", [2, 2, 2], "negativity", [0, 1]],
    ["concurrence()", [2, 2], "concurrence", []],
    ["concurrence(2, 0)", [2, 3, 2], "concurrence", [0, 2]],
  ])("%s of %j", (text, dims, measure, parts) => {
    const { observable, message } = read(text, space(...dims));
    expect(message).toBe("");
    expect(observable).toEqual({ kind: "measure", name: "it", measure, parts });
  });

  test("that compares has its state: the initial one, or the one given", () => {
    const initial = randomState(from, 2);
    const { issues, report } = collector();
    const written = { a: "fidelity()", b: "trace_distance(plus_i)" };
    const [a, b] = readObservables(written, { space: space(2), state: initial }, report);
    expect(issues).toEqual([]);
    expect(a).toMatchObject({ measure: "fidelity", parts: [], reference: initial });
    const { value } = evaluate("plus_i");
    if (value?.kind !== "ket" || b?.kind !== "measure" || !b.reference) throw new Error("no state");
    expect(b.measure).toBe("trace-distance");
    expect(maxAbs(subtract(b.reference, projector(value.matrix)))).toBeLessThan(1e-15);
  });
});

describe("what cannot be observed", () => {
  test.each<[unknown, number[], string]>([
    ["purty()", [2], "`purty` is not one. Did you mean `purity()`?"],
    ["negativty(0)", [2, 2], "Did you mean `negativity()`?"],
    ["tracedist()", [2], "Here it is `trace_distance()`."],
    ["sigmaq", [2], "Did you mean `sigmax`?"],
    ["2 * purity()", [2], "must be an operator or a single measure, but `purity` stands inside an expression."],
    ["kron(sigmaz, -entropy())", [2], "`entropy` stands inside"],
    ["bloch()", [3], "must be a measure that S has, but `system.dims` is 3."],
    ["bloch()", [2, 2], "`system.dims` is [2, 2]. A Bloch vector is that of a qubit"],
    ["bloch(0)", [3, 2], "A Bloch vector is that of a qubit"],
    ["bloch(0, 1)", [2, 2], "has 2 arguments"],
    ["concurrence()", [2], "Concurrence needs two qubits"],
    ["concurrence()", [2, 3], "Concurrence needs two qubits"],
    ["concurrence(0)", [2, 2], "Concurrence needs two qubits"],
    ["negativity()", [4], "Negativity needs a cut between parts"],
    ["negativity(0, 1)", [2, 2], "Negativity needs a cut between parts"],
    ["purity(2)", [2, 2], "has `2`. The parts of S go from 0 to 1."],
    ["purity(0, 0)", [2, 2], "names a part twice"],
    ["purity(up)", [2, 2], "has `up`"],
    ["population(4)", [2, 2], "has `4`. The indices of S go from 0 to 3."],
    ["coherence(0)", [2], "must be written `coherence(a, b)`, but has 1 arguments"],
    ["fidelity(up, down)", [2], "has 2 arguments"],
    ["fidelity(up + down)", [2], "must have norm 1, being a ket, but has norm 1.41421"],
    ["sigmaz", [2, 2], "Say on which part it acts: `kron(sigmaz, qeye(2))` for part 0"],
    ["up", [2], "must be an operator, but is a ket"],
    ["sigmaz +", [2], "must be an expression, but it ends"],
    [null, [2], "but is empty"],
  ])("%j on %j", (written, dims, message) => {
    const found = read(written, space(...dims));
    expect(found.observable).toBeUndefined();
    expect(found.message).toContain(message);
  });

  test("has the place of the argument that is wrong", () => {
    expect(read("purity(0, 7)", space(2, 2)).span).toEqual({ start: 10, end: 11 });
    expect(read("fidelity(unit(up + dwon))").span).toEqual({ start: 19, end: 23 });
  });

  test("is reported with all others, and those that are right are kept", () => {
    const { issues, report } = collector();
    const found = readObservables({ a: "upp", b: "sigmaz", c: 3, "": "sigmax" }, { space: space(2) }, report);
    expect(found.map(({ name }) => name)).toEqual(["b"]);
    expect(issues.map(({ path }) => path.join("."))).toEqual(["observe.a", "observe.c", "observe."]);
    readObservables(["sigmaz"], { space: space(2) }, report);
    expect(issues[3].message).toContain(
      "`observe` must be a mapping from names to operators or measures, but is a list of 1",
    );
  });
});
