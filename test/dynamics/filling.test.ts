import { describe, expect, test } from "vitest";
import { Populations } from "../../src/dynamics/filling.ts";
import { reachableBasis } from "../../src/fock/basis.ts";
import { patternOf } from "../../src/fock/hamiltonian.ts";
import { randomHamiltonian } from "../fock/randomHamiltonian.ts";

const h = randomHamiltonian(5, { dimension: 2, modes: 2, capacities: [Number.POSITIVE_INFINITY], hopping: false });
const pattern = patternOf([h]);
const basis = reachableBasis(pattern, [{ occupations: [0, 0], levels: [0, 1] }], 3);

describe("the filling of a space", () => {
  test("is the largest population of each shell and of each occupation, the kets weighted", () => {
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
    expect(round(modeShells[1])).toEqual([1, 0.5, 0, 0]);
    const apart = new Populations(basis, 2);
    for (const t of [0, 1]) {
      const at = (x: Float64Array) => Float64Array.from({ length: dimension }, (_, i) => x[2 * i + t]);
      apart.addAt(t, at(re), at(im), 1);
    }
    expect(apart.filling()).toEqual(whole.filling());
  });
});
