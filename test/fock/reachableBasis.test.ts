import { describe, expect, test } from "vitest";
import { diagonal, matrix, zeros } from "../../src/algebra/matrix.ts";
import type { Basis } from "../../src/fock/basis.ts";
import { type BosonHamiltonian, type Pattern, patternOf } from "../../src/fock/hamiltonian.ts";
import { BasisTooLarge, reachableBasis } from "../../src/fock/reachableBasis.ts";
import { denseHamiltonian, denseIndex, randomHamiltonian } from "./randomHamiltonian.ts";

const free = Number.POSITIVE_INFINITY;

/** The bosons in their vacuum, S in the given levels. */
function vacuum(modes: number, levels: readonly number[]) {
  return [{ occupations: new Array<number>(modes).fill(0), levels }];
}

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;
}

function occupationsOf(basis: Basis, f: number): number[] {
  return Array.from(basis.occupations.subarray(f * basis.modes, (f + 1) * basis.modes));
}

/** Joint states as "level|occupations", for comparison. */
function jointStates(basis: Basis): string[] {
  return Array.from({ length: basis.dimension }, (_, i) => `${basis.level[i]}|${occupationsOf(basis, basis.fock[i])}`);
}

const raise = matrix([
  [0, 1],
  [0, 0],
]);
const lower = matrix([
  [0, 0],
  [1, 0],
]);

/** S with two levels that exchanges excitations with `modes` free modes, or with pairs that give and take. */
function exchange(couplings: readonly (typeof raise)[]): BosonHamiltonian {
  return {
    dimension: 2,
    system: diagonal([0.5, -0.5]),
    modes: couplings.map(() => ({ frequency: 1, group: 0 })),
    groups: [{ filled: 1, step: 0, capacity: free }],
    ladders: couplings.map((coupling, mode) => ({ mode, coupling })),
    hoppings: [],
  };
}

