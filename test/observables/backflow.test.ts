import { expect, test } from "vitest";
import { add, adjoint, identity, kron, type Matrix, matrix, multiply, scale, zeros } from "../../src/algebra/matrix.ts";
import { type MatrixSeries, matrixAt, zeroSeries } from "../../src/algebra/series.ts";
import { dynamicalMap } from "../../src/dynamics/experiments/dynamicalMap.ts";
import { backflow, type Direction } from "../../src/observables/backflow.ts";
import { compareSeries, traceDistance } from "../../src/observables/distance.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { random } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";

/** The pure state at a point of the Bloch sphere, (1 + nσ)/2. */
function pure([x, y, z]: Direction): Matrix {
  return scale(
    matrix([
      [1 + z, [x, -y]],
      [[x, y], 1 - z],
    ]),
    0.5,
  );
}

const opposite = ([x, y, z]: Direction): Direction => [-x, -y, -z];

function rises(distance: ArrayLike<number>): number {
  let sum = 0;
  for (let t = 1; t < distance.length; t++) sum += Math.max(0, distance[t] - distance[t - 1]);
  return sum;
}

test("is that of the best of many pairs on the full tensor product, and its pair flows back as much as it says", () => {
  const times = Array.from({ length: 25 }, (_, t) => 0.4 * t);
  for (const seed of [1, 3, 5]) {
    const { model } = randomModel(seed, { siteDimension: 2, dims: [2], times, strength: 1, couplings: 1 });
    const found = backflow(dynamicalMap(model, 3, { tolerance: 1e-11 }).rho);
    const evolved = (n: Direction) => bruteForce({ ...model, system: { ...model.system, state: pure(n) } }, 3);
    const flow = (n: Direction) => compareSeries(traceDistance, evolved(n), evolved(opposite(n)));
    const own = flow(found.direction);
    own.forEach((d, t) => {
      expect(found.distance[t]).toBeCloseTo(d, 8);
    });
    expect(found.measure).toBeCloseTo(rises(own), 7);
    // Maps are linear: three runs give any pair.
    for (let k = 0; k < 8; k++) {
      const [polar, azimuth] = [(Math.PI * (k % 4)) / 6, Math.PI * k * 0.29];
      const n: Direction = [Math.sin(polar) * Math.cos(azimuth), Math.sin(polar) * Math.sin(azimuth), Math.cos(polar)];
      expect(rises(flow(n))).toBeLessThanOrEqual(found.measure + 1e-8);
    }
  }
});

/** Choi states of the decay of the upper level with amplitude g(t): Kraus operators diag(g, 1) and √(1 − g²)|1⟩⟨0|. */
function decay(times: readonly number[], amplitude: (t: number) => number) {
  const choi = zeroSeries(times, 4);
  times.forEach((time, t) => {
    const g = amplitude(time);
    const stay = matrix([[g], [0], [0], [1]]);
    const fall = matrix([[0], [0], [Math.sqrt(Math.max(0, 1 - g * g))], [0]]);
    let state = zeros(4);
    for (const ket of [stay, fall]) state = add(state, multiply(ket, adjoint(ket)), 0.5);
    choi.re.set(state.re, t * 16);
    choi.im.set(state.im, t * 16);
  });
  return choi;
}

test("of a qubit in a vacuum mode is that of its equator, whose distance is |cos gt|", () => {
  // From π/2 to π the equator gains 1 and the poles, cos² gt, gain 1 as well; up to 2π/3 the equator gains 1/2 and they 1/4.
  const times = Array.from({ length: 201 }, (_, t) => ((2 * Math.PI) / 3) * (t / 200));
  const { measure, direction } = backflow(decay(times, Math.cos));
  expect(measure).toBeCloseTo(0.5, 4);
  expect(direction[2]).toBeCloseTo(0, 4);
});

test("is 0 where amplitudes only fall", () => {
  const times = [0, 0.5, 1, 2, 3];
  expect(backflow(decay(times, (t) => Math.exp(-t))).measure).toBe(0);
});

/** Maps of Bloch vectors with independent normal entries. */
function randomMaps(seed: number, count: number): { choi: MatrixSeries; maps: number[][] } {
  const from = random(seed);
  const x = matrix([
    [0, 1],
    [1, 0],
  ]);
  const y = matrix([
    [0, [0, -1]],
    [[0, 1], 0],
  ]);
  const z = matrix([
    [1, 0],
    [0, -1],
  ]);
  const choi = zeroSeries(
    Array.from({ length: count }, (_, t) => t),
    4,
  );
  const maps = choi.times.map((t) => {
    let state = scale(identity(4), 0.25);
    const map: number[] = [];
    for (const out of [x, y, z]) {
      for (const into of [x, y, z]) {
        const part = 0.06 * from.normal();
        state = add(state, kron(out, { ...into, im: into.im.map((value) => -value) }), part);
        map.push(4 * part);
      }
    }
    matrixAt(choi, t).re.set(state.re);
    matrixAt(choi, t).im.set(state.im);
    return map;
  });
  return { choi, maps };
}

test("is found where a high hill is next to a higher one", () => {
  for (const seed of [313, 2183]) {
    const { choi, maps } = randomMaps(seed, 24);
    const flow = ([a, b, c]: Direction) =>
      rises(maps.map((m) => Math.hypot(...[0, 3, 6].map((i) => m[i] * a + m[i + 1] * b + m[i + 2] * c))));
    let most = 0;
    for (let k = 0; k < 200_000; k++) {
      const height = (k + 0.5) / 200_000;
      const [r, turn] = [Math.sqrt(1 - height ** 2), k * 2.399963229728653];
      most = Math.max(most, flow([r * Math.cos(turn), r * Math.sin(turn), height]));
    }
    expect(backflow(choi).measure, `seed ${seed}`).toBeGreaterThanOrEqual(most);
  }
});

test("needs a qubit", () => {
  expect(() => backflow(zeroSeries([0], 9))).toThrow("9×9");
});
