import { describe, expect, test } from "vitest";
import { BasisFilling, Populations, shellCount, shellOf } from "../../../src/dynamics/sector/filling.ts";
import { patternOf } from "../../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { randomHamiltonian } from "../../fock/randomHamiltonian.ts";

const h = randomHamiltonian(5, { dimension: 2, modes: 2, capacities: [Number.POSITIVE_INFINITY], hopping: false });
const pattern = patternOf([h]);
const basis = reachableBasis(pattern, [{ occupations: [0, 0], levels: [0, 1] }], 3);

describe("the filling of a space", () => {
  test("adds up the largest population of each Fock state, the kets weighted", () => {
    const { dimension, fock, occupations } = basis;
    const place = (a: number, b: number) =>
      [...fock.keys()].find((i) => occupations[2 * fock[i]] === a && occupations[2 * fock[i] + 1] === b) as number;
    const re = new Float64Array(2 * dimension);
    const im = new Float64Array(2 * dimension);
    // At the first time all is in (0, 0); at the second half is in (1, 0), half in (2, 1).
    re[2 * place(0, 0)] = 1;
    re[2 * place(1, 0) + 1] = Math.SQRT1_2;
    im[2 * place(2, 1) + 1] = Math.SQRT1_2;
    const whole = new Populations(basis, 2);
    whole.add(re, im, 0.5);
    whole.add(re, im, 0.5);
    const { shells, modeShells } = whole.filling();
    const round = (x: Float64Array) => [...x].map((value) => Math.round(1e12 * value) / 1e12);
    expect(round(shells)).toEqual([1, 0.5, 0, 0.5]);
    expect(round(modeShells[0])).toEqual([1, 0.5, 0.5, 0]);
    expect(round(modeShells[1])).toEqual([1.5, 0.5, 0, 0]);
    const apart = new Populations(basis, 2);
    for (const t of [0, 1]) {
      const at = (x: Float64Array) => Float64Array.from({ length: dimension }, (_, i) => x[2 * i + t]);
      apart.addAt(t, at(re), at(im), 1);
    }
    expect(apart.filling().shells).toEqual(shells);
    expect(apart.filling().modeShells).toEqual(modeShells);
  });

  test("has shells of one unit that end at the cutoff", () => {
    expect([0, 0.25, 0.5, 1.25, 1.5, 2.5].map((height) => shellOf(height, 2.5))).toEqual([0, 0, 0, 1, 1, 2]);
    expect([0, 1, 2].map((height) => shellOf(height, 2))).toEqual([0, 1, 2]);
    expect([shellCount(2.5), shellCount(3)]).toEqual([3, 4]);
  });

  test("expects next to the kept states what each mode's fall makes of their neighbours", () => {
    const peaks = new Float64Array(basis.fockCount);
    const f = (a: number, b: number) =>
      Array.from(peaks.keys()).find(
        (i) => basis.occupations[2 * i] === a && basis.occupations[2 * i + 1] === b,
      ) as number;
    // Mode 0 falls by 0.1 for each quantum, mode 1 by 0.01.
    for (let a = 0; a <= 3; a++) for (let b = 0; a + b <= 3; b++) peaks[f(a, b)] = 0.1 ** a * 0.01 ** b;
    const filling = new BasisFilling(basis, peaks);
    let outside = 0;
    for (let a = 0; a <= 3; a++) outside += 0.1 ** a * 0.01 ** (3 - a) * (0.1 + 0.01);
    expect(filling.outside / outside).toBeCloseTo(1, 1);
    // With weights 1 and 2 the states up to 3 are (0…3, 0) and (0…1, 1).
    const { shells } = filling.weighed([1, 2], 3);
    const expected = [1, 0.1, 0.01 + 0.01, 0.001 + 0.1 * 0.01];
    for (const [n, population] of shells.entries()) expect(population).toBeCloseTo(expected[n], 12);
  });
});
