import { describe, expect, test } from "vitest";
import { zeroSeries } from "../../../src/algebra/series.ts";
import type { Attempt } from "../../../src/dynamics/cutoff/attempt.ts";
import { chooseCutoff, firstCutoff, guessCutoff } from "../../../src/dynamics/cutoff/cutoff.ts";
import { fallOverTwo } from "../../../src/dynamics/cutoff/forecast.ts";
import { Heights } from "../../../src/dynamics/sector/heights.ts";

/** An evolution whose shells and error are known: shell n holds `shell(n)`, ρ is off by the next two shells. */
function attempts(shell: (n: number) => number, completeAt = Number.POSITIVE_INFINITY) {
  const tried: number[] = [];
  const evaluate = (cutoff: number): Attempt => {
    tried.push(cutoff);
    const rho = zeroSeries([0, 1], 1);
    const complete = cutoff >= completeAt;
    rho.re[1] = complete ? 1 : 1 - shell(cutoff + 1) - shell(cutoff + 2);
    const shells = Float64Array.from({ length: cutoff + 1 }, (_, n) => shell(n));
    const filling = () => ({ shells, modeShells: [], outside: 0, heights: new Heights([], []) });
    return { rho, filling, proved: 1, complete, dimension: cutoff + 1, entries: 0 };
  };
  return { tried, evaluate };
}

/** The cutoff that is chosen where sectors show what `evaluate` gives. */
function choose(evaluate: (cutoff: number) => Attempt, tolerance: number, capacity = Number.POSITIVE_INFINITY) {
  const steps = chooseCutoff(tolerance, capacity);
  let step = steps.next();
  while (!step.done) step = steps.next(evaluate(step.value.cutoff));
  return step.value;
}

function poisson(mean: number) {
  return (n: number) => {
    let p = Math.exp(-mean);
    for (let k = 1; k <= n; k++) p *= mean / k;
    return p;
  };
}

describe("the cutoff", () => {
  const shellsOf = {
    "falls geometrically": (n: number) => 0.5 ** n,
    "falls slowly": (n: number) => 0.85 ** n,
    "falls like a coherent state's": poisson(2),
    "first rises, as a coherent state of many quanta": poisson(12),
    "is filled in even numbers only": (n: number) => (n % 2 === 0 ? 0.2 ** n : 0),
  };
  for (const [name, shell] of Object.entries(shellsOf)) {
    test(`is raised until its error is below the tolerance and the last shell is empty, where the population ${name}`, () => {
      for (const tolerance of [1e-4, 1e-8, 1e-12]) {
        const { evaluate } = attempts(shell);
        const { cutoff, difference } = choose(evaluate, tolerance);
        expect(difference).toBeLessThanOrEqual(tolerance);
        const error = shell(cutoff + 1) + shell(cutoff + 2);
        expect(error).toBeLessThanOrEqual(difference + 1e-15);
        // Errors are taken to fall somewhat slower than populations, which far out adds up.
        expect(difference).toBeLessThan(Math.max(1000 * error, 1e-15));
        expect(shell(cutoff)).toBeLessThanOrEqual(3 * tolerance);
      }
    });

    test(`is not twice as high as needed where the population ${name}`, () => {
      for (const tolerance of [1e-8, 1e-12]) {
        const { cutoff } = choose(attempts(shell).evaluate, tolerance);
        let needed = 1;
        while (Math.max(shell(needed), shell(needed + 1)) > tolerance) needed++;
        expect(cutoff).toBeLessThanOrEqual(2 * needed + 6);
      }
    });
  }

  test("stops at a complete space, where nothing is wrong any more", () => {
    const { evaluate, tried } = attempts((n) => 0.9 ** n, 6);
    const choice = choose(evaluate, 1e-10);
    expect(choice.attempt.complete).toBe(true);
    expect(choice.difference).toBe(0);
    expect(tried.filter((cutoff) => cutoff > 16)).toEqual([]);
  });

  test("is never beyond the capacity, and there exact", () => {
    for (const capacity of [1, 2, 7]) {
      const { evaluate, tried } = attempts((n) => 0.99 ** n);
      const choice = choose(evaluate, 1e-10, capacity);
      expect(choice.cutoff).toBe(capacity);
      expect(choice.difference).toBe(0);
      expect(Math.max(...tried)).toBe(capacity);
    }
  });

  test("is not fooled by results that agree while the last shell is still filled", () => {
    const evaluate = (cutoff: number): Attempt => {
      // Nothing has reached S yet below 20 quanta, though the shells are full.
      const rho = zeroSeries([0], 1);
      rho.re[0] = cutoff < 20 ? 0.5 : 0.5 + 0.3 * (1 - 0.1 ** (cutoff - 19));
      const shells = Float64Array.from({ length: cutoff + 1 }, (_, n) => (n < 20 ? 0.05 : 0.05 * 0.1 ** (n - 19)));
      const filling = () => ({ shells, modeShells: [], outside: 0, heights: new Heights([], []) });
      return { rho, filling, proved: 1, complete: false, dimension: 1, entries: 0 };
    };
    const { cutoff } = choose(evaluate, 1e-6);
    expect(0.3 * 0.1 ** (cutoff - 19)).toBeLessThan(1e-6);
  });

  test("starts low, or where it is told to, with what was found there", () => {
    const { evaluate, tried } = attempts((n) => 0.1 ** n);
    const { cutoff } = choose(evaluate, 1e-8);
    expect(tried[0]).toBe(firstCutoff);
    expect(tried.at(-1)).toBe(cutoff);
    const begun = { cutoff: 5, attempt: evaluate(5) };
    const { value } = chooseCutoff(1e-8, Number.POSITIVE_INFINITY, { begun }).next();
    expect(value?.cutoff).toBeGreaterThan(5);
  });
});

describe("the guess of the cutoff", () => {
  test("finds where a geometric series falls below the tolerance, and goes at most twice as far", () => {
    const shells = (x: number, count: number) => Float64Array.from({ length: count + 1 }, (_, n) => x ** n);
    for (const x of [0.5, 0.1, 0.01]) {
      const guess = guessCutoff(shells(x, 12), 1e-10);
      expect(guess).toBeGreaterThanOrEqual(14);
      expect(guess).toBeLessThanOrEqual(28);
      if (guess < 28) expect(x ** (guess + 1)).toBeLessThanOrEqual(1e-10);
    }
    expect(guessCutoff(shells(1, 5), 1e-8)).toBe(14);
    expect(guessCutoff(new Float64Array(4), 1e-8)).toBeGreaterThan(3);
  });
});

describe("the fall over two cutoffs", () => {
  test("is that of the last shells, whichever of the two parities is filled", () => {
    expect(fallOverTwo(Float64Array.of(1, 0.1, 0.01, 0.001))).toBeCloseTo(0.01, 14);
    expect(fallOverTwo(Float64Array.of(1, 0, 0.04, 0))).toBeCloseTo(0.04, 14);
    expect(fallOverTwo(Float64Array.of(1, 0, 0.04, 0, 0.0016))).toBeCloseTo(0.04, 14);
    // Nothing falls yet, or too little is known.
    expect(fallOverTwo(Float64Array.of(0.1, 0.2, 0.3, 0.4))).toBe(1);
    expect(fallOverTwo(Float64Array.of(1, 1e-9))).toBe(1);
  });
});
