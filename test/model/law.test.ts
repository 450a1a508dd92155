import { describe, expect, test } from "vitest";
import { type Atom, evenAtoms, gaussAtoms, type Law, manyAtoms, quantileAtoms, reach } from "../../src/model/law.ts";

const laws: readonly Law[] = [
  { kind: "normal", mean: 1, deviation: 0.2 },
  { kind: "normal", mean: -0.5, deviation: 0.7, cut: 1.2 },
  { kind: "uniform", mean: 2, width: 3 },
  { kind: "lorentzian", mean: 1, width: 0.1, cut: 2 },
];

function moment(atoms: readonly Atom[], law: Law, power: number): number {
  return atoms.reduce((sum, { value, share }) => sum + share * (value - law.mean) ** power, 0);
}

/** ∫ f over the law by the midpoint rule, in its density as it is defined. */
function integral(law: Law, f: (x: number) => number): number {
  const far = reach(law);
  const count = 200_000;
  let sum = 0;
  let norm = 0;
  for (let i = 0; i < count; i++) {
    const x = far * ((2 * i + 1) / count - 1);
    const density =
      law.kind === "uniform"
        ? 1
        : law.kind === "normal"
          ? Math.exp(-(x ** 2) / (2 * law.deviation ** 2))
          : 1 / (x ** 2 + (law.width / 2) ** 2);
    sum += density * f(x);
    norm += density;
  }
  return sum / norm;
}

describe("the values that stand for a law", () => {
  test.each(laws)("are many enough for integrals, and Gauss nodes have its moments: $kind", (law) => {
    const { values, shares } = manyAtoms(law, 400);
    const many = Array.from(values, (value, i) => ({ value, share: shares[i] }));
    for (const power of [0, 1, 2, 3, 4, 5]) {
      const exact = integral(law, (x) => x ** power);
      const scale = reach(law) ** power;
      expect(Math.abs(moment(many, law, power) - exact)).toBeLessThan(1e-8 * scale);
      expect(Math.abs(moment(gaussAtoms(law, 3), law, power) - exact)).toBeLessThan(1e-8 * scale);
    }
  });

  test.each(laws)("as quantiles have equal shares, and its mean within each of them: $kind", (law) => {
    const count = 6;
    const atoms = quantileAtoms(law, count);
    expect(atoms.every(({ share }) => Math.abs(share - 1 / count) < 1e-15)).toBe(true);
    // E|x| of the whole law is that of its quantiles, if none of them has values of both signs.
    const first = atoms.reduce((sum, { value, share }) => sum + share * Math.abs(value - law.mean), 0);
    expect(first).toBeCloseTo(integral(law, Math.abs), 8);
    expect(quantileAtoms(law, 1)[0].value).toBeCloseTo(law.mean, 14);
    atoms.forEach(({ value }, k) => {
      expect(value - law.mean + (atoms[count - 1 - k].value - law.mean)).toBeCloseTo(0, 12);
      if (k > 0) expect(value).toBeGreaterThan(atoms[k - 1].value);
    });
  });

  test("in equal steps h carry a normal law until it recurs at 2π/h: cos τx is off by e^{−(2π/h − τ)²/2}", () => {
    const law: Law = { kind: "normal", mean: 0, deviation: 1 };
    const atoms = evenAtoms(law, 60, 1e-14) ?? [];
    const step = atoms[1].value - atoms[0].value;
    const at = (tau: number) => atoms.reduce((sum, { value, share }) => sum + share * Math.cos(tau * value), 0);
    const recurrence = (2 * Math.PI) / step;
    for (const tau of [1, 5, 12, 15, 20]) {
      const allowed = 1e-13 + 1.01 * Math.exp(-0.5 * (recurrence - tau) ** 2);
      expect(Math.abs(at(tau) - Math.exp(-0.5 * tau * tau))).toBeLessThan(allowed);
    }
    expect(Math.abs(at(recurrence))).toBeGreaterThan(0.99);
    expect(evenAtoms(laws[2], 5, 1e-9)).toBeNull();
  });
});
