import { describe, expect, test } from "vitest";
import { matrix } from "../../src/algebra/matrix.ts";
import { matrixAt, zeroSeries } from "../../src/algebra/series.ts";
import type { Measure, Observable } from "../../src/model/types.ts";
import { traceDistance } from "../../src/observables/distance.ts";
import { observe } from "../../src/observables/observe.ts";
import { cases } from "../oracle/cases.ts";
import { random, randomState } from "../oracle/random.ts";

const lower = matrix([
  [0, 0],
  [1, 0],
]);
const qubit = cases.find(({ name }) => name === "qubit")?.limit;
const pair = cases.find(({ name }) => name === "entanglement")?.limit;
if (qubit === undefined || pair === undefined) throw new Error("the reference cases are missing");

const measure = (name: Measure["measure"], parts: number[] = []): Measure => ({
  kind: "measure",
  name,
  measure: name,
  parts,
});

describe("observe", () => {
  test("gives real numbers for Hermitian operators, complex ones for others, at every time", () => {
    const observables: Observable[] = [
      { kind: "expectation", name: "coherence", operator: lower, hermitian: false },
      {
        kind: "expectation",
        name: "up",
        operator: matrix([
          [1, 0],
          [0, 0],
        ]),
        hermitian: true,
      },
    ];
    const { coherence, up } = observe(qubit, observables, [2]);
    if (coherence.kind !== "complex" || up.kind !== "real") throw new Error("of the wrong kind");
    qubit.times.forEach((_, t) => {
      const rho = matrixAt(qubit, t);
      expect([coherence.re[t], coherence.im[t], up.values[t]]).toEqual([rho.re[1], rho.im[1], rho.re[0]]);
    });
  });

  test("gives vectors with named components, of a part if asked", () => {
    const { bloch, populations } = observe(qubit, [measure("bloch"), measure("populations")], [2]);
    if (bloch.kind !== "vector" || populations.kind !== "vector") throw new Error("of the wrong kind");
    expect(bloch.components).toEqual(["x", "y", "z"]);
    expect(populations.components).toEqual(["0", "1"]);
    expect(bloch.values[2][3]).toBeCloseTo(populations.values[0][3] - populations.values[1][3], 14);
    const second = observe(pair, [measure("populations", [1]), measure("bloch", [1])], [2, 2]);
    const all = observe(pair, [measure("populations")], [2, 2]).populations;
    if (second.populations.kind !== "vector" || all.kind !== "vector") throw new Error("of the wrong kind");
    if (second.bloch.kind !== "vector") throw new Error("of the wrong kind");
    expect(all.components).toEqual(["0", "1", "2", "3"]);
    expect(second.populations.values[0][5]).toBeCloseTo(all.values[0][5] + all.values[2][5], 15);
    expect(second.bloch.values[2][5]).toBeCloseTo(2 * second.populations.values[0][5] - 1, 14);
  });

  test("cuts two parts between them unless told otherwise", () => {
    const asked = [measure("negativity"), measure("concurrence"), measure("purity", [0]), measure("entropy", [1])];
    const { negativity, concurrence, purity, entropy } = observe(pair, asked, [2, 2]);
    for (const series of [negativity, concurrence, purity, entropy]) expect(series.kind).toBe("real");
    const other = observe(pair, [measure("negativity", [1])], [2, 2]).negativity;
    if (negativity.kind !== "real" || other.kind !== "real") throw new Error("of the wrong kind");
    negativity.values.forEach((value, t) => {
      expect(other.values[t]).toBeCloseTo(value, 13);
    });
  });

  test("finds the two qubits meant among several parts", () => {
    // A third part that nothing touches, put between the two.
    const dims = [2, 3, 2];
    const bystander = randomState(random(1), 3);
    const wide = zeroSeries(pair.times, 12);
    pair.times.forEach((_, t) => {
      const [rho, joint] = [matrixAt(pair, t), matrixAt(wide, t)];
      for (let i = 0; i < 12; i++) {
        for (let j = 0; j < 12; j++) {
          const outer = (2 * Math.floor(i / 6) + (i % 2)) * 4 + 2 * Math.floor(j / 6) + (j % 2);
          const inner = (Math.floor(i / 2) % 3) * 3 + (Math.floor(j / 2) % 3);
          joint.re[i * 12 + j] = rho.re[outer] * bystander.re[inner] - rho.im[outer] * bystander.im[inner];
          joint.im[i * 12 + j] = rho.re[outer] * bystander.im[inner] + rho.im[outer] * bystander.re[inner];
        }
      }
    });
    const found = observe(wide, [measure("concurrence", [0, 2])], dims).concurrence;
    const expected = observe(pair, [measure("concurrence")], [2, 2]).concurrence;
    if (found.kind !== "real" || expected.kind !== "real") throw new Error("of the wrong kind");
    expect(Math.max(...expected.values)).toBeGreaterThan(0.3);
    found.values.forEach((value, t) => {
      expect(value).toBeCloseTo(expected.values[t], 12);
    });
  });

  test("compares with the state given, and says so when there is none", () => {
    const reference = matrixAt(qubit, 0);
    const asked = [
      { ...measure("trace-distance"), reference },
      { ...measure("fidelity"), reference },
    ];
    const { "trace-distance": distance, fidelity } = observe(qubit, asked, [2]);
    if (distance.kind !== "real" || fidelity.kind !== "real") throw new Error("of the wrong kind");
    expect(distance.values[0]).toBe(0);
    expect(fidelity.values[0]).toBeCloseTo(1, 13);
    expect(distance.values[5]).toBe(traceDistance(matrixAt(qubit, 5), reference));
    expect(distance.values[5]).toBeGreaterThan(0.1);
    expect(() => observe(qubit, [measure("fidelity")], [2])).toThrow("must name the state to compare with");
  });

  test("refuses measures that do not fit the system", () => {
    expect(() => observe(pair, [measure("bloch")], [2, 2])).toThrow("dimension 2");
    expect(() => observe(qubit, [measure("concurrence")], [2])).toThrow("two qubits");
    expect(() => observe(qubit, [measure("negativity")], [2])).toThrow("both sides");
  });
});
