import { describe, expect, test } from "vitest";
import { type Entry, matrix, scale } from "../../src/algebra/matrix.ts";
import { hermitianBaths, isNotHermitian } from "../../src/handover/hermitianBaths.ts";
import { spectralDistance } from "../../src/reservoir/spectralWeight.ts";

const sigmax = matrix([
  [0, 1],
  [1, 0],
]);
const minusI: Entry = [0, -1];
const sigmay = matrix([
  [0, minusI],
  [[0, 1], 0],
]);
const sigmam = matrix([
  [0, 0],
  [1, 0],
]);

describe("baths of one Hermitian operator each", () => {
  test("σx at ±ω is one bath, whatever the phases of the modes", () => {
    const modes = [
      { frequency: 1, coupling: scale(sigmax, { re: 0, im: 0.2 }) },
      { frequency: -1, coupling: scale(sigmax, -0.1) },
    ];
    const baths = hermitianBaths(modes);
    if (isNotHermitian(baths)) throw new Error("refused");
    expect(baths).toHaveLength(1);
    expect(baths[0].exponents).toEqual([
      { frequency: -1, weight: expect.closeTo(0.01, 12) },
      { frequency: 1, weight: expect.closeTo(0.04, 12) },
    ]);
    expect([...baths[0].operator.re]).toEqual([0, 1, 1, 0]);
  });

  test("they have the two-point data of the modes, also where those are mixed", () => {
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const mix = (a: number, b: number) => ({
      ...sigmax,
      re: sigmax.re.map((x, i) => a * x + b * sigmay.re[i]),
      im: sigmax.im.map((x, i) => a * x + b * sigmay.im[i]),
    });
    // A rotation of 0.3 σx and 0.5 σy, each Hermitian; a phase on one makes it look otherwise.
    const modes = [
      { frequency: 2, coupling: scale(mix(0.3 * c, -0.5 * s), { re: 0.6, im: 0.8 }) },
      { frequency: 2, coupling: mix(0.3 * s, 0.5 * c) },
    ];
    const baths = hermitianBaths(modes);
    if (isNotHermitian(baths)) throw new Error("refused");
    const again = baths.flatMap(({ operator, exponents }) =>
      exponents.map(({ frequency, weight }) => ({ frequency, coupling: scale(operator, Math.sqrt(weight)) })),
    );
    expect(spectralDistance(again, modes)).toBeLessThan(1e-14);
  });

  test("operators 1e-5 apart in direction are two baths, not one", () => {
    const near = { ...sigmax, re: sigmax.re.map((x) => Math.cos(1e-5) * x), im: sigmay.im.map((x) => 1e-5 * x) };
    const modes = [
      { frequency: 1, coupling: sigmax },
      { frequency: 2, coupling: near },
    ];
    const baths = hermitianBaths(modes);
    if (isNotHermitian(baths)) throw new Error("refused");
    const again = baths.flatMap(({ operator, exponents }) =>
      exponents.map(({ frequency, weight }) => ({ frequency, coupling: scale(operator, Math.sqrt(weight)) })),
    );
    expect(spectralDistance(again, modes)).toBeLessThan(1e-9);
  });

  test("σ₋ has none, and it is said at which frequency", () => {
    const modes = [
      { frequency: 3, coupling: sigmax },
      { frequency: 5, coupling: sigmam },
    ];
    expect(hermitianBaths(modes)).toMatchObject({ frequency: 5 });
  });

  test("nor have σ₋ and σ₊ at one frequency in unequal strength, though in equal strength they are σx and σy", () => {
    const sigmap = matrix([
      [0, 1],
      [0, 0],
    ]);
    const pair = (g: number) => [
      { frequency: 1, coupling: sigmam },
      { frequency: 1, coupling: scale(sigmap, g) },
    ];
    expect(isNotHermitian(hermitianBaths(pair(0.5)))).toBe(true);
    expect(hermitianBaths(pair(1))).toHaveLength(2);
  });
});
