import { describe, expect, test } from "vitest";
import {
  addTo,
  type Complex,
  identity,
  kron,
  type Matrix,
  multiply,
  norm,
  scale,
  traceOfProduct,
  zeros,
} from "../../src/algebra/matrix.ts";
import { correlation, correlations } from "../../src/limits/correlations.ts";
import type { Word } from "../../src/limits/word.ts";
import { parseWord } from "../../src/limits/word.ts";
import type { Model } from "../../src/model/types.ts";
import { cases } from "../oracle/cases.ts";
import { directSum } from "../oracle/directSum.ts";
import { random } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { severalReservoirs } from "../oracle/severalReservoirs.ts";
import { correlationOnSites, heisenberg, wick } from "../oracle/slowCorrelation.ts";
import { withReservoir } from "../oracle/withReservoir.ts";

const limit = Number.POSITIVE_INFINITY;

function randomWord(model: Model, length: number, seed: number): Word {
  const from = random(seed);
  return Array.from({ length }, () => ({
    coupling: from.integer(1, model.reservoirs[0].couplings.length),
    dagger: from.uniform() < 0.5,
    time: from.between(-2, 2),
  }));
}

/** What rounding is to be compared with: no correlation function is larger than the product of the norms. */
function size(model: Model, word: Word): number {
  return word.reduce((product, { coupling }) => product * norm(model.reservoirs[0].couplings[coupling - 1].site), 1);
}

function far(a: Complex, b: Complex): number {
  return Math.hypot(a.re - b.re, a.im - b.im);
}

describe("correlation functions", () => {
  test("are those of another program, for finite M and in the limit, pairs and longer words", () => {
    let compared = 0;
    for (const { model, correlations: words, twoPoint } of cases) {
      const couplings = model.reservoirs[0].couplings.length;
      for (const { word, times, wick: expected, finite } of words) {
        const parsed = parseWord(word, times, couplings);
        expect(far(correlation(model, parsed, limit), { re: expected[0], im: expected[1] })).toBeLessThan(1e-12);
        for (const [size, [re, im]] of Object.entries(finite)) {
          expect(far(correlation(model, parsed, Number(size)), { re, im })).toBeLessThan(1e-12);
          compared++;
        }
      }
      for (const { word, times, value } of twoPoint) {
        const c = correlation(model, parseWord(word, times, couplings), limit);
        expect(far(c, { re: value[0], im: value[1] })).toBeLessThan(1e-12);
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  test("are those of the sites themselves, for random models of every kind", () => {
    for (let seed = 0; seed < 40; seed++) {
      const { model } = randomModel(seed, { siteDimension: seed % 2 === 0 ? 2 : 3 });
      const word = randomWord(model, 2 + (seed % 4), seed);
      const sites = 1 + (seed % 3);
      const difference = far(correlation(model, word, sites), correlationOnSites(model, word, sites));
      expect(difference).toBeLessThan(1e-14 * size(model, word));
    }
  });

  test("become Wick's sum over pairings, the order inside a pair kept", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { model } = randomModel(seed);
      for (const length of [2, 4, 6]) {
        const word = randomWord(model, length, seed);
        expect(far(correlation(model, word, limit), wick(model, word))).toBeLessThan(1e-14 * size(model, word));
      }
      expect(correlation(model, randomWord(model, 5, seed), limit)).toEqual({ re: 0, im: 0 });
    }
  });

  test("come as close to the limit as 1/√M for odd words and 1/M for even ones, up to M = 10^23", () => {
    for (let seed = 0; seed < 10; seed++) {
      const { model } = randomModel(seed, { state: "mixed", siteDimension: 3 });
      for (const [length, power] of [
        [4, 1],
        [5, 0.5],
        [8, 1],
      ]) {
        const word = randomWord(model, length, seed);
        const [wide, large, larger, mole] = correlations(model, word, [limit, 1e6, 1e8, 1e23]);
        const ratio = far(large, wide) / far(larger, wide);
        // The difference of two numbers near each other keeps some digits only.
        const noise = 1e-15 / far(larger, wide);
        expect(Math.abs(ratio / 100 ** power - 1)).toBeLessThan(1e-4 + 10 * noise);
        expect(far(mole, wide)).toBeLessThan(far(larger, wide) * 1e-6 + 1e-16);
      }
    }
  });

  test("of one letter vanish, of none are 1", () => {
    const { model } = randomModel(3, { centring: "subtract" });
    expect(correlations(model, randomWord(model, 1, 1), [1, 1e23, limit])).toEqual(Array(3).fill({ re: 0, im: 0 }));
    expect(correlation(model, [], 7)).toEqual({ re: 1, im: 0 });
  });

  test("depend on differences of times only, and turn into their conjugate when reversed", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { model } = randomModel(seed);
      const word = randomWord(model, 4, seed);
      const later = word.map((letter) => ({ ...letter, time: letter.time + 1.7 }));
      const adjoint = [...word].reverse().map((letter) => ({ ...letter, dagger: !letter.dagger }));
      const c = correlation(model, word, 5);
      expect(far(correlation(model, later, 5), c)).toBeLessThan(1e-14 * size(model, word));
      expect(far(correlation(model, adjoint, 5), { re: c.re, im: -c.im })).toBeLessThan(1e-14 * size(model, word));
    }
  });

  test("of a Gaussian spin are the odd factorials: ⟨X^2n⟩ → (2n − 1)!!", () => {
    // v = σx in the state 1/2: C_M of n letters is the n-th moment of M^{−1/2} Σ ±1.
    const { model } = randomModel(1, { siteDimension: 2, couplings: 1, state: "infinite-temperature" });
    const flip = { rows: 2, cols: 2, re: Float64Array.of(0, 1, 1, 0), im: new Float64Array(4) };
    const zero = { ...flip, re: new Float64Array(4) };
    const site = {
      ...model.reservoirs[0].site,
      hamiltonian: zero,
      state: { ...flip, re: Float64Array.of(0.5, 0, 0, 0.5) },
    };
    const spin = withReservoir(model, { site, couplings: [{ ...model.reservoirs[0].couplings[0], site: flip }] });
    const word = (n: number) => Array.from({ length: n }, () => ({ coupling: 1, dagger: false, time: 0 }));
    expect(correlation(spin, word(14), limit).re).toBe(135135);
    // M = 2: the sum of two signs over √2 is 0 or ±√2, half the time each.
    expect(correlation(spin, word(12), 2).re).toBeCloseTo(2 ** 6 / 2, 10);
    expect(correlation(spin, word(4), 3).re).toBeCloseTo((3 * 9 - 2 * 3) / 9, 13);
  });

  test("refuse sizes that are none and words that are too long", () => {
    const { model } = randomModel(1);
    expect(() => correlation(model, [], 0)).toThrow("must be a positive integer");
    expect(() => correlation(model, [], 1.5)).toThrow("must be a positive integer");
    expect(() => correlation(model, randomWord(model, 15, 1), 2)).toThrow("14 letters, but this one has 15");
  });
});

