import { expect, test } from "vitest";
import { krylov } from "../../../src/dynamics/krylov/krylov.ts";
import { makeRoom, roomShape } from "../../../src/dynamics/krylov/krylovRoom.ts";
import { type ComplexVector, euclidean, type SparseMatrix, zeroVector } from "../../../src/fock/sparse.ts";
import { arenaBytes } from "../../../src/kernels/arena.ts";
import { withKrylovKernels } from "../../../src/kernels/krylovKernels.ts";
import { sparse } from "../../fock/dense.ts";
import { describeEachKind } from "../../kernels/eachKind.ts";
import { distance, slow, thinHermitian, unitVector } from "../../oracle/thinHermitian.ts";

interface Asked {
  readonly dimension: number;
  readonly tolerance: number;
  readonly worth?: number;
  /** Real vectors for a real start. */
  readonly real?: boolean;
}

/** The kets at |times|, along their negatives if `direction` is −1. */
function kets(h: SparseMatrix, start: ComplexVector, times: readonly number[], direction: 1 | -1, asked: Asked) {
  const n = h.rows;
  const width = asked.real === true ? 1 : 2;
  const stride = 4;
  const dimensions = [asked.dimension, asked.dimension] as const;
  const shape = roomShape(n, dimensions, width === 1, 8, stride);
  const isReal = asked.real === true;
  const matrix = [4 * (n + 1), 4 * h.column.length, 8 * h.column.length, 8 * h.column.length];
  return withKrylovKernels(arenaBytes(...matrix, ...shape.sizes), (kernels, arrays) => {
    const operator = {
      kind: "rows" as const,
      rows: n,
      bounds: [0, n],
      rowStart: arrays.ints(n + 1),
      column: arrays.ints(h.column.length),
      re: arrays.floats(h.re.length),
      im: arrays.floats(isReal ? 0 : h.re.length),
    };
    operator.rowStart.set(h.rowStart);
    operator.column.set(h.column);
    operator.re.set(h.re);
    if (!isReal) operator.im.set(h.im);
    const room = makeRoom(shape, arrays);
    for (let i = 0; i < n; i++) {
      room.vectors[i * width] = start.re[i];
      if (width === 2) room.vectors[2 * i + 1] = start.im[i];
    }
    const states = times.map(() => zeroVector(n));
    const options = { tolerance: asked.tolerance, dimensions, worth: asked.worth ?? Number.POSITIVE_INFINITY };
    const info = krylov(kernels, room, operator, width, times, direction, options, (formed) => {
      const { places, room: block, size, width: w, mirrored } = formed;
      const { vectors, apart, yRe, yIm, stride, times: count } = block;
      places.forEach((place, c) => {
        if (place < 0) return;
        // Mirrored columns are the conjugates of the first half.
        const mirror = mirrored && c >= count / 2;
        const column = mirror ? c - count / 2 : c;
        for (let i = 0; i < n; i++) {
          let [re, im] = [0, 0];
          for (let j = 0; j < size; j++) {
            const a = vectors[j * apart + i * w];
            const b = w === 1 ? 0 : vectors[j * apart + i * w + 1];
            const y = yRe[j * stride + column];
            const z = mirror ? -yIm[j * stride + column] : yIm[j * stride + column];
            re += y * a - z * b;
            im += y * b + z * a;
          }
          states[place].re[i] = re;
          states[place].im[i] = im;
        }
      });
    });
    return { states, info };
  });
}

