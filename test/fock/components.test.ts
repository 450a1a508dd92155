import { describe, expect, test } from "vitest";
import { inBasis, type Matrix, maxAbs, subtract, zeros } from "../../src/algebra/matrix.ts";
import { components, inGauge, inRealGauge, realGauge } from "../../src/fock/components.ts";
import { random, randomHermitian } from "../oracle/random.ts";
import { dense, shuffled, sparse } from "./dense.ts";

/** Block-diagonal with full random blocks of the given sizes, rows and columns in a random order. */
function blocks(seed: number, sizes: readonly number[]): { h: Matrix; blockOf: number[] } {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const order = shuffled(seed, n);
  const from = random(seed);
  const h = zeros(n);
  const blockOf = new Array<number>(n).fill(-1);
  let at = 0;
  sizes.forEach((size, b) => {
    const block = randomHermitian(from, size);
    for (let i = 0; i < size; i++) {
      blockOf[order[at + i]] = b;
      for (let j = 0; j < size; j++) {
        h.re[order[at + i] * n + order[at + j]] = block.re[i * size + j];
        h.im[order[at + i] * n + order[at + j]] = block.im[i * size + j];
      }
    }
    at += size;
  });
  return { h, blockOf };
}

/** ū_i a_ij u_j with random phases, or the given ones. */
function withPhases(a: Matrix, phases: readonly number[]): Matrix {
  const u = zeros(a.rows);
  phases.forEach((phase, i) => {
    u.re[i * (a.rows + 1)] = Math.cos(phase);
    u.im[i * (a.rows + 1)] = Math.sin(phase);
  });
  return inBasis(a, u);
}

function realSymmetric(seed: number, n: number): Matrix {
  const a = randomHermitian(random(seed), n);
  return { ...a, im: new Float64Array(n * n) };
}

describe("the components of a matrix", () => {
  test("are the blocks it is made of, whatever their order", () => {
    for (let seed = 0; seed < 10; seed++) {
      const { h, blockOf } = blocks(seed, [1, 4, 1, 7, 2]);
      const found = components(sparse(h));
      expect(found.length).toBe(5);
      for (const list of found) {
        const b = blockOf[list[0]];
        const expected = [...blockOf.keys()].filter((i) => blockOf[i] === b);
        expect([...list]).toEqual(expected);
      }
    }
  });

  test("of a chain are one, however its links are numbered", () => {
    const order = shuffled(3, 50);
    const h = zeros(50);
    for (let i = 0; i + 1 < 50; i++) {
      h.re[order[i] * 50 + order[i + 1]] = 1;
      h.re[order[i + 1] * 50 + order[i]] = 1;
    }
    expect(components(sparse(h)).map((list) => list.length)).toEqual([50]);
  });
});

describe("the real gauge", () => {
  test("undoes any phases of the basis states of a real matrix", () => {
    const from = random(71);
    for (let seed = 0; seed < 10; seed++) {
      const n = 8;
      const phases = Array.from({ length: n }, () => from.between(0, 6.28));
      const turned = sparse(withPhases(realSymmetric(seed, n), phases));
      const gauge = realGauge(turned);
      if (gauge === null) throw new Error("there is a gauge, but none was found");
      for (let i = 0; i < n; i++) expect(Math.hypot(gauge.re[i], gauge.im[i])).toBeCloseTo(1, 14);
      const real = inRealGauge(turned, gauge);
      expect(real.im.length).toBe(0);
      const back = withPhases(
        dense(turned),
        Array.from({ length: n }, (_, i) => Math.atan2(gauge.im[i], gauge.re[i])),
      );
      expect(maxAbs({ ...back, re: new Float64Array(n * n) })).toBeLessThan(1e-14);
      expect(maxAbs(subtract(dense(real), back))).toBeLessThan(1e-14);
    }
  });

  test("of a matrix may be put on any other one, which need not be real then", () => {
    const from = random(72);
    const a = randomHermitian(from, 6);
    const phases = Array.from({ length: 6 }, () => from.between(0, 6.28));
    const gauge = { re: Float64Array.from(phases, Math.cos), im: Float64Array.from(phases, Math.sin) };
    expect(maxAbs(subtract(dense(inGauge(sparse(a), gauge)), withPhases(a, phases)))).toBeLessThan(1e-14);
  });

  test("exists for every chain, and for every tree", () => {
    const from = random(72);
    const n = 30;
    const h = zeros(n);
    for (let i = 1; i < n; i++) {
      const parent = from.integer(0, i - 1);
      const [re, im] = [from.normal(), from.normal()];
      h.re[i * n + parent] = h.re[parent * n + i] = re;
      h.im[i * n + parent] = im;
      h.im[parent * n + i] = -im;
    }
    for (let i = 0; i < n; i++) h.re[i * (n + 1)] = from.normal();
    expect(realGauge(sparse(h))).not.toBeNull();
  });

  test("does not exist where a loop holds a flux that is not 0 or π", () => {
    for (const [flux, exists] of [
      [0, true],
      [Math.PI, true],
      [0.3, false],
      [Math.PI / 2, false],
      [1e-6, false],
    ] as const) {
      const h = zeros(3);
      const set = (i: number, j: number, phase: number) => {
        h.re[i * 3 + j] = h.re[j * 3 + i] = phase === Math.PI ? -1 : Math.cos(phase);
        h.im[i * 3 + j] = phase === Math.PI ? 0 : Math.sin(phase);
        h.im[j * 3 + i] = -h.im[i * 3 + j];
      };
      set(0, 1, 0.7);
      set(1, 2, -0.4);
      set(2, 0, flux - 0.3);
      expect(realGauge(sparse(h)) !== null, `flux ${flux}`).toBe(exists);
    }
  });

  test("of a matrix that is real already changes nothing, signs included", () => {
    const a = sparse(realSymmetric(5, 6));
    const gauge = realGauge(a);
    expect([...(gauge?.re ?? [])]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([...(gauge?.im ?? [])].every((x) => x === 0)).toBe(true);
  });

  test("of several components is found in each", () => {
    const { h } = blocks(4, [3, 1, 2]);
    const phased = withPhases({ ...h, im: new Float64Array(36) }, [0.3, 1, 2, 3, 4, 5]);
    const gauge = realGauge(sparse(phased));
    if (gauge === null) throw new Error("there is a gauge, but none was found");
    const back = withPhases(
      phased,
      Array.from({ length: 6 }, (_, i) => Math.atan2(gauge.im[i], gauge.re[i])),
    );
    expect(maxAbs({ ...back, re: new Float64Array(36) })).toBeLessThan(1e-14);
  });
});