describe("of several reservoirs", () => {
  test("are those on the tensor product of all their sites", () => {
    for (let seed = 0; seed < 8; seed++) {
      const numbers = [2, 1];
      const model = severalReservoirs(seed, numbers, { dims: [2], couplings: 1, centring: "centred" }, [2, 3]);
      const from = random(seed);
      for (const length of [2, 3, 4, 5]) {
        const word = Array.from({ length }, () => ({
          coupling: from.integer(1, 2),
          dagger: from.uniform() < 0.5,
          time: from.between(-2, 2),
        }));
        expect(far(correlation(model, word, 3), onAllSites(model, word, numbers))).toBeLessThan(1e-12);
      }
    }
  });

  test("tend to those of a site drawn at random, whose limit theirs is", () => {
    const model = severalReservoirs(5, [1, 3], { dims: [2], couplings: 1, centring: "centred" }, [2, 3]);
    const drawn = directSum(model);
    for (const letters of ["1,1'", "1,2", "1,1',2,2'", "2,2,2',1,1',2'"]) {
      const times = letters.split(",").map((_, i) => 0.3 * i);
      const word = parseWord(letters, times, 2);
      const exact = correlation(drawn, word, limit);
      expect(far(correlation(model, word, limit), exact)).toBeLessThan(1e-12);
      expect(far(correlation(model, word, 4e9), exact)).toBeLessThan(1e-8);
    }
    expect(() => correlation(model, parseWord("3", [0], 3), 4)).toThrow("from 1 to 2");
  });
});

/** tr(⊗ρ Π M^{−1/2} Σ v(t)) over the sites of all reservoirs, one coupling each, with matrices of their whole space. */
function onAllSites(model: Model, word: Word, numbers: readonly number[]): Complex {
  const kinds = numbers.flatMap((count, r) => Array.from({ length: count }, () => r));
  const whole = (factors: readonly Matrix[]) => factors.reduce((product, one) => kron(product, one), identity(1));
  const state = whole(kinds.map((r) => model.reservoirs[r].site.state));
  let product = identity(state.rows);
  for (const letter of word) {
    const own = letter.coupling - 1;
    const v = heisenberg({ ...model, reservoirs: [model.reservoirs[own]] }, { ...letter, coupling: 1 });
    const sum = zeros(state.rows);
    kinds.forEach((kind, m) => {
      if (kind !== own) return;
      addTo(sum, whole(kinds.map((r, other) => (other === m ? v : identity(model.reservoirs[r].site.dimension)))));
    });
    product = multiply(product, scale(sum, 1 / Math.sqrt(kinds.length)));
  }
  return traceOfProduct(state, product);
}