describeEachKind("Krylov windows", () => {
  for (const direction of [1, -1] as const) {
    for (const tolerance of [1e-5, 1e-9, 1e-12]) {
      test(`keep the ket within ${tolerance}, and within their own bound, ${direction > 0 ? "forward" : "backward"}`, () => {
        for (const [seed, n, dimension, real] of [
          [1, 60, 12, false],
          [2, 200, 24, false],
          [3, 40, 40, false],
          [4, 150, 20, true],
          [5, 150, 120, true],
        ] as const) {
          const h = thinHermitian(seed, n, 5, real);
          const start = unitVector(seed, n, real);
          const times = [0, 0.1, 0.1, 1.7, 2, 6];
          const found = kets(h, start, times, direction, { dimension, tolerance, real });
          const expected = slow(
            h,
            start,
            times.map((t) => direction * t),
          );
          const rounding = 2e-14;
          const worst = Math.max(...found.states.map((state, t) => distance(state, expected[t])));
          expect(worst).toBeLessThanOrEqual(tolerance + rounding);
          expect(worst).toBeLessThanOrEqual(found.info.propagation + rounding);
          expect(found.info.propagation).toBeLessThanOrEqual(2 * tolerance);
        }
      });
    }
  }

  for (const direction of [1, -1] as const) {
    test(`form kets on both sides of their centres, within their own bound at every time, direction ${direction}`, () => {
      const even = Array.from({ length: 120 }, (_, i) => i / 8);
      const uneven = Array.from({ length: 60 }, (_, i) => 0.3 + (15 * i * i) / 3600);
      const late = [...Array.from({ length: 40 }, (_, i) => i / 20), 14];
      for (const times of [even, uneven, late]) {
        for (const real of [false, true]) {
          const h = thinHermitian(11, 120, 5, real);
          const start = unitVector(11, 120, real);
          // A long real window before short complex ones, and all alike.
          for (const dimension of [18, 40]) {
            const { states, info } = kets(h, start, times, direction, { dimension, tolerance: 1e-9, real });
            const expected = slow(
              h,
              start,
              times.map((t) => direction * t),
            );
            times.forEach((_, t) => {
              const error = distance(states[t], expected[t]);
              expect(error).toBeLessThanOrEqual(1e-9);
              expect(error).toBeLessThanOrEqual(info.propagationAt[t] + 2e-14);
            });
            expect(info.propagation).toBeLessThan(1e-9);
          }
        }
      }
    });
  }

  test("are the same whether long or cut short for the sake of many times", () => {
    const h = thinHermitian(6, 100, 5);
    const start = unitVector(6, 100);
    const times = Array.from({ length: 41 }, (_, i) => i / 10);
    const long = kets(h, start, times, 1, { dimension: 90, tolerance: 1e-11 });
    const short = kets(h, start, times, 1, { dimension: 90, tolerance: 1e-11, worth: 5 });
    expect(short.info.applications).toBeGreaterThan(long.info.applications);
    times.forEach((_, t) => {
      expect(distance(long.states[t], short.states[t])).toBeLessThan(3e-11);
    });
  });

  test("end at an invariant subspace: what does not move needs one vector", () => {
    const h = sparse({ rows: 3, cols: 3, re: Float64Array.of(2, 0, 0, 0, 1, 1, 0, 1, 1), im: new Float64Array(9) });
    const start = { re: Float64Array.of(1, 0, 0), im: new Float64Array(3) };
    const { info, states } = kets(h, start, [100], 1, { dimension: 3, tolerance: 1e-12, real: true });
    expect(states[0].re[0]).toBeCloseTo(Math.cos(200), 12);
    expect(states[0].im[0]).toBeCloseTo(-Math.sin(200), 12);
    expect(info.applications).toBe(1);
    expect(info.propagation).toBeLessThan(2e-13);
  });

  test("keep a start that is not normalised as long as it is", () => {
    const h = thinHermitian(4, 30, 4);
    const unit = unitVector(4, 30);
    const start = { re: unit.re.map((x) => 0.01 * x), im: unit.im.map((x) => 0.01 * x) };
    const { states } = kets(h, start, [3], 1, { dimension: 20, tolerance: 1e-12 });
    expect(euclidean(states[0])).toBeCloseTo(0.01, 13);
  });

  test("do what double precision can where the tolerance is below it, and say how well that is", () => {
    const h = thinHermitian(8, 100, 6);
    const start = unitVector(8, 100);
    for (const dimension of [8, 60]) {
      const { states, info } = kets(h, start, [10], 1, { dimension, tolerance: 1e-40 });
      const error = distance(states[0], slow(h, start, [10])[0]);
      expect(error).toBeLessThan(1e-12);
      expect(error).toBeLessThanOrEqual(info.propagation + 1e-13);
      expect(info.propagation).toBeGreaterThan(1e-15);
      expect(info.propagation).toBeLessThan(1e-12);
    }
  });

  test("agree with the dense exponential in a space as small as a window", () => {
    // e^{−iHt} for H = σ_y: a rotation.
    const h = sparse({ rows: 2, cols: 2, re: new Float64Array(4), im: Float64Array.of(0, -1, 1, 0) });
    const start = { re: Float64Array.of(1, 0), im: new Float64Array(2) };
    const { states } = kets(h, start, [0.7], 1, { dimension: 8, tolerance: 1e-12 });
    expect(states[0].re[0]).toBeCloseTo(Math.cos(0.7), 14);
    expect(states[0].re[1]).toBeCloseTo(Math.sin(0.7), 14);
    expect(Math.hypot(...states[0].im)).toBeLessThan(1e-15);
  });
});