describe("the reachable basis", () => {
  test("is the whole simplex where every operator has every entry: N · C(n + K, K) states", () => {
    for (const [n, modes, cutoff] of [
      [2, 1, 5],
      [3, 2, 4],
      [2, 3, 6],
      [4, 4, 2],
    ]) {
      const h = randomHamiltonian(1, { dimension: n, modes, capacities: [free], hopping: false });
      const basis = reachableBasis(patternOf([h]), vacuum(modes, [0]), cutoff);
      expect(basis.fockCount).toBe(Math.round(binomial(cutoff + modes, modes)));
      expect(basis.dimension).toBe(n * basis.fockCount);
      expect(basis.complete).toBe(false);
    }
  });

  test("is what the powers of a dense H reach from the start within the cutoff", () => {
    const kinds = [
      { dimension: 3, modes: 2, capacities: [free], hopping: false },
      { dimension: 2, modes: 2, capacities: [3], hopping: true },
      { dimension: 2, modes: 3, capacities: [2, 1], hopping: true },
    ];
    for (const [k, kind] of kinds.entries()) {
      for (let seed = 0; seed < 6; seed++) {
        const h = sparser(randomHamiltonian(seed, kind), seed);
        const cutoff = 4;
        const box = cutoff + 1;
        const dense = denseHamiltonian(h, box);
        const basis = reachableBasis(patternOf([h]), vacuum(kind.modes, [1]), cutoff);
        const quanta = (index: number) => {
          let [rest, sum] = [index % (box + 1) ** kind.modes, 0];
          for (let m = 0; m < kind.modes; m++) {
            sum += rest % (box + 1);
            rest = Math.floor(rest / (box + 1));
          }
          return sum;
        };
        const reached = new Set([denseIndex(1, new Array<number>(kind.modes).fill(0), box)]);
        for (const column of reached) {
          for (let row = 0; row < dense.rows; row++) {
            const at = row * dense.cols + column;
            if ((dense.re[at] !== 0 || dense.im[at] !== 0) && quanta(row) <= cutoff) reached.add(row);
          }
        }
        const found = Array.from({ length: basis.dimension }, (_, i) =>
          denseIndex(basis.level[i], occupationsOf(basis, basis.fock[i]), box),
        );
        expect(
          found.sort((a, b) => a - b),
          `kind ${k}, seed ${seed}`,
        ).toEqual([...reached].sort((a, b) => a - b));
      }
    }
  });

  test("of an exchange of excitations is a pair of states, or a chain where a site also gives back", () => {
    const one = reachableBasis(patternOf([exchange([lower])]), vacuum(1, [0]), 50);
    // |up, 0⟩ and |down, 1⟩, and nothing was cut off however low the cutoff.
    expect(jointStates(one).sort()).toEqual(["0|0", "1|1"]);
    expect(one.complete).toBe(true);
    const two = reachableBasis(patternOf([exchange([lower, raise])]), vacuum(2, [0]), 9);
    // n_a − n_b + [S is up] = 1 is conserved: one state for each number of quanta.
    expect(two.dimension).toBe(10);
    for (const state of jointStates(two)) {
      const [level, occupations] = state.split("|");
      const [a, b] = occupations.split(",").map(Number);
      expect(a - b + (level === "0" ? 1 : 0)).toBe(1);
    }
    const both = reachableBasis(patternOf([exchange([lower, raise])]), vacuum(2, [0, 1]), 9);
    expect(both.dimension).toBe(20);
  });

  test("keeps to the weighted simplex Σ w n ≤ cutoff", () => {
    const h = randomHamiltonian(2, { dimension: 2, modes: 3, capacities: [free], hopping: false });
    const weights = [1, 1.5, 7 / 3];
    const pattern: Pattern = { ...patternOf([h]), weights };
    const basis = reachableBasis(pattern, vacuum(3, [0, 1]), 7);
    let count = 0;
    for (let a = 0; a <= 7; a++) {
      for (let b = 0; b <= 7; b++) for (let c = 0; c <= 7; c++) if (a + 1.5 * b + (7 * c) / 3 <= 7 + 1e-12) count++;
    }
    expect(basis.fockCount).toBe(count);
    for (let f = 0; f < basis.fockCount; f++) {
      const height = occupationsOf(basis, f).reduce((sum, n, k) => sum + n * weights[k], 0);
      expect(basis.heights[f]).toBeCloseTo(height, 12);
      if (f > 0) expect(basis.heights[f]).toBeGreaterThanOrEqual(basis.heights[f - 1]);
    }
  });

  test("fills no group beyond its capacity, and is complete when all are full", () => {
    const h = randomHamiltonian(3, { dimension: 2, modes: 4, capacities: [2, 3], hopping: true });
    const cut = reachableBasis(patternOf([h]), vacuum(4, [0]), 4);
    expect(cut.complete).toBe(false);
    const whole = reachableBasis(patternOf([h]), vacuum(4, [0]), 5);
    expect(whole.complete).toBe(true);
    // Two modes in each group: C(2 + 2, 2) · C(3 + 2, 2).
    expect(whole.fockCount).toBe(6 * 10);
    for (let f = 0; f < whole.fockCount; f++) {
      const [a, b, c, d] = occupationsOf(whole, f);
      expect(a + c).toBeLessThanOrEqual(2);
      expect(b + d).toBeLessThanOrEqual(3);
    }
    expect(reachableBasis(patternOf([h]), vacuum(4, [0]), 50).dimension).toBe(whole.dimension);
  });

  test("can start anywhere, also above the vacuum and from several states", () => {
    const pattern = patternOf([exchange([lower])]);
    const starts = [
      { occupations: [3], levels: [1] },
      { occupations: [7], levels: [0] },
    ];
    const basis = reachableBasis(pattern, starts, 20);
    expect(jointStates(basis).sort()).toEqual(["0|2", "0|7", "1|3", "1|8"]);
  });

  test("numbers its states consistently, and knows each state's neighbours", () => {
    const h = randomHamiltonian(4, { dimension: 3, modes: 3, capacities: [3, 2], hopping: true });
    const pattern = patternOf([h]);
    const basis = reachableBasis(pattern, vacuum(3, [0]), 4);
    const find = (occupations: readonly number[]) =>
      Array.from({ length: basis.fockCount }, (_, f) => f).find((f) =>
        occupationsOf(basis, f).every((n, k) => n === occupations[k]),
      ) ?? -1;
    for (let i = 0; i < basis.dimension; i++) {
      expect(basis.indexOf[basis.fock[i] * basis.system + basis.level[i]]).toBe(i);
    }
    expect(basis.indexOf.filter((i) => i >= 0).length).toBe(basis.dimension);
    for (let f = 0; f < basis.fockCount; f++) {
      const n = occupationsOf(basis, f);
      for (let k = 0; k < basis.modes; k++) {
        const change = (by: number) => find(n.map((count, j) => (j === k ? count + by : count)));
        expect(basis.raised[f * basis.modes + k]).toBe(change(1));
        expect(basis.lowered[f * basis.modes + k]).toBe(n[k] === 0 ? -1 : change(-1));
      }
      pattern.hoppings.forEach(({ to, from }, t) => {
        const moved = (into: number, out: number) =>
          n[out] === 0 && into !== out
            ? -1
            : find(n.map((count, j) => count + (j === into ? 1 : 0) - (j === out ? 1 : 0)));
        expect(basis.hopped[t][f]).toBe(moved(to, from));
        expect(basis.returned[t][f]).toBe(moved(from, to));
      });
    }
  });

  test("stops as soon as it would be larger than allowed, and says at how many states", () => {
    const h = randomHamiltonian(5, { dimension: 2, modes: 4, capacities: [free], hopping: false });
    const pattern = patternOf([h]);
    expect(reachableBasis(pattern, vacuum(4, [0]), 5, 252).dimension).toBe(252);
    expect(() => reachableBasis(pattern, vacuum(4, [0]), 5, 251)).toThrow(BasisTooLarge);
    // Without the limit this would need 10^15 states.
    expect(() => reachableBasis(pattern, vacuum(4, [0]), 10000, 2000)).toThrow("more than 2000 states");
  });

  test("of S alone is S", () => {
    const alone: BosonHamiltonian = { ...exchange([]), system: diagonal([1, 2]) };
    const basis = reachableBasis(patternOf([alone]), vacuum(0, [0, 1]), 3);
    expect([basis.dimension, basis.fockCount, basis.complete]).toEqual([2, 1, true]);
  });
});

/** The same with most entries of every operator taken away, so that not everything is reachable. */
function sparser(h: BosonHamiltonian, seed: number): BosonHamiltonian {
  const thin = (a: typeof raise, salt: number, hermitian: boolean) => {
    const b = zeros(a.rows);
    for (let i = 0; i < a.rows; i++) {
      for (let j = 0; j < a.cols; j++) {
        const [x, y] = hermitian ? [Math.min(i, j), Math.max(i, j)] : [i, j];
        if ((7 * seed + 3 * salt + 5 * x + 11 * y) % 3 !== 0) continue;
        b.re[i * a.cols + j] = a.re[i * a.cols + j];
        b.im[i * a.cols + j] = a.im[i * a.cols + j];
      }
    }
    return b;
  };
  return {
    ...h,
    system: thin(h.system, 0, true),
    ladders: h.ladders.map((l, i) => ({ ...l, coupling: thin(l.coupling, 1 + i, false) })),
    hoppings: h.hoppings.map((p, i) => ({ ...p, operator: thin(p.operator, 9 + i, p.to === p.from) })),
  };
}
